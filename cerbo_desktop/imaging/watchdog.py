"""Ends what takes too long, at next to no cost for what does not."""

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator

_STOOD_STILL_S = 1.0
"""A look that comes so much too late was kept from running: the PC slept, and the work did too."""
_GRACE_S = 2.0


class Watchdog:
    """Calls `bark`, in a thread of its own, where armed work runs out of time; never once that work is over.

    On some systems `now_s` counts the time in which the PC slept: armed work then gets a little longer, once.

    A `threading.Timer` each time would start, wake and join a thread for every picture, and every one of those waits
    for the interpreter while the worker stands idle.
    """

    def __init__(self, bark: Callable[[], None], now_s: Callable[[], float] = time.monotonic) -> None:
        self._bark, self._now_s = bark, now_s
        self._due_s = math.inf
        self._had_grace = False
        self._looks_at_s = 0.0
        """When the thread wakes by itself; arming for later than that needs no word to it."""
        self._is_closed = False
        self._changed = threading.Condition()
        self.thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
        self.thread.start()

    @contextlib.contextmanager
    def armed(self, time_limit_s: float) -> Iterator[None]:
        """Watch the block, which is work of one thread, for `time_limit_s`."""
        due_s = self._now_s() + time_limit_s
        with self._changed:
            self._due_s = due_s
            self._had_grace = False
            if due_s < self._looks_at_s:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._due_s = math.inf

    def close(self) -> None:
        """End the thread, without waiting for it."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                now_s = self._now_s()
                if now_s - self._due_s > _STOOD_STILL_S and not self._had_grace:
                    self._had_grace = True
                    self._due_s = now_s + _GRACE_S
                if now_s >= self._due_s:
                    self._due_s = math.inf
                    self._bark()
                self._looks_at_s = self._due_s
                self._changed.wait(None if self._due_s == math.inf else self._due_s - now_s)
