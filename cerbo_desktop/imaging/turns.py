"""Which pictures are examined at the same time, so that their pixels do not fill the memory together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager


class Turns:
    """Some light pictures at once, or a heavy one alone; each in the order in which it came."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._places, self._turn_of_heavy = asyncio.Semaphore(at_once), asyncio.Lock()

    @asynccontextmanager
    async def light(self) -> AsyncIterator[None]:
        """Wait for a place."""
        async with self._places:
            yield

    @asynccontextmanager
    async def heavy(self) -> AsyncIterator[None]:
        """Wait until nothing else is examined. One at a time takes places, or two would wait for each other's."""
        async with AsyncExitStack() as places:
            async with self._turn_of_heavy:
                for _ in range(self._at_once):
                    await places.enter_async_context(self._places)
            yield
