"""Albums of twelve-megapixel photos over lines as practices have them, all with TLS."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.services.photos.thumbnails import Ready
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, never, times, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.painted import FirstPaint, PaintedTiles

_LONG_COUNT = 200
_HEAD_BYTES = 64 * 1024
_PATIENCE = 4.0
"""So many times its floor is waited for a screenful: a person has left by then."""
_PATIENCE_S = 5.0
"""And so long beside: a floor may be short."""
_NEVER = "never within four times the floor"
_ROUND_TRIPS, _COLD_ROUND_TRIPS = 3, 4
"""Of a person's click on warm connections: list, photo, and one to spare; a cold one shakes hands first."""


@dataclass(frozen=True, slots=True)
class Line:
    mbit_s: int
    latency_ms: int

    @property
    def name(self) -> str:
        return f"{self.mbit_s} Mbit/s, {self.latency_ms} ms"

    @property
    def rate_bytes_s(self) -> float:
        return self.mbit_s * 1_000_000 / 8

    def floor_s(self, size_bytes: float, round_trips: int = _ROUND_TRIPS) -> float:
        return size_bytes / self.rate_bytes_s + round_trips * self.latency_ms / 1000


_LINES = tuple(Line(mbit_s, latency_ms) for mbit_s in (50, 10, 2, 1) for latency_ms in (20, 50, 150))
_COLD = Line(50, 150)
_WHOLE = Line(10, 50)
_OPENED = (Line(50, 50), Line(10, 50))
_ALBUMS = {Line(2, 50): 8, Line(1, 50): 4}
"""How many whole photos: as many as take some minutes."""

_HEADS = "3 round trips + 64 KB a tile / rate"
HEADS = {line: Budget(f"screenful where heads serve, {line.name}", _HEADS, limits.HEADS) for line in _LINES}
COLD = Budget(f"screenful on cold connections, {_COLD.name}", "4 round trips + 64 KB a tile / rate", limits.COLD)
HEAD_BYTES = Budget(
    "bytes fetched for each tile in view and near, where heads serve", "64 KB", limits.HEAD_BYTES, unit="KB"
)
FIRST_WHOLE = Budget(
    f"first tile where only whole files serve, {_WHOLE.name}", "one file / rate + 3 round trips", limits.FIRST_WHOLE
)
OPENED = {
    line: Budget(f"opened photo while tiles load, {line.name}", "its bytes / rate + 3 round trips", limits.OPENED)
    for line in _OPENED
}
TWICE = {
    line: Budget(f"album of {count} whole files, {line.name}: bytes on the line", "bytes of its photos", limits.TWICE)
    for line, count in _ALBUMS.items()
}
FIRST_HEAD = Budget(f"first tile where heads serve, {_WHOLE.name}", "-", limits.FIRST_HEAD, unit="s")
_EACH_IN_VIEW = "requests for opening each photo in view, album of 200"
IN_VIEW = Budget(_EACH_IN_VIEW, "-", limits.IN_VIEW, unit="requests")
HEADS_IN_VIEW = Budget(f"{_EACH_IN_VIEW}, where heads serve", "-", limits.HEADS_IN_VIEW, unit="requests")
BUDGETS_OF_HEADS = (*HEADS.values(), COLD, FIRST_HEAD, HEAD_BYTES, HEADS_IN_VIEW)
BUDGETS_OF_WHOLE = (IN_VIEW, FIRST_WHOLE, *OPENED.values(), *TWICE.values())


async def measure_heads(place: Place) -> AsyncIterator[Measured]:
    async with _at_line(place) as act:
        act.clinic.answer_range()
        act.clinic.fill_album(PATIENT, photos.headed(place.photos), _LONG_COUNT)
        for line in _LINES:
            yield await act.screenful(line, HEADS[line])
        yield await act.screenful(_COLD, COLD, is_cold=True)
        yield await act.first_head()
        yield await act.head_bytes()
        yield await act.requests_in_view(HEADS_IN_VIEW)


async def measure_whole(place: Place) -> AsyncIterator[Measured]:
    async with _at_line(place) as act:
        act.clinic.fill_album(PATIENT, photos.large(place.photos), _LONG_COUNT)
        yield await act.requests_in_view(IN_VIEW)
        yield await act.first_whole(place)
        for line in _OPENED:
            yield await act.opened(line, place)
        for line, count in _ALBUMS.items():
            yield await act.album(line, photos.large(place.photos)[:count])


@asynccontextmanager
async def _at_line(place: Place) -> AsyncIterator["_Act"]:
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        async with at_desk(clinic, place, origin=clinic.slow_origin) as desk:
            yield _Act(desk, PaintedTiles(desk.album))


class _Act:
    def __init__(self, desk: BenchDesk, painted: PaintedTiles) -> None:
        self._desk, self._painted, self.clinic = desk, painted, desk.clinic_process

    async def screenful(self, line: Line, budget: Budget, *, is_cold: bool = False) -> Measured:
        took_s: list[float] = []
        floor_s = 0.0
        for _ in range(LEAST_TRIES):
            started_s = await self._begin(line, is_cold=is_cold)
            patience_s = _PATIENCE * line.floor_s(40 * _HEAD_BYTES) + _PATIENCE_S
            try:
                took_s.append(await self._painted.until(self._is_complete, patience_s) - started_s)
            except TimeoutError:
                return never(budget, _NEVER)
            tiles = len(self._desk.album.rows_in_view())
            floor_s = line.floor_s(tiles * _HEAD_BYTES, _COLD_ROUND_TRIPS if is_cold else _ROUND_TRIPS)
        return times(budget, took_s, [floor_s] * LEAST_TRIES)

    async def head_bytes(self) -> Measured:
        """With the line at its widest, until nothing more comes."""
        await self._begin(None)
        self.clinic.count_anew()
        await self._painted.view_complete()
        await self._desk.quiet()
        visible, near = self._desk.album.wanted
        return worst(HEAD_BYTES, [self.clinic.delivered_bytes / 1000 / len({*visible, *near})])

    async def first_whole(self, place: Place) -> Measured:
        floor_s = [_WHOLE.floor_s(file.stat().st_size) for file in photos.large(place.photos)[:LEAST_TRIES]]
        took_s = await self._first_tiles_s(_PATIENCE * floor_s[0] + _PATIENCE_S)
        return never(FIRST_WHOLE, _NEVER) if took_s is None else times(FIRST_WHOLE, took_s, floor_s)

    async def first_head(self) -> Measured:
        took_s = await self._first_tiles_s(_PATIENCE_S)
        return never(FIRST_HEAD, f"never within {_PATIENCE_S:g} s") if took_s is None else middle(FIRST_HEAD, took_s)

    async def _first_tiles_s(self, patience_s: float) -> list[float] | None:
        """From the click to the first tile, over the same line; None where one never came."""
        took_s: list[float] = []
        for _ in range(LEAST_TRIES):
            started_s = await self._begin(_WHOLE)
            try:
                took_s.append(await self._painted.until(lambda: bool(self._painted.ids), patience_s) - started_s)
            except TimeoutError:
                return None
        return took_s

    async def opened(self, line: Line, place: Place) -> Measured:
        """The last photo in view, as soon as the first tile is there."""
        size_bytes = max(file.stat().st_size for file in photos.large(place.photos))
        floor_s, took_s = line.floor_s(size_bytes), []
        viewer = self._desk.viewer
        for _ in range(LEAST_TRIES):
            await self._begin(line)
            try:
                await self._painted.until(lambda: bool(self._painted.ids), _PATIENCE * floor_s + _PATIENCE_S)
                full = FirstPaint(viewer.stage, lambda: viewer.area.is_full)
                started_s = time.perf_counter()
                self._double_click(len(self._desk.album.rows_in_view()) - 1)
                took_s.append(await full.over(_PATIENCE * floor_s + _PATIENCE_S) - started_s)
            except TimeoutError:
                return never(OPENED[line], _NEVER)
            finally:
                self.clinic.set_line()
                await self._close_viewer()
        return times(OPENED[line], took_s, [floor_s] * LEAST_TRIES)

    async def requests_in_view(self, budget: Budget) -> Measured:
        """For the photo's own bytes: a neighbour beyond the view may be brought beside it."""
        await self._begin(None)
        await self._painted.view_complete()
        await self._desk.quiet()
        asked = []
        for place_in_view, photo_id in enumerate(self._desk.album.wanted[0]):
            self.clinic.count_anew()
            viewer = self._desk.viewer
            full = FirstPaint(viewer.stage, lambda: self._desk.viewer.area.is_full)
            self._double_click(place_in_view)
            await full.over()
            asked.append(self.clinic.contents_asked().count(photo_id))
            await self._close_viewer()
        return worst(budget, [float(max(asked))], note=f"{sum(asked)} for {len(asked)} photos")

    async def album(self, line: Line, files: Sequence[Path]) -> Measured:
        """Until every tile is there; what comes twice came for nothing."""
        await self._desk.leave()
        self.clinic.fill_album(PATIENT, files)
        size_bytes = sum(file.stat().st_size for file in files)
        await self._begin(line)
        self.clinic.count_anew()
        try:
            await self._painted.until(self._is_complete, 2 * line.floor_s(size_bytes) + _PATIENCE_S)
        except TimeoutError:
            there = sum(isinstance(state, Ready) for state in self._desk.states)
            return Measured(
                TWICE[line], float("inf"), note=f"{there} of {len(files)} tiles in twice the time of the bytes"
            )
        return worst(TWICE[line], [self.clinic.delivered_bytes / size_bytes])

    async def _begin(self, line: Line | None, *, is_cold: bool = False) -> float:
        """Forget what was fetched, set the line, and click on the patient: the moment of the click."""
        self.clinic.set_line()
        await self._desk.leave()
        self._painted.clear()
        await self._desk.search(str(PATIENT))
        await self._desk.quiet()
        if line is not None:
            self.clinic.set_line(latency_s=line.latency_ms / 1000, rate_bytes_s=line.rate_bytes_s)
        if is_cold:
            self.clinic.break_connections()
        started_s = time.perf_counter()
        self._desk.click_found()
        return started_s

    def _is_complete(self) -> bool:
        return self._painted.is_view_complete

    def _double_click(self, place_in_view: int) -> None:
        album, centre = self._desk.album, self._desk.tile_centre(place_in_view)
        QTest.mouseDClick(album.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)

    async def _close_viewer(self) -> None:
        if self._desk.viewer.isVisible():
            self._desk.press(Qt.Key.Key_Escape)
        while self._desk.viewer.isVisible():
            await asyncio.sleep(0.02)
