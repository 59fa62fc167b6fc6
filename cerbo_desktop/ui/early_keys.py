"""What is typed or scanned while the rest of the app is loading: a box without looks takes it for the search box.

It is a real box, so that dead keys, input methods, Backspace and paste do what they do everywhere.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from cerbo_desktop.ui.kit.dragged import local_files
from cerbo_desktop.ui.kit.keys import ENTER_KEYS, is_held_act, is_kept_beside
from cerbo_desktop.ui.kit.scanned import is_number
from cerbo_desktop.ui.text import search

_PAUSE_MS = 300
"""Readers send their Enter within it, and people who are typing the next letter."""


class Typed(NamedTuple):
    """What stood in the box in the end, and whether Enter came after it."""

    text: str = ""
    is_entered: bool = False


class EarlyKeys(QLineEdit):
    """Has the keyboard from the first show of its window on; `finish` tells what came.

    It understands keys as the search box does: Enter after a number begins a new text, Esc empties it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_entered = False
        self._page_focus: QWidget | None = None
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.setFrame(False)
        self.setGeometry(0, 0, 1, 1)
        self.lower()  # behind the page
        self.setAccessibleName(search.box_name())
        self.textChanged.connect(self._take_enter_back)
        self.show()
        self.setFocus()

    def finish(self) -> Typed:
        """Return what was typed and end; nothing where the person has turned to another part of the window."""
        is_in_use = self.window().focusWidget() is self
        if is_in_use:
            QGuiApplication.inputMethod().commit()
        typed = Typed(self.text(), self._is_entered) if is_in_use else Typed()
        self._leave()
        return typed

    def drop(self) -> None:
        """Drop what was typed and will be: another page has come and has the focus, for which it was not meant.

        That would land in a secret, and its Enter would send that. So the keys go on coming here until a pause.
        """
        if not self._typing.isActive():
            self._leave()
            return
        self._page_focus = self.window().focusWidget()
        self._typing.timeout.connect(self._let_keys_come)
        self.setFocus()

    def _let_keys_come(self) -> None:
        """Those that have waited in the queue of a busy window were typed before the pause."""
        QTimer.singleShot(0, self, self._leave_after_pause)

    def _leave_after_pause(self) -> None:
        if self._typing.isActive():
            return
        if self._page_focus is not None and self.window().focusWidget() is self:
            self._page_focus.setFocus()
        self._leave()

    def _leave(self) -> None:
        self.clearFocus()
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._typing.start()
            if not is_kept_beside(event):
                self._take_enter_back()
        return super().event(event)

    def focusNextPrevChild(self, _is_next: bool) -> bool:
        """Some readers end with Tab, and there is nowhere to go yet."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()  # for the window, as Alt 1; it must not type a figure
        elif event.matches(QKeySequence.StandardKey.Paste) and local_files(QGuiApplication.clipboard().mimeData()):
            event.ignore()  # their paths are no name
        elif event.key() in ENTER_KEYS:
            if not is_held_act(event):
                self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self._is_entered = bool(self.text().strip())
        if is_number(self.text()):
            self.selectAll()

    def _take_enter_back(self) -> None:
        self._is_entered = False
