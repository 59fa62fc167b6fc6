"""asyncio's own loop on a clock that a test turns: what a PC does that falls asleep, without the waiting."""

import asyncio
from typing import Any


class SleepingLoop(asyncio.SelectorEventLoop):
    """Its time stands still until it is told to pass."""

    def __init__(self) -> None:
        self._passed_s = 0.0
        super().__init__()

    def time(self) -> float:
        return self._passed_s

    def sleep_through(self, seconds: float) -> None:
        """The PC sleeps: no task and no timer runs meanwhile."""
        self._passed_s += seconds

    def pass_s(self, seconds: float) -> None:
        """A moment in which the loop runs: at most a second at a time."""
        assert seconds <= 1.0
        self._passed_s += seconds

    async def turns(self, count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(0)

    @property
    def timers(self) -> int:
        """That still wait."""
        scheduled: list[Any] = self._scheduled  # type: ignore[attr-defined]  # asyncio's own heap
        return sum(not handle.cancelled() for handle in scheduled)
