"""Threads for work that may take for ever: a stat, a read or a write on a share that is gone, a keyring, a name server.

All of them are daemon threads. The pools of `concurrent.futures` and of the event loop are joined when the process
ends, so that one read from a dead share kept the closed program alive for a minute (measured, 8.1).
"""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
_Job = Callable[[], None]


def wait_for(limit_s: float, work: Callable[[], Result]) -> Result:
    """Run `work` in a thread and return what it brings within `limit_s`.

    For where no event loop runs yet; elsewhere use `deadlines.in_time`. Raises `TimeoutError`, which is an `OSError`,
    where it does not answer in time, and whatever `work` raises.
    """
    return begin(work).result(limit_s)


def begin(work: Callable[[], Result]) -> "Future[Result]":
    """Run `work` in a daemon thread of its own, which keeps nobody from ending the app."""
    future: Future[Result] = Future()
    threading.Thread(target=_run, args=(future, work), name="may hang", daemon=True).start()
    return future


def _run(future: "Future[Result]", work: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - carried to whoever waits
        future.set_exception(error)


class DaemonThreads(Executor):
    """An executor of at most `most_threads` daemon threads, each kept for the next job.

    One thread does its jobs in the order they came. `shutdown` waits for nothing: whoever needs a job to be done waits
    for that job.
    """

    def __init__(self, name: str, most_threads: int) -> None:
        self._name, self._most_threads = name, most_threads
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._thread_count = 0
        self._is_shut_down = False

    def submit(
        self, fn: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> "Future[Result]":
        """As `Executor.submit`. Raises `RuntimeError` after `shutdown`."""
        future: Future[Result] = Future()
        with self._lock:
            if self._is_shut_down:
                raise RuntimeError(f"{self._name} was shut down")
            self._jobs.put(lambda: _run(future, lambda: fn(*args, **kwargs)))
            self._make_room()
        return future

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - of the base
        """Take no more jobs. Those that were submitted are still done, for as long as the process lives."""
        with self._lock:
            self._is_shut_down = True
            for _ in range(self._thread_count):
                self._jobs.put(None)

    def _make_room(self) -> None:
        if self._idle.acquire(blocking=False) or self._thread_count == self._most_threads:
            return
        self._thread_count += 1
        threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # an idle thread keeps nothing of the last one
            self._idle.release()
