"""The album: tiles under month headings. Tells what is in view, what is opened and what is to be tried again."""

import time
from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, ThumbnailState
from cerbo_desktop.ui.gallery.delegate import TileDelegate, hits_retry
from cerbo_desktop.ui.gallery.grid_view import MonthGrid
from cerbo_desktop.ui.gallery.headings import paint_heading
from cerbo_desktop.ui.gallery.layout import by_distance
from cerbo_desktop.ui.gallery.marks import Marks
from cerbo_desktop.ui.gallery.model import AlbumModel, Role
from cerbo_desktop.ui.gallery.pixmaps import TilePictures
from cerbo_desktop.ui.gallery.waiting import WaitingTiles
from cerbo_desktop.ui.kit import theme
from cerbo_desktop.ui.kit.announcing import announce, announce_current
from cerbo_desktop.ui.kit.keys import ENTER_KEYS, is_held_act
from cerbo_desktop.ui.kit.painting import RING_REACH_PX
from cerbo_desktop.ui.text import album

_FRAME_MS = 16
_MOVES = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)


class AlbumView(MonthGrid):
    """`local` turns an aware moment into clinic time; `now_s` counts seconds for the spinners."""

    photo_opened = Signal(str)
    photo_selected = Signal(str)
    """By a person, who may open it next."""
    marks_changed = Signal()
    retry_wanted = Signal(str)
    wanted_changed = Signal(object, object)
    """Photo ids in view, top down, then those up to a screen below or above, nearest first; at most once a frame."""

    def __init__(
        self, local: Local, parent: QWidget | None = None, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(AlbumModel(local), parent)
        self._album.setParent(self)
        self.marks = Marks(self._album, self)
        self._pictures = TilePictures()
        self._waiting = WaitingTiles(self, now_s)
        self._tiles = TileDelegate(self._pictures, self._waiting)
        self._wanted: tuple[tuple[PhotoId, ...], tuple[PhotoId, ...]] = ((), ())
        self._soon = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self.setItemDelegate(self._tiles)
        self.setAccessibleName(album.photos())
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._soon.timeout.connect(self._tell_wanted)
        self.view_moved.connect(self._tell_wanted_soon)
        self._waiting.turned.connect(self._repaint)
        self.selectionModel().selectionChanged.connect(self._tell_selected)
        self.marks.changed.connect(self.marks_changed)
        theme.changes.theme_changed.connect(self.viewport().update)

    @property
    def wanted(self) -> tuple[tuple[PhotoId, ...], tuple[PhotoId, ...]]:
        """Ids in view, and near it, as told last."""
        return self._wanted

    @property
    def pictures_bytes(self) -> int:
        """How many bytes of memory the pictures of the tiles take."""
        return self._pictures.used_bytes

    def album_model(self) -> AlbumModel:
        return self._album

    def set_photos(self, photos: tuple[Photo, ...], *, is_partial: bool = False) -> None:
        """Show these, keeping the place: what was looked at stays where it was on the screen."""
        if is_partial != self._album.is_partial:
            self._album.is_partial = is_partial
            self.viewport().update()  # the months are counted only once all are here
        with self.keeping_place():
            self._album.set_photos(photos)

    def set_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        if isinstance(state, Failed):
            self._pictures.forget(photo_id)
        self._album.set_thumbnail(photo_id, state)

    def forget(self) -> None:
        """Another patient: nothing of the one before stays, not even in memory."""
        self._album.set_photos(())
        self._pictures.clear()
        self._waiting.clear()
        self._wanted = ((), ())
        self.doItemsLayout()

    def show_photo(self, photo_id: PhotoId) -> None:
        """Make a photo the current one and bring it into view; for coming back from the viewer."""
        row = self._album.row_of(photo_id)
        if row >= 0:
            self._column = None
            self.setCurrentIndex(self._album.index(row))
            self.scrollTo(self._album.index(row))

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        super().doItemsLayout()
        self._pictures.use(self._places.tile_px, self.devicePixelRatioF())

    # Keyboard and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, Enter and the keys that mark are the album's; every other key is left to the page."""
        if self.currentIndex().row() not in self.rows_in_view():
            self._stand_at_first()
        if event.key() in _MOVES:
            self._move(event)
        elif self.marks.take_key(event, self.currentIndex(), is_chosen=self._is_chosen):
            announce(self, album.marked(self.marks.count))
        elif event.key() in ENTER_KEYS and self.currentIndex().isValid():
            if not is_held_act(event):  # held since it opened the patient
                self._open(self.currentIndex())
        else:
            event.ignore()

    def _move(self, event: QKeyEvent) -> None:
        """With Shift every photo from the one moved from to the one moved to is marked."""
        row = self.currentIndex().row()
        super().keyPressEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.marks.extend(row, self.currentIndex().row())
        else:
            self.marks.end_run()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._column = None
        row = self.currentIndex().row()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.marks.take_click(event, row, index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            index = self._retry_at(event.position().toPoint())
            if index.isValid():
                self.retry_wanted.emit(index.data(Role.PHOTO_ID))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not self._retry_at(point).isValid():
            self.photo_opened.emit(index.data(Role.PHOTO_ID))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_over_retry = self._retry_at(event.position().toPoint()).isValid()
        shape = Qt.CursorShape.PointingHandCursor if is_over_retry else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stand_at_first()
        self.viewport().update()
        announce_current(self)

    def _open(self, index: QModelIndex) -> None:
        state = index.data(Role.STATE)
        may_retry = isinstance(state, Failed) and state.kind is not FailureKind.CANNOT_SHOW
        (self.retry_wanted if may_retry else self.photo_opened).emit(index.data(Role.PHOTO_ID))

    def _retry_at(self, point: QPoint) -> QModelIndex:
        index = self.indexAt(point)
        state = index.data(Role.STATE) if index.isValid() else None
        if isinstance(state, Failed) and state.kind is FailureKind.NOT_LOADED:
            rect = self.tile_rect(index.row())
            if hits_retry(QRect(rect.x(), rect.y(), rect.width(), rect.width()), point):
                return index
        return QModelIndex()

    # What is selected, and what is in view.

    def _tell_selected(self, selected: QItemSelection) -> None:
        for index in selected.indexes():
            self.photo_selected.emit(index.data(Role.PHOTO_ID))

    def _tell_wanted_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _tell_wanted(self) -> None:
        if not self.isVisible():
            return
        rows, height, top = self.rows_in_view(), self.viewport().height(), self.verticalOffset()
        below = self._places.rows_between(top + height, min(top + 2 * height, self._places.height_px))
        above = self._places.rows_between(max(0, top - height), top)
        visible = self._album.ids(rows)
        in_view = frozenset(visible)
        around = by_distance(self._album.ids(below), self._album.ids(above)[::-1])
        near = tuple(photo_id for photo_id in around if photo_id not in in_view)
        if (visible, near) != self._wanted:
            self._wanted = visible, near
            self._waiting.keep_only(in_view)
            self._album.forget_pictures_except(in_view.union(near))
            self.wanted_changed.emit(visible, near)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._wanted = ((), ())  # the film strip of the viewer has told its own meanwhile
            self._tell_wanted_soon()
        elif event.type() == QEvent.Type.Hide:
            self._waiting.clear()
        return super().event(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        exposed, top = event.region(), self.verticalOffset()
        area = exposed.boundingRect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            for section in self._places.sections_between(top + area.top(), top + area.bottom() + 1):
                self._paint_heading(painter, section)
            first = top + area.top() - RING_REACH_PX
            for row in self._places.rows_between(first, top + area.bottom() + 1 + RING_REACH_PX):
                self._paint_tile(painter, row, exposed)
        finally:
            painter.end()

    def _paint_tile(self, painter: QPainter, row: int, exposed: QRegion) -> None:
        option = QStyleOptionViewItem()
        option.rect = self.tile_rect(row)
        reach = RING_REACH_PX
        if not exposed.intersects(option.rect.adjusted(-reach, -reach, reach, 0)):
            return
        index = self._album.index(row)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        self._tiles.paint(painter, option, index)

    def _repaint(self, photo_ids: frozenset[PhotoId]) -> None:
        in_view = self.rows_in_view()
        for row in map(self._album.row_of, photo_ids):
            if row in in_view:
                self.viewport().update(self.tile_rect(row))

    def _paint_heading(self, painter: QPainter, section: int) -> None:
        box, words = self._places.header(section), self._sections[section]
        line = QRectF(box.x, box.y - self.verticalOffset() + 16, box.width, 24)
        paint_heading(painter, line, words.title, None if self._album.is_partial else words.photo_count)
