"""Keys that are pressed while a sheet is being made are meant for the sheet."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit.keys import tell_of_news


class HeldKeys(QObject):
    """Keeps keys from what has the focus in a window; `let_go` gives them to what has it then."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._keys: list[QKeyEvent] = []
        self._focused = QApplication.focusWidget() or window
        self._focused.installEventFilter(self)
        tell_of_news(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut of the page behind
            else:
                self._keys.append(event.clone())
            return True
        return super().eventFilter(watched, event)

    def let_go(self) -> None:
        """End, and have the keys come to what has the focus now."""
        if isValid(self._focused):
            self._focused.removeEventFilter(self)
        focused = QApplication.focusWidget()
        keys, self._keys = self._keys, []
        if focused is not None:
            for key in keys:
                QApplication.postEvent(focused, key)
        self.deleteLater()
