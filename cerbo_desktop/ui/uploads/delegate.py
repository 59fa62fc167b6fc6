"""Paints one quiet row of the tray as a card."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.line_breaks import lines_of
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile
from cerbo_desktop.ui.uploads.batch_words import beneath_name, name_of
from cerbo_desktop.ui.uploads.model import ROW_ROLE, Row

CARD_GAP_PX = 8
BUTTON_PX = 32
CARD_PX = 124
"""The height of a card with one line of each kind."""
SHARED_CARD_PX = 100
"""The height of the card of photos of several patients."""
_LINE_PX = 20
_SIDE_PX, _PADDING_PX, _INDENT_PX = 16, 16, 16
_PICTURE_PX = 40
_BESIDE_PX = _PICTURE_PX + 12
_TIME_PX = 64
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class _Layout(NamedTuple):
    """A name or a sentence is never cut off: the card grows instead."""

    name: tuple[str, ...]
    text: tuple[str, ...]
    state_count: int
    keeps_a_line: bool
    """Room for one line of text even where there is none, so that a card grows as little as may be on its way."""

    @property
    def state_px(self) -> int:
        """How far under the card's top edge its first icon and headline begin."""
        return _PADDING_PX + _LINE_PX * (len(self.name) + 1) + 8

    @property
    def card_px(self) -> int:
        text_lines = max(int(self.keeps_a_line), len(self.text))
        text_px = _LINE_PX * text_lines + 4 if text_lines else 0
        return self.state_px + _LINE_PX * self.state_count + text_px + _PADDING_PX


def card_height(row: Row, row_width_px: int) -> int:
    """The height of a card in a row of this width, without the gap beneath it."""
    return _layout(row, row_width_px).card_px


def more_rect(row: Row, place: QRect) -> QRect:
    """Where the button lies that opens the row's menu or its batch: at the end of the headline."""
    return _button_place(place, _layout(row, place.width()).state_px + _LINE_PX // 2 + 2, BUTTON_PX)


def act_rect(row: Row, place: QRect, width_px: int) -> QRect:
    """Where the button lies that does what is most often wanted: at the end of the line above the headline."""
    return _button_place(place, _layout(row, place.width()).state_px - 8 - _LINE_PX // 2 - 2, width_px)


def _button_place(place: QRect, middle_px: int, width_px: int) -> QRect:
    inset = 8 if width_px == BUTTON_PX else _PADDING_PX
    right, top = place.right() - _SIDE_PX - inset, place.top() + middle_px - BUTTON_PX // 2
    return QRect(right - width_px, top, width_px, BUTTON_PX)


class UploadDelegate(QStyledItemDelegate):
    """Paints one row of a list: a small photo, whose it is, and how it stands."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, card_height(index.data(ROW_ROLE), width) + CARD_GAP_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        card = QRectF(option.rect).adjusted(_left_px(row), 0, -_SIDE_PX, -CARD_GAP_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, card, 12, "raised", row.words.line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, card.adjusted(4, 4, -4, -4), 8)
        inner = card.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        _paint_card(painter, inner, row, _layout(row, option.rect.width()))
        painter.restore()


def _left_px(row: Row) -> int:
    return _SIDE_PX + (_INDENT_PX if row.is_inside else 0)


def _layout(row: Row, row_width_px: int) -> _Layout:
    inner = row_width_px - _left_px(row) - _SIDE_PX - 2 * _PADDING_PX
    name = lines_of(name_of(row.batch), fonts.NAME, inner - _BESIDE_PX - _TIME_PX)
    text = lines_of(row.words.text, fonts.SECOND, inner) if row.batch.recipient is not None else ()
    return _Layout(name or ("",), text, 1 + len(row.words.others), keeps_a_line=row.batch.is_single)


def _paint_card(painter: QPainter, inner: QRectF, row: Row, layout: _Layout) -> None:
    _paint_picture(painter, QRectF(inner.left(), inner.top(), _PICTURE_PX, _PICTURE_PX), row)
    line = QRectF(inner.left() + _BESIDE_PX, inner.top(), inner.width() - _BESIDE_PX, _LINE_PX)
    _write(painter, line, row.time, fonts.LABEL, "ink3", _RIGHT)
    for part in layout.name:
        _write(painter, line, part, fonts.NAME, "ink")
        line.translate(0, _LINE_PX)
    _write(painter, line, beneath_name(row.batch), fonts.SECOND, "ink2")
    line = QRectF(inner.left(), line.bottom() + 8, inner.width(), _LINE_PX)
    for words in (row.words, *row.words.others):
        paint_icon(painter, words.icon, QRectF(line.left(), line.top(), 20, 20), words.ink)
        _write(painter, line.adjusted(28, 0, 0, 0), words.title, fonts.NAME, words.ink)
        line.translate(0, _LINE_PX)
    line.translate(0, 4)
    for part in layout.text:
        _write(painter, line, part, fonts.SECOND, "ink2")
        line.translate(0, _LINE_PX)


def _paint_picture(painter: QPainter, place: QRectF, row: Row) -> None:
    """Of several patients no one's photo stands for the others."""
    if row.batch.recipient is not None:
        paint_in_tile(painter, place, raster_to_qimage(row.batch.first.preview), 8)
        return
    paint_box(painter, place, 8, "sunken", "line2")
    paint_icon(painter, "photos", place.adjusted(10, 10, -10, -10), "ink2")


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
