"""The film strip: every photo of the set at a glance in the album's order, newest at the left."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring, painting
from cerbo_desktop.ui.kit.quiet_list import QuietList
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile
from cerbo_desktop.ui.text import viewer
from cerbo_desktop.ui.viewer.captions import FilmEntry
from cerbo_desktop.ui.viewer.film_model import AnyIndex, FilmModel, FilmRole

HEIGHT_PX = 104
THUMB_PX = 64
_CELL_PX = 72
_GROUP_GAP_PX = 8
_LABEL_TOP_PX, _THUMB_TOP_PX = 6, 28
_SIDE_PX = 12
_LAID_OUT_SINGLY = 400
"""Up to so many cells have their own width, for the gap before a month; more would lay out slowly (measured, 4.1)."""


class FilmDelegate(QStyledItemDelegate):
    """Paints a cell: the month above the first of a group, the picture, the ring around the one on show."""

    has_group_gaps = True

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry: FilmEntry = index.data(FilmRole.ENTRY)
        gap = _GROUP_GAP_PX if self.has_group_gaps and entry.month and index.row() else 0
        return QSize(_CELL_PX + gap, HEIGHT_PX - 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: FilmEntry = index.data(FilmRole.ENTRY)
        cell = option.rect
        left = cell.right() + 1 - THUMB_PX - (_CELL_PX - THUMB_PX) / 2
        rect = QRectF(left, cell.top() + _THUMB_TOP_PX - 1, THUMB_PX, THUMB_PX)
        is_chosen = bool(option.state & option.state.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.month:
            _paint_month(painter, QRectF(left, cell.top() + _LABEL_TOP_PX - 1, _CELL_PX + 8, 16), entry.month)
        _paint_thumb(painter, rect, index, 6 if is_chosen else 8)
        if is_chosen:
            paint_ring(painter, rect, 6)
        painter.restore()


class FilmStrip(QuietList):
    """A row of photos; one is on show. Arrow keys and clicks choose another."""

    photo_chosen = Signal(str)  # PhotoId
    wanted_changed = Signal(object, object)  # tuple[PhotoId, ...] in view, and beside the view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.film = FilmModel(self)
        self._cells = FilmDelegate(self)
        self._is_choosing = True
        self._has_ring = False
        self.setModel(self.film)
        self.setItemDelegate(self._cells)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setFixedHeight(HEIGHT_PX)
        self.setViewportMargins(_SIDE_PX, 1, _SIDE_PX, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(viewer.film_strip())
        self.selectionModel().currentChanged.connect(self._emit_choice)
        self._wanted = QTimer(self, singleShot=True, interval=0)
        self._wanted.timeout.connect(self._emit_wanted)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._wanted.start())

    def set_entries(self, entries: Sequence[FilmEntry]) -> None:
        """Show these photos, newest first."""
        is_short = len(entries) <= _LAID_OUT_SINGLY
        self._cells.has_group_gaps = is_short
        self._is_choosing = False
        self.setUniformItemSizes(not is_short)
        self.film.set_entries(entries)
        self._is_choosing = True
        self._wanted.start()

    def show_chosen(self, photo_id: PhotoId) -> None:
        """Mark the photo on show and bring it into view, without saying that a person chose it."""
        row = self.film.row_of(photo_id)
        if row is None or row == self.currentIndex().row():
            return
        self._is_choosing = False
        self.setCurrentIndex(self.film.index(row))
        self._is_choosing = True
        self.scrollTo(self.film.index(row), QListView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)
        self._wanted.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wanted.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_ring = event.reason() != Qt.FocusReason.MouseFocusReason
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._has_ring = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._has_ring:
            with painting(self.viewport()) as painter:
                paint_box(painter, QRectF(self.viewport().rect()), 8, None, "accent", 2)

    def _emit_choice(self, current: QModelIndex) -> None:
        if self._is_choosing and current.isValid():
            self.photo_chosen.emit(self.film.id_at(current.row()))

    def _emit_wanted(self) -> None:
        if not self.film.rowCount() or not self.isVisible():
            return
        first, last = self._row_at(4), self._row_at(self.viewport().width() - 4)
        visible = range(first, last + 1)
        reach = len(visible) // 2 + 1
        near = [*range(last + 1, last + 1 + reach), *range(first - 1, first - 1 - reach, -1)]
        inside = [row for row in near if 0 <= row < self.film.rowCount()]
        self.wanted_changed.emit(
            tuple(self.film.id_at(row) for row in visible), tuple(self.film.id_at(row) for row in inside)
        )

    def _row_at(self, x: int) -> int:
        index = self.indexAt(QPoint(x, HEIGHT_PX // 2))
        return index.row() if index.isValid() else self.film.rowCount() - 1


def _paint_month(painter: QPainter, rect: QRectF, month: str) -> None:
    painter.setFont(fonts.styled(fonts.LABEL))
    painter.setPen(color("ink3"))
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, month
    )


def _paint_thumb(painter: QPainter, rect: QRectF, index: AnyIndex, radius: float) -> None:
    image = index.data(FilmRole.IMAGE)
    if image is not None:
        paint_in_tile(painter, rect, image, radius)
        return
    paint_box(painter, rect, radius, "skeleton")
    if index.data(FilmRole.HAS_FAILED):
        mark = QRectF(rect.center().x() - 10, rect.center().y() - 10, 20, 20)
        paint_icon(painter, "warn", mark, "ink3")
