"""Serving the review page: a socket on a loopback address, the addresses to open, and the server's life."""
from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from factcheck.errors import FactcheckError
from factcheck.review.app import application
from factcheck.review.guard import Guard
from factcheck.review.session import Session

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Served:
    """A review page about to be served: `address` is the page's without its token."""

    server: uvicorn.Server
    listener: socket.socket
    guard: Guard
    address: str

    @property
    def url(self) -> str:
        """The address that opens the page."""
        return f"{self.address}/?token={self.guard.token}"

    def run(self) -> None:
        """Serve until told to stop: by a signal, which is raised again, or by `server.should_exit`."""
        with self.listener:
            self.server.run(sockets=[self.listener])


def serve(session: Session, *, host: str = LOOPBACK, port: int = 0, browser: bool = True,
          tell: Callable[[str], None] = print) -> None:
    """Serve a session until interrupted; `tell` is given the address to open, `port` 0 takes any free port.

    Raises `FactcheckError` where the address can't be had.
    """
    with suppress(KeyboardInterrupt):
        served = prepare(session, host, port)
        if browser:
            launch = f"{served.address}/?token={served.guard.launch}"
            threading.Thread(target=webbrowser.open, args=[launch], daemon=True).start()
        tell(served.url)
        served.run()


def prepare(session: Session, host: str = LOOPBACK, port: int = 0) -> Served:
    """A session's page behind a socket that listens already. Raises `FactcheckError`."""
    listener = _listen(host, port)
    address, port = listener.getsockname()[:2]
    loopback = ipaddress.ip_address(address).is_loopback
    guard = Guard(port, loopback, _hosts(host, loopback))
    server = uvicorn.Server(uvicorn.Config(
        application(session, guard), log_level="warning", access_log=False, server_header=False, lifespan="off",
        ws="none", timeout_graceful_shutdown=1))
    return Served(server, listener, guard, _shown(host, address, port))


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
