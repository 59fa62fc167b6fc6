"""What the app does while nobody does anything: with nothing that waits, and with 500 photos that can't leave."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

from cerbo_desktop.domain.patient import Patient
from tests.bench import limits
from tests.bench.budgets import Budget, Measured, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT_ID, BenchDesk, Place, at_desk
from tests.bench.requests import small_photo
from tests.waiting import until

_IDLE_S = 40.0
"""Longer than the board waits between two looks."""
_WAITING = 500
_BOARD = "appointments"

REQUESTS = Budget("idle for 40 s: requests beyond the board's", "-", limits.IDLE_REQUESTS, unit="requests")
PROCESSOR = Budget("idle for 40 s: processor", "-", limits.IDLE_PROCESSOR, unit="%")
WAITING_PROCESSOR = Budget("500 photos wait, no line, 40 s: processor", "-", limits.WAITING_PROCESSOR, unit="%")
WAITING_WAKEUPS = Budget(
    "500 photos wait, no line, 40 s: wakeups of all threads", "-", limits.WAITING_WAKEUPS, unit="a second"
)
WAITING_REQUESTS = Budget(
    "500 photos were refused: requests beyond the board's", "-", limits.WAITING_REQUESTS, unit="a minute"
)
BUDGETS = (REQUESTS, PROCESSOR, WAITING_PROCESSOR, WAITING_WAKEUPS, WAITING_REQUESTS)


class _Idle(NamedTuple):
    """What one idle time took."""

    requests: int
    processor_percent: float
    wakeups_a_second: float


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        async with at_desk(clinic, place) as desk:
            await desk.open_patient("Maria Lopez, born 4 March 1981")
            await desk.pictures_are_there()
            nothing_waits = await _idle(desk)
            yield worst(REQUESTS, [float(nothing_waits.requests)])
            yield worst(PROCESSOR, [nothing_waits.processor_percent])
            await _keep_many(desk)
            refused = await _idle(desk)
            yield worst(WAITING_REQUESTS, [refused.requests * 60 / _IDLE_S])
            clinic.set_online(False)
            await desk.strip_says("Next try in", 60.0)
            no_line = await _idle(desk)
            yield worst(WAITING_PROCESSOR, [no_line.processor_percent])
            yield worst(WAITING_WAKEUPS, [no_line.wakeups_a_second])


async def _keep_many(desk: BenchDesk) -> None:
    """Each is refused, and stays."""
    desk.clinic_process.refuse_uploads()
    patient = Patient(PATIENT_ID, "Evelyn", "Longacre")
    for number in range(_WAITING):
        await desk.services.uploading.accept(patient, small_photo(number))
    await until(lambda: len(desk.services.uploading.feed.latest) == _WAITING, 60.0)


async def _idle(desk: BenchDesk) -> _Idle:
    """The app's own process and its workers, all threads."""
    await desk.settled()
    desk.clinic_process.count_anew()
    started_s, worked_s, woken = time.perf_counter(), _worked_s(desk), _wakeups(desk)
    await asyncio.sleep(_IDLE_S)
    took_s = time.perf_counter() - started_s
    since_s = sum(each - worked_s.get(process_id, 0.0) for process_id, each in _worked_s(desk).items())
    beyond = sum(kind != _BOARD for kind, _ in desk.clinic_process.requests)
    return _Idle(beyond, 100 * since_s / took_s, (_wakeups(desk) - woken) / took_s)


def _worked_s(desk: BenchDesk) -> dict[int, float]:
    """Processor time by process: a worker that nothing needs any more may end in between."""
    own, workers = os.getpid(), desk.decoders
    return {each: time.clock_gettime(_clock_of(each)) for each in (own, *workers)}


def _clock_of(process_id: int) -> int:
    """Linux's number for another process's processor clock, as `clock_getcpuclockid` makes it."""
    return (~process_id << 3) | 2


def _wakeups(desk: BenchDesk) -> int:
    """How often a thread of the app went to sleep so far, and so was woken again."""
    threads = (task for each in (os.getpid(), *desk.decoders) for task in Path(f"/proc/{each}/task").iterdir())
    return sum(_slept(task) for task in threads)


def _slept(task: Path) -> int:
    """0 for a thread that has ended meanwhile."""
    try:
        lines = (task / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
