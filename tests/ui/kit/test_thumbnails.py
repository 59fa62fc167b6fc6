"""Small pictures in their tiles: what is long is shown whole, at any place and with any number of pixels."""

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.gallery.pixmaps import tile_pixmap
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile, small_copy

_TILE_PX = 60
_RED, _BLUE = (0, 0, 255, 255), (255, 0, 0, 255)
"""BGRX."""


def ends(width: int, height: int) -> Raster:
    """Its first pixel in each direction is red, its last is blue: both show only where the whole does."""
    pixels = bytearray(bytes((90, 90, 90, 255)) * (width * height))
    for row in range(height):
        for column in range(width):
            at = 4 * (row * width + column)
            along, length = (column, width) if width >= height else (row, height)
            if along < length // 8 + 1:
                pixels[at : at + 4] = bytes(_RED)
            elif along >= length - length // 8 - 1:
                pixels[at : at + 4] = bytes(_BLUE)
    return Raster(width, height, bytes(pixels), width, height)


def image_of(raster: Raster) -> QImage:
    return QImage(raster.pixels, raster.width_px, raster.height_px, QImage.Format.Format_RGB32).copy()


def in_tile(image: QImage) -> QImage:
    canvas = QImage(_TILE_PX, _TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(QColor("transparent"))
    with painting(canvas) as painter:
        paint_in_tile(painter, QRectF(0, 0, _TILE_PX, _TILE_PX), image, 8)
    return canvas


def shows(image: QImage, colour: str) -> bool:
    """Some pixel is of this colour, more or less."""
    other = {"red": "blue", "blue": "red"}[colour]
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return any(getattr(pixel, colour)() > 200 and getattr(pixel, other)() < 80 for pixel in pixels)


@pytest.mark.parametrize("size", [(400, 60), (60, 400), (500, 1), (1, 500), (3, 1)])
def test_a_long_picture_is_whole_in_a_row_and_in_the_album(qapp: object, size: tuple[int, int]) -> None:
    raster = ends(*size)
    for shown in (in_tile(image_of(raster)), tile_pixmap(raster, _TILE_PX, 1.25).toImage()):
        assert shows(shown, "red")
        assert shows(shown, "blue")


@pytest.mark.parametrize("size", [(120, 60), (60, 120), (90, 90)])
def test_an_ordinary_picture_covers_its_tile(qapp: object, size: tuple[int, int]) -> None:
    tile = tile_pixmap(ends(*size), _TILE_PX, 1.0).toImage()
    for x, y in ((0, 30), (59, 30), (30, 0), (30, 59)):
        assert tile.pixelColor(x, y).alpha() > 250


def test_the_ground_is_beside_a_long_picture(qapp: object) -> None:
    assert in_tile(image_of(ends(400, 60))).pixelColor(30, 4).name() == color("sunken").name()


@pytest.mark.parametrize("size", [(8000, 1), (1, 8000), (4000, 260), (4000, 3000)])
def test_a_small_copy_is_never_empty_nor_large(qapp: object, size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    copy = small_copy(image, 160)
    assert not copy.isNull()
    assert copy.size().boundedTo(QSize(330, 330)) == copy.size()
