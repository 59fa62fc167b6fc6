"""The strip that says that this PC's clock is wrong."""

from datetime import timedelta

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.phrases import count

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class ClockStrip(Notice):
    """Hidden until `show_offset`, and again once a person has read it."""

    def __init__(self) -> None:
        self.close_button = Button("Close", size=32)
        super().__init__("warn", "", "", (self.close_button,), is_strip=True)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def show_offset(self, ahead: timedelta | None) -> None:
        """`ahead` is how far this PC's clock is ahead of Cerbo's; negative where it is behind."""
        if ahead is not None:
            self.show()
            self.set_words(clock_title(ahead), "Photo times may be wrong. Ask your clinic’s IT to set it.")


def clock_title(ahead: timedelta) -> str:
    """This PC’s clock is 7 minutes behind Cerbo’s."""
    seconds = round(abs(ahead.total_seconds()))
    if seconds < 2 * _HOUR:
        amount = count(max(1, round(seconds / _MINUTE)), "minute")
    elif seconds < 2 * _DAY:
        amount = count(round(seconds / _HOUR), "hour")
    else:
        amount = count(round(seconds / _DAY), "day")
    return f"This PC’s clock is {amount} {'ahead of' if ahead > timedelta() else 'behind'} Cerbo’s."
