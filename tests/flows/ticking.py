"""How long the event loop, and with it the window, was deaf."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

_BEAT_S = 0.004


@asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """The gaps between two beats of the loop in milliseconds, the beat itself taken off; filled at the end."""
    beats: list[float] = []
    gaps: list[float] = []
    ticker = asyncio.create_task(_tick(beats))
    try:
        yield gaps
    finally:
        ticker.cancel()
        await asyncio.wait({ticker})
        gaps += [1000 * max(0.0, late - early - _BEAT_S) for early, late in pairwise(beats)]


async def _tick(beats: list[float]) -> None:
    while True:
        beats.append(time.monotonic())
        await asyncio.sleep(_BEAT_S)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
