"""Paints one tile: the picture or what stands for it, the ring and tick of the chosen one, the caption."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, Ready
from cerbo_desktop.ui.gallery.layout import CAPTION_PX
from cerbo_desktop.ui.gallery.model import AnyIndex, Role, Tile
from cerbo_desktop.ui.gallery.pixmaps import RADIUS_PX, TilePicture, TilePictures
from cerbo_desktop.ui.gallery.waiting import WaitingTiles
from cerbo_desktop.ui.kit import fonts, theme
from cerbo_desktop.ui.kit.faces import paint_clock
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring
from cerbo_desktop.ui.kit.spinner import paint_spinner
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import album, common

_SPINNER_PX = 28
_SPINNER_BOX_PX = 32
_MARK_PX = 24
_LINE_PX = 16
_RETRY_PX = 24
_TICK_PX = 24
_TROUBLE_ICONS = {
    FailureKind.NOT_LOADED: "failed",
    FailureKind.OFFLINE: "offline",
    FailureKind.BROKEN_OFF: "waiting",
    FailureKind.CANNOT_SHOW: "file",
    FailureKind.NOT_ALLOWED: "lock",
}
_TYPE_ICONS = {PhotoType.PERSONAL: "person", PhotoType.MEDICAL: "medical", PhotoType.UNSTATED: "photos"}
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def retry_area(square: QRect) -> QRect:
    """Where "Try again" can be clicked on a tile that could not load."""
    return QRect(square.left(), square.top() + square.height() // 2 + 12, square.width(), 32)


class TileDelegate(QStyledItemDelegate):
    """Paints a tile of the album. The option's rect holds square and caption; the ring goes four pixels beyond it."""

    def __init__(self, pictures: TilePictures, waiting: WaitingTiles) -> None:
        super().__init__(waiting.parent())
        self._pictures = pictures
        self._waiting = waiting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        tile: Tile = index.data(Role.TILE)
        rect: QRect = option.rect
        square = QRectF(rect.x(), rect.y(), rect.width(), rect.width())
        picture = self._picture(tile)
        self._waiting.note(tile.photo_id, is_waiting=picture is None and not isinstance(tile.state, Failed))
        if picture is not None:
            if picture.is_whole:
                paint_box(painter, square, RADIUS_PX, "sunken")
            painter.drawPixmap(square.topLeft(), picture.pixmap)
            if tile.pending is not None:
                badge = QRectF(square.x() + 8, square.bottom() - 8 - _TICK_PX, _TICK_PX, _TICK_PX)
                paint_clock(painter, badge, "warn" if tile.pending.needs_person else "waiting")
            if picture.mark:
                self._paint_mark(painter, square, picture.mark)
        elif isinstance(tile.state, Failed):
            self._paint_trouble(painter, square, tile.state.kind)
        else:
            self._paint_loading(painter, square, tile)
        self._paint_caption(painter, QRectF(rect.x(), square.bottom(), rect.width(), CAPTION_PX), tile)
        self._paint_choice(painter, square, option.state, tile.is_marked)

    def _picture(self, tile: Tile) -> TilePicture | None:
        """The picture to paint, made on first need; None where there is none to show."""
        if isinstance(tile.state, Ready):
            return self._pictures.of(tile.photo_id, tile.state)
        return None if isinstance(tile.state, Failed) else self._pictures.get(tile.photo_id)

    def _paint_loading(self, painter: QPainter, square: QRectF, tile: Tile) -> None:
        paint_box(painter, square, RADIUS_PX, "skeleton")
        if tile.photo_id not in self._waiting.spinning:
            return
        paint_loading(painter, square, self._waiting.turn)

    def _paint_trouble(self, painter: QPainter, square: QRectF, kind: FailureKind) -> None:
        paint_box(painter, square, RADIUS_PX, "surface", "line2")
        may_retry = kind is FailureKind.NOT_LOADED
        height = _MARK_PX + 8 + _LINE_PX + (8 + _RETRY_PX if may_retry else 0)
        top = round(square.center().y() - height / 2)
        mark = QRectF(round(square.center().x() - _MARK_PX / 2), top, _MARK_PX, _MARK_PX)
        paint_icon(painter, _TROUBLE_ICONS[kind], mark, "bad" if may_retry else "ink2")
        _line(painter, QRectF(square.x(), top + _MARK_PX + 8, square.width(), _LINE_PX), album.failure(kind))
        if may_retry:
            self._paint_retry(painter, square)

    def _paint_retry(self, painter: QPainter, square: QRectF) -> None:
        area = QRectF(retry_area(square.toRect()))
        font = fonts.styled(fonts.LABEL)
        words = common.try_again()
        width = QFontMetricsF(font).horizontalAdvance(words)
        x = area.center().x() - (16 + 6 + width) / 2
        paint_icon(painter, "retry", QRectF(round(x), round(area.center().y() - 8), 16, 16), "accent")
        _text(painter, QRectF(x + 22, area.y(), width + 2, area.height()), words, font, "accent", _LEFT)

    def _paint_mark(self, painter: QPainter, square: QRectF, words: str) -> None:
        font = fonts.styled(fonts.LABEL)
        width = min(square.width() - 16, QFontMetricsF(font).horizontalAdvance(words) + 16)
        pill = QRectF(square.x() + 8, square.bottom() - 8 - 24, width, 24)
        paint_box(painter, pill, 6, "overlay")
        _text(painter, pill, words, font, "on_overlay", _CENTRE)

    def _paint_caption(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        date_font, word_font = fonts.styled(fonts.LABEL), fonts.styled(fonts.HINT)
        _text(painter, rect, tile.caption, date_font, "ink2", _LEFT)
        word = album.photo_type(tile.photo_type)
        if not word:
            return
        left = QFontMetricsF(date_font).horizontalAdvance(tile.caption) + 8
        width = QFontMetricsF(word_font).horizontalAdvance(word)
        if left + 20 + width > rect.width():
            word, width = "", -4.0
        else:
            _text(painter, rect, word, word_font, "ink3", _RIGHT)
        x = rect.right() - width - 20
        paint_icon(painter, _TYPE_ICONS[tile.photo_type], QRectF(round(x), rect.center().y() - 8, 16, 16), "ink3")

    def _paint_choice(self, painter: QPainter, square: QRectF, state: QStyle.StateFlag, is_marked: bool | None) -> None:
        """A blue ring marks the tile with the focus, a grey one the tile chosen last while the focus is elsewhere. A
        tick means marked; in high contrast it also tells the chosen tile, as long as none is marked."""
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, square, RADIUS_PX)
        elif is_selected:
            paint_ring(painter, square, RADIUS_PX, "edge")
        if is_selected and theme.current().is_high_contrast if is_marked is None else is_marked:
            badge = QRectF(square.right() - 8 - _TICK_PX, square.y() + 8, _TICK_PX, _TICK_PX)
            paint_box(painter, badge.adjusted(-2, -2, 2, 2), _TICK_PX / 2 + 2, "surface")
            paint_box(painter, badge, _TICK_PX / 2, "accent")
            paint_icon(painter, "check", badge.adjusted(4, 4, -4, -4), "on_accent")


def paint_loading(painter: QPainter, square: QRectF, turn: float) -> None:
    """Paint the ring and the word of a tile that has waited long enough to say so."""
    top = square.center().y() - (_SPINNER_BOX_PX + 8 + _LINE_PX) / 2
    ring = QRectF(square.center().x() - _SPINNER_PX / 2, top + 2, _SPINNER_PX, _SPINNER_PX)
    paint_spinner(painter, ring, turn)
    _line(painter, QRectF(square.x(), top + _SPINNER_BOX_PX + 8, square.width(), _LINE_PX), album.loading())


def hits_retry(square: QRect, point: QPoint) -> bool:
    return retry_area(square).contains(point)


def _line(painter: QPainter, rect: QRectF, words: str) -> None:
    _text(painter, rect, words, fonts.styled(fonts.HINT), "ink2", _CENTRE)


def _text(painter: QPainter, rect: QRectF, words: str, font: QFont, ink: str, alignment: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(color(ink))
    painter.drawText(rect, alignment, words)
