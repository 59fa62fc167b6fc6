"""Examining the photos of a capture session, in turn, so that only so many bytes are in memory at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Refused, Verdict
from cerbo_desktop.services.chosen_files import read_chosen, refusal_of_size

_AT_ONCE = 2
_LARGE_BYTES = 5_000_000
"""Of files larger than this one is examined at a time: its pixels may take hundreds of megabytes."""


class Examination:
    """Every check that a photo passes before it may be sent."""

    def __init__(self, studio: ImageStudio) -> None:
        self._studio = studio
        self._turns, self._turn_of_large = asyncio.Semaphore(_AT_ONCE), asyncio.Semaphore(1)

    async def of_frame(self, frame: Raster) -> Verdict:
        """A frame of the camera."""
        async with self._turn(0):
            return await self._judged(lambda: self._studio.examine_frame(frame))

    async def of_bytes(self, data: bytes, file_name: str = "") -> Verdict:
        """A picture as another program encoded it. `file_name` may be empty."""
        async with self._turn(len(data)):
            return await self._examined(data, file_name)

    async def of_file(self, path: Path, size_bytes: int, on_read: Callable[[int], None] = lambda _: None) -> Verdict:
        """A file; `on_read` is told how many bytes it has, once they are read. `size_bytes`: as far as is known."""
        async with self._turn(size_bytes):
            found = await read_chosen(path)
            if isinstance(found, Refused):
                return found
            on_read(len(found))
            return await self._examined(found, path.name)

    async def _examined(self, data: bytes, file_name: str) -> Verdict:
        if (refused := refusal_of_size(len(data))) is not None:
            return refused
        return await self._judged(lambda: self._studio.examine(data, file_name))

    async def _judged(self, judge: Callable[[], Coroutine[object, object, Verdict]]) -> Verdict:
        try:
            return await judge()
        except CannotShow as error:
            return Refused(error.reason)

    @asynccontextmanager
    async def _turn(self, size_bytes: int) -> AsyncIterator[None]:
        """A large file waits for its own turn first, so that small ones pass it meanwhile."""
        async with AsyncExitStack() as turns:
            if size_bytes > _LARGE_BYTES:
                await turns.enter_async_context(self._turn_of_large)
            await turns.enter_async_context(self._turns)
            yield
