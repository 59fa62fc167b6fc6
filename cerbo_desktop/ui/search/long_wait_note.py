"""On the board's foot: photos that wait in Cerbo's queue for long, and of whom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice


class LongWaitNote(QWidget):
    """Hidden until there is something to tell. `closed`: a person has read it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.close_button = Button("Close", size=32)
        self._notice = Notice("info", "", "", (self.close_button,), icon="waiting")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.addWidget(self._notice)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    @property
    def words(self) -> str:
        return self._notice.accessibleName()

    def tell(self, title: str, text: str) -> None:
        self.show()
        self._notice.set_words(title, text)

    def take_away(self) -> None:
        """Nobody's name stays behind."""
        self.hide()
        self._notice.set_words("", "")
