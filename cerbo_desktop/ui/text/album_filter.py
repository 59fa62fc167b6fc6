"""The words of the bar above the album: which photos, how large, and what a new look has brought."""

from datetime import datetime

from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.text.catalogue import translate


def all_photos() -> str:
    return translate("AlbumFilter", "All")


def photo_type() -> str:
    return translate("AlbumFilter", "Photo type")


def tile_size() -> str:
    return translate("AlbumFilter", "Tile size")


def filters_off() -> str:
    return translate("AlbumFilter", "Cerbo does not say which photos are personal and which medical. All are shown.")


def untyped_photos(n: int, total_count: int, *, is_asking: bool) -> str:
    """Say beside the filters how many photos have no type; empty where all have one."""
    if not n:
        return ""
    if is_asking:
        return translate("AlbumFilter", "Asking Cerbo for types…")
    if n == total_count:
        return translate("AlbumFilter", "Cerbo has no types here.")
    return translate("AlbumFilter", "Cerbo has no type for %n photo(s).", "", n)


def more_loading(n: int) -> str:
    """Say beside the filters how many photos are here, while further pages are on their way."""
    return translate("AlbumFilter", "%n photo(s) so far. More are loading…", "", n)


def none_of_type(photo_type: PhotoType, *, is_whole: bool) -> str:
    """In the album's place; `is_whole`: the whole chart was read."""
    match photo_type, is_whole:
        case PhotoType.PERSONAL, True:
            return translate("AlbumFilter", "No personal photos.")
        case PhotoType.PERSONAL, _:
            return translate("AlbumFilter", "No personal photos among those that could be read.")
        case _, True:
            return translate("AlbumFilter", "No medical photos.")
        case _:
            return translate("AlbumFilter", "No medical photos among those that could be read.")


def show_all(count: int | None) -> str:
    """None where nobody knows how many photos there are."""
    if count is None:
        return translate("AlbumFilter", "Show all photos")
    return translate("AlbumFilter", "Show all {count}").format(count=count)


def look_again() -> str:
    return translate("AlbumFilter", "Look again")


def look_again_tip(key: str) -> str:
    return translate("AlbumFilter", "Look again for new photos ({key})").format(key=key)


def looking() -> str:
    return translate("AlbumFilter", "Looking…")


def looked_again(at: datetime, n: int) -> str:
    """1 new photo found at 10:42"""
    if not n:
        return translate("AlbumFilter", "Nothing new at {time}").format(time=dates.clock(at))
    return translate("AlbumFilter", "%n new photo(s) found at {time}", "", n).format(time=dates.clock(at))
