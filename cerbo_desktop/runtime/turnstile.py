"""So many at once, the most urgent first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cerbo_desktop.domain.urgency import RisingUrgency, Urgency

_SUCCESSES_TO_GROW = 8
_MOST_PASSED_OVER = 8
"""Two rounds of the full width: a photo of the outbox is late by seconds while an album loads, and not for ever."""

_Waiter = tuple[Urgency, int, asyncio.Future[None]]


class Turnstile:
    """Lets at most `width` through at once, and beside them `reserve` that are `Urgency.NOW`.

    The reserve is what keeps a search quick while every ordinary place is held by a picture of several megabytes. Equal
    urgencies go in the order they came, and one that rises keeps its order.

    Pictures come before the outbox and what is in the background, and would keep them out for as long as somebody
    scrolls: so after eight others the next ordinary place is theirs.
    """

    def __init__(self, width: int, *, reserve: int = 1) -> None:
        self._full_width = self._width = width
        self._reserve = reserve
        self._inside = 0
        self._successes = 0
        self._passed_over = 0
        self._order = itertools.count()
        self._waiting: list[_Waiter] = []
        """A heap. One whose urgency rose stands in it twice; one that has gone in, or away, until it comes up."""

    @property
    def width(self) -> int:
        """Ordinary places at this moment: fewer than at first after `slow_down`."""
        return self._width

    @property
    def inside(self) -> int:
        return self._inside

    @property
    def waiting(self) -> int:
        return len({order for _, order, turn in self._waiting if not turn.done()})

    @asynccontextmanager
    async def place(self, urgency: Urgency | RisingUrgency) -> AsyncIterator[None]:
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

    async def _enter(self, urgency: Urgency | RisingUrgency) -> None:
        rising = urgency if isinstance(urgency, RisingUrgency) else RisingUrgency(urgency)
        order, turn = next(self._order), asyncio.get_running_loop().create_future()

        def stand(now: Urgency) -> None:
            heapq.heappush(self._waiting, (now, order, turn))
            self._admit()

        with rising.heard_by(stand):
            stand(rising.now)
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
        while (waiter := self._next()) is not None:
            self._note_passing(waiter)
            self._inside += 1
            waiter[2].set_result(None)

    def _next(self) -> _Waiter | None:
        """Who may go in now."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        if not self._waiting:
            return None
        if self._passed_over >= _MOST_PASSED_OVER and self._inside < self._width:
            return self._patient() or self._waiting[0]
        return self._waiting[0] if self._inside < self._room(self._waiting[0][0]) else None

    def _patient(self) -> _Waiter | None:
        """The first of those who let every picture go before."""
        return min((each for each in self._waiting if each[0] >= Urgency.OUTBOX and not each[2].done()), default=None)

    def _note_passing(self, waiter: _Waiter) -> None:
        if waiter[0] >= Urgency.OUTBOX or self._patient() is None:
            self._passed_over = 0
        else:
            self._passed_over += 1

    def _room(self, urgency: Urgency) -> int:
        return self._width + (self._reserve if urgency is Urgency.NOW else 0)

    def step_aside(self) -> None:
        """Whoever is inside stands still for another's sake: the place is free until `step_back`."""
        self._inside -= 1
        self._admit()

    def step_back(self) -> None:
        """At once, even where the place was taken meanwhile: whoever waited inside would be waited for otherwise."""
        self._inside += 1
