"""A clock that moves only when a test turns it."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo


class HandClock:
    """`domain.ports.Clock` by hand: `turn(seconds)` wakes the sleepers whose time has come."""

    def __init__(self, start: datetime = datetime(2025, 11, 12, 10, 12, tzinfo=UTC), zone: tzinfo = UTC) -> None:
        self._now = start
        self._zone = zone
        self._elapsed_s = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)

    def elapsed_s(self) -> float:
        return self._elapsed_s

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the PC's clock, forward or back; no time passes."""
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        sleeper = self._elapsed_s + seconds, asyncio.Event()
        self._sleepers.append(sleeper)
        try:
            await sleeper[1].wait()
        finally:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)

    @property
    def sleeping_s(self) -> list[float]:
        """How long each sleeper still waits, soonest first."""
        return sorted(round(at - self._elapsed_s, 6) for at, _ in self._sleepers)

    def turn(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._elapsed_s = round(self._elapsed_s + seconds, 6)
        due = [woken for at, woken in self._sleepers if at <= self._elapsed_s]
        self._sleepers = [(at, woken) for at, woken in self._sleepers if at > self._elapsed_s]
        for woken in due:
            woken.set()
