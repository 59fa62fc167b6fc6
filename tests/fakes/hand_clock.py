"""A clock that moves only when a test turns it."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo


class HandClock:
    """`domain.ports.Clock` by hand: `turn(seconds)` wakes the sleepers whose time has come."""

    def __init__(self, start: datetime = datetime(2025, 11, 12, 10, 12, tzinfo=UTC), zone: tzinfo = UTC) -> None:
        self._now = start
        self._zone = zone
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + timedelta(seconds=seconds), waking))
        await waking

    @property
    def sleeping_s(self) -> list[float]:
        """How long each sleeper still waits, soonest first."""
        waits = ((at - self._now).total_seconds() for at, waking in self._sleepers if not waking.done())
        return sorted(waits)

    def turn(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        due = [waking for at, waking in self._sleepers if at <= self._now]
        self._sleepers = [(at, waking) for at, waking in self._sleepers if at > self._now]
        for waking in due:
            if not waking.done():
                waking.set_result(None)
