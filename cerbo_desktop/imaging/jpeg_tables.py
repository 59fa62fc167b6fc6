"""The tables of a JPEG that its scans use: an unused or replaced one may hold whatever somebody wrote there.

Layouts are those of ITU-T T.81, annex B.2.
"""

from collections.abc import Iterator

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason

_HUFFMAN, _QUANTISERS, _RESTART_INTERVAL, _SCAN = 0xC4, 0xDB, 0xDD, 0xDA
_STEP_COUNT = 64
_LENGTH_COUNT = 16
_ALTERNATING = 0x10
"""In a Huffman table's first byte: for the 63 coefficients behind the mean."""
_SEQUENTIAL = b"\0\x3f\0"
"""All coefficients, to the last bit."""


class NeededTables:
    """Takes tables as they come, and gives before each scan those that it names and that were not given yet.

    Raises `CannotShow` or `IndexError` where a segment is shorter than it says.
    """

    def __init__(self) -> None:
        self._is_progressive = False
        self._quantiser_of: dict[int, int] = {}
        """By component; taken out with its first scan, when decoders copy it."""
        self._quantisers: dict[int, bytes] = {}
        self._huffman: dict[int, bytes] = {}
        self._interval = b"\0\0"
        self._given: dict[tuple[int, int], bytes] = {}

    def take_frame(self, body: bytes, *, is_progressive: bool) -> None:
        """Take in the frame header, which says which quantiser each component uses."""
        self._is_progressive = is_progressive
        self._quantiser_of = {body[at]: body[at + 2] for at in range(6, 6 + 3 * body[5], 3)}

    def take(self, marker: int, body: bytes) -> None:
        """Take in a segment of tables; other segments are ignored."""
        if marker == _QUANTISERS:
            self._quantisers.update(_quantisers(body))
        elif marker == _HUFFMAN:
            self._huffman.update(_huffman(body))
        elif marker == _RESTART_INTERVAL:
            self._interval = body[:2]

    def before_scan(self, header: bytes) -> Iterator[tuple[int, bytes]]:
        """Marker and content of each table to be written before the scan with this header."""
        named = [(header[at], header[at + 1]) for at in range(1, 1 + 2 * header[0], 2)]
        steps = {self._quantiser_of.pop(component, None) for component, _ in named}
        yield from self._new(_QUANTISERS, self._quantisers, sorted(step for step in steps if step is not None))
        yield from self._new(_HUFFMAN, self._huffman, sorted(self._codes(header, [codes for _, codes in named])))
        if self._given.get((_RESTART_INTERVAL, 0), b"\0\0") != self._interval:
            self._given[_RESTART_INTERVAL, 0] = self._interval
            yield _RESTART_INTERVAL, self._interval

    def header(self, header: bytes) -> bytes:
        """The header of a scan as it is to be written: what decoders ignore in it gets its regular value."""
        return header if self._is_progressive else header[:-3] + _SEQUENTIAL

    def _codes(self, header: bytes, named: list[int]) -> set[int]:
        first, last, precision = header[-3:] if self._is_progressive else _SEQUENTIAL
        means = {codes >> 4 for codes in named} if first == 0 and precision >> 4 == 0 else set()
        return means | ({codes & 0xF | _ALTERNATING for codes in named} if last > 0 else set())

    def _new(self, marker: int, tables: dict[int, bytes], numbers: list[int]) -> Iterator[tuple[int, bytes]]:
        for number in numbers:
            table = tables.get(number)
            if table is not None and self._given.get((marker, number)) != table:
                self._given[marker, number] = table
                yield marker, table


def _quantisers(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(body):
        end = at + 1 + _STEP_COUNT * (2 if body[at] >> 4 else 1)
        yield body[at] & 0xF, _exactly(body, at, end)
        at = end


def _huffman(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(body):
        codes_at = at + 1 + _LENGTH_COUNT
        end = codes_at + sum(_exactly(body, at + 1, codes_at))
        yield body[at] & 0x1F, _exactly(body, at, end)
        at = end


def _exactly(body: bytes, start: int, end: int) -> bytes:
    if end > len(body):
        raise CannotShow(RefusalReason.DAMAGED)
    return body[start:end]
