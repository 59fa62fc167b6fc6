"""Decodes a JPEG and hears what libjpeg only warns of and Pillow keeps to itself: coded bytes missing, or unused.

The coded bytes are handed over with no marker behind them, so that the decoder waits for more where they are too few,
instead of painting the rest grey. It reads up to eight bytes ahead, so as many one-bits follow: no Huffman code
consists of ones alone. A picture that is whole is finished by them; one that is not still waits, unless all it lacks is
a part of its last blocks. `jpeg_end` finds out about those too, for a second decode. No upstream report of the silence
was found.
"""

import re
from typing import NamedTuple

from PIL import Image, ImageFile

from cerbo_desktop.imaging.jpeg_structure import JpegWalk, Span

_ONES = b"\xff\0"
"""Eight one-bits: a byte of ones is followed by a zero, lest it be taken for a marker."""
Padding = tuple[bytes, ...]
ONES: Padding = (_ONES, _ONES, 6 * _ONES, _ONES, _ONES)
"""Alone at first and at last: taking two small pieces in a row at once tells that no more is needed."""
END_MARKER = b"\xff\xd9"
_TAIL_BYTES = 10
"""More than the decoder reads ahead."""
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_MAX_CHECKED_INTERVALS = 2_000
"""Beyond, only the numbers of the restart markers are looked at: an interval costs some 10 µs."""
_ZERO_RUN_BYTES = 64
_FF, _FIRST_RESTART = 0xFF, 0xD0


class Reading(NamedTuple):
    """How the decoding of a JPEG ended."""

    is_whole: bool
    """Every pixel comes from bytes that are there."""
    has_surplus: tuple[bool, ...]
    """For each scan: there are bytes at its end that the decoder did not need."""


def read_pixels(opened: ImageFile.ImageFile, data: bytes, walk: JpegWalk, padding: Padding = ONES) -> Reading:
    """Load the pixels of `opened`, which was opened on `data`; what is missing is grey, or as an earlier scan left it.

    Raises `OSError` where the decoder gives up.
    """
    found: list[tuple[bool, bool]] = []
    with JpegDecoder(opened, walk, padding) as decoder:
        at = 0
        for scan in walk.scans:
            decoder.feed(memoryview(data)[at : scan.start])
            found.append(_read_scan(decoder, data, scan))
            at = scan.end
        decoder.feed(END_MARKER)
        if not decoder.is_finished:
            raise OSError("the decoder waits for more")
    opened.tile = []
    return Reading(walk.has_every_scan and all(is_whole for is_whole, _ in found), tuple(more for _, more in found))


def read_at_once(opened: ImageFile.ImageFile, data: bytes, walk: JpegWalk) -> bool:
    """As `read_pixels`, for arithmetic coding; False where a scan or the end marker is missing.

    Its decoder can't wait for more bytes, and takes zeros for those that are missing: a shorter loss goes unnoticed.
    """
    with JpegDecoder(opened, walk) as decoder:
        decoder.feed(data[: walk.scans[-1].end] + END_MARKER)
        if not decoder.is_finished:
            raise OSError("the decoder waits for more")
    opened.tile = []
    return walk.has_every_scan and walk.has_end_marker


class JpegDecoder:
    """libjpeg, as Pillow's own `load` drives it, but with a say in which bytes it gets when."""

    def __init__(self, opened: ImageFile.ImageFile, walk: JpegWalk, padding: Padding = ONES) -> None:
        self.padding = padding
        opened.load_prepare()
        name, extents, _, arguments = opened.tile[0]
        self._inner = Image._getdecoder(opened.mode, name, arguments, opened.decoderconfig)
        self._inner.setimage(opened.im, extents)
        self._tells_end = len(walk.scans) == 1 and walk.has_every_scan
        """A picture of one scan is finished with its last block; one of several waits for the end marker."""
        self._rest = b""
        self._idle_count = 0
        self.is_finished = False

    def __enter__(self) -> "JpegDecoder":
        return self

    def __exit__(self, *_: object) -> None:
        self._inner.cleanup()

    @property
    def seeks_marker(self) -> bool:
        """Whether it needs no more coded bytes before the next marker, which may be a restart.

        Then it takes single bytes at once; while it still needs some, it waits until there are six.
        """
        return self.is_finished or self._idle_count >= 2

    @property
    def has_scan(self) -> bool:
        """Whether it needs no more bytes of this scan."""
        return self.is_finished if self._tells_end else self.seeks_marker

    def feed(self, piece: bytes | memoryview) -> None:
        """Hand over the next coded bytes. Raises `OSError` where the decoder gives up."""
        if self.is_finished or not piece:
            return
        pending = self._rest + piece if self._rest else piece
        taken, error = self._inner.decode(pending)
        if error < 0:
            raise OSError("the decoder gave up")
        self.is_finished = taken < 0
        self._rest = b"" if self.is_finished else bytes(pending[taken:])
        self._idle_count = 0 if self._rest or len(piece) > len(_ONES) else self._idle_count + 1

    def begin_interval(self, restart: bytes) -> None:
        """Hand over a restart marker, from which on coded bytes are wanted again."""
        self.feed(restart)
        self._idle_count = 0


def units(coded: bytes) -> list[bytes]:
    """The coded bytes in the smallest pieces that do not tear a stuffed byte from the one before."""
    pieces, at = [], 0
    while at < len(coded):
        end = at + (2 if coded[at] == _FF else 1)
        pieces.append(coded[at:end])
        at = end
    return pieces


def start_of_last_interval(data: bytes, scan: Span) -> int:
    """Where the coded bytes behind the last restart marker of a scan begin."""
    return max((found.end() for found in _RESTART.finditer(data, scan.start, scan.end)), default=scan.start)


def _read_scan(decoder: JpegDecoder, data: bytes, scan: Span) -> tuple[bool, bool]:
    """Whether it is whole, and whether it has more bytes than it needs."""
    restarts = [found.start() for found in _RESTART.finditer(data, scan.start, scan.end)]
    restart_count = len(restarts)
    is_whole = all(data[at + 1] & 7 == number & 7 for number, at in enumerate(restarts))
    at = scan.start
    if restart_count > _MAX_CHECKED_INTERVALS:
        decoder.feed(memoryview(data)[at : restarts[-1]])
        decoder.begin_interval(data[restarts[-1] : restarts[-1] + 2])
        at, restarts = restarts[-1] + 2, []
    for restart in restarts:
        has_surplus = _feed_interval(decoder, data, Span(at, restart), is_last=False)
        if decoder.is_finished:
            return is_whole, True
        is_whole &= decoder.seeks_marker and not has_surplus
        at = restart + 2
        decoder.begin_interval(data[restart:at])
    at, needs_zeros = _feed_to_last_zeros(decoder, data, Span(at, scan.end))
    has_surplus = _feed_interval(decoder, data, Span(at, scan.end), is_last=True)
    if decoder.has_scan and not decoder.is_finished:
        _offer_restart(decoder, restart_count)
    return is_whole and decoder.has_scan and not (needs_zeros and has_surplus), has_surplus


def _feed_interval(decoder: JpegDecoder, data: bytes, span: Span, *, is_last: bool) -> bool:
    """With padding behind it, if that is needed. True where it has more bytes than the decoder asks for."""

    def has_enough() -> bool:
        return decoder.has_scan if is_last else decoder.seeks_marker

    tail_start = max(span.start, span.end - _TAIL_BYTES)
    tail_start -= tail_start > span.start and data[tail_start - 1] == _FF
    decoder.feed(memoryview(data)[span.start : tail_start])
    for unit in units(data[tail_start : span.end]):
        if has_enough():
            return True
        decoder.feed(unit)
    for piece in decoder.padding:
        if not has_enough():
            decoder.feed(piece)
    return False


def _offer_restart(decoder: JpegDecoder, number: int) -> None:
    """Where it is not the scan's end that the decoder has come to but a restart, it wants coded bytes again."""
    decoder.begin_interval(bytes((_FF, _FIRST_RESTART + number % 8)))
    decoder.feed(_ONES)
    decoder.feed(_ONES)


def _feed_to_last_zeros(decoder: JpegDecoder, data: bytes, span: Span) -> tuple[int, bool]:
    """Where feeding is to go on, and whether a run of zeros up to the end has already become part of the picture.

    If the decoder then has enough before they end, they are no picture: a copy broke off there and was filled up.
    """
    if span.end - span.start < 2 * _ZERO_RUN_BYTES or any(data[span.end - 2 * _ZERO_RUN_BYTES : span.end]):
        return span.start, False
    zeros_start = span.start + len(data[span.start : span.end].rstrip(b"\0"))
    at = zeros_start + _ZERO_RUN_BYTES
    decoder.feed(memoryview(data)[span.start : at - 2])
    for unit in units(data[at - 2 : at]):
        decoder.feed(unit)
    return at, not decoder.has_scan
