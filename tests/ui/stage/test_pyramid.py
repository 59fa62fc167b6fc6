"""Smaller copies of a photo: the same picture as in one piece, made in pieces that hold nothing up."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.stage import pyramid
from tests.ui.stage.rasters import noise, plain

MOST_PIXELS_AT_ONCE = 2_000_000


def in_one_piece(image: QImage, size: QSize) -> QImage:
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def largest_difference(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(left - right) for left, right in pairs)


def test_half_made_in_bands_is_half_made_at_once() -> None:
    image = raster_to_qimage(noise(2400, 1400))
    half = pyramid.halves(image)[0]
    assert half == in_one_piece(image, QSize(1200, 700))


def test_halves_go_down_to_about_320_pixels_and_take_odd_sizes() -> None:
    made = pyramid.halves(raster_to_qimage(plain(5001, 2603, (1, 2, 3))))
    assert [(each.width(), each.height()) for each in made] == [(2501, 1302), (1251, 651), (626, 326)]
    for each in made:
        assert set(memoryview(each.constBits()).cast("I")) == {0xFF030201}


def test_any_size_made_in_bands_is_the_one_made_at_once() -> None:
    image = raster_to_qimage(noise(2003, 1511))
    size = QSize(1237, 933)
    assert image.width() * image.height() > MOST_PIXELS_AT_ONCE
    assert largest_difference(pyramid.shrunk(image, size), in_one_piece(image, size)) <= 2


def test_no_single_step_of_a_large_photo_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Qt does in one call, it does with the interpreter held: in a thread too."""
    steps: list[int] = []
    at_once = pyramid._scaled

    def watched(image: QImage, size: QSize) -> QImage:
        steps.append(image.width() * image.height())
        return at_once(image, size)

    monkeypatch.setattr(pyramid, "_scaled", watched)
    image = raster_to_qimage(plain(8660, 5774, (0, 0, 255)))
    pyramid.halves(image)
    pyramid.shrunk(image, QSize(1440, 960))
    assert sum(steps) > 2 * 8660 * 5774
    assert max(steps) <= MOST_PIXELS_AT_ONCE


def test_known_rows_are_all_that_a_growing_photo_holds() -> None:
    raster = noise(1600, 1200)
    grown = pyramid.growth(raster, 900)
    assert [(level.width(), level.height()) for level in grown.levels] == [(1600, 900), (800, 450)]
    assert grown.share == 0.75
    assert (grown.source.width, grown.source.height) == (1600, 1200)
    assert grown.levels[0] == raster_to_qimage(raster).copy(0, 0, 1600, 900)
