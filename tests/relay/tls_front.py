"""TLS in front of the practice clinic, which speaks plain http: bytes go through, and so does every break."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Awaitable

_PIECE_BYTES = 65_536


class TlsFront:
    """Listens on a free port of this machine, in a thread of its own."""

    def __init__(self, target_port: int, context: ssl.SSLContext) -> None:
        self._target_port, self._context = target_port, context
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="tls front")
        self.port = 0

    def __enter__(self) -> "TlsFront":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
            writers.append(far_writer)
            await _first_of(_copy(reader, far_writer), _copy(far_reader, writer))
            await writer.drain()
        except OSError:
            pass
        finally:
            for each in writers:
                each.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(_PIECE_BYTES):
            writer.write(piece)
            await writer.drain()


async def _first_of(*works: Awaitable[None]) -> None:
    """Until one way has ended; the other then ends with it."""
    tasks = [asyncio.ensure_future(work) for work in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
