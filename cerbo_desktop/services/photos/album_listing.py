"""The list of a patient's photos as Cerbo gives it: read whole once, and from then on only where new ones can be.

In which order Cerbo lists is not documented (contract 3), so it is learnt from the first whole reading. Where the list
is not as it was, apart from new photos at its newest end, it is read whole again.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import pairwise

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import PAGE_SIZE, SMALL_PAGE_SIZE
from cerbo_desktop.domain.moments import in_order
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.urgency import Urgency

WHOLE_EACH_S = 300.0
"""A list that has to be read whole is not read more often than this, unless a person or a sending needs it."""
_OVERLAP_ROWS = 20
"""At most so many known rows are asked for together with the new ones that follow them."""
_KEPT_ROWS = 60_000
"""Of all lists that are remembered: three of the longest."""


class Reach(Enum):
    """How much has to be read."""

    GLANCE = "glance"
    """What is new, by one request; nothing at all where that cannot be and the whole was read a moment ago."""
    CHECK = "check"
    """What is new, and that nothing else has changed; as seldom as a glance where only the whole list tells that."""
    PROOF = "proof"
    """The same, and the whole list wherever it takes that."""
    WHOLE = "whole"


class Order(Enum):
    """The order of Cerbo's list, where it has one."""

    NEWEST_FIRST = "newest first"
    NEWEST_LAST = "newest last"


@dataclass(frozen=True, slots=True)
class AlbumReading:
    """A patient's photos, each once, in no order that means anything."""

    photos: tuple[Photo, ...]
    is_cut_short: bool = False
    """Cerbo's pages made no sense: there may be photos that are not listed."""
    unreadable_count: int = 0
    """Rows that could not be read; with them it is cut short."""
    is_proof: bool = True
    """What is not among them was not in the chart. Not so after a glance that saw one end of the list."""


OnPage = Callable[[Page[Photo]], None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A list as it was read last, row by row."""

    rows: tuple[Photo, ...]
    order: Order | None
    read_whole_s: float
    is_cut_short: bool

    @property
    def is_one_page(self) -> bool:
        """Reading all of it takes one request, which tells more than any part."""
        return not self.is_cut_short and len(self.rows) < PAGE_SIZE

    @property
    def has_newest_end(self) -> bool:
        return self.order is not None and not self.is_cut_short and not self.is_one_page


class AlbumListing:
    """Shared by everybody who lists photos. Raises like `CerboServer`; a reading that fails changes nothing known.

    Whoever makes it calls `clear` once the practice is left and nobody reads any more.
    """

    def __init__(self, server: CerboServer, clock: Clock, photo_type: PhotoType | None = None) -> None:
        """`photo_type`: of Cerbo's list of that type alone."""
        self._photo_type = photo_type
        self._server, self._clock = server, clock
        self._known: dict[PatientId, _Known] = {}
        """The one used last stands last."""
        self._on_screen: dict[PatientId, asyncio.Event] = {}
        """Lists that are being read whole for a person, until they are."""

    async def read(
        self, patient_id: PatientId, reach: Reach, *, urgency: Urgency, on_page: OnPage | None = None
    ) -> AlbumReading | None:
        """None where the reach allows no reading now. `on_page` hears of each page of a whole reading as it comes, for
        the screen; others wait until such a reading has ended rather than read the same at the same time."""
        while on_page is None and (reading := self._on_screen.get(patient_id)) is not None:
            await reading.wait()
        known = self._known.get(patient_id)
        if known is not None and known.has_newest_end and reach is not Reach.WHOLE:
            found = await self._read_newest(patient_id, known, reach, urgency)
            if found is not None:
                return found
        if reach in (Reach.GLANCE, Reach.CHECK) and not self._may_read_whole(known):
            return None
        return await self._read_whole(patient_id, urgency, on_page)

    def clear(self) -> None:
        """Forget every list."""
        self._known.clear()

    def _may_read_whole(self, known: _Known | None) -> bool:
        if known is None or known.is_one_page:
            return True
        return self._clock.elapsed_s() - known.read_whole_s >= WHOLE_EACH_S

    async def _read_whole(self, patient_id: PatientId, urgency: Urgency, on_page: OnPage | None) -> AlbumReading:
        rows: dict[PhotoId, Photo] = {}
        is_cut_short, unreadable_count = False, 0
        ended = asyncio.Event()
        if on_page is not None:
            self._on_screen[patient_id] = ended
        try:
            async for page in self._server.photo_pages(patient_id, self._photo_type, urgency=urgency):
                if page.begins_anew:
                    rows, unreadable_count = {}, 0
                rows.update((photo.id, photo) for photo in page.items)
                is_cut_short, unreadable_count = page.cut_short, unreadable_count + page.unreadable_count
                if on_page is not None:
                    on_page(page)
        finally:
            ended.set()
            if self._on_screen.get(patient_id) is ended:
                del self._on_screen[patient_id]
        listed = tuple(rows.values())
        order = await asyncio.to_thread(order_of, listed)
        self._keep(patient_id, _Known(listed, order, self._clock.elapsed_s(), is_cut_short))
        return AlbumReading(listed, is_cut_short, unreadable_count, is_proof=not is_cut_short)

    async def _read_newest(
        self, patient_id: PatientId, known: _Known, reach: Reach, urgency: Urgency
    ) -> AlbumReading | None:
        """None where the list isn't the known one with new photos at its newest end."""
        is_newest_last = known.order is Order.NEWEST_LAST
        rows = None
        for limit in (SMALL_PAGE_SIZE, PAGE_SIZE) if reach is Reach.GLANCE else (PAGE_SIZE,):
            rows = rows or await self._with_newest(patient_id, known, limit, urgency)
        if rows is None or await asyncio.to_thread(order_of, rows) is not known.order:
            return None
        is_proof = is_newest_last
        if not is_newest_last and reach is not Reach.GLANCE:
            is_proof = await self._ends_with(patient_id, rows, urgency)
            if not is_proof:
                return None
        self._keep(patient_id, _Known(rows, known.order, known.read_whole_s, is_cut_short=False))
        return AlbumReading(rows, is_proof=is_proof)

    async def _with_newest(
        self, patient_id: PatientId, known: _Known, limit: int, urgency: Urgency
    ) -> tuple[Photo, ...] | None:
        """The known rows and the new ones at their newest end, where so many rows show both."""
        is_newest_last = known.order is Order.NEWEST_LAST
        first_row = max(0, len(known.rows) - min(_OVERLAP_ROWS, limit // 2)) if is_newest_last else 0
        listing = await self._rows(patient_id, limit, first_row, urgency)
        joined = _joined_at_end if is_newest_last else _joined_at_start
        return joined(known.rows, listing, first_row)

    async def _ends_with(self, patient_id: PatientId, rows: Sequence[Photo], urgency: Urgency) -> bool:
        """The last row stands where it must, with nothing behind it: none has gone and none has come in between."""
        listing = await self._rows(patient_id, 2, len(rows) - 1, urgency)
        return listing.is_complete and _ids(listing.items) == [rows[-1].id]

    async def _rows(self, patient_id: PatientId, limit: int, first_row: int, urgency: Urgency) -> Listing[Photo]:
        return await self._server.photos(
            patient_id, self._photo_type, limit=limit, first_row=first_row, urgency=urgency
        )

    def _keep(self, patient_id: PatientId, known: _Known) -> None:
        self._known.pop(patient_id, None)
        self._known[patient_id] = known
        while len(self._known) > 1 and sum(len(each.rows) for each in self._known.values()) > _KEPT_ROWS:
            del self._known[next(iter(self._known))]


def order_of(rows: Sequence[Photo]) -> Order | None:
    """Tell the order of these rows: that of their ids, else that of their dates; None where they have neither."""
    numbers = [int(photo.id) for photo in rows if photo.id.isdecimal()]
    if len(numbers) == len(rows) and (order := _direction(numbers)) is not None:
        return order
    dates = [in_order(photo.taken_at, _in_utc).timestamp() for photo in rows if photo.taken_at is not None]
    return _direction(dates) if len(dates) == len(rows) else None


def _in_utc(moment: datetime) -> datetime:
    return moment


def _direction(values: Sequence[float]) -> Order | None:
    if len(values) < 2 or values[0] == values[-1]:
        return None
    if all(before <= after for before, after in pairwise(values)):
        return Order.NEWEST_LAST
    return Order.NEWEST_FIRST if all(before >= after for before, after in pairwise(values)) else None


def _joined_at_end(known: tuple[Photo, ...], listing: Listing[Photo], first_row: int) -> tuple[Photo, ...] | None:
    """The known rows from `first_row` on in their places, then new ones up to the end."""
    overlap = len(known) - first_row
    if not listing.is_complete or _ids(listing.items[:overlap]) != _ids(known[first_row:]):
        return None
    return _with_new(known[:first_row] + listing.items, len(known) + max(0, len(listing.items) - overlap))


def _joined_at_start(known: tuple[Photo, ...], listing: Listing[Photo], _: int) -> tuple[Photo, ...] | None:
    """New rows, then the known ones in their order."""
    listed = _ids(listing.items)
    if listing.unreadable_count or known[0].id not in listed:
        return None
    new_count = listed.index(known[0].id)
    overlap = len(listed) - new_count
    if listed[new_count:] != _ids(known[:overlap]):
        return None
    return _with_new(listing.items + known[overlap:], len(known) + new_count)


def _with_new(rows: tuple[Photo, ...], count: int) -> tuple[Photo, ...] | None:
    """None where a row came twice: the list moved while it was read."""
    return rows if len({photo.id for photo in rows}) == len(rows) == count else None


def _ids(photos: Sequence[Photo]) -> list[PhotoId]:
    return [photo.id for photo in photos]
