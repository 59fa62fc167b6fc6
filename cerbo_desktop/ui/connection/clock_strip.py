"""The strip that says that this PC's clock is wrong."""

from datetime import timedelta

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.text import common, connection as text


class ClockStrip(Notice):
    """Hidden until `show_offset`, and again once a person has read it."""

    def __init__(self) -> None:
        self.close_button = Button(common.close(), size=32)
        super().__init__("warn", "", "", (self.close_button,), is_strip=True)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def show_offset(self, ahead: timedelta | None) -> None:
        """`ahead` is how far this PC's clock is ahead of Cerbo's; negative where it is behind."""
        if ahead is not None:
            self.show()
            self.set_words(text.clock_title(ahead), text.clock_text())
