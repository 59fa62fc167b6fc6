"""A lean network back end for httpcore on asyncio.

Twice as fast as the stock one over TLS (measured), and it sees an answer that arrives while a body is still being
sent: it then stops sending, and the answer is read instead of lost in the broken connection.
"""

import asyncio
import importlib.util
import ipaddress
import socket
import ssl
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
from httpcore._utils import is_socket_readable

from cerbo_desktop.api.receive_windows import ReceiveWindow
from cerbo_desktop.runtime.time_limit import TimeLimit

_PAUSE_READING_BYTES = 1_000_000
_RESUME_READING_BYTES = 250_000
_NEXT_ADDRESS_S = 0.25
_INFORMATIONAL = b"HTTP/1.1 1"
_MOST_INFORMATIONAL = 10
_MAX_HEAD_BYTES = 65_536

if importlib.util.find_spec("sniffio") is None:
    # httpcore looks for this optional package at every request. The failing search takes the import lock each time, and
    # a garbage collection in the middle of it was seen to break it with a KeyError; a None here fails at once.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # the import system's own mark for "not there"


class _Channel(asyncio.Protocol):
    """Bytes that have arrived, and room to send."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.transport: asyncio.Transport | None = None
        self._socket: asyncio.Transport | None = None
        """The transport below TLS, which without it is the same."""
        self._window: ReceiveWindow | None = None
        self.lost: asyncio.Future[None] = loop.create_future()
        self.chunks: deque[bytes] = deque()
        self._buffered_bytes = 0
        self._is_paused = self._is_held = self._stopped_below = False
        self._has_ended = False
        self._failure: Exception | None = None
        self._stirred = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - the stream protocol's own promise
        self.transport = transport
        self._socket = self._socket or transport
        self._window = ReceiveWindow(transport.get_extra_info("socket"))

    def hold(self) -> None:
        """Leave the socket unread, whatever there is room for: its peer has to stop then.

        Also below TLS, which reads on for a while; and TLS itself, which reads the socket again by its own count
        whenever it is read.
        """
        self._is_held = True
        if self.transport is not None and self._socket is not None:
            self.transport.pause_reading()
            self._stopped_below = self._socket.is_reading()
            self._socket.pause_reading()

    def go_on(self) -> None:
        """A socket that TLS had stopped goes on when TLS is read again. It would not stop it a second time, and fill
        without end (1.7 GB, measured)."""
        self._is_held = False
        if self._stopped_below and self._socket is not None:
            self._socket.resume_reading()
        if not self._is_paused and self.transport is not None:
            self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        if self._window is not None:
            self._window.note(len(data))
        self.chunks.append(data)
        self._buffered_bytes += len(data)
        self._stirred.set()
        self._writable.set()  # whoever waits for room has to know that the answer is here
        if self._buffered_bytes > _PAUSE_READING_BYTES and self.transport is not None and not self._is_paused:
            self._is_paused = True
            self.transport.pause_reading()

    def eof_received(self) -> None:
        self._has_ended = True
        self._stirred.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_ended = True
        self._failure = exc
        self._stirred.set()
        self._writable.set()
        if not self.lost.done():
            self.lost.set_result(None)

    @property
    def is_readable(self) -> bool:
        """Whether anything has come, or the end, also where the loop has not seen it yet."""
        if self._has_ended or self.chunks or self.transport is None:
            return True
        return is_socket_readable(self.transport.get_extra_info("socket"))

    @property
    def has_answer(self) -> bool:
        """True when a final answer has begun to arrive; a 1xx is none."""
        return bool(self.chunks) and not self.chunks[0].startswith(b"HTTP/1.1 1")

    async def read(self) -> bytes:
        """The next bytes as they came; none at the end. Raises OSError where the connection broke."""
        while not self.chunks:
            if self._failure is not None:
                raise self._failure
            if self._has_ended:
                return b""
            self._stirred.clear()
            await self._stirred.wait()
        chunk = self.chunks.popleft()
        self._buffered_bytes -= len(chunk)
        if self._is_paused and self._buffered_bytes < _RESUME_READING_BYTES and self.transport is not None:
            self._is_paused = False
            if not self._is_held:
                self.transport.resume_reading()
        return chunk

    async def write(self, data: bytes) -> None:
        """Send and wait until there is room for more. Raises OSError where sending makes no sense any more."""
        self._refuse_vain_sending()
        if self.transport is not None:
            self.transport.write(data)
        await asyncio.sleep(0)  # a fast line always has room: without this a whole upload is one step of the loop
        await self._writable.wait()
        self._refuse_vain_sending()

    def _refuse_vain_sending(self) -> None:
        if self._has_ended or self.has_answer:
            raise BrokenPipeError


class LeanStream(httpcore.AsyncNetworkStream):
    def __init__(self, channel: _Channel, backend: "LeanBackend") -> None:
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


async def _connected(host: str, port: int) -> _Channel:
    """Where there is one address no race is run: one that is cancelled loses its socket (measured, CPython 3.11)."""
    loop = asyncio.get_running_loop()
    addresses = await _addresses(host, port)
    if len(addresses) == 1:
        _, channel = await loop.create_connection(_Channel, addresses.pop(), port)
    else:
        _, channel = await loop.create_connection(_Channel, host, port, happy_eyeballs_delay=_NEXT_ADDRESS_S)
    return channel


async def _addresses(host: str, port: int) -> set[str]:
    with suppress(ValueError):
        return {str(ipaddress.ip_address(host))}
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return {str(address[0]) for *_, address in found}


def _may_be_informational(data: bytes) -> bool:
    """Whether an answer that begins like this is a 1xx, or may turn out to be one."""
    begin = data[: len(_INFORMATIONAL)]
    return _INFORMATIONAL.startswith(begin.replace(b"HTTP/1.0", b"HTTP/1.1"))


@contextmanager
def _mapped(broken: type[Exception], late: type[Exception]) -> Iterator[None]:
    """Failures in httpcore's words; the cause is kept, since it tells TLS faults apart."""
    try:
        yield
    except TimeoutError as error:
        raise late from error
    except OSError as error:  # TLS and certificate faults are OSErrors too
        raise broken from error


class LeanBackend(httpcore.AsyncNetworkBackend):
    """Connections by asyncio alone. Remembers the certificate last seen, in DER; empty before the first."""

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
        with _mapped(httpcore.ConnectError, httpcore.ConnectTimeout):
            async with TimeLimit(timeout):
                return LeanStream(await _connected(host, port), self)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def note_certificate(self, secure: asyncio.Transport) -> None:
        self.certificate = secure.get_extra_info("ssl_object").getpeercert(binary_form=True) or b""
