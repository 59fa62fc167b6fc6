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

MEMORY = Budget(
    "5,000-photo album scrolled end to end: peak of all processes besides the bytes kept", "idle", 260, unit="MB"
)
HUGE = Budget("50 MP photo opened and closed: peak of all processes", "idle", 350, unit="MB")
CACHES = Budget("caches beyond their byte budgets, at most", "-", 0, unit="MB")
REQUESTS = Budget("idle for 40 s: requests beyond the board's", "-", 0, unit="requests")
PROCESSOR = Budget("idle for 40 s: processor", "-", 0.1, unit="%")
BUDGETS = (MEMORY, HUGE, CACHES, REQUESTS, PROCESSOR)


async def measure(place: Place) -> list[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, photos.small(place.photos), _COUNT)
        async with at_desk(clinic, place) as desk:
            requests, processor_percent = await _idle(desk)
            memory.settle()
            with memory.Watch(os.getpid()) as watch:
                idle_mb = watch.now_bytes / 1e6
                peak_mb, beyond_mb, note = await _scrolled(desk, watch)
                huge_mb = await _huge(desk, place, watch)
    return [
        worst(MEMORY, [peak_mb], floor=[idle_mb], note=note),
        worst(HUGE, [huge_mb], floor=[idle_mb]),
        worst(CACHES, [beyond_mb]),
        worst(REQUESTS, [requests]),
        worst(PROCESSOR, [processor_percent]),
    ]


async def _scrolled(desk: BenchDesk, watch: memory.Watch) -> tuple[float, float, str]:
    """Page by page, each until its pictures are there. The bytes kept are those of the end."""
    await desk.search(str(PATIENT))
    desk.click_found()
    await until(lambda: desk.filter_words[:1] == [f"All, {_COUNT}"], 120.0)
    watch.reset()
    beyond, started_s = [0.0], time.perf_counter()
    while desk.album.rows_in_view().stop < _COUNT:
        desk.press(Qt.Key.Key_PageDown)
        await desk.pictures_are_there(30.0)
        beyond.append(beyond_budgets_mb(desk))
    took_s, peak_mb, kept_mb = time.perf_counter() - started_s, watch.peak_bytes / 1e6, _kept_mb(desk)
    memory.settle()
    told = f"{len(beyond)} screens in {took_s:.0f} s", f"{kept_mb:.0f} MB of bytes kept"
    note = f"{', '.join(told)}, once settled {watch.now_bytes / 1e6:.0f} MB"
    return peak_mb - kept_mb, max(beyond), note


def _kept_mb(desk: BenchDesk) -> float:
    return desk.services.contents.used_bytes / 1e6


async def _huge(desk: BenchDesk, place: Place, watch: memory.Watch) -> float:
    """From an album of that one photo, until the album is there again."""
    await desk.leave()
    desk.clinic_process.fill_album(PATIENT, [photos.huge(place.photos)])
    await desk.open(PATIENT)
    await desk.pictures_are_there(60.0)
    watch.reset()
    await desk.open_photo()
    await until(lambda: desk.stage_name.endswith("Full quality"), 60.0)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.viewer.isVisible())
    return watch.peak_bytes / 1e6


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
