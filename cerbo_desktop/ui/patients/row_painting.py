"""What every patient row paints the same way: its ground, its face, its lines of text."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from cerbo_desktop.ui.kit.painting import paint_box
from cerbo_desktop.ui.kit.theme import color, current
from cerbo_desktop.ui.patients.patient_list import PatientListView

MARGIN_PX = 8
EDGE_PX = 16
"""From the pane's edge to what is in the row."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, is_open: bool) -> None:
    """Tint and bar for the open patient, a quiet ground under the pointer, a ring for the keyboard."""
    rect = QRectF(option.rect)
    rect.setRight(min(rect.right(), row_right(option) + EDGE_PX - MARGIN_PX))
    rect.setLeft(rect.left() + MARGIN_PX)
    if is_open:
        paint_box(painter, rect, 8, "tint", "accent" if current().is_high_contrast else None)
        bar = QRectF(rect.left(), rect.top() + 12, 3, rect.height() - 24)
        paint_box(painter, bar, 1.5, "accent")
    elif option.state & QStyle.StateFlag.State_MouseOver:
        paint_box(painter, rect, 8, "hover" if current().is_dark else "sunken")
    view = option.widget
    is_current = option.state & QStyle.StateFlag.State_Selected
    if is_current and isinstance(view, PatientListView) and view.hasFocus() and view.shows_ring:
        paint_box(painter, rect.adjusted(1, 1, -1, -1), 7, None, "accent", 2)


def hovered_face_key(option: QStyleOptionViewItem) -> str:
    """The row whose dashed face is below the pointer; empty for none."""
    view = option.widget
    return view.hovered_face_key if isinstance(view, PatientListView) else ""


def row_right(option: QStyleOptionViewItem) -> float:
    """Where a row's content ends: measured from the view, so that a scroll bar moves nothing."""
    view = option.widget
    return (view.width() if isinstance(view, PatientListView) else option.rect.right() + 1) - EDGE_PX


def paint_line(painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str, *, is_elided: bool = True) -> None:
    """Paint one line, vertically centred; the row's tooltip tells what had to be cut."""
    painter.setFont(font)
    painter.setPen(color(ink))
    if is_elided:
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def text_width(text: str, font: QFont) -> float:
    """Width in pixels of a text in this style."""
    return QFontMetricsF(font).horizontalAdvance(text)
