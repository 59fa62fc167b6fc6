"""Painting one shot: as a card of the strip, and as a row of the file list."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import RING_WIDTH_PX, paint_box
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.toggles import paint_check_box
from cerbo_desktop.ui.text import shots as words

Index = QModelIndex | QPersistentModelIndex
CARD_WIDTH_PX, CARD_GAP_PX = 212, 16
CARD_HEIGHT_PX, LOW_CARD_HEIGHT_PX = 80, 64
ROW_HEIGHT_PX = 80
_CLEAR_PX = 32


class CardDelegate(QStyledItemDelegate):
    """A card of the strip: the thumbnail with its tick box, the label and the state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.height_px = CARD_HEIGHT_PX

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(CARD_WIDTH_PX + CARD_GAP_PX, self.height_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shot: Shot = index.data(SHOT_ROLE)
        rect = QRectF(option.rect).adjusted(0, 0, -CARD_GAP_PX, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, line = ("tint", "tint_line") if shot.goes_out else ("surface", "line2")
        paint_box(painter, rect, 8, fill, line)
        height = rect.height() - 16
        thumbnail = QRectF(rect.x() + 8, rect.y() + 8, height * 1.5, height)
        _paint_thumbnail(painter, thumbnail, index.data(Qt.ItemDataRole.DecorationRole), 4)
        box = QRectF(thumbnail.x() + 4, thumbnail.y() + 4, 20, 20)
        paint_check_box(painter, box, shot.is_chosen, shot.can_be_chosen)
        self._paint_words(painter, QRectF(thumbnail.right() + 12, rect.y(), 0, rect.height()), rect.right() - 8, shot)
        _paint_focus(painter, rect, option)
        painter.restore()

    def _paint_words(self, painter: QPainter, at: QRectF, right: float, shot: Shot) -> None:
        state = look_of(shot)
        width = right - at.x()
        middle = at.center().y()
        _paint_text(painter, QRectF(at.x(), middle - 18, width, 20), words.name(shot.name), fonts.SECOND_STRONG, "ink")
        paint_icon(painter, state.icon, QRectF(at.x(), middle + 2, 16, 16), state.ink)
        _paint_text(painter, QRectF(at.x() + 20, middle + 2, width - 20, 16), state.title, fonts.LABEL, state.ink)


class FileRowDelegate(QStyledItemDelegate):
    """A row of the file list: tick box, picture, name and size, state, and the cross that takes it out."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(400, ROW_HEIGHT_PX)

    @staticmethod
    def box_zone(row: QRectF) -> QRectF:
        """Where a click ticks: wider than the box, to be hit easily."""
        return QRectF(row.x(), row.y(), 48, row.height())

    @staticmethod
    def cross_zone(row: QRectF) -> QRectF:
        return QRectF(row.right() - 52, row.center().y() - _CLEAR_PX / 2, _CLEAR_PX, _CLEAR_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shot: Shot = index.data(SHOT_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, rect, 8, "tint")
        middle = rect.center().y()
        paint_check_box(
            painter, QRectF(rect.x() + 16, middle - 10, 20, 20), shot.is_chosen, not (shot.is_refused or shot.is_held)
        )
        picture = QRectF(rect.x() + 52, middle - 24, 48, 48)
        _paint_thumbnail(painter, picture, index.data(Qt.ItemDataRole.DecorationRole), 8)
        state_x = rect.x() + max(270.0, min(350.0, rect.width() * 0.42))
        self._paint_name(painter, rect.x() + 116, state_x - 12, middle, shot)
        self._paint_state(painter, state_x, rect.right() - 64, middle, shot)
        if not shot.is_held:
            cross = self.cross_zone(rect).center()
            paint_icon(painter, "close", QRectF(cross.x() - 10, cross.y() - 10, 20, 20), "ink2")
        _paint_focus(painter, rect, option)
        painter.restore()

    def _paint_name(self, painter: QPainter, x: float, right: float, middle: float, shot: Shot) -> None:
        name = QRectF(x, middle - 20, right - x, 20)
        _paint_text(painter, name, words.name(shot.name), fonts.NAME, "ink", Qt.TextElideMode.ElideMiddle)
        _paint_text(painter, name.translated(0, 20), words.size_and_bytes(shot), fonts.SECOND, "ink2")

    def _paint_state(self, painter: QPainter, x: float, right: float, middle: float, shot: Shot) -> None:
        """A reason that is too long for one line takes two: it says what to do, and nothing else on the screen does."""
        state, width = look_of(shot), right - x - 26
        is_long = QFontMetricsF(fonts.styled(fonts.SECOND)).horizontalAdvance(state.text) > width
        title = QRectF(x + 26, middle - (30 if is_long else 20), width, 20)
        paint_icon(painter, state.icon, QRectF(x, title.y(), 20, 20), state.ink)
        _paint_text(painter, title, state.title, fonts.NAME, state.ink)
        if is_long:
            painter.setFont(fonts.styled(fonts.SECOND))
            painter.setPen(color("ink2"))
            painter.drawText(title.translated(0, 20).adjusted(0, 0, 0, 20), Qt.TextFlag.TextWordWrap, state.text)
        else:
            _paint_text(painter, title.translated(0, 20), state.text, fonts.SECOND, "ink2")


def _paint_thumbnail(painter: QPainter, rect: QRectF, image: QImage | None, radius: float) -> None:
    if image is not None:
        paint_picture(painter, rect, image, radius)
        return
    paint_box(painter, rect, radius, "surface", "line2")
    centre = rect.center()
    paint_icon(painter, "file", QRectF(centre.x() - 10, centre.y() - 10, 20, 20), "ink3")


def _paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: TypeStyle,
    ink: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    font = fonts.styled(style)
    painter.setFont(font)
    painter.setPen(color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(font).elidedText(text, elide, rect.width()))


def _paint_focus(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
    """The ring lies inside: the view would cut it off outside."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        paint_box(painter, rect, 8, None, "accent", RING_WIDTH_PX)
