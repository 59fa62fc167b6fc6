"""So many at once, the most urgent first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cerbo_desktop.domain.urgency import Urgency

_SUCCESSES_TO_GROW = 8


class Turnstile:
    """Lets at most `width` through at once, and beside them `reserve` that are `Urgency.NOW`.

    The reserve is what keeps a search quick while every ordinary place is held by a picture of several megabytes. Make
    the connection pool `capacity` wide: a request must never wait inside the HTTP library, since cancelling one that
    does jams its pool (measured). Equal urgencies go in the order they came.
    """

    def __init__(self, width: int, *, reserve: int = 1) -> None:
        self._full_width = self._width = width
        self._reserve = reserve
        self._inside = 0
        self._successes = 0
        self._order = itertools.count()
        self._waiting: list[tuple[Urgency, int, asyncio.Future[None]]] = []

    @property
    def capacity(self) -> int:
        """The most that are ever inside at once."""
        return self._full_width + self._reserve

    @property
    def width(self) -> int:
        """Ordinary places at this moment: fewer than at first after `slow_down`."""
        return self._width

    @property
    def inside(self) -> int:
        return self._inside

    @property
    def waiting(self) -> int:
        return sum(not turn.done() for _, _, turn in self._waiting)

    @asynccontextmanager
    async def place(self, urgency: Urgency) -> AsyncIterator[None]:
        """Hold a place for as long as the block runs. Cancelling at any moment gives it back."""
        await self._enter(urgency)
        try:
            yield
        finally:
            self._leave()

    def slow_down(self) -> None:
        """The server asked for less: half the width, at least one. Who is inside stays."""
        self._width = max(1, self._width // 2)
        self._successes = 0

    def recover(self) -> None:
        """One success; eight of them give one place back."""
        if self._width == self._full_width:
            return
        self._successes += 1
        if self._successes >= _SUCCESSES_TO_GROW:
            self._successes = 0
            self._width += 1
            self._admit()

    async def _enter(self, urgency: Urgency) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), turn))
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        self._inside -= 1
        self._admit()

    def _admit(self) -> None:
        while self._waiting:
            urgency, _, turn = self._waiting[0]
            if not turn.done():
                if self._inside >= self._room(urgency):
                    return
                self._inside += 1
                turn.set_result(None)
            heapq.heappop(self._waiting)

    def _room(self, urgency: Urgency) -> int:
        return self._width + (self._reserve if urgency is Urgency.NOW else 0)
