"""Painting one file of the list: tick box, picture, name and size, verdict, button, and the cross that takes it out."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.services.shots import Examining, Shot
from cerbo_desktop.ui.capture.delegates import Index, device_edge, paint_focus, paint_text, paint_thumbnail
from cerbo_desktop.ui.capture.file_row_buttons import button_of, button_zone, paint_button
from cerbo_desktop.ui.capture.flowing_state import paint_flowing
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.capture.small_pictures import SmallPictures
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box
from cerbo_desktop.ui.kit.spinner import paint_spinner
from cerbo_desktop.ui.kit.toggles import paint_check_box
from cerbo_desktop.ui.text import shots as words

ROW_HEIGHT_PX = 64
_CLEAR_PX = 32
_GAP_PX = 12
_LINE_PX, _INDENT_PX = 20, 26


class FileRowDelegate(QStyledItemDelegate):
    """A row of the file list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pointer: QPointF | None = None
        """Where the mouse is in the list; None while it is elsewhere."""
        self.ring_turn: float | None = None
        """Of the ring in rows that are being checked, 0..1; None shows a still icon."""
        self._pictures = SmallPictures()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(400, ROW_HEIGHT_PX)

    @staticmethod
    def box_zone(row: QRectF) -> QRectF:
        """Where a click ticks: wider than the box, to be hit easily."""
        return QRectF(row.x(), row.y(), 48, row.height())

    @staticmethod
    def cross_zone(row: QRectF) -> QRectF:
        return QRectF(row.right() - 48, row.center().y() - _CLEAR_PX / 2, _CLEAR_PX, _CLEAR_PX)

    @staticmethod
    def mark_zone(row: QRectF) -> QRectF:
        """Where the icon of the verdict stands, or the ring while there is none yet."""
        return QRectF(_state_left(row), row.center().y() - _LINE_PX, _LINE_PX, _LINE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shot: Shot = index.data(SHOT_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, rect, 8, "tint")
        middle = rect.center().y()
        paint_check_box(painter, QRectF(rect.x() + 16, middle - 10, 20, 20), shot.is_chosen, shot.can_be_chosen)
        picture = QRectF(rect.x() + 52, middle - 24, 48, 48)
        paint_thumbnail(painter, picture, self._pictures.of(shot, device_edge(painter, picture)), 8)
        state_x = _state_left(rect)
        self._paint_name(painter, rect.x() + 116, state_x - _GAP_PX, middle, shot)
        self._paint_state(
            painter, QRectF(state_x, rect.y(), self._free_right(rect, shot) - state_x, rect.height()), shot
        )
        self._paint_buttons(painter, rect, shot)
        paint_focus(painter, rect, option)
        painter.restore()

    def _free_right(self, row: QRectF, shot: Shot) -> float:
        button = button_of(shot)
        return (button_zone(row, button).x() if button is not None else row.right() - 52) - _GAP_PX

    def _paint_buttons(self, painter: QPainter, row: QRectF, shot: Shot) -> None:
        if (button := button_of(shot)) is not None:
            is_hovered = self.pointer is not None and button_zone(row, button).contains(self.pointer)
            paint_button(painter, row, button, is_hovered=is_hovered)
        if not shot.is_held:
            cross = self.cross_zone(row).center()
            paint_icon(painter, "close", QRectF(cross.x() - 10, cross.y() - 10, 20, 20), "ink2")

    def _paint_name(self, painter: QPainter, x: float, right: float, middle: float, shot: Shot) -> None:
        name = QRectF(x, middle - 20, right - x, 20)
        paint_text(painter, name, words.name(shot.name), fonts.NAME, "ink", Qt.TextElideMode.ElideMiddle)
        paint_text(painter, name.translated(0, 20), words.size_and_bytes(shot), fonts.SECOND, "ink2")

    def _paint_state(self, painter: QPainter, room: QRectF, shot: Shot) -> None:
        state, middle = look_of(shot), room.center().y()
        width = room.width() - _INDENT_PX
        if any(
            _width_of(text, style) > width for text, style in ((state.title, fonts.NAME), (state.text, fonts.SECOND))
        ):
            top = paint_flowing(painter, QRectF(room.x() + _INDENT_PX, room.y(), width, room.height()), state)
        else:
            top = middle - _LINE_PX
            title = QRectF(room.x() + _INDENT_PX, top, width, _LINE_PX)
            paint_text(painter, title, state.title, fonts.NAME, state.ink)
            paint_text(painter, title.translated(0, _LINE_PX), state.text, fonts.SECOND, "ink2")
        mark = QRectF(room.x(), top, _LINE_PX, _LINE_PX)
        if isinstance(shot.state, Examining) and self.ring_turn is not None:
            paint_spinner(painter, mark.adjusted(2, 2, -2, -2), self.ring_turn)
        else:
            paint_icon(painter, state.icon, mark, state.ink)


def _width_of(text: str, style: fonts.TypeStyle) -> float:
    return QFontMetricsF(fonts.styled(style)).horizontalAdvance(text)


def _state_left(row: QRectF) -> float:
    return row.x() + max(264.0, min(340.0, row.width() * 0.4))
