"""Lines between the app and a server on this machine: as narrow, as far and as poor as a practice's own may be."""

import asyncio
import re
import socket
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Self

_HOST = "127.0.0.1"
_SEGMENT_BYTES = 1448
_LARGEST_PIECE_BYTES = 16 * 1024
_PIECE_S = 0.004
"""How much of a line's time a piece takes, within those sizes: small, so that connections share it evenly."""
_BUFFER_BYTES = 32 * 1024
"""What the sockets of the line itself may hold: more would hide its rate from either end."""
_LOST_TIME_S = 0.02
"""A step that this machine takes so much too late is made up for; a line that was idle for longer saves nothing up."""
_SHORTEST_RESEND_S = 0.2
_LOOK_S = 0.002
_DEADLINE_S = 10.0
_NAME = re.compile(
    r"(?:(?P<down>[\d.]+)(?:/(?P<up>[\d.]+))? Mbit/s)?(?:, )?(?:(?P<ms>[\d.]+) ms)?(?:, )?(?:(?P<loss>[\d.]+) % loss)?"
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What a line is like. None is no ceiling."""

    down_bytes_s: float | None = None
    up_bytes_s: float | None = None
    latency_s: float = 0.0
    """There and back again."""
    loss: float = 0.0
    """The share of segments that get lost."""

    @classmethod
    def named(cls, name: str) -> Self:
        """Such as `10 Mbit/s, 50 ms`, `16/1 Mbit/s` (down and up) or `2 Mbit/s, 150 ms, 1 % loss`."""
        found = _NAME.fullmatch(name)
        if found is None or not name:
            raise ValueError(name)
        down, up, ms, loss = found.group("down", "up", "ms", "loss")
        return cls(_bytes_s(down), _bytes_s(up or down), float(ms or 0) / 1000, float(loss or 0) / 100)


def _bytes_s(mbit_s: str | None) -> float | None:
    return None if mbit_s is None else float(mbit_s) * 1_000_000 / 8


class _Way:
    """One direction of the line. Each connection asks for one piece at a time, so all have the same share."""

    def __init__(self) -> None:
        self._free_at_s = 0.0

    async def carry(self, size_bytes: int, rate_bytes_s: float | None) -> None:
        if rate_bytes_s is None:
            return
        now_s = asyncio.get_running_loop().time()
        begins_s = self._free_at_s if now_s - self._free_at_s < _LOST_TIME_S else now_s
        self._free_at_s = begins_s + size_bytes / rate_bytes_s
        await asyncio.sleep(max(0.0, self._free_at_s - now_s))


class _Flight:
    """What is between the two ends of one connection: it comes out later, in the order in which it went in."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[float, bytes]] = deque()
        self._size_bytes = 0
        self._stirred = asyncio.Event()
        self._has_ended = False

    async def put(self, arrival_s: float, data: bytes, room_bytes: float) -> None:
        while self._size_bytes > room_bytes:
            self._stirred.clear()
            await self._stirred.wait()
        last_s = self._pieces[-1][0] if self._pieces else 0.0
        self._pieces.append((max(last_s, arrival_s), data))
        self._size_bytes += len(data)
        self._stirred.set()

    def end(self) -> None:
        self._has_ended = True
        self._stirred.set()

    async def next(self) -> bytes:
        """The next piece, once it has arrived; nothing at the end."""
        while not self._pieces:
            if self._has_ended:
                return b""
            self._stirred.clear()
            await self._stirred.wait()
        await asyncio.sleep(max(0.0, self._pieces[0][0] - asyncio.get_running_loop().time()))
        return self._pieces[0][1]

    def delivered(self) -> None:
        self._size_bytes -= len(self._pieces.popleft()[1])
        self._stirred.set()


class _CutError(ConnectionError):
    """The line breaks this connection."""


class SlowLine:
    """Passes bytes on to `port` from a thread and a loop of its own. Attributes may be set from any thread.

    A new connection waits for one round trip more, as its handshake would. What it passes may be TLS. It holds no more
    than a line would: where one end stops reading, the other has to stop too.
    """

    def __init__(self, port: int, quality: Quality | None = None, *, seed: int = 0) -> None:
        self.quality = quality or Quality()
        self.hold_after_bytes: int | None = None
        """Once so much has come from the server since `count_anew`, nothing more passes."""
        self.delivered_bytes = 0
        """From the server, since `count_anew`."""
        self.sent_bytes = 0
        """To the server, likewise."""
        self.port = 0
        self._target = port
        self._random = Random(seed)
        self._cut_after_bytes = self._cuts_left = self._cut_order = 0
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="slow-line", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        """Of a server that is reached over this line without TLS."""
        return f"http://{_HOST}:{self.port}"

    def start(self) -> None:
        self._thread.start()
        if not self._ready.wait(_DEADLINE_S):
            raise TimeoutError("the line did not start")

    def stop(self) -> None:
        if self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_DEADLINE_S)

    def count_anew(self) -> None:
        self.delivered_bytes = self.sent_bytes = 0

    def cut(self, after_bytes: int, times: int = 1) -> None:
        """Break the next connection that brings so much from the server from now on; and so again, `times` in all."""
        self._cut_after_bytes, self._cuts_left = after_bytes, times
        self._cut_order += 1

    @property
    def cuts_left(self) -> int:
        return self._cuts_left

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._down, self._up = _Way(), _Way()
        server = await asyncio.start_server(self._connect, sock=_listening(), limit=_LARGEST_PIECE_BYTES)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=1.0)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.quality.latency_s)
        try:
            far_reader, far_writer = await self._far_end()
        except OSError:
            writer.transport.abort()
            return
        for end in (writer, far_writer):
            end.transport.set_write_buffer_limits(high=0)
        passing = [
            asyncio.create_task(self._pass(reader, far_writer, is_answer=False)),
            asyncio.create_task(self._pass(far_reader, writer, is_answer=True)),
        ]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in passing:
                task.cancel()
            for end in (writer, far_writer):
                end.transport.abort()

    async def _far_end(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        far = _narrow(socket.socket())
        far.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(far, (_HOST, self._target))
        except OSError:
            far.close()
            raise
        return await asyncio.open_connection(sock=far, limit=_LARGEST_PIECE_BYTES)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        flight = _Flight()
        arriving = asyncio.create_task(self._arrive(flight, writer, is_answer=is_answer))
        sending = asyncio.create_task(self._send(reader, flight, is_answer=is_answer))
        try:
            await asyncio.wait({arriving, sending}, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            arriving.cancel()
            sending.cancel()

    async def _send(self, reader: asyncio.StreamReader, flight: _Flight, *, is_answer: bool) -> None:
        way, delayed_s = (self._down if is_answer else self._up), 0.0
        with suppress(ConnectionError):
            while data := await reader.read(_piece_bytes(self._rate(is_answer=is_answer))):
                quality, rate = self.quality, self._rate(is_answer=is_answer)
                await way.carry(len(data), rate)
                now_s = asyncio.get_running_loop().time()
                if self._random.random() < 1 - (1 - quality.loss) ** (len(data) / _SEGMENT_BYTES):
                    delayed_s = now_s + max(_SHORTEST_RESEND_S, 2 * quality.latency_s)
                arrival_s = max(now_s, delayed_s) + quality.latency_s / 2
                await flight.put(arrival_s, data, _BUFFER_BYTES + 1.5 * (rate or 64_000_000) * quality.latency_s)
        flight.end()

    def _rate(self, *, is_answer: bool) -> float | None:
        return self.quality.down_bytes_s if is_answer else self.quality.up_bytes_s

    async def _arrive(self, flight: _Flight, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        order, came_bytes = self._cut_order, 0
        while data := await flight.next():
            if is_answer:
                if order != self._cut_order:
                    order, came_bytes = self._cut_order, 0
                came_bytes += len(data)
                await self._deliver(writer, data)
                self._break_where_told(came_bytes)
            else:
                self.sent_bytes += len(data)
                await _write(writer, data)
            flight.delivered()

    async def _deliver(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        while data:
            hold = self.hold_after_bytes
            room = len(data) if hold is None else max(0, hold - self.delivered_bytes)
            if room == 0:
                await asyncio.sleep(_LOOK_S)
                continue
            self.delivered_bytes += min(room, len(data))
            await _write(writer, data[:room])
            data = data[room:]

    def _break_where_told(self, came_bytes: int) -> None:
        if self._cuts_left and came_bytes >= self._cut_after_bytes:
            self._cuts_left -= 1
            raise _CutError


def _piece_bytes(rate_bytes_s: float | None) -> int:
    ideal = _LARGEST_PIECE_BYTES if rate_bytes_s is None else int(rate_bytes_s * _PIECE_S)
    return min(_LARGEST_PIECE_BYTES, max(_SEGMENT_BYTES, ideal))


def _listening() -> socket.socket:
    listener = _narrow(socket.socket())
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((_HOST, 0))
    listener.listen()
    return listener


def _narrow(sock: socket.socket) -> socket.socket:
    """With small buffers, and with segments of a real line: they would not fit into the buffers otherwise."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, _SEGMENT_BYTES)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
    return sock


async def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()
