"""Where each tile of the album lies: months under one another, each a grid. Pure arithmetic, pixels from the top left.

Laying out costs one step a month and finding a place one bisection, however many photos a month holds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import NamedTuple

from cerbo_desktop.domain.ids import PhotoId

MARGIN_PX = 24
GAP_PX = 16
CAPTION_PX = 32
HEADER_PX = 52
BOTTOM_PX = 24
STUCK_PX = 40
"""A heading that stays in view above the tiles of its month."""
STICKS_FROM_PX = 8
"""The heading sticks once its own place is scrolled out by this much, so that it doesn't jump."""
_GIVES_WAY_PX = 8
_THUMBNAIL_EDGES_PX = (240, 320, 480, 640)
"""Few sizes, so that moving the slider rarely makes every thumbnail anew."""


class Box(NamedTuple):
    """A place in the album, in pixels from its top left."""

    x: int
    y: int
    width: int
    height: int


class AlbumLayout:
    """`counts`: how many photos each section holds, none of them 0. A tile is `tile_px` square, its caption below.

    A tile gives way by a few pixels where that makes room for one more column: a window frame must not cost a quarter
    of the album.
    """

    def __init__(self, counts: Sequence[int], width_px: int, tile_px: int) -> None:
        room_px = width_px - 2 * MARGIN_PX + GAP_PX
        self.columns = max(1, room_px // (tile_px - _GIVES_WAY_PX + GAP_PX))
        self.tile_px = tile_px if self.columns == 1 else min(tile_px, room_px // self.columns - GAP_PX)
        self.width_px = max(1, width_px - 2 * MARGIN_PX)
        self.line_px = self.tile_px + CAPTION_PX + GAP_PX
        lines = [-(-count // self.columns) for count in counts]
        self._first_rows = [0, *accumulate(counts)]
        self._first_lines = [0, *accumulate(lines)]
        self._tops = [0, *accumulate(HEADER_PX + n * self.line_px - GAP_PX for n in lines)]
        self.height_px = self._tops[-1] + BOTTOM_PX if counts else 0

    @property
    def row_count(self) -> int:
        """How many photos there are."""
        return self._first_rows[-1]

    @property
    def line_count(self) -> int:
        """How many lines of tiles there are."""
        return self._first_lines[-1]

    def header(self, section: int) -> Box:
        """The place of a month's heading."""
        return Box(MARGIN_PX, self._tops[section], self.width_px, HEADER_PX)

    def tile(self, row: int) -> Box:
        """The square and its caption. `row` must be one of the album's."""
        section = self._section_of_row(row)
        line, column = divmod(row - self._first_rows[section], self.columns)
        x = MARGIN_PX + column * (self.tile_px + GAP_PX)
        y = self._tops[section] + HEADER_PX + line * self.line_px
        return Box(x, y, self.tile_px, self.tile_px + CAPTION_PX)

    def sections_between(self, top: int, bottom: int) -> range:
        """Sections of which anything lies between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, min(len(self._tops) - 1, bisect_left(self._tops, bottom)))

    def top_of_section(self, row: int) -> int:
        """Where the heading above a photo begins."""
        return self._tops[self._section_of_row(row)]

    def stuck_header(self, top: int) -> tuple[int, int] | None:
        """The section that the upper edge of the view cuts, and by how many pixels the next heading pushes its own out
        of the view; None where a heading stands at the edge, or nothing does."""
        section = bisect_right(self._tops, top) - 1
        if not 0 <= section < len(self._tops) - 1 or top - self._tops[section] < STICKS_FROM_PX:
            return None
        return section, max(0, STUCK_PX - (self._tops[section + 1] - top))

    def rows_between(self, top: int, bottom: int) -> range:
        """Rows of all lines of which anything lies between two heights."""
        if not self.row_count or bottom <= top:
            return range(0)
        first, last = self.line_at(top), self.line_at(bottom - 1)
        return range(self._line_rows(first).start, self._line_rows(last).stop)

    def row_at(self, x: int, y: int) -> int:
        """The row whose square or caption holds the point; -1 for none."""
        if not self.row_count or not 0 <= y < self.height_px:
            return -1
        for row in self._line_rows(self.line_at(y)):
            box = self.tile(row)
            if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                return row
        return -1

    def line_at(self, y: int) -> int:
        """The line of tiles at a height; the nearest one below a header, the last one past the end."""
        section = min(max(0, bisect_right(self._tops, y) - 1), len(self._tops) - 2)
        within = max(0, (y - self._tops[section] - HEADER_PX) // self.line_px)
        return min(self._first_lines[section] + within, self._first_lines[section + 1] - 1)

    def line_of(self, row: int) -> int:
        """The line of tiles in which a photo stands."""
        section = self._section_of_row(row)
        return self._first_lines[section] + (row - self._first_rows[section]) // self.columns

    def column_of(self, row: int) -> int:
        """The column in which a photo stands."""
        return (row - self._first_rows[self._section_of_row(row)]) % self.columns

    def row_in(self, line: int, column: int) -> int:
        """The row at a place; the last of its line where the line is shorter."""
        rows = self._line_rows(min(max(0, line), self.line_count - 1))
        return min(rows.start + column, rows.stop - 1)

    def _section_of_row(self, row: int) -> int:
        return bisect_right(self._first_rows, row) - 1

    def _line_rows(self, line: int) -> range:
        section = bisect_right(self._first_lines, line) - 1
        start = self._first_rows[section] + (line - self._first_lines[section]) * self.columns
        return range(start, min(start + self.columns, self._first_rows[section + 1]))


def by_distance(below: Sequence[PhotoId], above: Sequence[PhotoId]) -> Iterator[PhotoId]:
    """Alternating, the one below first; each side nearest first."""
    for pair in zip_longest(below, above):
        yield from (photo_id for photo_id in pair if photo_id is not None)


def thumbnail_edge_px(tile_px: int) -> int:
    """The longer edge that a thumbnail needs for a square tile of `tile_px` of the screen's own pixels."""
    needed_px = tile_px * 4 / 3  # a 4:3 photo fills the square with its shorter edge
    return next((edge for edge in _THUMBNAIL_EDGES_PX if edge >= needed_px), _THUMBNAIL_EDGES_PX[-1])
