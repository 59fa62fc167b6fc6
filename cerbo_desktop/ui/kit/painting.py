"""Small painting parts that widgets and delegates share: boxes, rings, key hints, dashed outlines."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPaintDevice, QPainter, QPen
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.theme import color

RING_GAP_PX = 2
RING_WIDTH_PX = 2
RING_REACH_PX = RING_GAP_PX + RING_WIDTH_PX
KEY_HINT_HEIGHT_PX = 20


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A smooth painter on a widget or image, closed even when painting fails (an open painter aborts the process)."""
    painter = QPainter(device)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    try:
        yield painter
    finally:
        painter.end()


def set_pane(widget: QWidget, ground: str) -> None:
    """Fill a container with a ground that follows the theme: win, surface, sunken or stage."""
    widget.setProperty("pane", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def paint_box(
    painter: QPainter, rect: QRectF, radius: float, fill: str | None, line: str | None = None, line_px: float = 1.0
) -> None:
    """Paint a rounded box; its line lies inside `rect`, so that one pixel stays one pixel."""
    inset = line_px / 2 if line else 0.0
    painter.setPen(QPen(color(line), line_px) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(color(fill)) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def paint_ring(painter: QPainter, rect: QRectF, radius: float, line: str = "accent") -> None:
    """Paint the focus ring around `rect`: a 2-pixel gap, then 2 pixels of `line`. For delegates."""
    outer = rect.adjusted(-RING_REACH_PX, -RING_REACH_PX, RING_REACH_PX, RING_REACH_PX)
    paint_box(painter, outer, radius + RING_REACH_PX, None, line, RING_WIDTH_PX)


def paint_dashed(painter: QPainter, rect: QRectF, radius: float, line: str = "edge", fill: str | None = None) -> None:
    """Paint the dashed outline of an empty face or a drop zone."""
    pen = QPen(color(line), 1.5)
    pen.setDashPattern([2.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(QBrush(color(fill)) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)


def key_hint_width(keys: str) -> float:
    """How wide the box around `keys` ("Ctrl O") is, in layout pixels."""
    return max(20.0, QFontMetricsF(fonts.styled(fonts.LABEL)).horizontalAdvance(keys) + 14)


def paint_key_hint(
    painter: QPainter,
    center_left: QPointF,
    keys: str,
    ink: str = "ink3",
    line: str = "line2",
    fill: str | None = "surface",
) -> float:
    """Paint a key box, vertically centred on the point; returns its width."""
    width = key_hint_width(keys)
    rect = QRectF(center_left - QPointF(0, KEY_HINT_HEIGHT_PX / 2), QSizeF(width, KEY_HINT_HEIGHT_PX))
    paint_box(painter, rect, 4, fill, line)
    painter.setFont(fonts.styled(fonts.LABEL))
    painter.setPen(color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    return width
