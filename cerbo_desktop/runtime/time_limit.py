"""A limit on waiting that does not count time in which the program itself stood still."""

import asyncio
from types import TracebackType

_STEP_S = 1.0
"""How often the limit looks whether the loop runs."""
_STOOD_STILL_S = 1.0
"""A look that comes later than this was kept from running: the PC slept, or the program was stopped."""
_GRACE_S = 5.0
"""Time to take what arrived meanwhile."""


class TimeLimit:
    """`async with TimeLimit(seconds)` raises `TimeoutError` like `asyncio.timeout`; None is no limit.

    After a PC has slept, its timers and the answers that arrived meanwhile are due at once, and asyncio lets the timers
    win (no upstream report was found). Here, an answer gets a few seconds to be read first. The grace is given once: a
    PC that falls asleep again and again does not extend a limit for ever.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._timeout = asyncio.timeout(None)
        self._had_grace = False
        self._due_s = self._looks_at_s = 0.0
        self._handle: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()
        if self._seconds is not None:
            self._loop = asyncio.get_running_loop()
            self._due_s = self._loop.time() + self._seconds
            self._look_later()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            self._handle.cancel()
        await self._timeout.__aexit__(kind, error, trace)

    def _look_later(self) -> None:
        self._looks_at_s = min(self._due_s, self._loop.time() + _STEP_S)
        self._handle = self._loop.call_at(self._looks_at_s, self._look)

    def _look(self) -> None:
        now_s = self._loop.time()
        if now_s - self._looks_at_s > _STOOD_STILL_S and not self._had_grace:
            self._had_grace = True
            self._due_s = max(self._due_s, now_s + _GRACE_S)
        if now_s < self._due_s:
            self._look_later()
        else:
            self._timeout.reschedule(now_s)
