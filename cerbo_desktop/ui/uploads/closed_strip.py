"""The strip that says why no photo can be taken or sent from this PC, and that those that wait here are kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.text import common


class ClosedStrip(QWidget):
    """Says why photos can't be kept on this PC, and offers to try again."""

    try_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._try = Button(common.try_again(), size=32)
        self._notice = Notice("bad", "", buttons=(self._try,), icon="lock", is_strip=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        self._try.clicked.connect(self.try_wanted)
        self.hide()

    def show_words(self, title: str, text: str) -> None:
        """Appear with these words."""
        self._notice.set_words(title, text)
        self.show()
