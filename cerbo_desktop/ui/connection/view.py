"""The strip that says when Cerbo cannot be reached; it pushes the panes down and never covers them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.text import connection as text


class ConnectionStrip(QWidget):
    """Title, text, seconds to the next try, and what a person may do."""

    try_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._try = Button(text.try_now(), size=32)
        self._settings = Button(text.open_setup(), size=32)
        self._notice = Notice("warn", "", buttons=(self._settings, self._try), icon="offline", is_strip=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        self._try.clicked.connect(self.try_wanted)
        self._settings.clicked.connect(self.settings_wanted)
        self.hide()

    def show_trouble(self, title: str, text: str, *, can_set_up: bool, icon: str | None = None) -> None:
        """Appear with these words; `can_set_up` offers the setup page beside the retry, `icon` is of a trouble that
        passes by itself."""
        self._notice.set_tone("bad" if icon is None else "warn", icon)
        self._notice.set_words(title, text)
        self._settings.setVisible(can_set_up)
        self.show()

    def show_next_try(self, seconds: int | None) -> None:
        """Show the countdown beside the button; None where nothing is tried by itself."""
        self._notice.set_aside("" if seconds is None else text.next_try(seconds))

    def show_nothing(self) -> None:
        """Disappear: the connection is good."""
        self.hide()
