"""Sixty photos taken at three a second: how long the interface is deaf, and what all of them hold in memory."""

import asyncio
import os
import time
from collections.abc import AsyncIterator

from PySide6.QtCore import Qt

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.services.capturing import MAX_SHOTS
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.bench import limits, memory
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.gaps import Gaps, listening
from tests.flows.cameras import camera_maker
from tests.ui.capture.desk import halves
from tests.waiting import until

_SHOTS_A_SECOND = 3
_PICTURE_PX = (1920, 1080)
"""What most webcams give."""
_SETTLED_S = 60.0

LONGEST = Budget("60 shots at 3 a second: longest gap", "-", limits.CAPTURING_GAP, unit="ms")
P99 = Budget("60 shots at 3 a second: 99th percentile of the gaps", "-", limits.CAPTURING_P99_GAP, unit="ms")
MEMORY = Budget("60 shots in the sheet: peak of all processes", "idle", limits.CAPTURING_MEMORY, unit="MB")
BUDGETS = (LONGEST, P99, MEMORY)


async def measure(place: Place) -> AsyncIterator[Measured]:
    cameras: list[Camera] = []
    with ClinicProcess(place.scratch) as clinic:
        async with at_desk(clinic, place) as desk:
            desk.make_camera = camera_maker(cameras, [], halves(*_PICTURE_PX))
            await desk.open(PATIENT)
            await desk.settled()
            with memory.Watch(os.getpid()) as watch:
                idle_mb, heard, peaks_mb = watch.now_bytes / 1e6, [], []
                for _ in range(LEAST_TRIES):
                    watch.reset()
                    heard.append(await _taken(desk, cameras))
                    peaks_mb.append(watch.peak_bytes / 1e6)
                    await _discard(desk)
    told = sorted(heard, key=lambda gaps: gaps.longest_ms)[len(heard) // 2].longest_told
    yield middle(LONGEST, [gaps.longest_ms for gaps in heard], note=f"the middle one: {told}")
    yield middle(P99, [gaps.p99_ms for gaps in heard])
    yield worst(MEMORY, peaks_mb, floor=[idle_mb])


async def _taken(desk: BenchDesk, cameras: list[Camera]) -> Gaps:
    """From the first shot until the last one was examined. A press that comes too early is pressed again."""
    desk.press(Qt.Key.Key_Space)
    await until(lambda: open_sheet(desk.window) is not None)
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    await asyncio.sleep(1 / _SHOTS_A_SECOND)
    with listening() as gaps:
        started_s = time.perf_counter()
        for number in range(MAX_SHOTS):
            await asyncio.sleep(max(0.0, started_s + number / _SHOTS_A_SECOND - time.perf_counter()))
            await until(lambda: not cameras[-1].is_taking)
            desk.press(Qt.Key.Key_Space)
        await until(lambda: f"Send {MAX_SHOTS} " in desk.sheet.foot.send.text(), _SETTLED_S)
    return gaps


async def _discard(desk: BenchDesk) -> None:
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    desk.answer(f"Discard {MAX_SHOTS}")
    await until(lambda: open_sheet(desk.window) is None)
    await desk.settled()
