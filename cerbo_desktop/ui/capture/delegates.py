"""Painting one shot as a card of the strip, and the parts that the rows of the file list share with it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.capture.small_pictures import SmallPictures
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import RING_WIDTH_PX, paint_box
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile
from cerbo_desktop.ui.kit.toggles import paint_check_box
from cerbo_desktop.ui.text import shots as words

Index = QModelIndex | QPersistentModelIndex
CARD_WIDTH_PX, CARD_GAP_PX = 212, 16
CARD_HEIGHT_PX, LOW_CARD_HEIGHT_PX = 80, 64


class CardDelegate(QStyledItemDelegate):
    """A card of the strip: the thumbnail with its tick box, the label and the state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.height_px = CARD_HEIGHT_PX
        self._pictures = SmallPictures()

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
        paint_thumbnail(painter, thumbnail, self._pictures.of(shot, device_edge(painter, thumbnail)), 4)
        box = QRectF(thumbnail.x() + 4, thumbnail.y() + 4, 20, 20)
        paint_check_box(painter, box, shot.is_chosen, shot.can_be_chosen)
        self._paint_words(painter, QRectF(thumbnail.right() + 12, rect.y(), 0, rect.height()), rect.right() - 8, shot)
        paint_focus(painter, rect, option)
        painter.restore()

    def _paint_words(self, painter: QPainter, at: QRectF, right: float, shot: Shot) -> None:
        state = look_of(shot)
        width = right - at.x()
        middle = at.center().y()
        paint_text(painter, QRectF(at.x(), middle - 18, width, 20), words.name(shot.name), fonts.SECOND_STRONG, "ink")
        paint_icon(painter, state.icon, QRectF(at.x(), middle + 2, 16, 16), state.ink)
        paint_text(painter, QRectF(at.x() + 20, middle + 2, width - 20, 16), state.title, fonts.LABEL, state.ink)


def device_edge(painter: QPainter, tile: QRectF) -> float:
    """The longer edge of a tile in pixels of the screen."""
    return max(tile.width(), tile.height()) * painter.device().devicePixelRatioF()


def paint_thumbnail(painter: QPainter, rect: QRectF, image: QImage | None, radius: float) -> None:
    """Paint the picture of a shot, or the sign of a file where there is none."""
    if image is not None:
        paint_in_tile(painter, rect, image, radius)
        return
    paint_box(painter, rect, radius, "surface", "line2")
    centre = rect.center()
    paint_icon(painter, "file", QRectF(centre.x() - 10, centre.y() - 10, 20, 20), "ink3")


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: TypeStyle,
    ink: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paint one line of text, cut where it is too long."""
    font = fonts.styled(style)
    painter.setFont(font)
    painter.setPen(color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(font).elidedText(text, elide, rect.width()))


def paint_focus(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
    """The ring lies inside: the view would cut it off outside."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        paint_box(painter, rect, 8, None, "accent", RING_WIDTH_PX)
