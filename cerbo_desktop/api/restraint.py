"""How the requests of one key hold back: so many at once, the most urgent first, and as an overloaded Cerbo asks.

Photos, which a tile shows as loading, wait for as long as it takes. Other questions wait through short pauses, and end
in `Overloaded` before or in a longer one, so that a person is told.
"""

import math
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from cerbo_desktop.api import overload
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.lone_refusals import LoneRefusals
from cerbo_desktop.api.operations import PHOTO_BYTES
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Overloaded, ServerError
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS, SHORT_PAUSE_S
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.timer import LoopTimer, Timer
from cerbo_desktop.runtime.turnstile import Turnstile

_RESERVE = 2
"""Beside photos: a photo that a person waits for, and what is asked meanwhile."""
_SITS_OUT_S = 10.0
"""How long a question goes on through short pauses."""

Answer = TypeVar("Answer")


class Restraint:
    def __init__(self, timer: Timer | None = None, *, is_patient: bool = True) -> None:
        """`is_patient` False: nothing waits through a long pause, not even a photo."""
        self._is_patient = is_patient
        self._timer = timer or LoopTimer()
        self._turnstile = Turnstile(MAX_CONCURRENT_REQUESTS, reserve=_RESERVE, timer=self._timer)
        self._lone = LoneRefusals()

    @property
    def is_in_trouble(self) -> bool:
        """Cerbo was overloaded, and has answered nothing since."""
        return self._turnstile.is_in_trouble

    @property
    def pause_left_s(self) -> float:
        return self._turnstile.pause_left_s

    def now_s(self) -> float:
        """For `note`."""
        return self._timer.elapsed_s()

    def place(self, call: Call) -> AbstractAsyncContextManager[None]:
        """Hold a place for this request; raises `Overloaded` where it should not wait for one."""
        is_long = call.operation in PHOTO_BYTES
        return self._turnstile.place(call.urgency, patience_s=self._patience_s(call), is_long=is_long)

    def note(self, call: Call, status: int, headers: Mapping[str, str], started_s: float) -> ServerError | None:
        """The head of an answer has come; what it means for this request, where that is no matter of it alone."""
        if status in overload.STATUSES:
            asked_s = overload.wait_asked_s(headers)
            if self._lone.is_lone(call, status, asked_s):
                return BadAnswer(BadAnswerKind.SERVER_FAULT)
            self._turnstile.note_refused(started_s, asked_s)
            return Overloaded(self.pause_left_s)
        if status < 500:
            self._lone.note_answered(call)
            self._turnstile.note_answered(started_s)
        return None

    def note_success(self) -> None:
        self._turnstile.recover()

    def step_aside(self) -> None:
        self._turnstile.step_aside()

    def step_back(self) -> None:
        self._turnstile.step_back()

    async def asked(self, call: Call, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """What `ask` brings, asked again for as long as this request waits for an overloaded Cerbo."""
        patience_s, began_s = self._patience_s(call), self._timer.elapsed_s()
        while True:
            try:
                return await ask()
            except Overloaded:
                is_enough = patience_s < math.inf and self._timer.elapsed_s() - began_s > _SITS_OUT_S
                if is_enough or self.pause_left_s > patience_s:
                    raise

    def _patience_s(self, call: Call) -> float:
        """How long a pause may be that this request waits through."""
        can_wait = call.operation in PHOTO_BYTES or call.urgency is Urgency.BACKGROUND
        return math.inf if can_wait and self._is_patient else SHORT_PAUSE_S
