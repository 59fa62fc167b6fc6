"""A long album passed through quickly, with a server that is near: how soon the tiles are there where it stops."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.painted import PaintedTiles

_COUNT = 5000
_PX_A_SECOND = 5000
_MOVED_S = 1.0
_STEP_S = 1 / 60

_FIRST, _ALL = "first tile where it stops", "every tile where it stops"
DRAGGED_FIRST = Budget(f"thumb dragged through 5,000 photos: {_FIRST}", "-", limits.FIRST_AT_REST, unit="ms")
DRAGGED_ALL = Budget(f"thumb dragged through 5,000 photos: {_ALL}", "-", limits.ALL_AT_REST, unit="ms")
SCROLLED_FIRST = Budget(f"5,000 pixels scrolled in a second: {_FIRST}", "-", limits.FIRST_AT_REST, unit="ms")
SCROLLED_ALL = Budget(f"5,000 pixels scrolled in a second: {_ALL}", "-", limits.ALL_AT_REST, unit="ms")
BUDGETS = (DRAGGED_FIRST, DRAGGED_ALL, SCROLLED_FIRST, SCROLLED_ALL)


@dataclass(slots=True)
class _Tries:
    first_ms: list[float] = field(default_factory=list)
    all_ms: list[float] = field(default_factory=list)

    def told(self, first: Budget, every: Budget) -> tuple[Measured, Measured]:
        return middle(first, self.first_ms), middle(every, self.all_ms)


async def measure(place: Place) -> AsyncIterator[Measured]:
    dragged, scrolled = _Tries(), _Tries()
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        clinic.answer_range()
        clinic.fill_album(PATIENT, photos.headed(place.photos), _COUNT)
        async with at_desk(clinic, place) as desk:
            hand = _Hand(desk)
            await hand.open_album()
            for number in range(1, 1 + LEAST_TRIES):
                await hand.drag(number / (1 + LEAST_TRIES), dragged)
                await hand.scroll(scrolled)
    for measured in (*dragged.told(DRAGGED_FIRST, DRAGGED_ALL), *scrolled.told(SCROLLED_FIRST, SCROLLED_ALL)):
        yield measured


class _Hand:
    """At the scroll bar of an album. Nothing that it comes by was there before."""

    def __init__(self, desk: BenchDesk) -> None:
        self._desk, self._bar = desk, desk.album.verticalScrollBar()
        self._painted = PaintedTiles(desk.album)

    async def open_album(self) -> None:
        await self._desk.open(PATIENT)
        await self._desk.pictures_are_there()
        await self._desk.quiet()

    async def drag(self, share: float, tries: _Tries) -> None:
        """Take the thumb to a part of the album and let it go."""
        self._painted.clear()
        self._bar.setSliderDown(True)
        await self._move(round(share * self._bar.maximum()))
        self._bar.setSliderDown(False)
        await self._rest(tries)

    async def scroll(self, tries: _Tries) -> None:
        self._painted.clear()
        await self._move(round(self._bar.value() + _PX_A_SECOND * _MOVED_S))
        await self._rest(tries)

    async def _move(self, to: int) -> None:
        """In even steps, as long as a person's hand takes."""
        started_s, start = time.perf_counter(), self._bar.value()
        while (share := (time.perf_counter() - started_s) / _MOVED_S) < 1:
            self._bar.setSliderPosition(round(start + share * (to - start)))
            await asyncio.sleep(_STEP_S)
        self._bar.setSliderPosition(to)

    async def _rest(self, tries: _Tries) -> None:
        """What was painted before it stopped was there at once."""
        stopped_s, album = time.perf_counter(), self._desk.album

        def has_one() -> bool:
            return not self._painted.ids.isdisjoint(album.album_model().ids(album.rows_in_view()))

        first_s = await self._painted.until(has_one)
        every_s = await self._painted.view_complete()
        tries.first_ms.append(max(0.0, 1000 * (first_s - stopped_s)))
        tries.all_ms.append(max(0.0, 1000 * (every_s - stopped_s)))
        await self._desk.quiet()
