"""The button that a row of the file list may have: what it says, where it lies, and how it is painted."""

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.painting import paint_box
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import added_files as words

_HEIGHT_PX, _PADDING_PX = 32, 12
_RIGHT_PX = 64
"""Of the row: the cross stands there."""


class RowButton(Enum):
    """What a row offers beside its tick and its cross."""

    SEE_BOTH = "see both"
    SEND_ANYWAY = "send anyway"


def button_of(shot: Shot) -> RowButton | None:
    """The button of a row; None where there is nothing more to do."""
    if shot.is_held or shot.is_being_sent:
        return None
    if shot.sent_before is not None and shot.repeats is None:
        return None if shot.is_chosen else RowButton.SEND_ANYWAY
    return RowButton.SEE_BOTH if shot.has_two_versions else None


def button_zone(row: QRectF, button: RowButton) -> QRectF:
    """Where the button lies in a row."""
    width = QFontMetricsF(fonts.styled(fonts.SECOND_STRONG)).horizontalAdvance(_words(button)) + 2 * _PADDING_PX
    return QRectF(row.right() - _RIGHT_PX - width, row.center().y() - _HEIGHT_PX / 2, width, _HEIGHT_PX)


def paint_button(painter: QPainter, row: QRectF, button: RowButton, *, is_hovered: bool) -> None:
    """Paint the button of a row, as an edged button of the kit looks."""
    zone = button_zone(row, button)
    paint_box(painter, zone, 8, "hover" if is_hovered else "raised", "btn_line")
    painter.setFont(fonts.styled(fonts.SECOND_STRONG))
    painter.setPen(color("ink"))
    painter.drawText(zone, Qt.AlignmentFlag.AlignCenter, _words(button))


def _words(button: RowButton) -> str:
    return words.see_both() if button is RowButton.SEE_BOTH else words.send_anyway()
