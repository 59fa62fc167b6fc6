"""Waiting for a condition in a plain (not coroutine) test."""

import threading
import time
from collections.abc import Callable


def until(condition: Callable[[], object], timeout_s: float = 5.0) -> None:
    deadline, pause = time.monotonic() + timeout_s, threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "the condition never came true"
        pause.wait(0.002)
