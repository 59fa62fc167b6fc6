"""The tables of an ICC profile without the gaps between their parts, where anything may stand. Layout by ICC.1:2022."""

import math
import struct

_PARAMETER_COUNTS = (1, 3, 4, 5, 7)
_MOST_CHANNELS = 15
_OLD_HEADER_BYTES = {b"mft1": 48, b"mft2": 52}
_NEW_HEADER_BYTES = 32
_GRID_HEADER_BYTES = 20
_MATRIX_BYTES = 48


def curve_bytes(content: bytes) -> int:
    """How many bytes the curve at the start of `content` takes by its type; 0 where there is no curve. Raises
    `struct.error`."""
    if content[:4] == b"curv":
        return 12 + 2 * int(struct.unpack_from(">I", content, 8)[0])
    if content[:4] == b"para":
        (function,) = struct.unpack_from(">H", content, 8)
        return 12 + 4 * _PARAMETER_COUNTS[function] if function < len(_PARAMETER_COUNTS) else 0
    return 0


def bare_table(content: bytes) -> bytes:
    """A table of an ICC profile without its gaps.

    Empty where it does not lead from a device's colours, or is not whole. Raises `struct.error`.
    """
    kind = content[:4]
    if kind not in (b"mft1", b"mft2", b"mAB "):
        return b""
    channels, colours = struct.unpack_from(">BB", content, 8)
    if not (1 <= channels <= _MOST_CHANNELS and 1 <= colours <= _MOST_CHANNELS):
        return b""
    kept = _Kept(content)
    kept.keep(0, 4)
    if kind == b"mAB ":
        _keep_new(kept, channels, colours)
    else:
        _keep_old(kept, channels, colours)
    return kept.result()


class _Kept:
    """A copy in which only what was asked for stands, and zeros elsewhere."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._copy = bytearray(len(content))
        self._end = 0

    def keep(self, start: int, length: int) -> None:
        if start + length > len(self.content):
            raise struct.error("a table is cut")
        self._copy[start : start + length] = self.content[start : start + length]
        self._end = max(self._end, start + length)

    def result(self) -> bytes:
        return bytes(self._copy[: self._end])


def _keep_old(kept: _Kept, channels: int, colours: int) -> None:
    kind = kept.content[:4]
    (grid,) = struct.unpack_from(">B", kept.content, 10)
    header_bytes = _OLD_HEADER_BYTES[kind]
    steps_in, steps_out = struct.unpack_from(">HH", kept.content, 48) if kind == b"mft2" else (256, 256)
    number_count = steps_in * channels + grid**channels * colours + steps_out * colours
    kept.keep(8, 3)
    kept.keep(12, header_bytes - 12 + number_count * (2 if kind == b"mft2" else 1))


def _keep_new(kept: _Kept, channels: int, colours: int) -> None:
    """Each part stands where the header says, or is not there."""
    kept.keep(8, 2)
    kept.keep(12, _NEW_HEADER_BYTES - 12)
    last, matrix, middle, grid, first = struct.unpack_from(">5I", kept.content, 12)
    for at, count in ((last, colours), (middle, colours), (first, channels)):
        if at:
            _keep_curves(kept, at, count)
    if matrix:
        kept.keep(matrix, _MATRIX_BYTES)
    if grid:
        (number_bytes,) = struct.unpack_from(">B", kept.content, grid + 16)
        kept.keep(grid, channels)
        kept.keep(grid + 16, 1)
        number_count = math.prod(kept.content[grid : grid + channels]) * colours
        kept.keep(grid + _GRID_HEADER_BYTES, number_count * number_bytes)


def _keep_curves(kept: _Kept, at: int, count: int) -> None:
    for _ in range(count):
        length = curve_bytes(kept.content[at : at + 12])
        if not length:
            raise struct.error("no curve")
        kept.keep(at, 4)
        kept.keep(at + 8, length - 8)
        at += length + -length % 4
