"""A lean network back end for httpcore on asyncio.

Twice as fast as the stock one over TLS (measured, 3.1), and it sees an answer that arrives while a body is still being
sent: it then stops sending, and the answer is read instead of lost in the broken connection.
"""

import asyncio
import importlib.util
import ssl
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from cerbo_desktop.api.connection import SocketConnection, addresses_of, connected
from cerbo_desktop.runtime.time_limit import TimeLimit

_INFORMATIONAL = b"HTTP/1.1 1"
_MOST_INFORMATIONAL = 10
_MAX_HEAD_BYTES = 65_536

if importlib.util.find_spec("sniffio") is None:
    # httpcore looks for this optional package at every request. The failing search takes the import lock each time, and
    # a garbage collection in the middle of it was seen to break it with a KeyError; a None here fails at once.
    # Upstream: encode/httpcore pull request 1103.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # the import system's own mark for "not there"


class NameTimeout(httpcore.ConnectTimeout):
    """Nobody said in time where the server is."""


class LeanStream(httpcore.AsyncNetworkStream):
    """A connection as httpcore wants it, over `SocketConnection`; each method does what httpcore's own says."""

    def __init__(self, channel: SocketConnection, backend: "LeanBackend") -> None:
        self._channel = channel
        self._backend = backend
        self._is_answer_due = False

    async def read(
        self,
        max_bytes: int,  # noqa: ARG002 - chunks go on whole: the reader takes any size, and splitting would copy
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own
    ) -> bytes:
        with _mapped(httpcore.ReadError, httpcore.ReadTimeout):
            async with TimeLimit(timeout):
                return await (self._read_answer() if self._is_answer_due else self._channel.read())

    async def _read_answer(self) -> bytes:
        """Its first bytes. What a 1xx says before them is not needed, and a server may go on with those for ever."""
        data, skipped_count = await self._channel.read(), 0
        while _may_be_informational(data):
            _, end, rest = data.partition(b"\r\n\r\n")
            if end:
                data, skipped_count = rest, skipped_count + 1
            if skipped_count > _MOST_INFORMATIONAL or len(data) > _MAX_HEAD_BYTES:
                raise httpcore.RemoteProtocolError
            if not (end and data):
                more = await self._channel.read()
                if not more:
                    break
                data += more
        self._is_answer_due = False
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's own
        if buffer:
            if not self._is_answer_due and self._channel.chunks:
                raise httpcore.ReadError  # nobody asked for these; no WriteError, after which they would be the answer
            self._is_answer_due = True
            with _mapped(httpcore.WriteError, httpcore.WriteTimeout):
                async with TimeLimit(timeout):
                    await self._channel.write(buffer)

    @property
    def unsent_bytes(self) -> int:
        return self._channel.unsent_bytes

    @property
    def is_vain(self) -> bool:
        return self._channel.is_vain

    def hold(self) -> None:
        self._channel.hold()

    def go_on(self) -> None:
        self._channel.go_on()

    async def aclose(self) -> None:
        # Abort, not close: closing would first wait for bytes that a stuck server never takes.
        if self._channel.transport is not None:
            self._channel.chunks.clear()
            self._channel.transport.abort()
            await asyncio.shield(self._channel.lost)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own
    ) -> httpcore.AsyncNetworkStream:
        plain = self._channel.transport
        assert plain is not None  # noqa: S101 - connected, or this stream would not exist
        try:
            with _mapped(httpcore.ConnectError, httpcore.ConnectTimeout):
                async with TimeLimit(timeout):
                    loop = asyncio.get_running_loop()
                    secure = await loop.start_tls(plain, self._channel, ssl_context, server_hostname=server_hostname)
        except BaseException:
            plain.abort()
            raise
        if secure is None:
            raise httpcore.ConnectError
        self._channel.transport = secure
        self._backend.note_certificate(secure)
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._channel.is_readable
        return self._channel.transport.get_extra_info(info) if self._channel.transport is not None else None


def _may_be_informational(data: bytes) -> bool:
    """Whether an answer that begins like this is a 1xx, or may turn out to be one."""
    begin = data[: len(_INFORMATIONAL)]
    return _INFORMATIONAL.startswith(begin.replace(b"HTTP/1.0", b"HTTP/1.1"))


@contextmanager
def _mapped(broken: type[Exception], late: type[Exception]) -> Iterator[None]:
    """Raise failures as httpcore's errors. Each keeps its cause, which tells TLS faults apart."""
    try:
        yield
    except TimeoutError as error:
        raise late from error
    except OSError as error:  # TLS and certificate faults are OSErrors too
        raise broken from error


class LeanBackend(httpcore.AsyncNetworkBackend):
    """Makes connections, by asyncio alone. Remembers the certificate last seen, in DER; empty before the first."""

    def __init__(self) -> None:
        self.certificate = b""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own
        local_address: str | None = None,  # noqa: ARG002 - httpcore's own
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - asyncio sets TCP_NODELAY by itself
    ) -> httpcore.AsyncNetworkStream:
        begun_s = time.monotonic()
        with _mapped(httpcore.ConnectError, NameTimeout):
            async with TimeLimit(timeout):
                addresses = await addresses_of(host, port)
        left_s = None if timeout is None else max(0.0, timeout - (time.monotonic() - begun_s))
        with _mapped(httpcore.ConnectError, httpcore.ConnectTimeout):
            async with TimeLimit(left_s):
                return LeanStream(await connected(host, port, addresses), self)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def note_certificate(self, secure: asyncio.Transport) -> None:
        """Remember the certificate of this connection."""
        self.certificate = secure.get_extra_info("ssl_object").getpeercert(binary_form=True) or b""
