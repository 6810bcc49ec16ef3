"""Who may talk to the review page: the host it is reached by, the token, and where a write comes from.

After Jupyter Server's token and origin checks, and OWASP's advice on cross-site request forgery and DNS rebinding.
"""
from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          "require-trusted-types-for 'script'; trusted-types factcheck")
_HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
            "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin", "cache-control": "no-store",
            "permissions-policy": "camera=(), geolocation=(), microphone=()"}
_SAFE = ("GET", "HEAD")


@dataclass
class Guard:
    """What a server lets in: `hosts` are the names it answers to (IP addresses of its own aside), `token` opens it.

    `launch` is a second token for the browser that the program itself opens: it holds once, so that it is of no use
    to whoever reads it from the list of processes.
    """

    port: int
    loopback: bool = True
    hosts: frozenset[str] = frozenset({"localhost"})
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    launch: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so the port is part of it."""
        return f"factcheck-review-{self.port}"

    def admits_host(self, host: str) -> bool:
        """Whether a request's Host names this server: a domain of somebody else's that points here does not."""
        try:
            url = URL(f"http://{host}")
            name, port = url.hostname or "", url.port or 80
        except ValueError:
            return False
        if port != self.port:
            return False
        try:
            return ipaddress.ip_address(name).is_loopback or not self.loopback
        except ValueError:
            return name.lower() in self.hosts

    def admits_write(self, headers: Headers) -> bool:
        """Whether a write comes from a page of this server."""
        return (headers.get("origin", "") == f"http://{headers.get('host', '')}"
                and headers.get("sec-fetch-site", "same-origin") == "same-origin"
                and headers.get("content-type", "").partition(";")[0].strip() == "application/json")

    def admits_cookie(self, request: Request) -> bool:
        """Whether a request carries the token in its cookie."""
        return _same(request.cookies.get(self.cookie, ""), self.token)

    def admits_token(self, token: str) -> bool:
        """Whether a token from an address opens the page; the launch token does so once."""
        if self.launch and _same(token, self.launch):
            self.launch = ""
            return True
        return _same(token, self.token)

    def set_cookie(self, response: Response) -> None:
        """Give a browser the token to keep."""
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def guarded(app: ASGIApp, guard: Guard) -> ASGIApp:
    """The app behind the checks of host and origin, with the security headers on every response."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        answer: ASGIApp = app
        if not guard.admits_host(headers.get("host", "")):
            answer = PlainTextResponse("unknown host", 400)
        elif scope["method"] not in _SAFE and not guard.admits_write(headers):
            answer = PlainTextResponse("writes are taken from the page itself alone", 403)
        await answer(scope, receive, send_safely)

    return call
