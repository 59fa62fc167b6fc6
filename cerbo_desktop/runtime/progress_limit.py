"""A limit on standing still: a transfer may take as long as it needs, for as long as bytes move."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Self

QUIET_S = 15.0
"""A transfer of which nothing came for so long has ended."""
SLOWEST_BYTES_S = 8_000
_LOOK_S = 1.0


class Progress:
    """How a transfer gets on, in time that the caller counts.

    It is over once nothing moved for `quiet_s`, or less than 8 kB a second over `window_s`.
    """

    def __init__(self, window_s: float, quiet_s: float) -> None:
        self._window_s = window_s
        self._quiet_s = quiet_s
        self._ran_s = self._moved_at_s = 0.0
        self._moved_bytes = 0
        self._ends_at_s: float | None = None
        self._looks: deque[tuple[float, int]] = deque([(0.0, 0)])
        """What had moved by when, over the last window."""

    def note(self, size_bytes: int) -> None:
        """Note that `size_bytes` more have moved."""
        self._moved_bytes += size_bytes
        self._moved_at_s = self._ran_s

    def give(self, seconds: float) -> None:
        """Ask for no more progress, and let the end come within `seconds` from now."""
        self._ends_at_s = self._ran_s + seconds

    def is_over(self, passed_s: float) -> bool:
        """Count `passed_s` more seconds; True where that was too much."""
        self._ran_s += passed_s
        if self._ends_at_s is not None:
            return self._ran_s >= self._ends_at_s
        return self._ran_s - self._moved_at_s >= self._quiet_s or self._is_too_slow()

    def _is_too_slow(self) -> bool:
        self._looks.append((self._ran_s, self._moved_bytes))
        while len(self._looks) > 1 and self._looks[1][0] <= self._ran_s - self._window_s:
            self._looks.popleft()
        began_s, had_bytes = self._looks[0]
        ran_s = self._ran_s - began_s
        return ran_s >= self._window_s and self._moved_bytes - had_bytes < SLOWEST_BYTES_S * ran_s


class ProgressLimit:
    """`async with ProgressLimit(window_s) as limit` raises `TimeoutError` where what is noted stands still.

    Time in which the program itself stood still, since the PC slept, does not count; nor does a pause.
    """

    def __init__(self, window_s: float) -> None:
        quiet_s = min(QUIET_S, window_s)
        self._progress = Progress(window_s, quiet_s)
        self._step_s = min(_LOOK_S, quiet_s / 4)
        self._timeout = asyncio.timeout(None)
        self._is_paused = False
        self._looked_at_s = 0.0
        self._handle: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        self._loop = asyncio.get_running_loop()
        self._look_later()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            self._handle.cancel()
        await self._timeout.__aexit__(kind, error, trace)

    def note(self, size_bytes: int) -> None:
        """Note that `size_bytes` more have come, or gone."""
        self._progress.note(size_bytes)

    def give(self, seconds: float) -> None:
        """Ask for no more progress, and let the end come within `seconds` from now."""
        self._step_s = min(self._step_s, seconds / 4)
        self._progress.give(seconds)

    def pause(self) -> None:
        """Stop counting time while something else keeps the transfer from moving."""
        self._is_paused = True

    def go_on(self) -> None:
        """Count time again: the transfer may move."""
        self._is_paused = False

    def _look_later(self) -> None:
        self._looked_at_s = self._loop.time()
        self._handle = self._loop.call_at(self._looked_at_s + self._step_s, self._look)

    def _look(self) -> None:
        passed_s = self._loop.time() - self._looked_at_s
        if not self._is_paused and self._progress.is_over(min(passed_s, 2 * self._step_s)):
            self._timeout.reschedule(self._loop.time())
        else:
            self._look_later()
