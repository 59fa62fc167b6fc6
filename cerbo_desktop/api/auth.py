"""Who we are, told to one origin only; and whom we trust, as the operating system has it."""

import asyncio
import base64
import ssl
import sys
from collections.abc import Generator
from pathlib import Path

import httpx
import truststore

from cerbo_desktop.domain.address import Origin

LINUX_STORES: tuple[str, ...] = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)
"""Debian and Ubuntu; Fedora and Red Hat, new and old; Alpine and Arch; SUSE. The places truststore looks in."""


class OriginAuth(httpx.Auth):
    """HTTP Basic for requests to exactly one scheme, host and port.

    Auth kept on the httpx client itself is sent to any absolute URL (measured, 3.4; no upstream report was
    found); this one is not.
    """

    def __init__(self, origin: Origin, username: str, secret: str) -> None:
        self._origin = origin.at_its_top
        pair = f"{username}:{secret}".encode()
        self._header = "Basic " + base64.b64encode(pair).decode("ascii")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header, for the one origin alone."""
        if _origin_of(request.url) == self._origin:
            request.headers["Authorization"] = self._header
        yield request


def _origin_of(url: httpx.URL) -> Origin:
    return Origin(url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme, 0))


async def trust(origin: Origin, clinic_authority: str = "") -> ssl.SSLContext | None:
    """The operating system's trust store, TLS 1.2 and later; None for plain http to this PC.

    `clinic_authority`: certificates, as PEM, that the clinic's policy adds. Nothing else does: no variable of a user's
    session says whom the app trusts. Made in a thread: reading the store takes up to 100 ms.
    """
    return await asyncio.to_thread(_context, clinic_authority) if origin.is_encrypted else None


def _context(clinic_authority: str) -> ssl.SSLContext:
    context = _system_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if clinic_authority:
        context.load_verify_locations(cadata=clinic_authority)
    return context


def _system_context() -> ssl.SSLContext:
    if sys.platform in ("win32", "darwin"):
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # On Linux truststore only loads these same files, and does it anew for every connection: 80 ms each, in the loop
    # (measured, 3.6; upstream: sethmlarson/truststore issue 212). Loaded here once, in a thread.
    # OpenSSL's own defaults are not asked for: variables of the session can move them.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stores = (file for file in LINUX_STORES if Path(file).is_file())
    if (store := next(stores, None)) is not None:
        context.load_verify_locations(cafile=store)
    return context
