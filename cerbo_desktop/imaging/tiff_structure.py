"""The directories of a TIFF, one a page, as far as sizes and the count of pages need them (TIFF 6.0, BigTIFF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason

_MAX_PAGES = 10_000
_MAX_ENTRIES = 4_096
_SUBFILE_TYPE, _WIDTH, _HEIGHT, _ORIENTATION, _DNG_VERSION = 254, 256, 257, 274, 50_706
_REDUCED, _MASK = 1, 4
"""Bits of a directory's type: a smaller copy of another page, and what of one is see-through."""
_FIRST_LYING = 5
_CANON_RAW = b"CR"


class _Layout(NamedTuple):
    length: str
    entry: str
    offset: str
    first_at: int
    """Where the offset of the first directory stands."""


_CLASSIC, _BIG = _Layout("H", "HHI4s", "I", 4), _Layout("Q", "HHQ8s", "Q", 8)
_VALUES = {1: "B", 3: "H", 4: "I", 16: "Q"}
"""By type, the numbers that a size may be written as."""


@dataclass(frozen=True, slots=True)
class TiffPages:
    """The size in pixels of the first page, upright, and how many pages there are."""

    width_px: int
    height_px: int
    page_count: int


def tiff_pages(data: bytes) -> TiffPages:
    """Walk through the directories.

    Raises:
        CannotShow: UNSUPPORTED_TYPE for a camera's raw file, whose first picture is a small copy; DAMAGED.
        struct.error: the data ends too early.
    """
    directories = list(_directories(data))
    first = directories[0]
    if _DNG_VERSION in first or first.get(_SUBFILE_TYPE, 0) & _REDUCED or data[8:10] == _CANON_RAW:
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE)
    size = first.get(_WIDTH, 0), first.get(_HEIGHT, 0)
    width_px, height_px = size[::-1] if first.get(_ORIENTATION, 1) >= _FIRST_LYING else size
    pages = [page for page in directories if not page.get(_SUBFILE_TYPE, 0) & (_REDUCED | _MASK)]
    return TiffPages(width_px, height_px, max(1, len(pages)))


def _directories(data: bytes) -> Iterator[dict[int, int]]:
    """The numbers of each directory, by their tags. One at least."""
    order = "<" if data.startswith(b"II") else ">"
    layout = _BIG if b"+" in data[2:4] else _CLASSIC
    (at,) = struct.unpack_from(order + layout.offset, data, layout.first_at)
    seen: set[int] = set()
    while at and at not in seen:
        seen.add(at)
        if len(seen) > _MAX_PAGES:
            raise CannotShow(RefusalReason.DAMAGED)
        try:
            found, at = _directory(data, at, order, layout)
        except struct.error:
            if len(seen) == 1:
                raise
            return  # the first page can be read for all that
        yield found
    if not seen:
        raise CannotShow(RefusalReason.DAMAGED)


def _directory(data: bytes, at: int, order: str, layout: _Layout) -> tuple[dict[int, int], int]:
    """Its numbers, and where the next one stands; 0 after the last."""
    (count,) = struct.unpack_from(order + layout.length, data, at)
    if count > _MAX_ENTRIES:
        raise struct.error
    entry = struct.Struct(order + layout.entry)
    at += struct.calcsize(order + layout.length)
    found: dict[int, int] = {}
    for _ in range(count):
        tag, kind, value_count, value = entry.unpack_from(data, at)
        if kind in _VALUES and value_count >= 1:
            (found[tag],) = struct.unpack_from(order + _VALUES[kind], value.ljust(8, b"\0"))
        at += entry.size
    (after,) = struct.unpack_from(order + layout.offset, data, at)
    return found, after
