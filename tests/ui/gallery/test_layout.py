"""The arithmetic of the album: nothing overlaps, and every place finds back to its row."""

import pytest
from hypothesis import given, settings, strategies as st

from cerbo_desktop.ui.gallery.layout import GAP_PX, HEADER_PX, MARGIN_PX, AlbumLayout

COUNTS = st.lists(st.integers(1, 40), min_size=1, max_size=12)
WIDTHS, TILES = st.integers(100, 2600), st.integers(120, 240)


def test_the_designed_pane_holds_four_columns() -> None:
    places = AlbumLayout((3, 4), 768, 168)
    assert places.columns == 4
    assert places.header(0) == (24, 0, 720, 52)
    assert places.tile(0) == (24, 52, 168, 200)
    assert places.tile(2) == (24 + 2 * 184, 52, 168, 200)
    assert places.header(1).y == 252
    assert places.tile(3) == (24, 304, 168, 200)
    assert places.height_px == 304 + 200 + 24


@given(COUNTS, WIDTHS, TILES)
@settings(max_examples=60)
def test_each_tile_is_found_at_its_own_place_and_none_between(counts: list[int], width_px: int, tile_px: int) -> None:
    places = AlbumLayout(counts, width_px, tile_px)
    for row in range(sum(counts)):
        box = places.tile(row)
        assert places.row_at(box.x, box.y) == row
        assert places.row_at(box.x + box.width - 1, box.y + box.height - 1) == row
        assert places.row_at(box.x + box.width + GAP_PX // 2, box.y) == -1
        assert places.row_at(box.x - 1, box.y) == -1
        assert places.row_in(places.line_of(row), places.column_of(row)) == row
    assert places.row_at(MARGIN_PX, HEADER_PX // 2) == -1
    assert places.row_at(MARGIN_PX, places.height_px + 5) == -1
    assert places.row_at(MARGIN_PX, -5) == -1


@given(COUNTS, WIDTHS, TILES, st.integers(-500, 30_000), st.integers(1, 2000))
@settings(max_examples=120)
def test_rows_between_two_heights_are_exactly_those_seen(
    counts: list[int], width_px: int, tile_px: int, top: int, height: int
) -> None:
    places = AlbumLayout(counts, width_px, tile_px)
    seen = [
        row
        for row in range(sum(counts))
        if places.tile(row).y < top + height and places.tile(row).y + places.tile(row).height > top
    ]
    between = places.rows_between(top, top + height)
    assert set(seen) <= set(between)
    assert len(between) <= len(seen) + 2 * places.columns


@pytest.mark.parametrize("count", [0, 1])
def test_an_album_of_none_or_one(count: int) -> None:
    places = AlbumLayout((count,) if count else (), 768, 168)
    assert places.row_count == count
    assert list(places.rows_between(0, 500)) == list(range(count))
    assert list(places.sections_between(0, 500)) == list(range(count))
