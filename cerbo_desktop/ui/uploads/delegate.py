"""Paints one quiet row of the tray as a card."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.line_breaks import lines_of
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import patients
from cerbo_desktop.ui.uploads.card_words import CardWords
from cerbo_desktop.ui.uploads.model import TIME_ROLE, UPLOAD_ROLE, WORDS_ROLE, is_in_cerbo

CARD_GAP_PX = 8
MORE_PX = 32
_MORE_ICON_PX = 20
_LINE_PX = 20
_SIDE_PX, _PADDING_PX = 16, 16
_PICTURE_PX = 40
_BESIDE_PX = _PICTURE_PX + 12
_TIME_PX = 64
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class _Layout(NamedTuple):
    """A name or a sentence is never cut off: the card grows instead."""

    name: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def state_px(self) -> int:
        """How far under the card's top edge its icon and headline begin."""
        return _PADDING_PX + _LINE_PX * (len(self.name) + 1) + 8

    @property
    def card_px(self) -> int:
        return self.state_px + _LINE_PX * (1 + max(1, len(self.text))) + 4 + _PADDING_PX


def card_height(upload: Upload, words: CardWords, row_width_px: int) -> int:
    """The height of a card in a row of this width, without the gap beneath it."""
    return _layout(upload, words, row_width_px).card_px


def more_rect(upload: Upload, words: CardWords, row: QRect) -> QRect:
    """Where the button lies that opens the row's menu: at the end of the headline."""
    middle = row.top() + _layout(upload, words, row.width()).state_px + _LINE_PX // 2
    return QRect(row.right() - _SIDE_PX - 8 - MORE_PX, middle - MORE_PX // 2, MORE_PX, MORE_PX)


class UploadDelegate(QStyledItemDelegate):
    """Paints one upload of a list: a small photo, whose it is, and how it stands."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, card_height(index.data(UPLOAD_ROLE), index.data(WORDS_ROLE), width) + CARD_GAP_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        upload, words, time = index.data(UPLOAD_ROLE), index.data(WORDS_ROLE), index.data(TIME_ROLE)
        card = QRectF(option.rect).adjusted(_SIDE_PX, 0, -_SIDE_PX, -CARD_GAP_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, card, 12, "raised", words.line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, card.adjusted(4, 4, -4, -4), 8)
        if is_in_cerbo(upload):
            inset = (MORE_PX - _MORE_ICON_PX) / 2
            more = QRectF(more_rect(upload, words, option.rect)).adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, "more", more, "ink2")
        inner = card.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        _paint_card(painter, inner, upload, words, time, _layout(upload, words, option.rect.width()))
        painter.restore()


def _layout(upload: Upload, words: CardWords, row_width_px: int) -> _Layout:
    inner = row_width_px - 2 * (_SIDE_PX + _PADDING_PX)
    name = lines_of(patients.shown_name(upload.recipient.name), fonts.NAME, inner - _BESIDE_PX - _TIME_PX)
    return _Layout(name or ("",), lines_of(words.text, fonts.SECOND, inner))


def _paint_card(painter: QPainter, inner: QRectF, upload: Upload, words: CardWords, time: str, layout: _Layout) -> None:
    picture = QRectF(inner.left(), inner.top(), _PICTURE_PX, _PICTURE_PX)
    paint_picture(painter, picture, raster_to_qimage(upload.preview), 8)
    line = QRectF(inner.left() + _BESIDE_PX, inner.top(), inner.width() - _BESIDE_PX, _LINE_PX)
    _write(painter, line, time, fonts.LABEL, "ink3", _RIGHT)
    for part in layout.name:
        _write(painter, line, part, fonts.NAME, "ink")
        line.translate(0, _LINE_PX)
    _write(painter, line, patients.date_of_birth(upload.recipient.born), fonts.SECOND, "ink2")
    line = QRectF(inner.left(), line.bottom() + 8, inner.width(), _LINE_PX)
    paint_icon(painter, words.icon, QRectF(line.left(), line.top(), 20, 20), words.ink)
    _write(painter, line.adjusted(28, 0, 0, 0), words.title, fonts.NAME, words.ink)
    line.translate(0, 4)
    for part in layout.text:
        line.translate(0, _LINE_PX)
        _write(painter, line, part, fonts.SECOND, "ink2")


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
