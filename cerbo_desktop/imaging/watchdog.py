"""Ends what takes too long, at next to no cost for what does not."""

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator


class Watchdog:
    """Calls `bark` in a thread of its own where armed work runs out of time; never once that work is over.

    A `threading.Timer` each time would start, wake and join a thread for every picture, and every one of those waits
    for the interpreter while the worker stands idle.
    """

    def __init__(self, bark: Callable[[], None]) -> None:
        self._bark = bark
        self._due_s = math.inf
        self._looks_at_s = 0.0
        """When the thread wakes by itself; arming for later than that needs no word to it."""
        self._is_closed = False
        self._changed = threading.Condition()
        self.thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
        self.thread.start()

    @contextlib.contextmanager
    def armed(self, time_limit_s: float) -> Iterator[None]:
        """Around work of one thread."""
        due_s = time.monotonic() + time_limit_s
        with self._changed:
            self._due_s = due_s
            if due_s < self._looks_at_s:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._due_s = math.inf

    def close(self) -> None:
        """End the thread; it is not waited for."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                now_s = time.monotonic()
                if now_s >= self._due_s:
                    self._due_s = math.inf
                    self._bark()
                self._looks_at_s = self._due_s
                self._changed.wait(None if self._due_s == math.inf else self._due_s - now_s)
