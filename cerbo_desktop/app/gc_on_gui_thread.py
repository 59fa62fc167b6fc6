"""Garbage is collected on the interface's thread alone.

Python collects in whichever thread happens to cross a threshold. A Qt object that dies in a cycle there is destroyed in
the wrong thread, and the process crashes some time later (seen: SIGSEGV in Qt's timers, 4 of 5 runs of a test suite).
"""

import gc
from types import TracebackType
from typing import Self

from PySide6.QtCore import QTimer

_LOOK_EVERY_MS = 250


class GuiThreadCollector:
    """Takes the collector over between `with` and its end; looks four times a second whether a generation is due."""

    def __init__(self) -> None:
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)

    def __enter__(self) -> Self:
        gc.disable()
        # What start-up made stays. Walking through it takes time, even once, and of 75,000 objects 700 are garbage.
        gc.freeze()
        self._timer.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()

    def collect_due(self) -> int | None:
        """Collect the oldest generation whose threshold is crossed; which one, or None."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return generation
        return None
