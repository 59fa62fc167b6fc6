"""Pixels and what they are said to be."""

import pytest

from cerbo_desktop.domain.raster import PartialImage, Raster

RASTER = Raster(2, 3, bytes(24), 4, 6)


@pytest.mark.parametrize("known_rows", [-1, 0, 4])
def test_a_growing_photo_has_between_one_and_all_of_its_rows(known_rows: int) -> None:
    assert [PartialImage(RASTER, rows).known_rows for rows in (1, 3)] == [1, 3]
    with pytest.raises(ValueError, match="rows"):
        PartialImage(RASTER, known_rows)


@pytest.mark.parametrize(("width_px", "height_px", "size_bytes"), [(0, 3, 0), (2, 3, 23), (2, 3, 25), (-2, -3, 24)])
def test_pixels_that_are_not_as_many_as_the_size_says(width_px: int, height_px: int, size_bytes: int) -> None:
    with pytest.raises(ValueError, match="disagree"):
        Raster(width_px, height_px, bytes(size_bytes), 4, 6)
