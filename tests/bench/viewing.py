"""How soon an opened photo can be seen, and how soon every pixel of it."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from cerbo_desktop.ui.stage.stage import Stage
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, times
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, PATIENT_ID, BenchDesk, Place, at_desk
from tests.bench.floors import Floor
from tests.bench.painted import FirstPaint, PaintedTiles
from tests.flows.ticking import percentile
from tests.waiting import until

FRAME_S = 1 / 60
_TRIES = LEAST_TRIES
_PHOTO_COUNT = 2 + _TRIES
"""Each with a neighbour on either side, and so few that their bytes all stay in memory."""
_STEPS = 40
_REST_S = 0.4
"""Lets the cross-fade and the work for the neighbours end."""

_FRAME = "one frame of 16.7 ms"
SOMETHING = Budget(
    "open a photo with its thumbnail there: something on screen", _FRAME, limits.SOMETHING, unit="frames"
)
SHARP = Budget("open a 12 MP photo, bytes local: sharp at the window's size", "bare decode at 1/2", limits.SHARP)
FULL = Budget("open a 12 MP photo, bytes local: full quality", "bare decode to BGRX", limits.FULL)
NEXT = Budget("next and previous with the neighbours ready", _FRAME, limits.NEXT, unit="frames")
MOVED = Budget("zoom and pan, 95th percentile of the steps", _FRAME, limits.MOVED, unit="frames")
BUDGETS = (SOMETHING, SHARP, FULL, NEXT, MOVED)


@dataclass(slots=True)
class _Tries:
    something_s: list[float] = field(default_factory=list)
    full_s: list[float] = field(default_factory=list)
    next_s: list[float] = field(default_factory=list)
    moved_s: list[float] = field(default_factory=list)
    """Of each photo, the 95th percentile."""
    decode_s: list[float] = field(default_factory=list)
    half_s: list[float] = field(default_factory=list)


async def measure(place: Place) -> AsyncIterator[Measured]:
    files, tries = photos.large(place.photos)[:_PHOTO_COUNT], _Tries()
    names = [str(file) for file in files]
    with ClinicProcess(place.scratch) as clinic, Floor("full", *names) as full, Floor("half", *names) as half:
        clinic.fill_album(PATIENT, files)
        async with at_desk(clinic, place) as desk:
            painted = PaintedTiles(desk.album)
            await desk.open(PATIENT)
            await painted.until(lambda: len(painted.ids) == _PHOTO_COUNT)
            await desk.quiet()
            for place_in_view in range(1, 1 + _TRIES):
                await _open(desk, place_in_view, tries)
                await _step(desk, place_in_view, tries)
                tries.decode_s.append((await full.run())["took_s"])
                tries.half_s.append((await half.run())["took_s"])
    yield middle(SOMETHING, [each / FRAME_S for each in tries.something_s])
    yield times(SHARP, tries.full_s, tries.half_s, "the app has no step between the preview and every pixel")
    yield times(FULL, tries.full_s, tries.decode_s)
    yield middle(NEXT, [each / FRAME_S for each in tries.next_s])
    yield middle(MOVED, [each / FRAME_S for each in tries.moved_s])


async def _open(desk: BenchDesk, place: int, tries: _Tries) -> None:
    """Double-click a tile whose bytes are here."""
    viewer, photo_id = desk.viewer, desk.album.wanted[0][place]
    assert desk.services.contents.cached(PATIENT_ID, photo_id) is not None
    something = FirstPaint(viewer.stage, lambda: viewer.stage.has_photo)
    full = FirstPaint(viewer.stage, lambda: viewer.area.is_full)
    started_s = time.perf_counter()
    QTest.mouseDClick(
        desk.album.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, desk.tile_centre(place)
    )
    tries.something_s.append(await something.over() - started_s)
    tries.full_s.append(await full.over() - started_s)
    await asyncio.sleep(_REST_S)
    tries.moved_s.append(percentile([await _moved_s(viewer.stage, number) for number in range(_STEPS)], 0.95))
    viewer.stage.fit()


async def _moved_s(stage: Stage, number: int) -> float:
    """In, out, and sideways in between: from the step until it is painted."""
    painted, at = FirstPaint(stage, lambda: True), QPointF(stage.rect().center())
    started_s = time.perf_counter()
    if number % 2:
        stage.pan(23, -17)
    elif number // 10 % 2:
        stage.zoom_out(at)
    else:
        stage.zoom_in(at)
    stage.update()
    return await painted.over() - started_s


async def _step(desk: BenchDesk, place: int, tries: _Tries) -> None:
    """To the older neighbour and back, once both are ready; then back to the album."""
    newer, _, older = desk.album.album_model().ids(range(place - 1, place + 2))
    await until(lambda: all(desk.viewer.prepared.get(each) is not None for each in (newer, older)), 20.0)
    await asyncio.sleep(_REST_S)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        tries.next_s.append(await _stepped_s(desk, key))
        await asyncio.sleep(_REST_S)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.viewer.isVisible())
    await asyncio.sleep(_REST_S)


async def _stepped_s(desk: BenchDesk, key: Qt.Key) -> float:
    """From the key until the stage shows every pixel of another photo."""
    viewer, before = desk.viewer, _caption(desk)
    shown = FirstPaint(viewer.stage, lambda: viewer.area.is_full and _caption(desk) != before)
    started_s = time.perf_counter()
    desk.press(key)
    return await shown.over() - started_s


def _caption(desk: BenchDesk) -> str:
    """Which photo is on the stage, without its quality."""
    return desk.stage_name.rpartition(".")[0]
