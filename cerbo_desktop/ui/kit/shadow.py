"""The one shadow of the app, under sheets: drawn once, then stretched as a nine-patch. No blur at run time."""

from functools import lru_cache
from math import erf, sqrt

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

_DROP_PX = 24
_SIGMA_PX = 32  # a blur of 64, as the design states it, has half that as its deviation
_REACH_PX = 3 * _SIGMA_PX
_CORNER_PX = 2 * _REACH_PX
_STRENGTH = {False: 0.26, True: 0.60}


@lru_cache(maxsize=2)
def _patch(is_dark: bool) -> QImage:
    """At half the size, which a blur hides: four corners around a middle of one pixel."""
    corner, reach = _CORNER_PX // 2, _REACH_PX // 2
    side = 2 * corner + 1
    spread = _SIGMA_PX / 2 * sqrt(2)
    half = [(1 + erf((x + 0.5 - reach) / spread)) / 2 for x in range(corner + 1)]
    fall = half + half[-2::-1]
    peak = 255 * _STRENGTH[is_dark]
    rows = [bytes([round(peak * row * column) for column in fall]) for row in half]
    data = b"".join(row.ljust(side + -side % 4, b"\0") for row in rows + rows[-2::-1])
    alpha = QImage(data, side, side, side + -side % 4, QImage.Format.Format_Alpha8)
    return alpha.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def paint_shadow(painter: QPainter, rect: QRect, opacity: float, is_dark: bool = False) -> None:
    """Paint the shadow of a sheet lying at `rect`."""
    patch = _patch(is_dark)
    outer = rect.adjusted(-_REACH_PX, -_REACH_PX + _DROP_PX, _REACH_PX, _REACH_PX + _DROP_PX)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setOpacity(opacity)
    for target_y, target_h, source_y, source_h in _cuts(outer.top(), outer.height(), patch.height()):
        for target_x, target_w, source_x, source_w in _cuts(outer.left(), outer.width(), patch.width()):
            target = QRectF(target_x, target_y, target_w, target_h)
            painter.drawImage(target, patch, QRectF(source_x, source_y, source_w, source_h))
    painter.restore()


def _cuts(start: int, length: int, patch_side: int) -> list[tuple[int, int, int, int]]:
    """(target start, target length, source start, source length) of the two ends and the stretched middle."""
    end, source_end = min(_CORNER_PX, length // 2), patch_side // 2
    return [
        (start, end, 0, source_end),
        (start + end, length - 2 * end, source_end, 1),
        (start + length - end, end, source_end + 1, source_end),
    ]
