"""Keys that are pressed while a sheet is being made are meant for the sheet, and clicks for nothing behind it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.ui.kit.keys import tell_of_news

_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class HeldInput(QObject):
    """Keeps keys from a window, and drops clicks on it; `let_go` gives the keys to what has the focus then."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keys: list[QKeyEvent] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        tell_of_news(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(watched, QWidget) and watched.window() is self._window):
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent):
            event.accept()  # no shortcut of the page behind
            if event.type() is not QEvent.Type.ShortcutOverride:
                self._keys.append(event.clone())
            return True
        return event.type() in _CLICKS or super().eventFilter(watched, event)

    def let_go(self) -> None:
        """End, and have the keys come to what has the focus now."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        focused = QApplication.focusWidget()
        keys, self._keys = self._keys, []
        if focused is not None:
            for key in keys:
                QApplication.postEvent(focused, key)
        self.deleteLater()
