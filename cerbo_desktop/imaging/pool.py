"""A few workers and the queue before them: most urgent first, one thread a worker, the event loop never blocked."""

import atexit
import heapq
import itertools
import threading
import time
from collections.abc import Sequence

from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.job import Job
from cerbo_desktop.imaging.process import (
    EndedFromOutsideError,
    OutOfTimeError,
    WorkerMissingError,
    WorkerProcess,
    WorkerProtocolError,
)
from cerbo_desktop.imaging.sandbox import Confinement
from cerbo_desktop.runtime.events import Event, event

_START_PAUSE_S = 2.0
"""After a start that failed; meanwhile every job is refused at once."""
_JOIN_DEADLINE_S = 5.0
QUIET_S = 20.0
"""A worker beyond the first ends when it had nothing to do for so long: the album is loaded."""


class WorkerPool:
    """Workers and their queue. One worker is always warm, and more run while jobs wait.

    `close` ends all of them, and so does the interpreter's end.
    """

    def __init__(
        self, command: Sequence[str], *, worker_count: int, jobs_a_worker: int, quiet_s: float = QUIET_S
    ) -> None:
        self._command = command
        self._slots = [_Slot(self, jobs_a_worker, index) for index in range(worker_count)]
        self._waiting: list[tuple[Urgency, int, Job]] = []
        self._idle_count = 0
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._is_started = False
        self._confinement: Confinement | None = None
        self.quiet_s = quiet_s
        self.closing = threading.Event()

    @property
    def process_ids(self) -> list[int]:
        """The process ids of the workers that run now."""
        return [worker.process_id for slot in self._slots if (worker := slot.worker) is not None]

    def warm_up(self) -> None:
        """Start the first worker now, in its thread: the first photo then need not wait for one."""
        with self._changed:
            if not self.closing.is_set():
                self._start()

    def submit(self, job: Job, urgency: Urgency) -> None:
        """Queue a job; it fails as OUT_OF_ORDER where the pool is closed."""
        with self._changed:
            if self.closing.is_set():
                job.fail(RefusalReason.OUT_OF_ORDER)
                return
            self._start()
            heapq.heappush(self._waiting, (urgency, next(self._order), job))
            self._changed.notify_all()

    def next_job(self, timeout_s: float | None = None) -> Job | None:
        """The most urgent job that somebody still waits for; blocks. None once the pool is closed or time is up."""
        with self._changed:
            self._idle_count += 1
            try:
                self._changed.wait_for(lambda: self.closing.is_set() or self._has_job(), timeout_s)
                return heapq.heappop(self._waiting)[2] if self._has_job() and not self.closing.is_set() else None
            finally:
                self._idle_count -= 1

    def await_load(self) -> bool:
        """Block until jobs pile up; False once the pool is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self.closing.is_set() or self._has_load())
            return not self.closing.is_set()

    def started_worker(self) -> WorkerProcess:
        """A new worker that has greeted. Raises `WorkerMissingError`."""
        worker = WorkerProcess(self._command)
        if worker.confinement != self._confinement:
            self._confinement = worker.confinement
            event(Event.DECODER_CONFINED, what=worker.confinement)
        return worker

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

    def _has_job(self) -> bool:
        """Whether a job waits. Jobs at the front that nobody waits for any more are dropped first."""
        while self._waiting and self._waiting[0][2].is_abandoned:
            heapq.heappop(self._waiting)
        return bool(self._waiting)

    def _has_load(self) -> bool:
        """One job beyond those that idle workers take is soon done; for more, another worker is worth its start."""
        return sum(not job.is_abandoned for _, _, job in self._waiting) > self._idle_count + 1

    def _start(self) -> None:
        if not self._is_started:
            self._is_started = True
            atexit.register(self.close)
            for slot in self._slots:
                slot.thread.start()


class _Slot:
    """One place for a worker, with the thread that talks to it. The first is always filled, others under load."""

    def __init__(self, pool: WorkerPool, jobs_a_worker: int, index: int) -> None:
        self._pool = pool
        self._jobs_a_worker = jobs_a_worker
        self._is_first = index == 0
        self._no_start_before_s = 0.0
        self.worker: WorkerProcess | None = None
        self.thread = threading.Thread(target=self._run, name=f"decoder-{index}", daemon=True)

    def kill(self) -> None:
        worker = self.worker
        if worker is not None:
            worker.kill()

    def _run(self) -> None:
        while self._is_first or self._pool.await_load():
            # Before it takes a job: the others may well do it sooner than a worker starts.
            self._ready_worker()
            while self._did_a_job():
                # Where it has had its share of jobs, the next one comes now and not when somebody waits for it.
                self._ready_worker()
            self._drop_worker()
            if self._pool.closing.is_set():
                return

    def _did_a_job(self) -> bool:
        """Wait for one. A method of its own: while it waits, nothing holds the last one and its many pixels."""
        job = self._pool.next_job(None if self._is_first else self._pool.quiet_s)
        if job is not None:
            self._do(job)
        return job is not None

    def _do(self, job: Job) -> None:
        worker = self._ready_worker()
        if worker is None or self._pool.closing.is_set():
            job.fail(RefusalReason.OUT_OF_ORDER)
            return
        try:
            reply, payload = worker.exchange(job.request, job.payload, job.deadline_s)
            job.succeed(job.read(reply, payload))
        except EndedFromOutsideError:
            self._restart()
            self._do_again(job)
        except (WorkerProtocolError, ValueError) as error:
            reason = RefusalReason.TOO_SLOW if isinstance(error, OutOfTimeError) else RefusalReason.DAMAGED
            job.fail(RefusalReason.OUT_OF_ORDER if self._pool.closing.is_set() else reason)
            self._restart()

    def _do_again(self, job: Job) -> None:
        """Once: whatever ended the first worker, the photo is not to blame for it."""
        if job.was_cut_short or job.is_abandoned:
            job.fail(RefusalReason.OUT_OF_ORDER)
            return
        job.was_cut_short = True
        self._do(job)

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
