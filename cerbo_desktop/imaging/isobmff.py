"""The boxes of an ISO media file, as far as the size of a HEIC or AVIF picture needs them (ISO/IEC 14496-12, 23008-12).

A file may hold both a still picture and a sequence; it is one or the other by its major brand.
"""

import struct
from collections.abc import Iterator

_MAX_BOXES = 20_000
"""Of one parent. A phone's picture of 50 tiles has some 200 properties."""
_FULL_BOX_BYTES = 4
_NCLX_BYTES = 11
_SEQUENCE_BRANDS = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1", b"avis"})


class BrokenBoxesError(Exception):
    """A box that is smaller than its own head, longer than its parent, one of too many, or missing."""


def picture_sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of every picture and tile in the file (its `ispe` boxes); at least one.

    Raises:
        BrokenBoxesError: also where the file ends before its boxes do.
    """
    sizes = [_size(data, span) for name, span in _boxes(data, *_properties(data)) if name == b"ispe"]
    if not sizes:
        raise BrokenBoxesError
    return sizes


def is_sequence(data: bytes) -> bool:
    """Whether the file calls itself a sequence of pictures and has a track of them. Raises `BrokenBoxesError`."""
    return data[8:12] in _SEQUENCE_BRANDS and any(name == b"moov" for name, _ in boxes(data))


def colour_codes(data: bytes) -> tuple[int, int] | None:
    """The numbers of primaries and transfer by ITU-T H.273 (the first `colr` box that has them); None without any."""
    for name, (start, end) in _boxes(data, *_properties(data)):
        if name == b"colr" and data[start : start + 4] == b"nclx" and end - start >= _NCLX_BYTES:
            primaries, transfer = struct.unpack_from(">HH", data, start + 4)
            return primaries, transfer
    return None


def boxes(data: bytes) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Name of each box of the whole file, with where its content starts and ends. Raises `BrokenBoxesError`."""
    return _boxes(data, 0, len(data))


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Name of each box from `start` on, with where its content starts and ends."""
    at = start
    for _ in range(_MAX_BOXES):
        if at == end:
            return
        content, after = _extent(data, at, end)
        if not at < content <= after <= end:
            raise BrokenBoxesError
        yield data[at + 4 : at + 8], (content, after)
        at = after
    raise BrokenBoxesError


def _extent(data: bytes, at: int, end: int) -> tuple[int, int]:
    if at + 16 > end:
        # The long head below would not fit; a short one may.
        length = int.from_bytes(data[at : at + 4], "big")
        return at + 8, at + length if length else end
    short, _, long = struct.unpack_from(">I4sQ", data, at)
    if short == 1:
        return at + 16, at + long
    return at + 8, at + short if short else end


def _properties(data: bytes) -> tuple[int, int]:
    """Where the box of all properties has its content."""
    outer = dict(boxes(data))
    meta = _inside(outer, b"meta", skipped_bytes=_FULL_BOX_BYTES)
    properties = _inside(dict(_boxes(data, *meta)), b"iprp")
    return _inside(dict(_boxes(data, *properties)), b"ipco")


def _inside(found: dict[bytes, tuple[int, int]], name: bytes, *, skipped_bytes: int = 0) -> tuple[int, int]:
    if name not in found:
        raise BrokenBoxesError
    start, end = found[name]
    return min(start + skipped_bytes, end), end


def _size(data: bytes, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    if end - start < _FULL_BOX_BYTES + 8:
        raise BrokenBoxesError
    width_px, height_px = struct.unpack_from(">II", data, start + _FULL_BOX_BYTES)
    return width_px, height_px
