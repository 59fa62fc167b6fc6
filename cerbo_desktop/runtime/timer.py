"""A source of seconds, and of a call after so many of them; tests bring one that they turn by hand."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """Counts seconds and calls back after some of them."""

    def elapsed_s(self) -> float: ...
    def call_later(self, seconds: float, act: Callable[[], None]) -> None: ...


class LoopTimer:
    """A `Timer` by the running event loop."""

    def elapsed_s(self) -> float:
        return time.monotonic()

    def call_later(self, seconds: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, act)
