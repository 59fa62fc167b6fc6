"""Paints the heading of a month: its name, and how many photos are of it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import album


def paint_heading(painter: QPainter, line: QRectF, title: str, photo_count: int | None) -> None:
    """Paint a month's heading; `line` is 24 high. The count is left out where more photos may come."""
    title_font = fonts.styled(fonts.GROUP)
    metrics = QFontMetricsF(title_font)
    baseline = round(line.y() + (24 + metrics.ascent() - metrics.descent()) / 2)
    painter.setFont(title_font)
    painter.setPen(color("ink"))
    painter.drawText(round(line.x()), baseline, title)
    if photo_count is None:
        return
    painter.setFont(fonts.styled(fonts.SECOND))
    painter.setPen(color("ink3"))
    painter.drawText(round(line.x() + metrics.horizontalAdvance(title) + 8), baseline, album.photo_count(photo_count))
