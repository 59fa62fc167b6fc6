"""Photos in the order of an album, and cut into months."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cerbo_desktop.domain.moments import Local, in_order, on_wall_clock
from cerbo_desktop.domain.photo import Photo

_UNDATED = datetime.min.replace(tzinfo=UTC)


class Month(NamedTuple):
    """A run of an album's photos of one month on the wall clock; `year` and `month` are 0 for photos without a date."""

    year: int
    month: int
    first: int
    """Place of its newest photo in the album."""
    photo_count: int


def by_month(photos: Sequence[Photo], local: Local) -> tuple[Month, ...]:
    """Cut an album, newest first, into months. `local` turns an aware moment into wall-clock time.

    Bisects for the end of each month: 20,000 photos of ten years need some 1,700 looks instead of 20,000.
    """
    months: list[Month] = []
    first = 0
    while first < len(photos):
        year, month = _month_of(photos[first], local)
        end = _end_of_month(photos, first, local)
        months.append(Month(year, month, first, end - first))
        first = end
    return tuple(months)


def _end_of_month(photos: Sequence[Photo], first: int, local: Local) -> int:
    month = _month_of(photos[first], local)

    def is_past(photo: Photo) -> bool:
        return _month_of(photo, local) != month

    return bisect_left(photos, True, lo=first, key=is_past)


def _month_of(photo: Photo, local: Local) -> tuple[int, int]:
    if photo.taken_at is None:
        return 0, 0
    when = on_wall_clock(photo.taken_at, local)
    return when.year, when.month


def newest_first(photos: Iterable[Photo], local: Local) -> tuple[Photo, ...]:
    """Sort by date, newest first, then by id, so that two listings of one album never differ in order; undated photos
    come last.

    `local` places those whose time is not known within their own day, and so within their month.
    """

    def age(photo: Photo) -> tuple[datetime, int, str]:
        at = _UNDATED if photo.taken_at is None else in_order(photo.taken_at, local)
        return at, len(photo.id), photo.id

    return tuple(sorted(photos, key=age, reverse=True))
