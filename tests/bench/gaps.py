"""How long the interface's thread was deaf: a beat of Qt's own timer, by the clock and by the thread's own work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer

from tests.flows.ticking import percentile

_BEAT_MS = 4
_SCHEDULER = Path("/proc/thread-self/schedstat")


class _Beat(NamedTuple):
    at_s: float
    worked_s: float
    """By this thread, so far."""
    queued_s: float
    """Ready to run and without a processor, so far; 0 where the system does not tell."""

    def since(self, before: "_Beat") -> "_Beat":
        return _Beat(*(now - then for now, then in zip(self, before, strict=True)))


class Gaps:
    """Filled while `listening`. All in milliseconds."""

    def __init__(self) -> None:
        self.beats: list[_Beat] = []

    def beat(self) -> None:
        self.beats.append(_Beat(time.perf_counter(), time.thread_time(), _queued_s()))

    @property
    def longest_ms(self) -> float:
        """By the clock, beyond the beat itself."""
        return max(self._late_ms)

    @property
    def p99_ms(self) -> float:
        return percentile(self._late_ms, 0.99)

    @property
    def longest_work_ms(self) -> float:
        """The most that this thread worked between two beats."""
        return 1000 * max(each.worked_s for each in self._steps)

    @property
    def waited_s(self) -> float:
        """From the first beat to the last, without the time for which no processor was free."""
        whole = self.beats[-1].since(self.beats[0])
        return whole.at_s - whole.queued_s

    @property
    def longest_told(self) -> str:
        """What the longest gap was made of."""
        longest = max(self._steps)
        rest_s = longest.at_s - longest.worked_s - longest.queued_s
        parts = (longest.worked_s, "own work"), (longest.queued_s, "without a processor"), (rest_s, "waiting")
        return ", ".join(f"{1000 * length_s:.0f} ms {what}" for length_s, what in parts)

    @property
    def _steps(self) -> list[_Beat]:
        return [after.since(before) for before, after in pairwise(self.beats)]

    @property
    def _late_ms(self) -> list[float]:
        return [max(0.0, 1000 * each.at_s - _BEAT_MS) for each in self._steps]


@contextmanager
def listening() -> Iterator[Gaps]:
    gaps = Gaps()
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
    timer.timeout.connect(gaps.beat)
    gaps.beat()
    timer.start()
    try:
        yield gaps
    finally:
        timer.stop()
        gaps.beat()


def _queued_s() -> float:
    try:
        return int(_SCHEDULER.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0
