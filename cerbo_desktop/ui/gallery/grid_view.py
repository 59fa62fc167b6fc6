"""A QListView whose layout is ours: photos under month headings, laid out one step a month instead of one a photo.

It moves in two dimensions across the headings, which QListView's own icon mode cannot (a full-width heading row costs
it the uniform sizes, and with them the speed). Nothing of what a tile shows is here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.gallery.layout import MARGIN_PX, STUCK_PX, AlbumLayout
from cerbo_desktop.ui.gallery.model import AlbumModel, AnyIndex, Role, Section
from cerbo_desktop.ui.kit.painting import RING_REACH_PX

MIN_TILE_PX, DEFAULT_TILE_PX, MAX_TILE_PX = 120, 168, 240
_STEP_PX = 48
_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class MonthGrid(QListView):
    """Lays out an album model. `view_moved` fires when other rows may be in view than before."""

    view_moved = Signal()

    def __init__(self, album: AlbumModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._album = album
        self._tile_px = DEFAULT_TILE_PX
        self._places = AlbumLayout((), 1, DEFAULT_TILE_PX)
        self._sections: tuple[Section, ...] = ()
        self._column: int | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(False)
        self.setTabKeyNavigation(False)
        self.setModel(album)

    @property
    def tile_px(self) -> int:
        return self._tile_px

    def set_tile_px(self, tile_px: int) -> None:
        tile_px = max(MIN_TILE_PX, min(MAX_TILE_PX, tile_px))
        if tile_px != self._tile_px:
            with self.keeping_place():
                self._tile_px = tile_px

    def rows_in_view(self) -> range:
        top = self.verticalOffset()
        return self._places.rows_between(top, top + self.viewport().height())

    @property
    def years(self) -> dict[int, int]:
        """The first row of each year, newest first; 0 stands for photos without a date."""
        found: dict[int, int] = {}
        row = 0
        for section in self._sections:
            if section.year is not None:
                found.setdefault(section.year, row)
            row += section.photo_count
        return found

    def jump_to(self, row: int) -> None:
        """Make a photo the current one, with the heading of its month at the top of the view."""
        self._set_current(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.verticalScrollBar().setValue(self._places.top_of_section(row))

    def tile_rect(self, row: int) -> QRect:
        """The square and its caption, in the viewport."""
        box = self._places.tile(row)
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    @contextmanager
    def keeping_place(self, *, stays_at_top: bool | None = None) -> Iterator[None]:
        """Around a change of rows or sizes: the tile looked at, or the next that is left, stays at its height.

        `stays_at_top`: whether whoever is at the very top sees what comes there, as long as the tile that they chose
        stays in view; None leaves it to whether the first tile was the one looked at.
        """
        was_at_top = self.verticalOffset() == 0
        current: PhotoId | None = self.currentIndex().data(Role.PHOTO_ID) if self._is_chosen else None
        anchor, order = self._anchor_row(), self._album.ids(range(self._album.rowCount()))
        offset = self._places.tile(anchor).y - self.verticalOffset() if anchor >= 0 else 0
        yield
        self.doItemsLayout()
        self._select_again(current)
        row = next((row for id_ in (*order[anchor:], *order[:anchor][::-1]) if (row := self._row(id_)) >= 0), -1)
        if stays_at_top:
            stays_at_top = current is None or row in self.rows_in_view()
        elif stays_at_top is None:
            stays_at_top = anchor == 0
        if anchor >= 0 and row >= 0 and not (was_at_top and stays_at_top):
            self.verticalScrollBar().setValue(self._places.tile(row).y - offset)
        if current is None and self.hasFocus():
            self.selectionModel().clearSelection()  # Qt selects what stands beside a current tile that goes
            self._stand_at_first()

    @property
    def _is_chosen(self) -> bool:
        """A person chose the current tile; where the focus only happens to stand, nothing is selected."""
        return self.selectionModel().isSelected(self.currentIndex())

    def _stand_at_first(self) -> None:
        """Where nobody chose a tile, keys begin at the first photo of the chart in view: at the newest while older
        pages came first, and not at photos on their way above it. Nothing moves on the screen for it."""
        if not self._is_chosen and (rows := self.rows_in_view()):
            charted = self._album.charted_ids(rows)
            self.setAutoScroll(False)
            self._set_current(
                self._row(charted[0]) if charted else rows.start, QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.setAutoScroll(True)

    def _set_current(self, row: int, flags: QItemSelectionModel.SelectionFlag) -> None:
        if self.currentIndex().row() != row:
            self.selectionModel().setCurrentIndex(self._album.index(row), flags)

    def _row(self, photo_id: PhotoId) -> int:
        return self._album.row_of(photo_id)

    def _anchor_row(self) -> int:
        """The current tile if it is in view, else the first in view; -1 for an empty album."""
        rows = self.rows_in_view()
        current = self.currentIndex().row()
        return current if current in rows else rows.start if rows else -1

    def _select_again(self, current: PhotoId | None) -> None:
        row = -1 if current is None else self._row(current)
        if row >= 0:
            self._set_current(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Layout, in Qt's terms.

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        self._sections, self._column = self._album.sections, None
        # The whole width, so that a scroll bar coming or going moves no tile; it lies in the right margin.
        counts = [section.photo_count for section in self._sections]
        self._places = AlbumLayout(counts, self.width(), self._tile_px)
        QAbstractItemView.doItemsLayout(self)
        self.view_moved.emit()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:  # noqa: N802
        """A picture moves nothing: QListView would lay the whole album out anew, and paint all of it, for each one
        (measured, 4.2; no upstream report was found)."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._places.height_px - height))
        bar.setPageStep(height)
        bar.setSingleStep(_STEP_PX)
        QAbstractItemView.updateGeometries(self)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def visualRect(self, index: AnyIndex) -> QRect:
        """The tile with the room its ring takes."""
        if not index.isValid() or index.row() >= self._places.row_count:
            return QRect()
        reach = RING_REACH_PX
        return self.tile_rect(index.row()).adjusted(-reach, -reach, reach, 0)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Nothing under the heading that lies over the tiles."""
        stuck = self._places.stuck_header(self.verticalOffset())
        if stuck is not None and point.y() < STUCK_PX - stuck[1]:
            return QModelIndex()
        row = self._places.row_at(point.x(), point.y() + self.verticalOffset())
        return self._album.index(row) if 0 <= row < self._album.rowCount() else QModelIndex()

    def scrollTo(self, index: AnyIndex, _hint: QAbstractItemView.ScrollHint = _VISIBLE) -> None:
        if not index.isValid() or index.row() >= self._places.row_count:
            return
        tile, bar, height = self._places.tile(index.row()), self.verticalScrollBar(), self.viewport().height()
        is_first_line = self._places.line_of(index.row()) == 0
        top = 0 if is_first_line else tile.y - STUCK_PX - 8
        bottom = tile.y + tile.height + 8
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(min(bottom - height, top))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self.view_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        with self.keeping_place():
            pass

    def sizeHint(self) -> QSize:
        return QSize(2 * MARGIN_PX + 4 * DEFAULT_TILE_PX, 2 * DEFAULT_TILE_PX)

    # Moving.

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        moves = QAbstractItemView.CursorAction
        count, row = self._places.row_count, self.currentIndex().row()
        if not count or row < 0 or row >= count:
            return self._album.index(0)
        if action in (moves.MoveUp, moves.MoveDown, moves.MovePageUp, moves.MovePageDown):
            return self._album.index(self._row_across(row, action))
        self._column = None
        steps = {
            moves.MoveLeft: row - 1,
            moves.MovePrevious: row - 1,
            moves.MoveRight: row + 1,
            moves.MoveNext: row + 1,
        }
        ends = {moves.MoveHome: 0, moves.MoveEnd: count - 1}
        return self._album.index(max(0, min(count - 1, steps.get(action, ends.get(action, row)))))

    def _row_across(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        """A line or a screen up or down. The column is kept across shorter lines until a sideways move."""
        moves = QAbstractItemView.CursorAction
        column = self._places.column_of(row) if self._column is None else self._column
        line = self._places.line_of(row)
        if action in (moves.MoveUp, moves.MoveDown):
            target = line + (1 if action == moves.MoveDown else -1)
        else:
            screen = max(1, self.viewport().height() // self._places.line_px)
            target = line + (screen if action == moves.MovePageDown else -screen)
        if not 0 <= target < self._places.line_count:
            if action in (moves.MoveUp, moves.MoveDown):
                return row
            target = max(0, min(self._places.line_count - 1, target))
        self._column = column
        return self._places.row_in(target, column)
