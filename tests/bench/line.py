"""What a line of 50 ms does to an album of a thousand photos, and how little of a photo shows a first picture."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS, PAGE_SIZE
from cerbo_desktop.services.photos.thumbnails import IN_FLIGHT
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, times, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, PATIENT_ID, BenchDesk, Place, at_desk
from tests.bench.floors import Floor
from tests.bench.painted import PaintedTiles
from tests.waiting import until

_COUNT = 1000
_TRIES = LEAST_TRIES
_LATENCY_S = 0.05
_RATE_BYTES_S = 34_000_000
"""300 Mbit/s less what its packets cost: the line of the measurements."""
_TALK_BYTES = 6 * 1024
"""What the record, the list and the heads of answers need beside a photo's own bytes."""
_HOLDS_KB = (16, 32, 48, 64, 128, 256, 512, 1024)
_HOLD_WAIT_S = 0.6

_LOOP = "a bare httpx loop, the same bytes, as many at once"
FIRST_SCREEN = Budget("first screenful of a 1,000-photo album, 50 ms and 34 MB/s", _LOOP, limits.FIRST_SCREEN)
JUMP = Budget("jump to the end of that album, visible cells", _LOOP, limits.JUMP)
JUMP_FETCHES = Budget(
    "photos fetched for the jump beyond visible and in flight", "-", limits.JUMP_FETCHES, unit="photos"
)
NO_RATE = Budget("first screenful, 50 ms and no ceiling of the rate", _LOOP, limits.TOLD)
EMBEDDED = Budget(
    "first picture where the file carries an EXIF thumbnail", "bytes of a full fetch", limits.EMBEDDED, unit="KB"
)
BUDGETS = (FIRST_SCREEN, JUMP, JUMP_FETCHES, NO_RATE, EMBEDDED)


@dataclass(slots=True)
class _Tries:
    app_s: list[float] = field(default_factory=list)
    floor_s: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch) as clinic, Floor("fetch") as floor:
        clinic.fill_album(PATIENT, photos.large(place.photos), _COUNT)
        async with at_desk(clinic, place, origin=clinic.slow_origin) as desk:
            clinic.set_line(latency_s=_LATENCY_S, rate_bytes_s=_RATE_BYTES_S)
            first, jump, beyond = await _first_and_jump(desk, floor)
            yield times(FIRST_SCREEN, first.app_s, first.floor_s, first.notes[-1])
            yield times(JUMP, jump.app_s, jump.floor_s, jump.notes[-1])
            yield worst(JUMP_FETCHES, beyond)
            clinic.set_line(latency_s=_LATENCY_S)
            unlimited, _, _ = await _first_and_jump(desk, floor)
            yield times(NO_RATE, unlimited.app_s, unlimited.floor_s, unlimited.notes[-1])
            yield await _embedded_kb(desk, place)


async def _first_and_jump(desk: BenchDesk, floor: Floor) -> tuple[_Tries, _Tries, list[float]]:
    """The app and the floor in turn."""
    first, jump, beyond = _Tries(), _Tries(), []
    painted = PaintedTiles(desk.album)
    for _ in range(_TRIES):
        await desk.leave()
        painted.clear()
        await _first_screen(desk, painted, floor, first)
        beyond.append(await _jump(desk, painted, floor, jump))
    return first, jump, beyond


async def _first_screen(desk: BenchDesk, painted: PaintedTiles, floor: Floor, tries: _Tries) -> None:
    """From the click on the patient; the floor too has to ask for the list before it knows what to fetch."""
    await desk.search(str(PATIENT))
    started_s = time.perf_counter()
    desk.click_found()
    tries.app_s.append(await painted.view_complete() - started_s)
    visible = desk.album.wanted[0]
    await desk.album_is_known()
    await desk.quiet()
    page = f"{_images(desk)}?limit={PAGE_SIZE}&offset=0"
    await _fetch(desk, floor, tries, visible, [page])


async def _jump(desk: BenchDesk, painted: PaintedTiles, floor: Floor, tries: _Tries) -> float:
    """Also how many photos were asked for beyond what was in view and what a pipeline of that depth holds."""
    desk.services.contents.clear()
    desk.clinic_process.count_anew()
    started_s = time.perf_counter()
    desk.press(Qt.Key.Key_End)
    await until(lambda: desk.album.rows_in_view().stop == _COUNT)
    tries.app_s.append(await painted.view_complete() - started_s)
    asked, visible = len(desk.clinic_process.contents_asked()), desk.album.wanted[0]
    await desk.quiet()
    await _fetch(desk, floor, tries, visible, [])
    return float(max(0, asked - len(visible) - IN_FLIGHT))


async def _fetch(
    desk: BenchDesk, floor: Floor, tries: _Tries, visible: Sequence[PhotoId], first: Sequence[str]
) -> None:
    clinic = desk.clinic_process
    order = {"username": clinic.username, "secret": clinic.secret, "width": MAX_CONCURRENT_REQUESTS}
    one = [f"{_images(desk)}?limit=1&offset=0"]
    await floor.run(first=[], urls=one * MAX_CONCURRENT_REQUESTS, **order)  # its connections are open then, as ours are
    told = await floor.run(first=first, urls=[f"{_images(desk)}/{each}/content" for each in visible], **order)
    tries.floor_s.append(told["took_s"])
    rate = told["size_bytes"] / told["took_s"] / 1e6
    tries.notes.append(f"{len(visible)} cells, {told['size_bytes'] / 1e6:.0f} MB, the floor at {rate:.0f} MB/s")


def _images(desk: BenchDesk) -> str:
    return f"{desk.clinic_process.slow_origin}/api/v1/patients/{PATIENT}/images"


async def _embedded_kb(desk: BenchDesk, place: Place) -> Measured:
    """Let the line give a little more and a little more, and see with how much the first picture stands there."""
    file, clinic = photos.headed(place.photos)[0], desk.clinic_process
    await desk.leave()
    clinic.fill_album(PATIENT, [file])
    clinic.set_line()
    painted = PaintedTiles(desk.album)
    await desk.search(str(PATIENT))
    await desk.quiet()
    clinic.count_anew()
    clinic.hold_after(1024 * _HOLDS_KB[0] + _TALK_BYTES)
    desk.click_found()
    needed_kb = await _first_kb(desk, painted, file.stat().st_size / 1024)
    clinic.hold_after(None)
    await until(lambda: desk.services.contents.cached(PATIENT_ID, next(iter(painted.ids))) is not None, 20.0)
    return worst(EMBEDDED, [needed_kb], floor=[file.stat().st_size / 1024])


async def _first_kb(desk: BenchDesk, painted: PaintedTiles, whole_kb: float) -> float:
    for kilobytes in _HOLDS_KB:
        desk.clinic_process.hold_after(1024 * kilobytes + _TALK_BYTES)
        try:
            await painted.until(lambda: bool(painted.ids), _HOLD_WAIT_S)
        except TimeoutError:
            continue
        return float(kilobytes)
    desk.clinic_process.hold_after(None)
    await painted.until(lambda: bool(painted.ids))
    await asyncio.sleep(0)
    return whole_kb
