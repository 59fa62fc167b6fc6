"""The real clock of a whole application, which a test may turn on: an hour passes in no time."""

import asyncio
from datetime import datetime, timedelta

import pytest

from cerbo_desktop.app import application
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime.clock import SystemClock
from tests.flows.desk import Desk
from tests.waiting import until


class TurnedClock(SystemClock):
    """Waits end as they do, or when the clock is turned past them. The time of day goes by `wall_ahead` alone."""

    def __init__(self) -> None:
        self.wall_ahead = timedelta()
        self._ahead_s = 0.0
        self._turned = asyncio.Event()

    def now(self) -> datetime:
        return super().now() + self.wall_ahead

    def elapsed_s(self) -> float:
        return super().elapsed_s() + self._ahead_s

    async def sleep(self, seconds: float) -> None:
        end_s = self.elapsed_s() + seconds
        while (left_s := end_s - self.elapsed_s()) > 0:
            turned = self._turned
            waiting = asyncio.timeout(left_s)
            try:
                async with waiting:
                    await turned.wait()
            except TimeoutError:
                if not waiting.expired():
                    raise
        await asyncio.sleep(0)

    def turn(self, seconds: float) -> None:
        self._ahead_s += seconds
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()


def turned_clock(monkeypatch: pytest.MonkeyPatch) -> TurnedClock:
    """The clock of programs that are started from now on."""
    clock = TurnedClock()
    monkeypatch.setattr(application, "SystemClock", lambda: clock)
    return clock


async def looked_long_enough(desk: Desk, clock: TurnedClock) -> None:
    """Turn the clock, second by second, until the looks for every photo that was sent have told what they can."""

    def is_told_a_second_later() -> bool:
        clock.turn(1)
        return not any(each.state is UploadState.UNSURE for each in desk.services.uploading.feed.latest)

    await until(is_told_a_second_later)
