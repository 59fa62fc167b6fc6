"""The album: tiles under month headings. Tells what is in view, what is opened and what is to be tried again."""

import time
from collections.abc import Callable, Collection

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.gallery.delegate import hits_retry
from cerbo_desktop.ui.gallery.layout import MARGIN_PX, STUCK_PX, by_distance
from cerbo_desktop.ui.gallery.marks import Marks
from cerbo_desktop.ui.gallery.model import AlbumModel, Role
from cerbo_desktop.ui.gallery.painted_grid import PaintedGrid
from cerbo_desktop.ui.gallery.pending import PendingPhoto
from cerbo_desktop.ui.gallery.year_menu import open_year_menu
from cerbo_desktop.ui.kit.announcing import announce, announce_current
from cerbo_desktop.ui.kit.keys import ENTER_KEYS, is_held_act
from cerbo_desktop.ui.text import album

_FRAME_MS = 16
_MOVES = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)


class AlbumView(PaintedGrid):
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
        super().__init__(AlbumModel(local), parent, now_s=now_s)
        self._album.setParent(self)
        self.marks = Marks(self._album, self)
        self._wanted: tuple[tuple[PhotoId, ...], tuple[PhotoId, ...]] = ((), ())
        self._soon = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self.setAccessibleName(album.photos())
        self.setMouseTracking(True)
        self._soon.timeout.connect(self._tell_wanted)
        self.view_moved.connect(self._tell_wanted_soon)
        self.selectionModel().selectionChanged.connect(self._tell_selected)
        self.marks.changed.connect(self.marks_changed)

    @property
    def wanted(self) -> tuple[tuple[PhotoId, ...], tuple[PhotoId, ...]]:
        """Ids in view, and near it, as told last."""
        return self._wanted

    def album_model(self) -> AlbumModel:
        return self._album

    def set_photos(
        self,
        photos: tuple[Photo, ...],
        pending: tuple[PendingPhoto, ...] = (),
        *,
        is_partial: bool = False,
        new: Collection[PhotoId] = (),
    ) -> None:
        """Show these, keeping the place: what was looked at stays where it was on the screen. `new`: those that came
        while a person had the album before them, who sees them at once where that moves nothing under the pointer."""
        if is_partial != self._album.is_partial:
            self._album.is_partial = is_partial
            self.viewport().update()  # the months are counted only once all are here
        is_own_act = {each.tile_id for each in pending}.issuperset(new)
        stays_at_top = (is_own_act or not self.viewport().underMouse()) if new else None
        with self.keeping_place(stays_at_top=stays_at_top):
            self._album.set_photos(photos, pending)

    def forget(self) -> None:
        """Another patient: nothing of the one before stays, not even in memory."""
        self._album.set_photos(())
        self.forget_pictures()
        self._wanted = ((), ())
        self.doItemsLayout()

    def show_photo(self, photo_id: PhotoId) -> None:
        """Make a photo the current one and bring it into view; for coming back from the viewer."""
        row = self._album.row_of(photo_id)
        if row >= 0:
            self._column = None
            self.setCurrentIndex(self._album.index(row))
            self.scrollTo(self._album.index(row))

    # Keyboard and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, Enter and the keys that mark are the album's; every other key is left to the page."""
        if self.currentIndex().row() not in self.rows_in_view():
            self._stand_at_first()
        if event.key() in _MOVES:
            self._move(event)
        elif ALBUM.row_of(event) is ALBUM["years"]:
            open_year_menu(self, QPoint(MARGIN_PX, STUCK_PX))
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
        if not (heading := self.years_heading_at(event.position())).isEmpty():
            open_year_menu(self, QPoint(MARGIN_PX, round(heading.bottom()) + 4))
            return
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
            self._open_or_explain(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_over_years = not self.years_heading_at(event.position()).isEmpty()
        acts = is_over_years or self._retry_at(event.position().toPoint()).isValid()
        shape = Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stand_at_first()
        self.viewport().update()
        announce_current(self)

    def _open(self, index: QModelIndex) -> None:
        state = index.data(Role.STATE)
        if isinstance(state, Failed) and state.kind is not FailureKind.CANNOT_SHOW:
            self.retry_wanted.emit(index.data(Role.PHOTO_ID))
        else:
            self._open_or_explain(index)

    def _open_or_explain(self, index: QModelIndex) -> None:
        """A photo that is not in the chart yet can't be opened as if it were: the tile says what it is."""
        pending: PendingPhoto | None = index.data(Role.PENDING)
        if pending is None:
            self.photo_opened.emit(index.data(Role.PHOTO_ID))
            return
        rect = self.tile_rect(index.row())
        QToolTip.showText(self.viewport().mapToGlobal(rect.center()), pending.about, self.viewport(), rect)
        announce(self, pending.about)

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
        for index in (each for each in selected.indexes() if each.data(Role.PENDING) is None):
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
        visible = self._album.charted_ids(rows)
        in_view = frozenset(visible)
        around = by_distance(self._album.charted_ids(below), self._album.charted_ids(above)[::-1])
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
