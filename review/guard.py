"""What every request and answer goes through before any page: sizes, host names, headers that keep browsers strict."""

import ipaddress
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALL: Final = 2 * 1024 * 1024  # bytes of a form without files
LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooMuch(Exception):
    """More bytes were sent than the address takes."""


class Guard:
    """Wraps the application. hosts: names under which it may be asked; uploads: most bytes that addresses of `big` take.

    A page of another site may let its own name lead to this computer; it is refused for asking under that name.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], big: Iterable[str], uploads: int) -> None:
        self._app = app
        self._hosts = frozenset(name.casefold() for name in hosts)
        self._big = tuple(big)
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, _strict(send, scope))
            return
        limit = self._limit(scope)
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooMuch
            return message

        try:
            await self._app(scope, counted, _strict(send, scope))
        except TooMuch:
            await _too_much(limit)(scope, receive, _strict(send, scope))

    def _limit(self, scope: Scope) -> int:
        return self._uploads if scope["path"].startswith(self._big) else SMALL

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if not self._is_ours(headers.get("host", "")):
            port = (scope.get("server") or ("", 8000))[1]
            return PlainTextResponse(
                f"Throughline cannot be reached under this name. On the computer itself use http://127.0.0.1:{port}; for other "
                "computers an administrator must make accounts first.",
                status_code=421,
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._limit(scope):
            return _too_much(self._limit(scope))
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not _from_here(headers):
            return PlainTextResponse(
                "This form was sent from another site, so it was refused. Open Throughline itself and use the form there.",
                status_code=403,
            )
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return "*" in self._hosts or name.casefold() in self._hosts


def is_loopback(host: str) -> bool:
    """Whether an address to listen at is reached from this computer alone."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _from_here(headers: Headers) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


def _too_much(limit: int) -> PlainTextResponse:
    return PlainTextResponse(
        f"That is more than {limit // (1024 * 1024)} MB in one go. Go back and send fewer or smaller files.",
        status_code=413,
    )


def _strict(send: Send, scope: Scope) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
