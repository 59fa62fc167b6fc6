"""What the app holds in memory after a very long album."""

import os
import time
from collections.abc import AsyncIterator

from PySide6.QtCore import Qt

from cerbo_desktop.services.photos import kept_bytes, thumbnails, viewing
from tests.bench import limits, memory, photos
from tests.bench.budgets import Budget, Measured, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.waiting import until

_COUNT = 5000

MEMORY = Budget(
    "5,000-photo album scrolled end to end: peak of all processes besides the bytes kept",
    "idle",
    limits.SCROLLED_MEMORY,
    unit="MB",
)
HUGE = Budget("50 MP photo opened and closed: peak of all processes", "idle", limits.HUGE_MEMORY, unit="MB")
CACHES = Budget("caches beyond their byte budgets, at most", "-", limits.CACHES, unit="MB")
BUDGETS = (MEMORY, CACHES, HUGE)


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, photos.small(place.photos), _COUNT)
        async with at_desk(clinic, place) as desk:
            await desk.settled()
            with memory.Watch(os.getpid()) as watch:
                idle_mb = watch.now_bytes / 1e6
                peak_mb, beyond_mb, note = await _scrolled(desk, watch)
                yield worst(MEMORY, [peak_mb], floor=[idle_mb], note=note)
                yield worst(CACHES, [beyond_mb])
                yield worst(HUGE, [await _huge(desk, place, watch)], floor=[idle_mb])


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
