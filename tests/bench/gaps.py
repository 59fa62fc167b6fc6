"""How long the interface's thread was deaf: a beat of Qt's own timer, by the clock and by the thread's work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer

from tests.flows.ticking import percentile

_BEAT_MS = 4


class Gaps:
    """Filled when `listening` ends. Milliseconds beyond the beat itself."""

    def __init__(self) -> None:
        self.beats: list[tuple[float, float]] = []
        """Clock and thread time of each beat, in seconds."""

    @property
    def late_ms(self) -> list[float]:
        return [max(0.0, 1000 * (after[0] - before[0]) - _BEAT_MS) for before, after in pairwise(self.beats)]

    @property
    def longest_ms(self) -> float:
        return max(self.late_ms)

    @property
    def p99_ms(self) -> float:
        return percentile(self.late_ms, 0.99)

    @property
    def work_in_longest_ms(self) -> float:
        """How much of the longest gap this thread worked itself; the rest it waited for a processor or the GIL."""
        longest = max(pairwise(self.beats), key=lambda pair: pair[1][0] - pair[0][0])
        return 1000 * (longest[1][1] - longest[0][1])

    @property
    def longest_work_ms(self) -> float:
        """The most that this thread worked between two beats."""
        return max(1000 * (after[1] - before[1]) for before, after in pairwise(self.beats))


@contextmanager
def listening() -> Iterator[Gaps]:
    gaps = Gaps()
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
    timer.timeout.connect(lambda: gaps.beats.append((time.perf_counter(), time.thread_time())))
    timer.start()
    try:
        yield gaps
    finally:
        timer.stop()
