"""Tries something again until it succeeds: by itself every half minute, and at once when asked."""

from collections.abc import Awaitable, Callable

from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope

_WAIT_S = 30.0


class PeriodicRetry:
    """`attempt` says whether it succeeded; there is never more than one at a time."""

    def __init__(self, name: str, attempt: Callable[[], Awaitable[bool]], clock: Clock, scope: TaskScope) -> None:
        self._attempt, self._clock = attempt, clock
        self._scope = scope.child(name)
        self._is_trying = self._is_over = self._is_asked_again = False

    def try_now(self) -> None:
        """Begin, or end the wait.

        During an attempt the next one follows at once: what is being tried may just have been put right.
        """
        self._is_asked_again = self._is_trying
        if not (self._is_trying or self._is_over or self._scope.is_closed):
            self._scope.start(self._work(), key="attempts")

    def wait(self) -> None:
        """Begin with the wait, since the first attempt was made elsewhere."""
        self._scope.start(self._work(begins_with_wait=True), key="attempts")

    async def aclose(self) -> None:
        await self._scope.aclose()

    async def _work(self, *, begins_with_wait: bool = False) -> None:
        if begins_with_wait:
            await self._clock.sleep(_WAIT_S)
        while not self._is_over:
            self._is_trying, self._is_asked_again = True, False
            try:
                self._is_over = await self._attempt()
            finally:
                self._is_trying = False
            if not (self._is_over or self._is_asked_again):
                await self._clock.sleep(_WAIT_S)
