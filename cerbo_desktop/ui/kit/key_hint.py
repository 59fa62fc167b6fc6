"""The name of a key in its box."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cerbo_desktop.ui.kit.painting import key_hint_width, paint_key_hint, painting


class KeyHint(QWidget):
    """A key in its box, as a reminder."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setFixedSize(int(key_hint_width(keys) + 0.999), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_key_hint(painter, QPointF(0, self.height() / 2), self._keys)


class PassesKeysOn:
    """Mixed into a button that does what the keys of its screen do, and takes none of them for itself."""


class ButtonWithKey(QPushButton):
    """A button on which the name of a key may stand."""

    _shows_key = True

    def show_key(self, shows_key: bool) -> None:
        """Show the key or, while it does something else, not: the button keeps its width, and no other moves."""
        if shows_key != self._shows_key:
            self._shows_key = shows_key
            self.update()
