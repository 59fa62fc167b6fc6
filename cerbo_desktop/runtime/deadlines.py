"""Waiting for a disk, a share or a keyring, but not for ever."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from cerbo_desktop.runtime.threads import begin
from cerbo_desktop.runtime.time_limit import TimeLimit

Result = TypeVar("Result")


async def in_time(limit_s: float, work: Callable[[], Result]) -> Result:
    """Run `work` in a thread of its own and wait for it no longer than `limit_s`.

    Raises `TimeoutError`, which is an `OSError`, where it does not answer: the thread is then left to itself, and what
    it brings later is dropped. Whatever `work` raises is raised here.
    """
    async with TimeLimit(limit_s):
        return await asyncio.wrap_future(begin(work))
