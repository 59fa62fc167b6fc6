"""A server made of a socket and a script, for everything that a well-behaved server never does."""

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType

from cerbo_desktop.domain.address import Origin

JSON = "application/json"
_RECEIVED_AHEAD_BYTES = 256 * 1024
Body = bytes | str | Mapping[str, object] | Sequence[object]


@dataclass
class Peer:
    """One request of one client, its head already read."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: asyncio.Event
    line: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]

    @property
    def length_bytes(self) -> int:
        return int(self.headers.get("content-length", "0"))

    async def read_body(self) -> bytes:
        self.body = await self.reader.readexactly(self.length_bytes)
        return self.body

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, status: int, body: Body = b"", **headers: str) -> None:
        """A whole answer; header names with underscores for hyphens. `content_length` overrides the true one."""
        raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        lines = {"content_type": JSON, "content_length": str(len(raw)), **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value)
        await self.send(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + raw)

    def close(self) -> None:
        self.writer.close()

    def reset(self) -> None:
        """End with an RST instead of a FIN."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def hang(self) -> None:
        """Neither read nor answer until the server ends."""
        await self.ended.wait()

    async def trickle(self, data: bytes, pause_s: float = 0.02) -> None:
        for at in range(len(data)):
            if self.ended.is_set():
                return
            await self.send(data[at : at + 1])
            await asyncio.sleep(pause_s)


Script = Callable[[Peer], Awaitable[None]]


@dataclass
class RawServer:
    """Answers the n-th request with the n-th script, further ones with the last."""

    scripts: tuple[Script, ...]
    tls: ssl.SSLContext | None = None
    on_accept: Callable[[Peer], None] | None = None
    requests: list[Peer] = field(default_factory=list)
    connections: int = 0
    received_bytes: int = 0
    """Of anything at all, after a TLS handshake where there is one."""

    async def __aenter__(self) -> "RawServer":
        self._ended = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        listening = socket.create_server(("127.0.0.1", 0))
        # What a server does not read then waits in its peer, and not by the megabyte in between.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED_AHEAD_BYTES)
        self._server = await asyncio.start_server(self._serve, sock=listening, ssl=self.tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        while self._writers:
            await asyncio.sleep(0.005)
        await self._server.wait_closed()

    @property
    def fileno(self) -> int:
        """Of the listening socket."""
        return self._server.sockets[0].fileno()

    def origin(self, host: str = "127.0.0.1") -> Origin:
        return Origin("https" if self.tls else "http", host, self.port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            if self.on_accept is not None:
                self.on_accept(Peer(reader, writer, self._ended, "", {}))
            while not writer.is_closing():
                await self._serve_one(reader, writer)
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.transport.abort()
            self._writers.discard(writer)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.received_bytes += len(head)
        line, *rest = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
        peer = Peer(reader, writer, self._ended, line, headers)
        self.requests.append(peer)
        await self.scripts[min(len(self.requests), len(self.scripts)) - 1](peer)


def raw_server(*scripts: Script, tls: ssl.SSLContext | None = None) -> RawServer:
    return RawServer(scripts, tls)


def answers(status: int, body: Body = b"", **headers: str) -> Script:
    """Read the whole request, then answer."""

    async def script(peer: Peer) -> None:
        await peer.read_body()
        await peer.answer(status, body, **headers)

    return script


def sends(data: bytes, *, then: str = "close") -> Script:
    """Read the whole request, then send exactly these bytes and `close`, `reset` or `hang`."""

    async def script(peer: Peer) -> None:
        await peer.read_body()
        await peer.send(data)
        await _end(peer, then)

    return script


def reads(size_bytes: int, *, then: str) -> Script:
    """Read only so much of the body, then `close`, `reset` or `hang`."""

    async def script(peer: Peer) -> None:
        peer.body = await peer.reader.readexactly(size_bytes)
        await _end(peer, then)

    return script


async def _end(peer: Peer, how: str) -> None:
    if how == "hang":
        await peer.hang()
    elif how == "reset":
        peer.reset()
    else:
        peer.close()
