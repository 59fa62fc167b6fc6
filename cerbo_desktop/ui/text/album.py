"""The words of the album: tiles, months and filters."""

from datetime import date
from typing import assert_never

from cerbo_desktop.domain.moments import Local, on_wall_clock
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, Ready, ThumbnailState
from cerbo_desktop.ui.text import dates, lists
from cerbo_desktop.ui.text.catalogue import translate


def photos() -> str:
    return translate("Album", "Photos")


def photo_type(stated: PhotoType) -> str:
    """Personal; empty where Cerbo gives no type"""
    match stated:
        case PhotoType.PERSONAL:
            return translate("Album", "Personal")
        case PhotoType.MEDICAL:
            return translate("Album", "Medical")
        case PhotoType.UNSTATED:
            return ""
        case _:
            assert_never(stated)


def photo_count(n: int) -> str:
    """3 photos"""
    return translate("Album", "%n photo(s)", "", n)


def new_photos(n: int) -> str:
    """1 new photo; pressed it leads there."""
    return translate("Album", "%n new photo(s)", "", n)


def photos_so_far(n: int) -> str:
    """100 photos so far"""
    return translate("Album", "%n photo(s) so far", "", n)


def place(number: int, count: int, *, is_partial: bool) -> str:
    """3 of 23, or 3 of 100 so far"""
    if is_partial:
        return translate("Album", "{number} of {count} so far").format(number=number, count=count)
    return translate("Album", "{number} of {count}").format(number=number, count=count)


# Months and tiles.


def month_title(year: int, month: int) -> str:
    """November 2025; photos without a date stand under a year of 0"""
    return dates.month(date(year, month, 1)) if year else no_date()


def year(number: int) -> str:
    """2025; photos without a date stand under a year of 0"""
    return str(number) if number else no_date()


def caption(photo: Photo, local: Local) -> str:
    """5 Nov, 09:41; the year stands in the month's heading."""
    return dates.short_moment(on_wall_clock(photo.taken_at, local)) if photo.taken_at else no_date()


def no_date() -> str:
    return translate("Album", "No date")


def thumbnail_only() -> str:
    return translate("Album", "Thumbnail only")


def loading() -> str:
    return translate("Album", "Loading")


def loading_photos() -> str:
    return translate("Album", "Loading photos")


def mark(state: Ready) -> str:
    """Say why a tile's picture is less than the photo; empty where it is all of it."""
    if state.is_small_copy:
        return thumbnail_only()
    return "" if state.raster.is_whole else translate("Album", "Damaged in part")


def failure(kind: FailureKind) -> str:
    """Say on the tile why its photo isn't shown."""
    match kind:
        case FailureKind.NOT_LOADED:
            return translate("Album", "Could not load")
        case FailureKind.OFFLINE:
            return translate("Album", "Not loaded: offline")
        case FailureKind.BROKEN_OFF:
            return translate("Album", "Not loaded yet")
        case FailureKind.CANNOT_SHOW:
            return translate("Album", "Cannot show this file")
        case FailureKind.NOT_ALLOWED:
            return translate("Album", "Not allowed")
        case _:
            assert_never(kind)


def tile_spoken(photo_spoken: str, state: ThumbnailState | None, key: str, *, is_marked: bool = False) -> str:
    """Medical photo 3 of 23, 5 November 2025, 09:41, whether it is marked, and what is amiss with it."""
    mark_spoken = translate("Album", "marked") if is_marked else ""
    return lists.spoken(photo_spoken, mark_spoken, _state_spoken(state, key))


def marked(n: int) -> str:
    """2 photos marked"""
    return translate("Album", "%n photo(s) marked", "", n) if n else translate("Album", "No photo marked")


def photo_spoken(photo: Photo, number: int, count: int, local: Local, *, is_partial: bool) -> str:
    """Medical photo 3 of 23, 5 November 2025, 09:41; `is_partial`: more may come."""
    when = dates.moment_spoken(on_wall_clock(photo.taken_at, local)) if photo.taken_at else _no_date_spoken()
    return lists.spoken(_place_spoken(photo.photo_type, number, count, is_partial), when)


def _no_date_spoken() -> str:
    return translate("Album", "no date")


def _place_spoken(stated: PhotoType, number: int, count: int, is_partial: bool) -> str:
    match stated, is_partial:
        case PhotoType.PERSONAL, False:
            pattern = translate("Album", "Personal photo {number} of {count}")
        case PhotoType.MEDICAL, False:
            pattern = translate("Album", "Medical photo {number} of {count}")
        case _, False:
            pattern = translate("Album", "Photo {number} of {count}")
        case PhotoType.PERSONAL, _:
            pattern = translate("Album", "Personal photo {number} of {count} so far")
        case PhotoType.MEDICAL, _:
            pattern = translate("Album", "Medical photo {number} of {count} so far")
        case _:
            pattern = translate("Album", "Photo {number} of {count} so far")
    return pattern.format(number=number, count=count)


def _state_spoken(state: ThumbnailState | None, key: str) -> str:
    match state:
        case Ready(is_small_copy=True):
            return translate("Album", "thumbnail only")
        case Ready():
            return "" if state.raster.is_whole else translate("Album", "damaged in part")
        case Failed():
            return _failure_spoken(state.kind).format(key=key)
        case _:
            return translate("Album", "loading")


def _failure_spoken(kind: FailureKind) -> str:
    """With {key} for the key that tries again."""
    match kind:
        case FailureKind.NOT_LOADED:
            return translate("Album", "could not load, press {key} to try again")
        case FailureKind.OFFLINE:
            return translate("Album", "not loaded, offline, press {key} to try again")
        case FailureKind.BROKEN_OFF:
            return translate("Album", "not loaded yet, will be tried again soon, press {key} to try now")
        case FailureKind.CANNOT_SHOW:
            return translate("Album", "cannot show this file")
        case FailureKind.NOT_ALLOWED:
            return translate("Album", "this key isn’t allowed to show it, press {key} to ask again")
        case _:
            assert_never(kind)
