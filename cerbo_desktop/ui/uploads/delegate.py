"""Paints one quiet row of the tray as a card."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.uploads.model import TIME_ROLE, UPLOAD_ROLE, WORDS_ROLE
from cerbo_desktop.ui.uploads.words import born_words

CARD_HEIGHT_PX = 124
CARD_GAP_PX = 8
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class UploadDelegate(QStyledItemDelegate):
    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(288, CARD_HEIGHT_PX + CARD_GAP_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        upload, words, time = index.data(UPLOAD_ROLE), index.data(WORDS_ROLE), index.data(TIME_ROLE)
        card = QRectF(option.rect).adjusted(16, 0, -16, -CARD_GAP_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, card, 12, "raised", words.line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, card.adjusted(4, 4, -4, -4), 8)
        x, y = card.left() + 16, card.top() + 16
        paint_picture(painter, QRectF(x, y, 40, 40), raster_to_qimage(upload.preview), 8)
        text = QRectF(x + 52, y, card.right() - 16 - x - 52, 20)
        _write(painter, text, upload.recipient.name, fonts.NAME, "ink")
        _write(painter, text.translated(0, 20), born_words(upload), fonts.SECOND, "ink2")
        _write(painter, text, time, fonts.LABEL, "ink3", _RIGHT)
        paint_icon(painter, words.icon, QRectF(x, y + 48, 20, 20), words.ink)
        headline = QRectF(x + 28, y + 48, card.right() - 16 - x - 28, 20)
        _write(painter, headline, words.title, fonts.NAME, words.ink)
        _write(painter, QRectF(x, y + 72, card.width() - 32, 20), words.text, fonts.SECOND, "ink2")
        painter.restore()


def _write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: fonts.TypeStyle,
    ink: str,
    flags: Qt.AlignmentFlag | Qt.TextFlag = _LEFT,
) -> None:
    painter.setFont(fonts.styled(style))
    painter.setPen(color(ink))
    painter.drawText(rect, flags, text)
