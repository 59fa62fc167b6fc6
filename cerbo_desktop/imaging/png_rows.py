"""The packed rows of a PNG, counted: decoders paint missing ones black without a word, and ignore what is too much."""

import zlib
from collections.abc import Iterator
from enum import Enum

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.structure import png_chunks, png_header

_BITS_A_SAMPLE = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Passes of an interlaced PNG: first column, first row, column step, row step."""
_PIECE_BYTES = 1_000_000


class Rows(Enum):
    """Whether a PNG has the rows that its header announces."""

    MISSING = "missing"
    EXACT = "exact"
    TOO_MUCH = "too much"
    """All are there, and then something that is no row."""


def rows_of(data: bytes) -> Rows:
    """Count the rows of a PNG. Raises `CannotShow` where the header makes no sense."""
    expected_bytes = _raw_bytes(data)
    inflating = zlib.decompressobj()
    counted_bytes = 0
    try:
        for piece in _inflated(data, inflating):
            counted_bytes += len(piece)
            if counted_bytes > expected_bytes:
                return Rows.TOO_MUCH
    except zlib.error:
        return Rows.MISSING if counted_bytes < expected_bytes else Rows.TOO_MUCH
    if counted_bytes < expected_bytes:
        return Rows.MISSING
    return Rows.EXACT if inflating.eof and not inflating.unused_data else Rows.TOO_MUCH


def packed_rows(data: bytes) -> bytes:
    """Compress the PNG's pixel rows again and leave out whatever follows them."""
    wanted_bytes = _raw_bytes(data)
    packing = zlib.compressobj()
    packed: list[bytes] = []
    for piece in _inflated(data, zlib.decompressobj()):
        packed.append(packing.compress(piece[:wanted_bytes]))
        wanted_bytes -= len(piece)
        if wanted_bytes <= 0:
            break
    return b"".join((*packed, packing.flush()))


def _inflated(data: bytes, inflating: "zlib._Decompress") -> Iterator[bytes]:
    """In pieces. Raises `zlib.error`; afterwards `inflating` tells whether something followed."""
    view = memoryview(data)
    for name, start, length in png_chunks(data):
        pending: bytes | memoryview = view[start : start + length] if name == b"IDAT" else b""
        while pending:
            yield inflating.decompress(pending, _PIECE_BYTES)
            pending = inflating.unconsumed_tail
            if inflating.unused_data:
                return


def _raw_bytes(data: bytes) -> int:
    width_px, height_px, depth, colour, interlace = png_header(data)
    if colour not in _BITS_A_SAMPLE:
        raise CannotShow(RefusalReason.DAMAGED)
    bits = depth * _BITS_A_SAMPLE[colour]
    total_bytes = 0
    for left, top, column_step, row_step in _ADAM7 if interlace else ((0, 0, 1, 1),):
        columns = -(-(width_px - left) // column_step)
        rows = -(-(height_px - top) // row_step)
        if columns > 0 and rows > 0:
            total_bytes += rows * (1 + -(-columns * bits // 8))
    return total_bytes
