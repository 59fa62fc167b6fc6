"""What waits for a moment goes on at that moment or later, never before it."""

import asyncio

from cerbo_desktop.runtime.clock import SystemClock


async def test_no_sleep_ends_early() -> None:
    clock = SystemClock()

    async def early_s(seconds: float) -> float:
        due_s = clock.elapsed_s() + seconds
        await clock.sleep(seconds)
        return due_s - clock.elapsed_s()

    assert max(await asyncio.gather(*(early_s(0.3 + 0.005 * step) for step in range(60)))) <= 0
