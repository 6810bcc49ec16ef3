"""Serving the review page: a socket on a loopback address, the addresses to open, and the server's life."""
from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from factcheck.errors import FactcheckError
from factcheck.review.app import application
from factcheck.review.guard import Guard
from factcheck.review.session import Session

LOOPBACK = "127.0.0.1"


def serve(session: Session, *, host: str = LOOPBACK, port: int = 0, browser: bool = True,
          tell: Callable[[str], None] = print) -> None:
    """Serve a session until interrupted; `tell` is given the address to open, `port` 0 takes any free port.

    Raises `FactcheckError` where the address can't be had.
    """
    listener = _listen(host, port)
    with listener:
        address, port = listener.getsockname()[:2]
        loopback = ipaddress.ip_address(address).is_loopback
        guard = Guard(port, loopback, _hosts(host, loopback))
        shown = _shown(host, address, port)
        tell(f"{shown}/?token={guard.token}")
        server = uvicorn.Server(uvicorn.Config(
            application(session, guard), log_level="warning", access_log=False, server_header=False, lifespan="off",
            ws="none", timeout_graceful_shutdown=1))
        if browser:
            threading.Timer(0.3, webbrowser.open, [f"{shown}/?token={guard.launch}"]).start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM,
                                                      flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)  # a browser that is quicker than the server waits instead of being refused
        except BaseException:
            listener.close()
            raise
        return listener
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FactcheckError(f"can't serve the review page at {host}:{port}: {reason}") from error


def _hosts(host: str, loopback: bool) -> frozenset[str]:
    """The names, beside IP addresses, by which the server may be reached."""
    names = {"localhost"} if loopback else {"localhost", host, socket.gethostname(), socket.getfqdn()}
    return frozenset(n.lower() for n in names)


def _shown(host: str, address: str, port: int) -> str:
    """The server's address for people: one that a browser can open."""
    name = socket.gethostname() if ipaddress.ip_address(address).is_unspecified else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
