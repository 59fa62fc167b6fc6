"""Where the coded bytes of a JPEG really end, to the byte: no pixel may depend on what would stand behind them.

The markers do not tell. Some phones write no end marker and go on with data of their own, such as a name and a place.
"""

import bisect
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from PIL import Image, ImageChops, ImageFile

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.imaging.jpeg_pixels import ONES, JpegDecoder, Padding, read_pixels, start_of_last_interval, units
from cerbo_desktop.imaging.jpeg_structure import JpegWalk, Span, walked

_MIXED: Padding = (b"\x56", b"\xb3", b"\x2c\x9a\x65\xd3\x34\xca", b"\x59", b"\xa6")
_LATE_BYTES = 16
"""The decoder reads up to ten bytes ahead, and two more small pieces tell that it wants no more."""
_BLOCK_BYTES = 65_536
_PROBE_BYTES = 4
"""Fed in small pieces at the end of a block, for the same reason; at least two pieces."""
_BAND_ROWS = 64


def otherwise_padded(data: bytes, walk: JpegWalk, reopened: Callable[[], ImageFile.ImageFile] | None = None) -> bytes:
    """The `fingerprint` of `data` as it shows with other padding than `read_pixels` gives by itself.

    Where that of its own reading is another, bytes are missing. To be asked for first, so that no two pictures are in
    the memory at once. `reopened` opens `data` in another mode or size, if the other reading is of one.
    """
    return fingerprint(_decoded(data, walk, _MIXED, reopened))


def fingerprint(image: Image.Image) -> bytes:
    """Of the pixels, by which two readings of the same file can be told apart."""
    found = hashlib.blake2b()
    for top in range(0, image.height, _BAND_ROWS):
        found.update(image.crop((0, top, image.width, min(image.height, top + _BAND_ROWS))).tobytes())
    return found.digest()


def trimmed(data: bytes, scans: Sequence[Span]) -> bytes:
    """The photo `data` without the bytes at the end of `scans` that no pixel needs."""
    walk = walked(data)
    expected = _decoded(data, walk, ONES)
    for scan in reversed(scans):
        end = _needed_end(data, scan, range(*_search_range(data, walk, scan)), expected)
        data = data[:end] + data[scan.end :]
    return data


def _needed_end(data: bytes, scan: Span, ends: Sequence[int], expected: Image.Image) -> int:
    """The first of `ends` with which everything shows the same. The last is known to do, and isn't looked at."""

    def shows_same(end: int, padding: Padding | None) -> bool:
        return _shows(data[:end] + data[scan.end :], padding, expected)

    last = len(ends) - 1
    at = bisect.bisect_left(ends, True, hi=last, key=lambda end: shows_same(end, _MIXED))
    while at < last and not (shows_same(ends[at], ONES) and shows_same(ends[at], None)):
        at += 1
    return ends[at]


def _shows(data: bytes, padding: Padding | None, expected: Image.Image) -> bool:
    """As it is read by itself, where `padding` is None."""
    try:
        if padding is not None:
            return _are_same(_decoded(data, walked(data), padding), expected)
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as plain:
            plain.load()
            return _are_same(plain, expected)
    except (CannotShow, OSError):
        return False


def _search_range(data: bytes, walk: JpegWalk, scan: Span) -> tuple[int, int]:
    """The first and the last place where the scan may end: the decoder says when it has enough, some bytes late."""
    start = scan.start if len(walk.scans) == 1 else start_of_last_interval(data, scan)
    count = _pieces_needed(data, walk, start, _blocks(data, start, scan.end))
    start += count * _BLOCK_BYTES
    end = min(scan.end, start + 2 * _BLOCK_BYTES)
    singly = units(data[start:end])
    count = _pieces_needed(data, walk, start, ([unit] for unit in singly))
    end = min(scan.end, start + sum(map(len, singly[: count + 1])))
    return max(scan.start, end - _LATE_BYTES), end + 1


def _blocks(data: bytes, start: int, end: int) -> Iterator[list[bytes]]:
    for at in range(start, end, _BLOCK_BYTES):
        block = data[at : min(end, at + _BLOCK_BYTES)]
        yield [block[:-_PROBE_BYTES], *units(block[-_PROBE_BYTES:])]


def _pieces_needed(data: bytes, walk: JpegWalk, start: int, pieces: Iterable[list[bytes]]) -> int:
    """How many of `pieces`, which begin at `start`, the decoder takes before the one with which it has enough."""
    count = 0
    with (
        Image.open(io.BytesIO(data), formats=("JPEG",)) as opened,
        JpegDecoder(opened, walk) as decoder,
    ):
        decoder.feed(data[:start])
        for piece in pieces:
            for part in piece:
                decoder.feed(part)
            if decoder.has_scan:
                break
            count += 1
    return count


def _decoded(
    data: bytes, walk: JpegWalk, padding: Padding, reopened: Callable[[], ImageFile.ImageFile] | None = None
) -> Image.Image:
    opened = reopened() if reopened is not None else Image.open(io.BytesIO(data), formats=("JPEG",))
    read_pixels(opened, data, walk, padding)
    return opened


def _are_same(one: Image.Image, other: Image.Image) -> bool:
    """Some rows at a time, from the bottom, where differences are: a large photo is not held a third time."""
    for top in range((one.height - 1) // _BAND_ROWS * _BAND_ROWS, -1, -_BAND_ROWS):
        rows = (0, top, one.width, min(one.height, top + _BAND_ROWS))
        if ImageChops.difference(one.crop(rows), other.crop(rows)).getbbox(alpha_only=False) is not None:
            return False
    return True
