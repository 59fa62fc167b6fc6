"""Where the coded bytes of a JPEG really end, to the byte: no pixel may depend on what would stand behind them.

The markers do not tell. Some phones write no end marker and go on with data of their own, such as a name and a place.
"""

import bisect
import io
from collections.abc import Sequence

from PIL import Image, ImageChops

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.imaging.jpeg_pixels import ONES, JpegDecoder, Padding, read_pixels, units
from cerbo_desktop.imaging.jpeg_structure import JpegWalk, Span, walked

_MIXED: Padding = (b"\x56", b"\xb3", b"\x2c\x9a\x65\xd3\x34\xca", b"\x59", b"\xa6")
_READ_AHEAD_BYTES = 10
_BLOCK_BYTES = 65_536
_BAND_ROWS = 64


def is_padding_seen(image: Image.Image, data: bytes, walk: JpegWalk) -> bool:
    """True where `image`, which `read_pixels` made of `data`, would differ with other padding: bytes are missing."""
    return not _are_same(image, _decoded(data, walk, _MIXED))


def trimmed(data: bytes, scans: Sequence[Span]) -> bytes:
    """The whole photo `data` without the bytes at the end of `scans` that no pixel needs."""
    walk = walked(data)
    expected = _decoded(data, walk, ONES)
    for scan in reversed(scans):
        ends = range(*_search_range(data, walk, scan))
        # The last of them needs no looking at: it is known to do.
        at = bisect.bisect_left(ends, True, hi=len(ends) - 1, key=lambda end: _is_same(data, scan, end, expected))
        data = data[: ends[at]] + data[scan.end :]
    return data


def _is_same(data: bytes, scan: Span, end: int, expected: Image.Image) -> bool:
    """Whatever the padding is, the scan shows the same when it ends there."""
    cut = data[:end] + data[scan.end :]
    try:
        walk = walked(cut)
        with Image.open(io.BytesIO(cut), formats=("JPEG",)) as plain:
            plain.load()
            if not _are_same(plain, expected):
                return False
        return all(_are_same(_decoded(cut, walk, padding), expected) for padding in (ONES, _MIXED))
    except (CannotShow, OSError):
        return False


def _search_range(data: bytes, walk: JpegWalk, scan: Span) -> tuple[int, int]:
    """The first and the last place where the scan may end.

    The decoder of a picture of one scan says when it is finished, some bytes late: it reads ahead.
    """
    if len(walk.scans) > 1:
        return scan.start, scan.end + 1
    coded = data[scan.start : scan.end]
    blocks = [coded[at : at + _BLOCK_BYTES] for at in range(0, len(coded), _BLOCK_BYTES)]
    before = _finishing_piece(data, walk, scan.start, blocks)
    start = scan.start + sum(map(len, blocks[:before]))
    last_units = units(b"".join(blocks[before:])[: 2 * _BLOCK_BYTES])
    count = _finishing_piece(data, walk, start, last_units)
    end = min(scan.end, start + sum(map(len, last_units[: count + 1])))
    return max(scan.start, end - _READ_AHEAD_BYTES - 2), end + 1


def _finishing_piece(data: bytes, walk: JpegWalk, start: int, pieces: list[bytes]) -> int:
    """Which of `pieces`, which begin at `start`, finishes the picture; the number of pieces where none does."""
    with (
        Image.open(io.BytesIO(data), formats=("JPEG",)) as opened,
        JpegDecoder(opened, walk) as decoder,
    ):
        decoder.feed(data[:start])
        for number, piece in enumerate(pieces):
            decoder.feed(piece)
            if decoder.is_finished:
                return number
    return len(pieces)


def _decoded(data: bytes, walk: JpegWalk, padding: Padding) -> Image.Image:
    opened = Image.open(io.BytesIO(data), formats=("JPEG",))
    read_pixels(opened, data, walk, padding)
    return opened


def _are_same(one: Image.Image, other: Image.Image) -> bool:
    """Some rows at a time, from the bottom, where differences are: a large photo is not held a third time."""
    for top in range((one.height - 1) // _BAND_ROWS * _BAND_ROWS, -1, -_BAND_ROWS):
        rows = (0, top, one.width, min(one.height, top + _BAND_ROWS))
        if ImageChops.difference(one.crop(rows), other.crop(rows)).getbbox(alpha_only=False) is not None:
            return False
    return True
