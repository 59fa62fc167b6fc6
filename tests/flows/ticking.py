"""How long the event loop, and with it the window, was kept busy by its own thread."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

_BEAT_S = 0.004


@asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """What the loop's thread itself worked between two beats, in milliseconds of processor time; filled at the end.

    The clock on the wall would count what else the machine does; the bench looks at that one.
    """
    beats: list[float] = []
    gaps: list[float] = []
    ticker = asyncio.create_task(_tick(beats))
    try:
        yield gaps
    finally:
        ticker.cancel()
        await asyncio.wait({ticker})
        gaps += [1000 * (late - early) for early, late in pairwise(beats)]


async def _tick(beats: list[float]) -> None:
    while True:
        beats.append(time.thread_time())
        await asyncio.sleep(_BEAT_S)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
