"""A small window of its own that says why the app does not open. There is no main window behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, Kind
from cerbo_desktop.ui.kit.dialogs import Choice
from cerbo_desktop.ui.kit.icons import app_icon
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.text import common
from cerbo_desktop.ui.window import TITLE

_WIDTH_PX = 520
CLOSE = "close"
"""What closing the window, or Esc, answers."""
SOLVED = "solved"
"""The answer where the window went by itself."""
_LOOK_AGAIN_S = 1.0

AGAIN = "again"


def try_again() -> Choice:
    """The filled button."""
    return AGAIN, common.try_again(), "primary"


def close_window() -> Choice:
    """Close the window that said why the app doesn't open."""
    return CLOSE, common.close(), "secondary"


class RefusalWindow(QDialog):
    """`answer` is the future that gets the key of the chosen button."""

    def __init__(self, title: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setWindowIcon(app_icon())
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(Label(title, fonts.PANE_TITLE, wraps=True))
        column.addWidget(Label(text, fonts.BODY, "ink2", wraps=True))
        column.addSpacing(16)
        buttons = [self._button(*choice) for choice in choices]
        column.addLayout(_row_of(buttons))
        for button, (_, _, kind) in zip(buttons, choices, strict=True):
            if kind == "primary":
                button.setFocus()  # what Enter presses
        self.setFixedSize(_WIDTH_PX, column.heightForWidth(_WIDTH_PX))

    def reject(self) -> None:
        """Esc, and the window's own close button."""
        self._settle(CLOSE)

    def _button(self, key: str, words: str, kind: Kind) -> Button:
        button = Button(words, kind)
        button.clicked.connect(lambda: self._settle(key))
        return button

    def _settle(self, key: str) -> None:
        self.hide()
        if not self.answer.done():
            self.answer.set_result(key)


def _row_of(buttons: Sequence[Button]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


async def refuse(
    title: str,
    text: str,
    choices: Sequence[Choice] = (),
    *,
    is_solved: Callable[[], Awaitable[bool]] | None = None,
) -> str:
    """Show the window until a person presses a button, and return that button's key. Without `choices` its only button
    is Close.

    `is_solved` is asked from time to time; once it returns True the window closes and `SOLVED` is returned.
    """
    window = RefusalWindow(title, text, choices or (close_window(),))
    window.show()
    try:
        if is_solved is None:
            return await window.answer
        while not (await asyncio.wait({window.answer}, timeout=_LOOK_AGAIN_S))[0]:
            if await is_solved() and not window.answer.done():
                return SOLVED
        return window.answer.result()
    finally:
        window.hide()
        window.deleteLater()
