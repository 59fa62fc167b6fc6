"""The real clock."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """`domain.ports.Clock` by the machine's own time; what each method gives stands there."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone()

    def elapsed_s(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await sleep_at_least(seconds)


async def sleep_at_least(seconds: float) -> None:
    """As `asyncio.sleep`, but never too short: the loop waits by Qt's coarse timers, which may end 5 % early.

    Qt documents that; of the loop it was reported as gmarull/asyncqt pull request 22, before it became qasync.
    """
    end_s = time.monotonic() + seconds
    await asyncio.sleep(seconds)
    if (left_s := end_s - time.monotonic()) > 0:
        await sleep_at_least(left_s)
