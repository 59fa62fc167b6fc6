"""The real clock."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """`domain.ports.Clock` by the machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone()

    def elapsed_s(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
