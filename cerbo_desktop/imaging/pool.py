"""Some workers and the queue before them: most urgent first, one thread a worker, the event loop never blocked."""

import asyncio
import atexit
import contextlib
import heapq
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.frames import Reply, Request
from cerbo_desktop.imaging.process import MisbehavedError, WorkerMissingError, WorkerProcess
from cerbo_desktop.runtime.events import Event, event

_START_PAUSE_S = 2.0
"""After a start that failed; meanwhile every job is refused at once."""
_JOIN_DEADLINE_S = 5.0


class Job:
    """One request and the future, of the loop that made it, which its answer settles."""

    def __init__(
        self, request: Request, payload: bytes, deadline_s: float, read: Callable[[Reply, bytes], Any]
    ) -> None:
        self.request = request
        self.payload = payload
        self.deadline_s = deadline_s
        self.read = read
        """Makes the result out of the answer; a `ValueError` means that the answer is nonsense."""
        self._loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self._loop.create_future()
        self.is_abandoned = False

    def abandon(self) -> None:
        """Nobody waits any more: a job that has not begun never will."""
        self.is_abandoned = True
        self.payload = b""

    def succeed(self, result: Any) -> None:
        self._soon(self._set_result, result)

    def fail(self, reason: RefusalReason) -> None:
        self._soon(self._set_exception, CannotShow(reason))

    def _soon(self, deliver: Callable[[Any], None], value: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(deliver, value)

    def _set_result(self, result: Any) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def _set_exception(self, error: CannotShow) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class WorkerPool:
    """Starts with the first job or `warm_up`; `close` ends every child, and so does the interpreter's own end."""

    def __init__(self, command: Sequence[str], *, worker_count: int, jobs_a_worker: int) -> None:
        self._command = command
        self._slots = [_Slot(self, jobs_a_worker, index) for index in range(worker_count)]
        self._waiting: list[tuple[Urgency, int, Job]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._is_started = False
        self.closing = threading.Event()

    @property
    def process_ids(self) -> list[int]:
        """Of the workers that run now."""
        return [slot.worker.process_id for slot in self._slots if slot.worker is not None]

    def warm_up(self) -> None:
        """Start the workers now, in their threads: the first photo then need not wait for one."""
        with self._changed:
            if not self.closing.is_set():
                self._start()

    def submit(self, job: Job, urgency: Urgency) -> None:
        with self._changed:
            if self.closing.is_set():
                job.fail(RefusalReason.OUT_OF_ORDER)
                return
            self._start()
            heapq.heappush(self._waiting, (urgency, next(self._order), job))
            self._changed.notify()

    def next_job(self) -> Job | None:
        """The most urgent job that somebody still waits for; blocks. None once the pool is closed."""
        with self._changed:
            while not self.closing.is_set():
                while self._waiting:
                    job = heapq.heappop(self._waiting)[2]
                    if not job.is_abandoned:
                        return job
                self._changed.wait()
        return None

    def started_worker(self) -> WorkerProcess:
        """Raises `WorkerMissingError`."""
        return WorkerProcess(self._command)

    def close(self) -> None:
        """Refuse what waits, kill what runs, and wait for the threads. Blocks for some milliseconds."""
        with self._changed:
            self.closing.set()
            refused, self._waiting = [job for _, _, job in self._waiting], []
            self._changed.notify_all()
        for job in refused:
            job.fail(RefusalReason.OUT_OF_ORDER)
        for slot in self._slots:
            slot.kill()
        if self._is_started:
            for slot in self._slots:
                slot.thread.join(_JOIN_DEADLINE_S)
            atexit.unregister(self.close)

    def _start(self) -> None:
        if not self._is_started:
            self._is_started = True
            atexit.register(self.close)
            for slot in self._slots:
                slot.thread.start()


class _Slot:
    """One place for a worker, with the thread that talks to it."""

    def __init__(self, pool: WorkerPool, jobs_a_worker: int, index: int) -> None:
        self._pool = pool
        self._jobs_a_worker = jobs_a_worker
        self._no_start_before_s = 0.0
        self.worker: WorkerProcess | None = None
        self.thread = threading.Thread(target=self._run, name=f"decoder-{index}", daemon=True)

    def kill(self) -> None:
        worker = self.worker
        if worker is not None:
            worker.kill()

    def _run(self) -> None:
        self._ready_worker()
        while (job := self._pool.next_job()) is not None:
            self._do(job)
        self._drop_worker()

    def _do(self, job: Job) -> None:
        worker = self._ready_worker()
        if worker is None or self._pool.closing.is_set():
            job.fail(RefusalReason.OUT_OF_ORDER)
            return
        try:
            reply, payload = worker.exchange(job.request, job.payload, job.deadline_s)
            job.succeed(job.read(reply, payload))
        except (MisbehavedError, ValueError):
            job.fail(RefusalReason.OUT_OF_ORDER if self._pool.closing.is_set() else RefusalReason.DAMAGED)
            self._restart()

    def _restart(self) -> None:
        """At once, so that the next job need not wait for it."""
        self._drop_worker()
        if not self._pool.closing.is_set():
            begun_s = time.monotonic()
            self._ready_worker()
            event(Event.DECODER_RESTARTED, took_ms=round(1000 * (time.monotonic() - begun_s)), is_warning=True)

    def _ready_worker(self) -> WorkerProcess | None:
        if self.worker is not None and (not self.worker.is_usable or self.worker.job_count >= self._jobs_a_worker):
            self._drop_worker()
        if self.worker is None and time.monotonic() >= self._no_start_before_s:
            try:
                self.worker = self._pool.started_worker()
            except WorkerMissingError:
                self._no_start_before_s = time.monotonic() + _START_PAUSE_S
        return self.worker

    def _drop_worker(self) -> None:
        if self.worker is not None:
            self.worker.end()
            self.worker = None
