"""Painting a photo at its place on the stage: only what is seen, and pixel for pixel where that can be."""

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from cerbo_desktop.ui.stage.geometry import Placement, Viewport


def paint_photo(
    painter: QPainter,
    image: QImage,
    at: Placement,
    turns: int,
    viewport: Viewport,
    *,
    is_exact: bool,
    share: float = 1.0,
) -> None:
    """Paint `image` stretched over `at`, turned clockwise by quarters; the painter works in device pixels.

    is_exact: one image pixel falls on one screen pixel, so nothing is interpolated. share: the image is only so much of
    the photo, from its top down.
    """
    onto_stage = _transform(at, turns, image.width(), image.height() / share)
    inverse, _ = onto_stage.inverted()
    room = inverse.mapRect(QRectF(0, 0, viewport.width, viewport.height))
    # Only the part in view: Qt's raster engine cannot address pixels far outside, as at 800 % of a large photo (no
    # upstream report was found).
    seen = room.adjusted(-1, -1, 1, 1).toAlignedRect() & QRect(QPoint(), image.size())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_exact)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setTransform(onto_stage, True)
    painter.drawImage(seen.topLeft(), image, seen)
    painter.restore()


def _transform(at: Placement, turns: int, width: float, height: float) -> QTransform:
    """From the pixels of an image of this size to the stage's device pixels."""
    corner_x = at.x + (at.width if turns in (1, 2) else 0.0)
    corner_y = at.y + (at.height if turns in (2, 3) else 0.0)
    across, down = (at.height, at.width) if turns % 2 else (at.width, at.height)
    made = QTransform.fromTranslate(corner_x, corner_y)
    made.rotate(90.0 * turns)
    return made.scale(across / width, down / height)
