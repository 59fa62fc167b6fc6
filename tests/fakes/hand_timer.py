"""Timers without waiting: one that a test turns, and one whose seconds pass as soon as somebody waits for them."""

import asyncio
from collections.abc import Callable


class HandTimer:
    """`runtime.timer.Timer` by hand."""

    def __init__(self) -> None:
        self._elapsed_s = 0.0
        self._due: list[tuple[float, Callable[[], None]]] = []

    def elapsed_s(self) -> float:
        return self._elapsed_s

    def call_later(self, seconds: float, act: Callable[[], None]) -> None:
        self._due.append((self._elapsed_s + seconds, act))

    def turn(self, seconds: float) -> None:
        """Each act at its own second, soonest first."""
        end_s = self._elapsed_s + seconds
        while self._due and min(at for at, _ in self._due) <= end_s:
            at, act = min(self._due, key=lambda due: due[0])
            self._due.remove((at, act))
            self._elapsed_s = max(self._elapsed_s, at)
            act()
        self._elapsed_s = end_s


class HurriedTimer:
    """`runtime.timer.Timer` in which a wait takes a turn of the loop, and its seconds are counted as passed."""

    def __init__(self) -> None:
        self._elapsed_s = 0.0

    def elapsed_s(self) -> float:
        return self._elapsed_s

    def call_later(self, seconds: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_soon(self._pass, self._elapsed_s + seconds, act)

    def _pass(self, until_s: float, act: Callable[[], None]) -> None:
        self._elapsed_s = max(self._elapsed_s, until_s)
        act()
