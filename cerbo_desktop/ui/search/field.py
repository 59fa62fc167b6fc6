"""The search box: a field in which some keys mean something to the pane."""

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QKeyEvent, QKeySequence

from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.commands.typing_pace import TYPING_GAP_S
from cerbo_desktop.ui.kit.dragged import local_files
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.kit.keys import ENTER_KEYS, is_held_act, is_kept_beside, is_written, pressed_at_s
from cerbo_desktop.ui.search.scan import Scan
from cerbo_desktop.ui.text import search as text

_MAX_TYPED = 400
"""Enough to tell a person that what was pasted is too long, instead of searching for a part of it."""
_QUIET_MS = round(TYPING_GAP_S * 1000) + 10
"""Certainly after the last key of a scan."""


class SearchField(Field):
    """The box. Down, Enter and Esc mean something to the pane.

    An ID that a reader has sent takes the place of the text before it. It is selected once its keys are quiet, so that
    the next card takes its place in turn: not every reader sends Enter.
    """

    key_pressed = Signal()
    """Any key but Enter."""
    down_pressed = Signal()
    enter_pressed = Signal()
    escape_pressed = Signal()
    paused = Signal()
    """Nothing was typed for a moment."""

    def __init__(self) -> None:
        super().__init__(text.box_placeholder(), "search", MAIN.key("search"), clearable=True)
        self.setMaxLength(_MAX_TYPED)
        self.setAccessibleName(text.box_name())
        self._scan = Scan()
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._end_scan)

    def begin_scan(self) -> None:
        """The first keys of a reader, or of a fast hand, came while something else had the focus."""
        self._scan.begin(self.text())
        self._quiet.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not is_kept_beside(event):
            self.key_pressed.emit()  # here, for Tab gets no further
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._note_pace(event)
        if event.matches(QKeySequence.StandardKey.Paste) and _is_for_window(QGuiApplication.clipboard().mimeData()):
            event.ignore()
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Alt 1 opens a card; it must not type a figure
            return
        match event.key():
            case Qt.Key.Key_Down:
                self.down_pressed.emit()
            case _ if event.key() in ENTER_KEYS or event.text() == "\n":  # readers can be set to end with a line feed
                if not is_held_act(event):
                    self._take_scan()
                    self.enter_pressed.emit()
            case Qt.Key.Key_Escape if self.text():
                self.escape_pressed.emit()
            case _:
                super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _is_for_window(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def _note_pace(self, event: QKeyEvent) -> None:
        if is_written(event):
            self._scan.note(event.text(), pressed_at_s(event), self.text())
            self._quiet.start()

    def _take_scan(self) -> bool:
        """Let the ID that a reader has sent stand alone. False where none was sent: a person types the figures of an ID
        with pauses, and the next belongs to those before it."""
        if number := self._scan.number_in(self.text()):
            self.setText(number)
        self._scan.end()
        return bool(number)

    def _end_scan(self) -> None:
        if self._take_scan() and self.hasFocus():
            self.selectAll()
        self.paused.emit()


def _is_for_window(data: QMimeData) -> bool:
    """A picture, or files, whose paths would come as text."""
    return not data.hasText() or bool(local_files(data))
