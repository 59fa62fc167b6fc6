"""The list view that the board and the search results share: keys, opening, visible rows, and rows that stay put."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from cerbo_desktop.ui.kit.announcing import announce_current
from cerbo_desktop.ui.kit.keyed_rows import KeyedRow, KeyedRowsModel
from cerbo_desktop.ui.kit.keys import is_held_act, is_kept_beside
from cerbo_desktop.ui.patients.face_hover import FaceHover
from cerbo_desktop.ui.patients.row_faces import RowFaces

_SEEN_DELAY_MS = 40


class PatientListView(QListView):
    """Up, Down, Home, End and the page keys move, Enter or a click opens. The ring shows for the keyboard only.

    Nothing is current until a person moves there: what is open is the delegate's matter, not the selection's.
    """

    row_opened = Signal(str)  # key, by Enter
    row_clicked = Signal(str)  # key, by the mouse
    face_clicked = Signal(str)  # patient id, once the row is opened: the click was on the dashed face
    key_pressed = Signal()
    """Any key but Enter."""
    left_upwards = Signal()  # Up on the first row
    rows_seen = Signal(list)  # patient ids in view, top to bottom

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = KeyedRowsModel(self)
        self.shows_ring = False
        self._face_hover: FaceHover | None = None
        self.setModel(self.rows_model)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._seen_timer = QTimer(self, singleShot=True, interval=_SEEN_DELAY_MS)
        self._seen_timer.timeout.connect(self._emit_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._seen_timer.start())
        self.clicked.connect(self._open_clicked)

    def show_rows(self, rows: Iterable[KeyedRow]) -> None:
        """Become these rows; the row under the pointer, or else the topmost, keeps its place on the screen."""
        anchor = self._anchor()
        was_at = self.visualRect(self.rows_model.index_of(anchor)).top()
        self.rows_model.show_rows(rows)
        self.doItemsLayout()
        kept = self.rows_model.index_of(anchor)
        if kept.isValid() and self._may_shift():
            moved = self.visualRect(kept).top() - was_at
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
        self._seen_timer.start()

    def offer_id_photos(self, faces: RowFaces, face_rect: Callable[[QRect], QRectF]) -> None:
        """Make the dashed faces of the rows buttons. `face_rect`: where the face lies in the rectangle of its row."""
        self._face_hover = FaceHover(self, faces, face_rect)

    @property
    def hovered_face_key(self) -> str:
        """The row whose dashed face is below the pointer; empty for none."""
        return self._face_hover.key if self._face_hover is not None else ""

    @property
    def current_key(self) -> str:
        """The row a person moved to; empty when there is none."""
        row = self.rows_model.row_at(self.currentIndex())
        return row.key if row is not None and row.can_be_chosen else ""

    @property
    def patients_in_view(self) -> list[str]:
        """The ids of the patients whose rows are in view, top to bottom."""
        rows = self._rows_in_view() if self.isVisible() else ()
        return list(dict.fromkeys(row.patient_id for row in rows if hasattr(row, "patient_id")))

    def move_to(self, key: str) -> None:
        """Make the row with this key the current one."""
        index = self.rows_model.index_of(key)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def move_to_first(self) -> bool:
        """Go to the first row that can be chosen; False where there is none."""
        first = next((row.key for row in self.rows_model.rows if row.can_be_chosen), "")
        self.move_to(first)
        return bool(first)

    def take_focus(self) -> bool:
        """Take the focus at the row a person was at, else at the first; False where the list has none in view."""
        if not self.isVisible() or not (self.current_key or self.move_to_first()):
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget_current(self) -> None:
        """Make no row the current one."""
        self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.shows_ring = True
        if not is_kept_beside(event):
            self.key_pressed.emit()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.current_key and not is_held_act(event):
                    self.row_opened.emit(self.current_key)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                rows = max(1, self.viewport().height() // 64 - 1)
                self._step(rows if event.key() == Qt.Key.Key_PageDown else -rows, may_leave=False)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                total = len(self.rows_model.rows)
                self._step(-total if event.key() == Qt.Key.Key_Home else total, may_leave=False)
            case _:
                event.ignore()  # letters do not jump about here; Esc, F6 and the rest are the window's
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.shows_ring = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.shows_ring = True
            if not self.current_key:
                self.move_to_first()
            elif not self.selectionModel().hasSelection():  # Qt made the first row current and chose none
                self.move_to(self.current_key)
        announce_current(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.key_pressed.emit()  # Tab comes to no keyPressEvent

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seen_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen_timer.start()

    def _step(self, by: int, *, may_leave: bool = True) -> None:
        keys = [row.key for row in self.rows_model.rows if row.can_be_chosen]
        if not keys:
            return
        if self.current_key not in keys:
            self.move_to(keys[0 if by > 0 else -1])
            return
        at = keys.index(self.current_key)
        if at == 0 and by < 0 and may_leave:
            self.left_upwards.emit()
            return
        self.move_to(keys[max(0, min(len(keys) - 1, at + by))])
        if max(0, at + by) == 0:
            self.scrollToTop()

    def _open_clicked(self, index: QModelIndex) -> None:
        row = self.rows_model.row_at(index)
        if row is not None and row.can_be_chosen:
            is_on_face = self._face_hover is not None and self._face_hover.is_clicked(row.key)
            self.row_clicked.emit(row.key)
            if is_on_face:
                self.face_clicked.emit(getattr(row, "patient_id", ""))

    def _anchor(self) -> str:
        """The key of the row that must not move under a person's hand or eye."""
        at = self._pointer() if self._is_pointed_at() else QPoint(16, 1)
        row = self.rows_model.row_at(self.indexAt(at))
        return row.key if row is not None else ""

    def _may_shift(self) -> bool:
        """At the top nothing is scrolled away unless the pointer is on a row: new arrivals should show."""
        return self._is_pointed_at() or self.verticalScrollBar().value() > 0

    def _is_pointed_at(self) -> bool:
        return self.underMouse() and self.viewport().rect().contains(self._pointer())

    def _pointer(self) -> QPoint:
        return self.viewport().mapFromGlobal(QCursor.pos())

    def _emit_seen(self) -> None:
        if seen := self.patients_in_view:
            self.rows_seen.emit(seen)

    def _rows_in_view(self) -> Iterator[KeyedRow]:
        """Top to bottom. Looks at those alone: asking each row of a long list where it lies takes too long."""
        rows, height = self.rows_model.rows, self.viewport().height()
        first = self.indexAt(QPoint(16, 0))
        for at in range(first.row() if first.isValid() else 0, len(rows)):
            if self.visualRect(self.rows_model.index(at, 0)).top() > height:
                return
            yield rows[at]
