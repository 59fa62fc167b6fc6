"""A small question that must be answered: discarding shots, closing with unsent photos. Awaited, never `exec()`."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, Kind
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.picture import Picture
from cerbo_desktop.ui.kit.scrolled import ScrolledBody
from cerbo_desktop.ui.kit.sheet import Sheet

Choice = tuple[str, str, Kind]  # key, text, kind
Shown = tuple[QImage, str]
"""The photo that a question is about, and the words beneath it."""
_WIDTH_PX, _EDGE_PX = 480, 24
_PICTURE_PX = 80


class Question(Sheet):
    """Title, text and one button a choice. `answer` is the future that gets the chosen key."""

    def __init__(
        self, title: str, text: str, choices: Sequence[Choice], escape: str, shown: Shown | None = None
    ) -> None:
        super().__init__(title, QSize(_WIDTH_PX, 200))
        self.setAccessibleDescription(text)
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.on_escape = lambda: self._settle(escape)
        self.buttons: dict[str, Button] = {}
        self.destroyed.connect(lambda _=None, answer=self.answer: answer.done() or answer.set_result(escape))
        self._lay_out(_words(title, text), shown, choices)

    def _lay_out(self, said: QVBoxLayout, shown: Shown | None, choices: Sequence[Choice]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(16)
        if shown is not None:
            head.addLayout(_photo(*shown))
        head.addLayout(said, 1)
        column.addWidget(ScrolledBody(head, _WIDTH_PX - 2 * _EDGE_PX), 1)
        column.addSpacing(16)
        for key, words, kind in choices:
            self.buttons[key] = Button(words, kind)
            self.buttons[key].clicked.connect(lambda _=False, key=key: self._settle(key))
        column.addWidget(FittingRow(tuple(self.buttons.values()), align=Qt.AlignmentFlag.AlignRight))
        self.resize_to(QSize(_WIDTH_PX, column.heightForWidth(_WIDTH_PX)))

    def _settle(self, key: str) -> None:
        if not self.answer.done():
            self.answer.set_result(key)
        self.dismiss()


def _words(title: str, text: str) -> QVBoxLayout:
    said = QVBoxLayout()
    said.setSpacing(8)
    said.addWidget(Label(title, fonts.PANE_TITLE, wraps=True))
    if text:
        said.addWidget(Label(text, fonts.BODY, "ink2", wraps=True))
    said.addStretch(1)
    return said


def _photo(image: QImage, words: str) -> QVBoxLayout:
    picture = Picture(_PICTURE_PX, image)
    picture.setAccessibleName(words)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(picture)
    column.addWidget(Label(words, fonts.LABEL, "ink2"))
    column.addStretch(1)
    return column


async def ask(
    parent: QWidget,
    title: str,
    text: str,
    choices: Sequence[Choice],
    *,
    escape: str | None = None,
    shown: Shown | None = None,
) -> str:
    """Ask inside the parent's window and return the key of the chosen button.

    Esc, and a window that goes away, answer `escape` (default: the last choice), whose button also has the focus at
    first, so that Enter never destroys by accident. Cancelling the awaiting task closes the question.
    """
    fallback = choices[-1][0] if escape is None else escape
    question = Question(title, text, choices, fallback, shown)
    question.open_over(parent, first_focus=question.buttons.get(fallback))
    try:
        return await question.answer
    finally:
        if isValid(question):
            question.dismiss()
