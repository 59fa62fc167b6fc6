"""Workers for pictures that serve one test after the other: to start one takes half a second of processor time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from cerbo_desktop.imaging import pool
from cerbo_desktop.imaging.process import WorkerProcess

_MOST_KEPT, _MOST_JOBS = 2, 300


class _KeptWorker(WorkerProcess):
    """Ends as usual where it is killed in the middle of a photo. One that rests waits for the next test instead."""

    def __init__(self, command: Sequence[str], kept: list["_KeptWorker"]) -> None:
        self._is_at_work, self._kept = True, kept
        super().__init__(command)
        self._is_at_work = False

    def exchange(self, *request: Any) -> Any:
        self._is_at_work = True
        answer = super().exchange(*request)  # where this raises, it has ended
        self._is_at_work = False
        return answer

    def kill(self) -> None:
        if self._is_at_work:
            super().kill()

    def end(self) -> None:
        if self._is_at_work or self.job_count > _MOST_JOBS or len(self._kept) >= _MOST_KEPT or not self.is_usable:
            self.end_for_good()
        else:
            self._kept.append(self)

    def end_for_good(self) -> None:
        self._is_at_work = True
        super().end()


@contextmanager
def workers_kept() -> Iterator[None]:
    """While this runs, pools take workers that others have left."""
    kept: list[_KeptWorker] = []

    def taken_or_started(command: Sequence[str]) -> WorkerProcess:
        while kept:
            if (worker := kept.pop()).is_usable:
                return worker
            worker.end_for_good()
        return _KeptWorker(command, kept)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pool, "WorkerProcess", taken_or_started)
        yield
    for worker in kept:
        worker.end_for_good()
