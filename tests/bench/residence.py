"""What the app holds in memory after a very long album, and what it does while nobody does anything."""

import asyncio
import os
import time

from PySide6.QtCore import Qt

from cerbo_desktop.services import kept_bytes, thumbnails, viewing
from tests.bench import memory, photos
from tests.bench.budgets import Budget, Measured, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.waiting import until

_COUNT = 5000
_IDLE_S = 40.0
"""Longer than the board waits between two looks."""
_BOARD = "appointments"

MEMORY = Budget("5,000-photo album scrolled end to end: resident above idle, at most", "idle", 256, unit="MB")
CACHES = Budget("caches beyond their byte budgets, at most", "-", 0, unit="MB")
REQUESTS = Budget("idle for 40 s: requests beyond the board's", "-", 0, unit="requests")
PROCESSOR = Budget("idle for 40 s: processor", "-", 1, unit="%")
BUDGETS = (MEMORY, CACHES, REQUESTS, PROCESSOR)


async def measure(place: Place) -> list[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, photos.small(place.photos), _COUNT)
        async with at_desk(clinic, place) as desk:
            requests, processor_percent = await _idle(desk)
            idle_bytes = memory.settled_bytes()
            above_mb, beyond_mb, note = await _scrolled(desk, idle_bytes)
    return [
        worst(MEMORY, [above_mb], floor=[idle_bytes / 1e6], note=note),
        worst(CACHES, [beyond_mb]),
        worst(REQUESTS, [requests]),
        worst(PROCESSOR, [processor_percent]),
    ]


async def _scrolled(desk: BenchDesk, idle_bytes: int) -> tuple[float, float, str]:
    """Page by page, each until its pictures are there."""
    await desk.search(str(PATIENT))
    desk.click_found()
    await until(lambda: desk.filter_words[:1] == [f"All, {_COUNT}"], 120.0)
    memory.reset_peak()
    resident, beyond, started_s = [memory.resident_bytes()], [0.0], time.perf_counter()
    while desk.album.rows_in_view().stop < _COUNT:
        desk.press(Qt.Key.Key_PageDown)
        await desk.pictures_are_there(30.0)
        resident.append(memory.resident_bytes())
        beyond.append(beyond_budgets_mb(desk))
    took_s, peak_bytes = time.perf_counter() - started_s, memory.peak_bytes()
    note = (
        f"{len(resident)} screens in {took_s:.0f} s; at the end {(resident[-1] - idle_bytes) / 1e6:.0f} MB above idle, "
        f"once settled {(memory.settled_bytes() - idle_bytes) / 1e6:.0f} MB"
    )
    return (peak_bytes - idle_bytes) / 1e6, max(beyond), note


def beyond_budgets_mb(desk: BenchDesk) -> float:
    services = desk.services
    used = (
        (services.contents.used_bytes, kept_bytes.LIMIT_BYTES),
        (services.thumbnails.used_bytes, thumbnails.BUDGET_BYTES),
        (services.viewing.used_bytes, viewing.BUDGET_BYTES),
    )
    return max(0.0, *((used_bytes - budget_bytes) / 1e6 for used_bytes, budget_bytes in used))


async def _idle(desk: BenchDesk) -> tuple[float, float]:
    """With a patient open and everything there: the app's own process and its workers, all threads."""
    await desk.open_patient("Maria Lopez, born 4 March 1981")
    await desk.pictures_are_there()
    await desk.quiet()
    desk.clinic_process.count_anew()
    started_s, worked_s = time.perf_counter(), _worked_s(desk)
    await asyncio.sleep(_IDLE_S)
    since_s = sum(each - worked_s.get(process_id, 0.0) for process_id, each in _worked_s(desk).items())
    share = since_s / (time.perf_counter() - started_s)
    return float(sum(kind != _BOARD for kind, _ in desk.clinic_process.requests)), 100 * share


def _worked_s(desk: BenchDesk) -> dict[int, float]:
    """Processor time by process: a worker that nothing needs any more may end in between."""
    own, workers = os.getpid(), desk.decoders
    return {each: time.clock_gettime(_clock_of(each)) for each in (own, *workers)}


def _clock_of(process_id: int) -> int:
    """Linux's number for another process's processor clock, as `clock_getcpuclockid` makes it."""
    return (~process_id << 3) | 2
