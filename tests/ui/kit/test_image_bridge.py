"""Pixels on their way to Qt and back."""

import gc

import pytest
from PySide6.QtGui import QImage

from cerbo_desktop.camera.raster_from_qimage import qimage_to_raster
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage


def test_pixels_survive_the_way_to_qt_and_back() -> None:
    raster = Raster(3, 2, bytes(byte if at % 4 != 3 else 255 for at, byte in enumerate(range(10, 34))), 3, 2)
    image = raster_to_qimage(raster)
    first = image.pixelColor(0, 0)
    assert (first.blue(), first.green(), first.red()) == (10, 11, 12)
    assert qimage_to_raster(image) == raster


def test_the_image_outlives_the_raster_and_is_not_a_copy() -> None:
    raster = Raster(256, 256, bytes([1, 2, 3, 255]) * 65536, 256, 256)
    image = raster_to_qimage(raster)
    copy = QImage(image)
    del raster, image
    gc.collect()
    churn = [bytes([9]) * 262144 for _ in range(8)]
    assert copy.pixelColor(255, 255).red() == 3
    assert churn


def test_an_empty_image_is_refused() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        qimage_to_raster(QImage())
