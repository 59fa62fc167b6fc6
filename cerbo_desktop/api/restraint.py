"""How the requests of one key hold back: a few at once, the most urgent first, and as an overloaded Cerbo asks.

Where Cerbo refuses one kind of question and answers the others, only that kind waits.

Photos, which a tile shows as loading, wait for as long as it takes. Other questions wait through short pauses, and end
in `Overloaded` before or in a longer one, so that a person is told.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TypeVar

from cerbo_desktop.api import overload
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.lone_refusals import Kind, LoneRefusals, Scope, kind_of
from cerbo_desktop.api.operations import PHOTO_BYTES
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Overloaded, ServerError
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS, SHORT_PAUSE_S
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.priority_limiter import PriorityLimiter
from cerbo_desktop.runtime.timer import LoopTimer, Timer

_RESERVE = 2
"""Beside photos: a photo that a person waits for, and what is asked meanwhile."""
_SITS_OUT_S = 10.0
"""How long a question goes on through short pauses."""

Answer = TypeVar("Answer")


class Place:
    """What one request holds: a place at each limiter that it passed."""

    def __init__(self, passed: Sequence[PriorityLimiter] = ()) -> None:
        self._passed = passed

    def step_aside(self) -> None:
        """Free the place while the request stands still for another one, which may need a place of the same kind."""
        for limiter in self._passed:
            limiter.step_aside()

    def step_back(self) -> None:
        """Take the place back."""
        for limiter in self._passed:
            limiter.step_back()


NO_PLACE = Place()
"""Of what is asked past every queue."""


class Restraint:
    """Admits the requests of one key, and learns from what their answers say of overload."""

    def __init__(self, timer: Timer | None = None, *, is_patient: bool = True) -> None:
        """`is_patient` False: nothing waits through a long pause, not even a photo."""
        self._is_patient = is_patient
        self._timer = timer or LoopTimer()
        self._limiter = self._new_limiter()
        self._own: dict[Kind, PriorityLimiter] = {}
        """Of each kind that was refused while others were answered; passed before the one of all."""
        self._lone = LoneRefusals()
        self._unanswered = 0
        """Requests that are on their way, with a place or without."""

    @property
    def is_in_trouble(self) -> bool:
        """Cerbo was overloaded, not for one kind of question alone, and has answered nothing since."""
        return self._limiter.is_in_trouble

    @property
    def is_in_doubt(self) -> bool:
        """One kind of question was refused, and no answer since has told whether it is that kind alone."""
        return self._limiter.is_in_doubt

    @property
    def needs_question(self) -> bool:
        """Whether a question has to be sent to end the doubt: no request is on its way whose answer could end it."""
        return self.is_in_doubt and self._unanswered == 0

    def tells_of_all(self, call: Call) -> bool:
        """Whether the answer to such a call would say something of other calls."""
        return not self._lone.may_be_alone(call)

    @contextmanager
    def sending(self) -> Iterator[float]:
        """Count a request as on its way while the block runs; gives the moment at which it started, for `note`."""
        self._unanswered += 1
        try:
            yield self._timer.elapsed_s()
        finally:
            self._unanswered -= 1

    @asynccontextmanager
    async def place(self, call: Call) -> AsyncIterator[Place]:
        """Hold a place for this request; raises `Overloaded` where it should not wait for one."""
        is_long = call.operation in PHOTO_BYTES
        while True:
            async with AsyncExitStack() as stack:
                passed = self._limiters(call)
                for limiter in passed:
                    patience_s = 0.0 if self._goes_another_way(call, limiter) else self._patience_s(call)
                    place = limiter.place(call.urgency, patience_s=patience_s, is_long=is_long)
                    await stack.enter_async_context(place)
                if self._limiters(call) == passed and passed[0].pause_left_s == 0.0:
                    yield Place(passed)
                    return
                # Its kind was refused while this one waited for a place.

    def note(self, call: Call, status: int, headers: Mapping[str, str], started_s: float) -> ServerError | None:
        """The head of an answer has come. Returns the error that it means for this request, where it is a matter of
        overload."""
        if status in overload.STATUSES:
            return self._refused(call, status, overload.wait_asked_s(headers), started_s)
        if status < 500:
            self._lone.note_answered(call, started_s, self._timer.elapsed_s())
            for limiter in self._limiters(call):
                limiter.note_answered(started_s)
        return None

    def note_success(self, call: Call) -> None:
        """Note that a request was answered well: places come back, one by one."""
        for limiter in self._limiters(call):
            limiter.recover()

    async def asked(self, call: Call, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Await `ask` and return its answer. While Cerbo is overloaded it asks again for as long as this kind of
        request may wait, and raises `Overloaded` after that."""
        patience_s, began_s = self._patience_s(call), self._timer.elapsed_s()
        while True:
            try:
                return await ask()
            except Overloaded:
                own = self._own.get(kind_of(call))
                if own is not None and own.pause_left_s and self._goes_another_way(call, own):
                    raise
                is_enough = patience_s < math.inf and self._timer.elapsed_s() - began_s > _SITS_OUT_S
                if is_enough or self._pause_left_s(call) > patience_s:
                    raise

    def _refused(self, call: Call, status: int, asked_s: float | None, started_s: float) -> ServerError:
        scope = self._lone.scope(call, status, asked_s, started_s, self._timer.elapsed_s())
        if scope is Scope.THING:
            return BadAnswer(BadAnswerKind.SERVER_FAULT)
        if scope is Scope.ALL:
            self._limiter.note_refused(started_s, asked_s)
            self._hold_no_kind()
        else:
            self._hold_kind(call, status, asked_s, started_s)
        if scope is Scope.PERHAPS_KIND:
            self._limiter.note_doubted(started_s)
        return Overloaded(self._pause_left_s(call))

    def _hold_kind(self, call: Call, status: int, asked_s: float | None, started_s: float) -> None:
        is_photo = status == overload.UNAVAILABLE and call.operation in PHOTO_BYTES
        may_be_one = is_photo and self._lone.was_answered_lately(call, self._timer.elapsed_s())
        own = self._own.setdefault(kind_of(call), self._new_limiter())
        own_s = min(asked_s or 0.0, SHORT_PAUSE_S) if may_be_one else asked_s
        own.note_refused(started_s, own_s, is_lesson=not may_be_one)

    def _hold_no_kind(self) -> None:
        """What was perhaps refused alone was not: it waits with all, and no longer."""
        for kind, own in self._own.items():
            if not self._lone.is_alone(kind):
                own.note_answered(math.inf)

    def _limiters(self, call: Call) -> list[PriorityLimiter]:
        own = self._own.get(kind_of(call))
        return [self._limiter] if own is None else [own, self._limiter]

    def _new_limiter(self) -> PriorityLimiter:
        return PriorityLimiter(MAX_CONCURRENT_REQUESTS, reserve=_RESERVE, timer=self._timer)

    def _goes_another_way(self, call: Call, limiter: PriorityLimiter) -> bool:
        """Where its own kind alone is held back: after each pause one such question tries, the others don't wait."""
        return call.has_other_way and limiter is not self._limiter

    def _pause_left_s(self, call: Call) -> float:
        return max(each.pause_left_s for each in self._limiters(call))

    def _patience_s(self, call: Call) -> float:
        """How long a pause may be that this request waits through."""
        can_wait = call.operation in PHOTO_BYTES or call.urgency is Urgency.BACKGROUND
        return math.inf if can_wait and self._is_patient else SHORT_PAUSE_S
