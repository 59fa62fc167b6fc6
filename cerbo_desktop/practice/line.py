"""The socket under an answer: what ASGI cannot say (cut, reset, trickle, silence) is said to the transport."""

import asyncio
import os
import socket
import struct
from collections.abc import Callable, Sequence
from enum import Enum

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from cerbo_desktop.practice.counters import Counters

LINE = "line"
"""Key under which a request's state carries its `LineProtocol`."""


class Ending(Enum):
    """What becomes of the connection after the last byte of a raw answer."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"


class LineProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which gives requests their own connection to break, and counts connections."""

    def __init__(self, config: Config, server_state: ServerState, counters: Counters) -> None:
        super().__init__(config, server_state, {LINE: self})
        self._counters = counters
        self.gone = asyncio.Event()
        self.before_last_byte: Callable[[], None] = lambda: None
        """Called by whoever writes the end of the answer to the present request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        self._counters.connections += 1
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.gone.set()

    def reset(self) -> None:
        """End the connection with RST: zero linger, then close."""
        sock = self.transport.get_extra_info("socket")
        if sock is not None and not self.transport.is_closing():
            linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.transport.abort()


class RawAnswer(Response):
    """Pieces of bytes written as they are, `pace_s` apart, then the ending. Nothing checks that they are HTTP."""

    def __init__(self, pieces: Sequence[bytes], ending: Ending, pace_s: float = 0.0) -> None:
        super().__init__()
        self._pieces = pieces
        self._ending = ending
        self._pace_s = pace_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        line: LineProtocol = scope["state"][LINE]
        for place, piece in enumerate(self._pieces, 1):
            if line.gone.is_set():
                break
            if place == len(self._pieces) and self._ending is not Ending.SILENCE:
                line.before_last_byte()
            line.transport.write(piece)
            await asyncio.sleep(self._pace_s)
        if self._ending is not Ending.SILENCE:
            line.before_last_byte()
        if self._ending is Ending.RESET:
            line.reset()
        elif self._ending is Ending.CLOSE:
            line.transport.close()
        await _until_gone(receive)


class Twice(Response):
    """A sound answer and its copy, in one write."""

    def __init__(self, sound: Response) -> None:
        super().__init__()
        self._sound = sound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport, written = scope["state"][LINE].transport, bytearray()
        transport.write = written.extend  # whoever answers has a reference of its own to the transport
        await self._sound(scope, receive, send)
        del transport.write
        transport.write(bytes(written) * 2)


class Unread(Response):
    """Never reads the request's body and never answers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        line: LineProtocol = scope["state"][LINE]
        line.transport.pause_reading()
        await line.gone.wait()
        await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    """Returns once uvicorn knows of the disconnection too: else it would answer 500 for us."""
    while (await receive())["type"] != "http.disconnect":
        pass
