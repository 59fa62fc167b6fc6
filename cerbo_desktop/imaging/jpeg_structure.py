"""A cheap walk over a JPEG's markers, before a decoder sees it: sizes, counts and where the picture ends.

The picture ends with the scan that completes it, whatever follows: many phones leave the end marker out or write other
data behind it. Marker numbers and layouts are those of ITU-T T.81, annex B.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason

MAX_SCANS = 100
_MAX_SEGMENTS = 2_000
_MAX_FILL_BYTES = 1_024

FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
PROGRESSIVE_FRAMES = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
ARITHMETIC_FRAMES = frozenset({0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
"""Huffman, arithmetic and quantiser tables, and the restart interval."""
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
APPLICATIONS = frozenset(range(0xE0, 0xF0))
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without content."""
_BETWEEN_SCANS = TABLES | APPLICATIONS | {SCAN, END, COMMENT, 0xDC}
_COEFFICIENT_COUNT = 64
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker that is neither a stuffed byte nor a restart; a lone FF at the front, or the search is ten times
slower."""


class Span(NamedTuple):
    """A range of bytes: from the first one to the one after the last."""

    start: int
    end: int


class JpegWalk:
    """Goes through the segments of the first picture; what it has learnt so far stands in its attributes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._segments = self._walk()
        self.width_px = 0
        """As stored, not yet turned upright."""
        self.height_px = 0
        self.is_progressive = False
        self.is_arithmetic = False
        """Coded in a way that browsers can't read, and that no decoder hears the end of."""
        self.scans: list[Span] = []
        """The coded bytes of each scan, without its header."""
        self.has_end_marker = False
        self._samples_a_pixel = 0.0
        self._component_ids: frozenset[int] = frozenset()
        self._sent_ids: set[int] = set()
        self._missing_bits: dict[tuple[int, int], int] = {}
        """By component and coefficient, of a progressive picture: how many bits of precision are still to come."""

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """Each marker; where its content starts, and where the next marker does.

        Raises:
            CannotShow: DAMAGED.
            IndexError, struct.error: the data ends before the first scan does.
        """
        return self._segments

    @property
    def has_every_scan(self) -> bool:
        """Each coefficient of each component was announced by the header of some scan, to its last bit."""
        if not self.is_progressive:
            return bool(self.scans) and self._sent_ids >= self._component_ids
        is_announced = len(self._missing_bits) == _COEFFICIENT_COUNT * len(self._component_ids)
        return is_announced and not any(self._missing_bits.values())

    @property
    def buffered_bytes(self) -> int:
        """What a decoder has to keep of coefficients before the first pixel; nothing where one scan has it all."""
        is_buffered = self.is_progressive or len(self.scans) > 1
        return round(2 * self._samples_a_pixel * self.width_px * self.height_px) if is_buffered else 0

    def _walk(self) -> Iterator[tuple[int, int, int]]:
        at = 2
        for _ in range(_MAX_SEGMENTS):
            found = self._next_segment(at)
            if found is None:
                return
            marker, _, at = found
            if marker in _BARE:
                continue
            yield found
            if self.scans and at == len(self._data):
                return
        raise CannotShow(RefusalReason.DAMAGED)

    def _next_segment(self, at: int) -> tuple[int, int, int] | None:
        """None where the picture ends, or what follows its scans is something else."""
        try:
            marker, start = _marker(self._data, at)
            if self.has_end_marker or (self.scans and marker not in self._may_follow):
                return None
            return marker, start, self._end_of(marker, start)
        except (IndexError, struct.error, CannotShow):
            if not self.scans or len(self.scans) > MAX_SCANS:
                raise
            return None

    @property
    def _may_follow(self) -> frozenset[int]:
        return frozenset({END}) if self.has_every_scan else _BETWEEN_SCANS

    def _end_of(self, marker: int, start: int) -> int:
        if marker in _BARE:
            return start
        if marker == END:
            self.has_end_marker = True
            return start
        length = int.from_bytes(self._data[start : start + 2], "big")
        _demand(length >= 2)
        body = self._data[start + 2 : start + length]
        if marker in FRAMES:
            self._take_frame(marker, body)
        if marker == SCAN:
            return self._take_scan(body, start + length)
        return start + length

    def _take_frame(self, marker: int, body: bytes) -> None:
        _demand(not self._component_ids)
        self.is_progressive = marker in PROGRESSIVE_FRAMES
        self.is_arithmetic = marker in ARITHMETIC_FRAMES
        self.height_px, self.width_px, count = struct.unpack_from(">HHB", body, 1)
        self._component_ids = frozenset(body[6 : 6 + 3 * count : 3])
        factors = [(each >> 4, each & 0xF) for each in body[7 : 7 + 3 * count : 3]]
        most = max(across for across, _ in factors) * max(down for _, down in factors) if factors else 0
        self._samples_a_pixel = sum(across * down for across, down in factors) / most if most else 0.0

    def _take_scan(self, body: bytes, start: int) -> int:
        _demand(bool(self._component_ids))
        count = body[0]
        ids = self._component_ids.intersection(body[1 : 1 + 2 * count : 2])
        first, last, precision = struct.unpack_from("BBB", body, 1 + 2 * count)
        self._sent_ids |= ids
        if self.is_progressive:
            for coefficient in range(first, min(last + 1, _COEFFICIENT_COUNT)):
                self._missing_bits.update({(each, coefficient): precision & 0xF for each in ids})
        following = _AFTER_SCAN.search(self._data, start)
        end = len(self._data) if following is None else following.start()
        while end > start and self._data[end - 1] == 0xFF:  # fill bytes
            end -= 1
        self.scans.append(Span(start, end))
        _demand(len(self.scans) <= MAX_SCANS)
        return end


def walked(data: bytes) -> JpegWalk:
    """The walk through the whole of `data`, at its end.

    Raises:
        CannotShow: DAMAGED.
        IndexError, struct.error: the data ends before the first scan does.
    """
    walk = JpegWalk(data)
    for _ in walk:
        pass
    _demand(bool(walk.scans))
    return walk


def _marker(data: bytes, at: int) -> tuple[int, int]:
    _demand(data[at] == 0xFF)
    for fill in range(1, _MAX_FILL_BYTES):
        if data[at + fill] != 0xFF:
            return data[at + fill], at + fill + 1
    raise CannotShow(RefusalReason.DAMAGED)


def _demand(is_sound: bool) -> None:
    if not is_sound:
        raise CannotShow(RefusalReason.DAMAGED)
