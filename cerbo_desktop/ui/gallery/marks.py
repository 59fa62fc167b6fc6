"""The photos of the album that a person has marked, to do something with all of them."""

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.gallery.model import AlbumModel
from cerbo_desktop.ui.kit.keys import is_held_act


class Marks(QObject):
    """Marked photos are always among those shown: what a filter hides, or Cerbo no longer lists, is not marked."""

    changed = Signal()

    def __init__(self, album: AlbumModel, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._anchor_row = -1
        """Where a run of marks began; -1 outside of one."""
        self._before_run: frozenset[PhotoId] = frozenset()
        for rows_changed in (album.rowsInserted, album.rowsRemoved, album.modelReset):
            rows_changed.connect(self._follow_rows)

    @property
    def count(self) -> int:
        return len(self._album.marked)

    @property
    def ids(self) -> tuple[PhotoId, ...]:
        """In the order of the album."""
        shown = self._album.charted_ids(range(self._album.rowCount()))
        return tuple(photo_id for photo_id in shown if photo_id in self._album.marked)

    def toggle(self, row: int) -> None:
        """Mark the photo of this row, or take its mark off."""
        self.end_run()
        self._mark(self._album.marked ^ frozenset(self._album.charted_ids(range(row, row + 1))))

    def extend(self, from_row: int, to_row: int) -> None:
        """Mark every photo between the two rows. Until `end_run` a run grows and shrinks with `to_row`."""
        if self._anchor_row < 0:
            self._anchor_row, self._before_run = from_row, self._album.marked
        first, last = sorted((self._anchor_row, to_row))
        self._mark(self._before_run | frozenset(self._album.charted_ids(range(first, last + 1))))

    def end_run(self) -> None:
        """Let the next `extend` begin a run of its own."""
        self._anchor_row = -1

    def mark_all(self) -> None:
        """Mark every photo that is shown."""
        self.end_run()
        self._mark(frozenset(self._album.charted_ids(range(self._album.rowCount()))))

    def clear(self) -> None:
        """Take every mark off."""
        self.end_run()
        self._mark(frozenset())

    def take_key(self, event: QKeyEvent, current: QModelIndex, *, is_chosen: bool) -> bool:
        """Space and Ctrl Space mark the current photo or take its mark off, Ctrl A marks all, Esc takes all off.

        False for any other key, for Esc where nothing is marked, and for Space alone where nobody chose the current
        photo: it takes a photo then.
        """
        is_held, ctrl = is_held_act(event), Qt.KeyboardModifier.ControlModifier
        marks_one = event.modifiers() == ctrl or (is_chosen and not event.modifiers())
        if event.key() == Qt.Key.Key_Space and current.isValid() and marks_one and not is_held:
            self.toggle(current.row())
        elif event.matches(QKeySequence.StandardKey.SelectAll) and current.isValid():
            self.mark_all()
        elif event.key() == Qt.Key.Key_Escape and self.count and not is_held:
            self.clear()
        else:
            return False
        return True

    def take_click(self, event: QMouseEvent, row_before: int, clicked: QModelIndex) -> None:
        """With Ctrl a click marks, or takes the mark off; with Shift it marks all from the current photo to this."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.extend(max(row_before, 0), clicked.row())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggle(clicked.row())
        else:
            self.end_run()

    def _mark(self, marked: frozenset[PhotoId]) -> None:
        if marked != self._album.marked:
            self._album.set_marked(marked)
            self.changed.emit()

    def _follow_rows(self) -> None:
        self.end_run()
        self.changed.emit()
