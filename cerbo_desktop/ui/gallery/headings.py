"""Paints the heading of a month: its name, and how many photos are of it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import album


def paint_stuck_heading(painter: QPainter, band: QRectF, margin_px: int, title: str, photo_count: int | None) -> QRectF:
    """Paint the heading of the month in view, over its tiles, with the arrow of a menu after it; return its words'
    place."""
    painter.fillRect(band, color("surface"))
    painter.fillRect(QRectF(band.x(), band.bottom() - 1, band.width(), 1), color("line"))
    line = QRectF(band.x() + margin_px, band.y() + 8, band.width() - 2 * margin_px, 24)
    return paint_menu_arrow(painter, line, paint_heading(painter, line, title, photo_count))


def paint_menu_arrow(painter: QPainter, line: QRectF, end: float) -> QRectF:
    """Paint the arrow of a menu after a heading whose words end at `end`; return the place that opens it."""
    paint_icon(painter, "down", QRectF(end + 4, line.y() + 4, 16, 16), "ink2")
    return QRectF(line.x() - 8, line.y() - 4, end + 28 - line.x() + 8, 32)


def paint_heading(painter: QPainter, line: QRectF, title: str, photo_count: int | None) -> float:
    """Paint a month's heading; `line` is 24 high. The count is left out where more photos may come. Return where its
    words end."""
    title_font = fonts.styled(fonts.GROUP)
    metrics = QFontMetricsF(title_font)
    baseline = round(line.y() + (24 + metrics.ascent() - metrics.descent()) / 2)
    painter.setFont(title_font)
    painter.setPen(color("ink"))
    painter.drawText(round(line.x()), baseline, title)
    end = line.x() + metrics.horizontalAdvance(title)
    if photo_count is None:
        return end
    painter.setFont(fonts.styled(fonts.SECOND))
    painter.setPen(color("ink3"))
    counted = album.photo_count(photo_count)
    painter.drawText(round(end + 8), baseline, counted)
    return end + 8 + painter.fontMetrics().horizontalAdvance(counted)
