"""One connection on asyncio: the bytes that have come, room to send, and how it stands still."""

import asyncio
import ipaddress
import socket
from collections import deque
from contextlib import suppress

from httpcore._utils import is_socket_readable

from cerbo_desktop.api.outflow import held_by_system
from cerbo_desktop.api.receive_windows import ReceiveWindow

_PAUSE_READING_BYTES = 1_000_000
_RESUME_READING_BYTES = 250_000
_NEXT_ADDRESS_S = 0.25


class SocketConnection(asyncio.Protocol):
    """One connection: the bytes that have arrived, and room to send."""

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
        """Read nothing more from the socket, even where there is room, so that the server has to stop sending.

        The socket below TLS is paused as well: TLS would go on reading it for a while, and resumes it, by its own
        count, when somebody reads TLS.
        """
        self._is_held = True
        if self.transport is not None and self._socket is not None:
            self.transport.pause_reading()
            self._stopped_below = self._socket.is_reading()
            self._socket.pause_reading()

    def go_on(self) -> None:
        """Read the socket again.

        A socket that TLS itself had stopped is left to TLS, which goes on with it when TLS is read. Were it resumed
        here, TLS would not stop it a second time, and fill without end (1.7 GB; measured, 3.6; no upstream report was
        found).
        """
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
        """Whether bytes have come, or the end, even where the loop has not seen them yet."""
        if self._has_ended or self.chunks or self.transport is None:
            return True
        return is_socket_readable(self.transport.get_extra_info("socket"))

    @property
    def unsent_bytes(self) -> int:
        """How much was written and is not known to have arrived: here, in TLS, or in the system."""
        if self.transport is None:
            return 0
        here_bytes = sum(end.get_write_buffer_size() for end in {self.transport, self._socket or self.transport})
        return here_bytes + held_by_system(self.transport.get_extra_info("socket"))

    @property
    def is_vain(self) -> bool:
        """Whether sending makes no sense any more."""
        return self._has_ended or self.has_answer

    @property
    def has_answer(self) -> bool:
        """True when a final answer has begun to arrive; a 1xx is none."""
        return bool(self.chunks) and not self.chunks[0].startswith(b"HTTP/1.1 1")

    async def read(self) -> bytes:
        """The next bytes as they came; empty at the end. Raises `OSError` where the connection broke."""
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
        """Send and wait until there is room for more. Raises `OSError` where sending makes no sense any more."""
        self._refuse_vain_sending()
        if self.transport is not None:
            self.transport.write(data)
        await asyncio.sleep(0)  # a fast line always has room: without this a whole upload is one step of the loop
        await self._writable.wait()
        self._refuse_vain_sending()

    def _refuse_vain_sending(self) -> None:
        if self.is_vain:
            raise BrokenPipeError


async def connected(host: str, port: int, addresses: set[str]) -> SocketConnection:
    """A connection to `host`. With one address no race is run: a race that is cancelled loses its socket (measured,
    3.6).

    No upstream report of just this was found; python/cpython issue 128479 is about tasks that such a race loses.
    """
    loop = asyncio.get_running_loop()
    if len(addresses) == 1:
        _, channel = await loop.create_connection(SocketConnection, next(iter(addresses)), port)
    else:
        _, channel = await loop.create_connection(SocketConnection, host, port, happy_eyeballs_delay=_NEXT_ADDRESS_S)
    return channel


async def addresses_of(host: str, port: int) -> set[str]:
    """Where `host` is. Raises `OSError` where nobody knows the name."""
    with suppress(ValueError):
        return {str(ipaddress.ip_address(host))}
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return {str(address[0]) for *_, address in found}
