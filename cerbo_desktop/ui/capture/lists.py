"""The strip of camera shots and the list of added files. Keys that mean something to the sheet pass through."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from cerbo_desktop.services.shots import Examining, Shot, ShotId
from cerbo_desktop.ui.capture.checking_ring import CheckingRing
from cerbo_desktop.ui.capture.delegates import CardDelegate
from cerbo_desktop.ui.capture.file_row import FileRowDelegate
from cerbo_desktop.ui.capture.file_row_buttons import RowButton, button_of, button_zone
from cerbo_desktop.ui.capture.model import SHOT_ROLE, ShotModel
from cerbo_desktop.ui.text import added_files, capture as words

_KEYS_OF_LISTS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
)


class _ShotList(QListView):
    shot_ticked = Signal(int, bool)
    shot_removed = Signal(int)

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shots = ShotModel(self)
        self.setModel(self.shots)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shot = self.current_shot()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and shot is not None:
            if not event.isAutoRepeat():
                self.delete(shot)
        elif event.key() in _KEYS_OF_LISTS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def delete(self, shot: Shot) -> None:
        """What the key Delete does."""
        self.shot_removed.emit(shot.id)

    def current_shot(self) -> Shot | None:
        return self.shot_at(self.currentIndex())

    def shot_at(self, index: QModelIndex) -> Shot | None:
        found: Shot | None = index.data(SHOT_ROLE) if index.isValid() else None
        return found

    def tick(self, shot: Shot | None) -> None:
        """Choose or leave out; one that was refused, or that is just being saved, stays as it is."""
        if shot is not None and shot.can_be_chosen:
            self.shot_ticked.emit(shot.id, not shot.is_chosen)


class ShotStrip(_ShotList):
    """Cards in one row; a click anywhere on a card chooses it or leaves it out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.shots(), parent)
        self._cards = CardDelegate(self)
        self.setItemDelegate(self._cards)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_card_height(self._cards.height_px)

    def set_card_height(self, height_px: int) -> None:
        """Height of each shot in pixels."""
        self._cards.height_px = height_px
        self.setFixedHeight(height_px)
        self.scheduleDelayedItemsLayout()

    def set_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show these shots, in the order in which they were taken."""
        had = self.shots.rowCount()
        self.shots.set_shots(shots)
        if self.shots.rowCount() > had:
            self.scrollTo(self.shots.index(self.shots.rowCount() - 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.tick(self.shot_at(self.indexAt(event.position().toPoint())))


class FileList(_ShotList):
    """Rows; the box ticks, the cross removes, a button does what it says, the rest of a row shows the photo beside the
    list."""

    current_changed = Signal(object)  # Shot or None
    see_both_wanted = Signal(int)
    """The id of the shot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(added_files.added_files(), parent)
        self._rows, self._awaits_news = FileRowDelegate(self), False
        self._told: Shot | None = None
        self.setItemDelegate(self._rows)
        self._ring = CheckingRing(self)
        self._ring.turned.connect(self._turn_rings)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.selectionModel().currentChanged.connect(self._emit_current)

    def expect_news(self) -> None:
        """A person adds files: the first that comes now is the one to look at, and is shown large."""
        self._awaits_news = True

    def set_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show these files. What comes by itself, because there is room for it, moves nobody to another row."""
        before, current = {shot.id for shot in self.shots.shots}, self.current_shot()
        self.shots.set_shots(shots)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if shots else Qt.FocusPolicy.NoFocus)  # nothing shows it there
        self._ring.follow(shots)
        if current is not None and isinstance(current.state, Examining) and self.shots.row_of(current.id) is None:
            self._awaits_news = True  # it was a folder, whose files come now
        first_new = next((shot.id for shot in shots if shot.id not in before), None)
        if first_new is not None and (self._awaits_news or self.current_shot() is None):
            self._awaits_news = False
            self.select(first_new)
        elif current is not None and self.current_shot() != current:
            self.scrollTo(self.currentIndex())
        self._emit_current()

    def select(self, shot_id: ShotId) -> None:
        """Make this file the current one."""
        row = self.shots.row_of(shot_id)
        if row is not None:
            self.setCurrentIndex(self.shots.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.tick(self.current_shot())
        else:
            super().keyPressEvent(event)

    def delete(self, shot: Shot) -> None:
        """Leave the file out, as in See both; one that is left out already goes from the list."""
        if shot.goes_out and shot.can_be_chosen:
            self.tick(shot)
        else:
            super().delete(shot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A strip that comes above the list pushes no current row out of view."""
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        shot = self.shot_at(index)
        if shot is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        row = QRectF(self.visualRect(index))
        if FileRowDelegate.box_zone(row).contains(event.position()):
            self.tick(shot)
        elif FileRowDelegate.cross_zone(row).contains(event.position()):
            self.shot_removed.emit(shot.id)
        elif (button := button_of(shot)) is not None and button_zone(row, button).contains(event.position()):
            self._press(button, shot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def see_both(self) -> None:
        """Ask for both versions of the current file, where there are any to be seen now or soon."""
        shot = self.current_shot()
        if shot is not None and not shot.is_refused:
            self.see_both_wanted.emit(shot.id)

    def _press(self, button: RowButton, shot: Shot) -> None:
        if button is RowButton.SEE_BOTH:
            self.see_both_wanted.emit(shot.id)
        else:
            self.tick(shot)

    def _turn_rings(self) -> None:
        self._rows.ring_turn = self._ring.turn
        for place, shot in enumerate(self.shots.shots):
            if isinstance(shot.state, Examining):
                row = self.visualRect(self.shots.index(place)).toRectF()
                self.viewport().update(FileRowDelegate.mark_zone(row).toAlignedRect())

    def _point_at(self, at: QPointF | None) -> None:
        """Paint the row anew that the pointer has left, and the one that it has come to."""
        for each in (self._rows.pointer, at):
            if each is not None:
                self.viewport().update(self.visualRect(self.indexAt(each.toPoint())))
        self._rows.pointer = at

    def sizeHint(self) -> QSize:
        return QSize(832, 400)

    def _emit_current(self, *_report: object) -> None:
        """Not where another row has changed: of sixty files that get their verdicts, one is shown large."""
        current = self.current_shot()
        if current is not self._told:
            self._told = current
            self.current_changed.emit(current)
