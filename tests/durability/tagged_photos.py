"""Photos that say which one they are: a number as dark and light bands, which JPEG and the ID photo's crop leave whole.

What a photo was meant for is written down at the shutter or the drop; what the server stored is read from the pixels.
"""

import io
from collections import defaultdict

from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

_BITS = 16
_BAND_PX = 24
_HEIGHT_PX = _BITS * _BAND_PX
_DARK, _LIGHT = 40, 210


class TaggedPhotos:
    """Gives numbers, draws and reads them, and knows for whom each photo was taken."""

    def __init__(self) -> None:
        self._last = 0
        self._meant_for: dict[int, set[int]] = defaultdict(set)

    def new_number(self) -> int:
        self._last += 1
        assert self._last < 1 << _BITS
        return self._last

    def note(self, number: int, patient_id: int) -> None:
        """A photo with this number was taken or dropped while this patient stood on the screen."""
        self._meant_for[number].add(patient_id)

    def meant_for(self, number: int) -> set[int]:
        return self._meant_for[number]


def picture(number: int) -> QImage:
    """As a camera sees it: 16 to 9."""
    image = QImage(_HEIGHT_PX * 16 // 9, _HEIGHT_PX, QImage.Format.Format_RGBX8888)
    painter = QPainter(image)
    for band, shade in enumerate(_shades(number)):
        painter.fillRect(0, band * _BAND_PX, image.width(), _BAND_PX, QColor(shade, shade, shade))
    painter.end()
    return image


def jpeg(number: int) -> bytes:
    image = Image.new("L", (_HEIGHT_PX, _HEIGHT_PX))
    for band, shade in enumerate(_shades(number)):
        image.paste(shade, (0, band * _BAND_PX, _HEIGHT_PX, (band + 1) * _BAND_PX))
    data = io.BytesIO()
    image.convert("RGB").save(data, "JPEG", quality=90)
    return data.getvalue()


def number_of(content: bytes) -> int:
    """The number in a photo that the server stored."""
    with Image.open(io.BytesIO(content)) as image:
        grey = image.convert("L")
        tall = grey.height / _BITS
        shades = [grey.getpixel((grey.width // 2, round((band + 0.5) * tall))) for band in range(_BITS)]
    return sum(1 << band for band, shade in enumerate(shades) if int(str(shade)) > (_DARK + _LIGHT) // 2)


def _shades(number: int) -> list[int]:
    return [_LIGHT if number >> band & 1 else _DARK for band in range(_BITS)]
