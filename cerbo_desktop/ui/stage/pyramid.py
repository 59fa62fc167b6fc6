"""A photo at several sizes, each half of the one before, so that painting it small is quick and crisp.

Shrinking by more than half in one bilinear step skips pixels and shimmers while the zoom moves. The halves are averaged
once, for big photos in a thread (QImage may be used there, QPixmap may not) and in bands: one call of Qt's holds the
interpreter, and with it the interface, until it returns (50 megapixels at once: 50 ms, in bands: 3; measured, 4.3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRect, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.stage.geometry import Extent

Made = TypeVar("Made")

_SMALLEST_EDGE_PX = 320
_INLINE_PIXELS = 2_000_000
"""Halving so many takes about 2 ms (measured, 4.3); more goes to a thread."""
_AT_ONCE_PIXELS = 2_000_000
_BAND_PIXELS = 500_000
"""Of the larger image; scaled in about 1 ms (measured, 4.3)."""


@dataclass(frozen=True)
class Pyramid:
    """One photo's pixels: the largest image first. `source` is the whole photo's size, whatever the images hold.

    share: how much of the photo's height, from its top down, the images show: less than 1 while it arrives.
    """

    source: Extent
    levels: tuple[QImage, ...]
    is_full: bool = True
    share: float = 1.0

    def level_for(self, width: float) -> QImage:
        """The smallest image that is not enlarged when painted `width` device pixels wide, else the largest."""
        fitting = [level for level in self.levels if level.width() >= width * 0.99]
        return fitting[-1] if fitting else self.levels[0]


def flat(raster: Raster) -> Pyramid:
    """The raster alone, wrapped and not copied."""
    return Pyramid(Extent(raster.source_width_px, raster.source_height_px), (raster_to_qimage(raster),))


def preview(raster: Raster) -> Pyramid:
    """A small picture that stands for the whole photo."""
    made = flat(raster)
    return Pyramid(made.source, made.levels + halves(made.levels[0]), is_full=False)


def growth(raster: Raster, known_rows: int) -> Pyramid:
    """The top rows of a photo on its way; nothing below them is ever looked at."""
    source = Extent(raster.source_width_px, raster.source_height_px)
    known = raster_to_qimage(raster, known_rows)
    return Pyramid(source, (known, *halves(known)), is_full=False, share=known_rows / raster.height_px)


def halves(image: QImage) -> tuple[QImage, ...]:
    """Half, a quarter and so on, down to about 320 pixels."""
    made: list[QImage] = []
    while min(image.width(), image.height()) >= 2 * _SMALLEST_EDGE_PX:
        image = _half(image)
        made.append(image)
    return tuple(made)


def shrunk(image: QImage, size: QSize) -> QImage:
    """`image` at exactly this smaller size, every pixel of it averaged."""
    if image.width() * image.height() <= _AT_ONCE_PIXELS:
        return _scaled(image, size)
    # One direction after the other: a band across it then ends on a whole pixel, and no seam can show.
    return _in_columns(_in_rows(image, QSize(size.width(), image.height())), size)


def _half(image: QImage) -> QImage:
    return _in_rows(image, QSize((image.width() + 1) // 2, (image.height() + 1) // 2))


def _in_rows(image: QImage, size: QSize) -> QImage:
    """Scale bands of rows, one after the other; the height stays or is halved, and an odd last row with it."""
    made, step = QImage(size, image.format()), round(image.height() / size.height())
    rows = max(1, _BAND_PIXELS // (image.width() * step))
    with painting(made) as painter:
        for top in range(0, size.height(), rows):
            height = min(rows, size.height() - top)
            band = _band(image, QRect(0, top * step, image.width(), min(height * step, image.height() - top * step)))
            painter.drawImage(0, top, _scaled(band, QSize(size.width(), height)))
    return made


def _in_columns(image: QImage, size: QSize) -> QImage:
    """Scale bands of columns to the height of `size`; the width stays."""
    made, columns = QImage(size, image.format()), max(1, _BAND_PIXELS // image.height())
    with painting(made) as painter:
        for left in range(0, size.width(), columns):
            width = min(columns, size.width() - left)
            band = _band(image, QRect(left, 0, width, image.height()))
            painter.drawImage(left, 0, _scaled(band, QSize(width, size.height())))
    return made


def _band(image: QImage, rect: QRect) -> QImage:
    """A part of `image`, wrapped and not copied: to be used while the image is there."""
    stride = image.bytesPerLine()
    pixels = image.constBits()[rect.y() * stride + 4 * rect.x() :]
    return QImage(pixels, rect.width(), rect.height(), stride, image.format())


def _scaled(image: QImage, size: QSize) -> QImage:
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


class _Delivery(QObject):
    """Carries what a pool thread made to the thread that asked; nobody is called once its parent is gone."""

    made = Signal(object)


class PyramidBuilder(QObject):
    """Builds the halves and calls back in the GUI thread: at once for small photos, later for big ones."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[int, Callable[[Any], None]] = {}
        self._last = 0
        self._delivery = _Delivery()
        self._delivery.made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def build(self, raster: Raster, on_built: Callable[[tuple[QImage, ...]], None]) -> int:
        """Make the halves of `raster`; returns the number by which to `forget` it."""
        image = raster_to_qimage(raster)
        if raster.width_px * raster.height_px <= _INLINE_PIXELS:
            on_built(halves(image))
            return 0
        return self._begin(lambda: halves(image), on_built)

    def shrink(self, image: QImage, size: QSize, on_built: Callable[[QImage], None]) -> int:
        """Make `image` exactly `size`, always in a thread; returns the number by which to `forget` it."""
        return self._begin(lambda: shrunk(image, size), on_built)

    def forget(self, number: int) -> None:
        """Let the answer with this number come to nothing."""
        self._waiting.pop(number, None)

    def forget_all(self) -> None:
        """Let every answer that is still to come go to nobody."""
        self._waiting.clear()

    def _begin(self, work: Callable[[], Made], on_built: Callable[[Made], None]) -> int:
        self._last += 1
        number, delivery = self._last, self._delivery
        self._waiting[number] = on_built
        QThreadPool.globalInstance().start(lambda: delivery.made.emit((number, work())))
        return number

    def _deliver(self, answer: tuple[int, Any]) -> None:
        number, made = answer
        on_built = self._waiting.pop(number, None)
        if on_built is not None:
            on_built(made)
