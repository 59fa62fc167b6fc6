"""Limits concurrent requests: the most urgent go first, and none while the server is overloaded."""

import asyncio
import heapq
import itertools
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cerbo_desktop.domain.errors import Overloaded
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.pacing import Pacing
from cerbo_desktop.runtime.timer import LoopTimer, Timer

_SUCCESSES_TO_GROW = 8
_MOST_PASSED_OVER = 8
"""Two rounds of the full width: a photo of the outbox is late by seconds while an album loads, and not for ever."""
_RANKS = {Urgency.NOW: 0, Urgency.VISIBLE: 1, Urgency.NEAR: 1, Urgency.OUTBOX: 2, Urgency.BACKGROUND: 2}
"""Whoever is of a higher rank lets those of a lower one pass, and not for ever."""

_Waiter = tuple[Urgency, int, asyncio.Future[None]]


class PriorityLimiter:
    """Admits at most `width` requests at once, and beside them `reserve` more that are `Urgency.NOW`.

    The reserve keeps a search quick while every ordinary place is held by a picture of several megabytes. Requests of
    equal urgency go in the order they came; one whose urgency changes keeps its number in that order.

    Pictures come before the outbox and the background, and would keep them out for as long as somebody scrolls: so
    after eight others the next ordinary place is theirs. In the same way, searches without end leave room for pictures.

    After `note_refused` nobody is admitted until `Pacing` allows it.
    """

    def __init__(self, width: int, *, reserve: int = 1, timer: Timer | None = None) -> None:
        self._full_width = self._width = width
        self._reserve = reserve
        self._timer = timer or LoopTimer()
        self._pacing = Pacing(self._timer.elapsed_s)
        self._inside = 0
        self._successes = 0
        self._passed_over = dict.fromkeys(_RANKS.values(), 0)
        self._order = itertools.count()
        self._patience_s: dict[asyncio.Future[None], float] = {}
        """Of those who wait."""
        self._alarm_s = math.inf
        self._waiting: list[_Waiter] = []
        """A heap. One that has gone in, or away, stands in it until it comes up."""
        self._long: set[asyncio.Future[None]] = set()
        """Of those who wait: whoever would be inside for long."""

    @property
    def width(self) -> int:
        """Ordinary places at this moment: fewer than at first after a refusal."""
        return self._width

    @property
    def inside(self) -> int:
        """How many hold a place."""
        return self._inside

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len({order for _, order, turn in self._waiting if not turn.done()})

    @property
    def is_in_trouble(self) -> bool:
        """The server refused, and has answered nothing since."""
        return self._pacing.is_in_trouble

    @property
    def is_in_doubt(self) -> bool:
        """A request was refused, and it is not known yet whether others would be."""
        return self._pacing.is_in_doubt

    @property
    def pause_left_s(self) -> float:
        """Seconds until the pause that the server asked for is over; 0 where there is none."""
        return self._pacing.pause_left_s

    @asynccontextmanager
    async def place(
        self, urgency: Urgency | DynamicUrgency, *, patience_s: float = math.inf, is_long: bool = False
    ) -> AsyncIterator[None]:
        """Hold a place while the block runs. Cancelling at any moment gives it back.

        `is_long`: the request is for a whole photo, which leaves the last place of the reserve to short questions.

        Raises:
            Overloaded: a pause begins, or goes on, that is longer than `patience_s`.
        """
        await self._enter(urgency, patience_s, is_long)
        try:
            yield
        finally:
            self._leave()

    def note_answered(self, started_s: float) -> None:
        """Note that the server took the request that was started at `started_s`."""
        self._pacing.answered(started_s)
        self._admit()

    def note_doubted(self, started_s: float) -> None:
        """Note that the server refused a request, and perhaps only that one: the next request is admitted alone."""
        self._pacing.doubted(started_s)
        self._admit()

    def note_refused(self, started_s: float, asked_s: float | None, *, is_lesson: bool = True) -> None:
        """Note that the server asked for less: after its wait half the places, at least one, are open. Requests under
        way go on.

        `is_lesson` False: the refusal may be about one thing alone, so that the number of places stays.
        """
        self._pacing.refused(started_s, asked_s, is_lesson=is_lesson)
        if is_lesson:
            self._width = max(1, self._width // 2)
            self._successes = 0
        left_s = self._pacing.pause_left_s
        for turn, patience_s in self._patience_s.items():
            if patience_s < left_s and not turn.done():
                turn.set_exception(Overloaded(left_s))
        self._admit()

    def recover(self) -> None:
        """Count one success; eight of them give one place back."""
        if self._width == self._full_width:
            return
        self._successes += 1
        if self._successes >= _SUCCESSES_TO_GROW:
            self._successes = 0
            self._width += 1
            self._admit()

    async def _enter(self, urgency: Urgency | DynamicUrgency, patience_s: float, is_long: bool) -> None:
        if patience_s < (left_s := self._pacing.pause_left_s):
            raise Overloaded(left_s)
        dynamic = urgency if isinstance(urgency, DynamicUrgency) else DynamicUrgency(urgency)
        order, turn = next(self._order), asyncio.get_running_loop().create_future()

        def move(now: Urgency) -> None:
            self._waiting = [waiter for waiter in self._waiting if waiter[2] is not turn]
            heapq.heapify(self._waiting)
            stand(now)

        def stand(now: Urgency) -> None:
            heapq.heappush(self._waiting, (now, order, turn))
            self._admit()

        with dynamic.notifying(move):
            self._patience_s[turn] = patience_s
            if is_long:
                self._long.add(turn)
            stand(dynamic.now)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled() and turn.exception() is None:
                    self._leave()
                raise
            finally:
                del self._patience_s[turn]
                self._long.discard(turn)

    def _go_in(self) -> None:
        self._inside += 1
        self._pacing.started()

    def _leave(self) -> None:
        self._inside -= 1
        self._pacing.ended()
        self._admit()

    def _admit(self) -> None:
        while (waiter := self._next()) is not None:
            self._note_passing(waiter)
            self._go_in()
            waiter[2].set_result(None)

    def _next(self) -> _Waiter | None:
        """Who may go in now."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        if not self._waiting or not self._is_time():
            return None
        if self._inside < self._width:
            for rank, passed_over in self._passed_over.items():
                if passed_over >= _MOST_PASSED_OVER and (patient := self._first_of(rank)) is not None:
                    return patient
        first: _Waiter | None = self._waiting[0]
        if first is not None and first[2] in self._long and self._inside >= self._room(first):
            first = min((each for each in self._waiting if self._is_short(each)), default=None)
        return first if first is not None and self._inside < self._room(first) else None

    def _is_short(self, waiter: _Waiter) -> bool:
        return not waiter[2].done() and waiter[2] not in self._long

    def _is_time(self) -> bool:
        """Whether the server can be asked now; looks again when it can."""
        wait_s = self._pacing.wait_s()
        due_s = self._timer.elapsed_s() + wait_s
        if 0.0 < wait_s < math.inf and not self._timer.elapsed_s() < self._alarm_s <= due_s:
            self._alarm_s = due_s
            self._timer.call_later(wait_s, self._look_again)
        return wait_s == 0.0

    def _look_again(self) -> None:
        self._alarm_s = math.inf
        self._admit()

    def _first_of(self, rank: int) -> _Waiter | None:
        return min((each for each in self._waiting if _RANKS[each[0]] == rank and not each[2].done()), default=None)

    def _note_passing(self, waiter: _Waiter) -> None:
        """Those of a higher rank were passed over once more."""
        own_rank = _RANKS[waiter[0]]
        for rank in self._passed_over:
            if rank == own_rank or self._first_of(rank) is None:
                self._passed_over[rank] = 0
            elif rank > own_rank:
                self._passed_over[rank] += 1

    def _room(self, waiter: _Waiter) -> int:
        if waiter[0] is not Urgency.NOW:
            return self._width
        return self._width + self._reserve - (1 if self._reserve and waiter[2] in self._long else 0)

    def step_aside(self) -> None:
        """Free the place of a request that pauses in favour of another, until `step_back`."""
        self._inside -= 1
        self._admit()

    def step_back(self) -> None:
        """Take the place back at once, even where it was given away meanwhile.

        Were it to wait here, others would wait for it.
        """
        self._inside += 1
