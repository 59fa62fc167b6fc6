"""The name of a key in its box."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

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
