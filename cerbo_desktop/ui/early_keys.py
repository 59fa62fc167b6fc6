"""What is typed or scanned while the rest of the app is loading: a box without looks takes it for the search box.

It is a real box, so that dead keys, input methods, Backspace and paste do what they do everywhere.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cerbo_desktop.ui.kit.keys import ENTER_KEYS, is_held_act, is_kept_beside
from cerbo_desktop.ui.kit.panes import SEARCH_BOX_NAME
from cerbo_desktop.ui.search.scanned import is_number


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
        self.setFrame(False)
        self.setGeometry(0, 0, 1, 1)
        self.lower()  # behind the page
        self.setAccessibleName(SEARCH_BOX_NAME)
        self.textChanged.connect(self._take_enter_back)
        self.show()
        self.setFocus()

    def finish(self) -> Typed:
        """Nothing where a person has turned to another part of the window."""
        is_in_use = self.window().focusWidget() is self
        if is_in_use:
            QGuiApplication.inputMethod().commit()
        typed = Typed(self.text(), self._is_entered) if is_in_use else Typed()
        self.clearFocus()
        self.hide()
        self.deleteLater()
        return typed

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not is_kept_beside(event):
            self._take_enter_back()
        return super().event(event)

    def focusNextPrevChild(self, _is_next: bool) -> bool:
        """Some readers end with Tab, and there is nowhere to go yet."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()  # for the window, as Alt 1; it must not type a figure
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
