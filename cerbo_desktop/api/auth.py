"""Who we are, told to one origin only; and whom we trust, as the operating system has it."""

import asyncio
import base64
import ssl
from collections.abc import Generator

import httpx
import truststore

from cerbo_desktop.domain.address import Origin


class OriginAuth(httpx.Auth):
    """HTTP Basic for requests to exactly one scheme, host and port.

    Auth kept on the httpx client itself is sent to any absolute URL (measured); this one is not.
    """

    def __init__(self, origin: Origin, username: str, secret: str) -> None:
        self._origin = origin
        pair = f"{username}:{secret}".encode()
        self._header = "Basic " + base64.b64encode(pair).decode("ascii")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if _origin_of(request.url) == self._origin:
            request.headers["Authorization"] = self._header
        yield request


def _origin_of(url: httpx.URL) -> Origin:
    return Origin(url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme, 0))


async def trust(origin: Origin) -> ssl.SSLContext | None:
    """The operating system's trust store, TLS 1.2 and later; None for plain http to this PC.

    Made in a thread: reading the store takes up to 100 ms.
    """
    return await asyncio.to_thread(_context) if origin.is_encrypted else None


def _context() -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
