"""A line of known latency and rate before a server on this machine; it can also hold what is still to come."""

import asyncio
import threading
from contextlib import suppress

_HOST = "127.0.0.1"
_CHUNK_BYTES = 64 * 1024
_CHUNKS_ON_THE_LINE = 64
_LOOK_S = 0.002
_DEADLINE_S = 10.0


class SlowLine:
    """Passes bytes on to `port` from a thread and a loop of its own. Attributes may be set from any thread.

    A new connection waits for one round trip more, as its handshake would. All connections share the rate, which counts
    what comes from the server.
    """

    def __init__(self, port: int) -> None:
        self.latency_s = 0.0
        """There and back again."""
        self.rate_bytes_s: float | None = None
        self.hold_after_bytes: int | None = None
        """Once so much has come from the server since `count_anew`, nothing more passes."""
        self.delivered_bytes = 0
        self.port = 0
        self._target = port
        self._free_at = 0.0
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="slow-line", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if not self._ready.wait(_DEADLINE_S):
            raise TimeoutError("the line did not start")

    def stop(self) -> None:
        if self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_DEADLINE_S)

    def count_anew(self) -> None:
        self.delivered_bytes = 0

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connect, _HOST, 0, limit=4 * _CHUNK_BYTES)
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
        await asyncio.sleep(self.latency_s)
        far_reader, far_writer = await asyncio.open_connection(_HOST, self._target, limit=4 * _CHUNK_BYTES)
        there = asyncio.create_task(self._pass(reader, far_writer, is_answer=False))
        back = asyncio.create_task(self._pass(far_reader, writer, is_answer=True))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (there, back):
                task.cancel()
            for end in (writer, far_writer):
                end.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        on_the_line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_CHUNKS_ON_THE_LINE)
        arriving = asyncio.create_task(self._arrive(on_the_line, writer, is_answer=is_answer))
        try:
            while data := await reader.read(_CHUNK_BYTES):
                await on_the_line.put((self._arrival_s(len(data), is_answer=is_answer), data))
            await on_the_line.join()
        finally:
            arriving.cancel()

    def _arrival_s(self, size_bytes: int, *, is_answer: bool) -> float:
        now_s = asyncio.get_running_loop().time()
        if is_answer and self.rate_bytes_s is not None:
            self._free_at = max(now_s, self._free_at) + size_bytes / self.rate_bytes_s
            now_s = self._free_at
        return now_s + self.latency_s / 2

    async def _arrive(
        self, on_the_line: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        while True:
            arrival_s, data = await on_the_line.get()
            await asyncio.sleep(max(0.0, arrival_s - asyncio.get_running_loop().time()))
            with suppress(ConnectionError):
                await (self._deliver(writer, data) if is_answer else _write(writer, data))
            on_the_line.task_done()

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


async def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()
