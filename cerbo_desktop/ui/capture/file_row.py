"""Painting one file of the list: tick box, picture, name and size, verdict, button, and the cross that takes it out."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.delegates import Index, device_edge, paint_focus, paint_text, paint_thumbnail
from cerbo_desktop.ui.capture.file_row_buttons import button_of, button_zone, paint_button
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.capture.small_pictures import SmallPictures
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.toggles import paint_check_box
from cerbo_desktop.ui.text import shots as words

ROW_HEIGHT_PX = 64
_CLEAR_PX = 32
_GAP_PX = 12


class FileRowDelegate(QStyledItemDelegate):
    """A row of the file list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pointer: QPointF | None = None
        """Where the mouse is in the list; None while it is elsewhere."""
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
        state_x = rect.x() + max(264.0, min(340.0, rect.width() * 0.4))
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
        """A reason that is too long for one line takes two: it says what to do, and nothing else on the screen does."""
        state, width, middle = look_of(shot), room.width() - 26, room.center().y()
        is_long = QFontMetricsF(fonts.styled(fonts.SECOND)).horizontalAdvance(state.text) > width
        title = QRectF(room.x() + 26, middle - (30 if is_long else 20), width, 20)
        paint_icon(painter, state.icon, QRectF(room.x(), title.y(), 20, 20), state.ink)
        paint_text(painter, title, state.title, fonts.NAME, state.ink)
        if is_long:
            painter.setFont(fonts.styled(fonts.SECOND))
            painter.setPen(color("ink2"))
            painter.drawText(title.translated(0, 20).adjusted(0, 0, 0, 20), Qt.TextFlag.TextWordWrap, state.text)
        else:
            paint_text(painter, title.translated(0, 20), state.text, fonts.SECOND, "ink2")
