"""Pictures that say their number after JPEG, cropping to the centre square and the way through Cerbo."""

import io

from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

_SIDE = 5
"""Blocks a side: one that is always white, and 24 bits."""
_WIDTH_PX, _HEIGHT_PX = 1280, 720


def numbered(number: int) -> QImage:
    """The blocks fill the centre square of a picture as a camera gives it."""
    image = QImage(_WIDTH_PX, _HEIGHT_PX, QImage.Format.Format_RGBX8888)
    image.fill(QColor(90, 110, 130))
    block = _HEIGHT_PX // _SIDE
    left = (_WIDTH_PX - _HEIGHT_PX) // 2
    painter = QPainter(image)
    for place in range(_SIDE * _SIDE):
        shade = 235 if place == 0 or number >> (place - 1) & 1 else 20
        x, y = place % _SIDE, place // _SIDE
        painter.fillRect(QRect(left + x * block, y * block, block, block), QColor(shade, shade, shade))
    painter.end()
    return image


def number_of(content: bytes) -> int:
    with Image.open(io.BytesIO(content)) as opened:
        grey = opened.convert("L")
    block = grey.height / _SIDE
    left = (grey.width - grey.height) / 2
    found = 0
    for place in range(1, _SIDE * _SIDE):
        x, y = left + (place % _SIDE + 0.5) * block, (place // _SIDE + 0.5) * block
        found |= (grey.getpixel((int(x), int(y))) > 127) << (place - 1)  # type: ignore[operator]  # one band
    return found


def unique_id_of(content: bytes) -> str:
    """The id that the app wrote into the photo; empty where there is none."""
    with Image.open(io.BytesIO(content)) as opened:
        return str(opened.getexif().get_ifd(0x8769).get(0xA420, "")).rstrip("\0")
