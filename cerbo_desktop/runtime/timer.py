"""Seconds that pass, and something to be done after so many of them; tests bring one that they turn by hand."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    def elapsed_s(self) -> float: ...
    def call_later(self, seconds: float, act: Callable[[], None]) -> None: ...


class LoopTimer:
    """The running loop's own."""

    def elapsed_s(self) -> float:
        return time.monotonic()

    def call_later(self, seconds: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, act)
