"""The second question before unsent photos are deleted: a box must be ticked that says what is lost."""

import asyncio

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.scrolled import ScrolledBody
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.toggles import CheckBox
from cerbo_desktop.ui.text import removal as words

_WIDTH_PX, _EDGE_PX = 520, 24


class ForceSheet(Sheet):
    """`answer` becomes True only by the box and then the button."""

    def __init__(self, unsent_count: int) -> None:
        asked = words.force(unsent_count)
        super().__init__(asked.title, QSize(_WIDTH_PX, 240))
        self.setAccessibleDescription(asked.text)
        self.answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.destroyed.connect(lambda _=None, answer=self.answer: answer.done() or answer.set_result(False))
        self.on_escape = lambda: self._settle(False)
        self.consent = CheckBox(words.force_consent(unsent_count))
        self.keep = Button(words.keep(), "primary")
        self.remove = Button(words.remove(), "danger", icon="trash")
        self.remove.setEnabled(False)
        self.consent.toggled.connect(self.remove.setEnabled)
        self.keep.clicked.connect(lambda: self._settle(False))
        self.remove.clicked.connect(lambda: self._settle(True))
        self._lay_out(asked)

    def _settle(self, is_sure: bool) -> None:
        if not self.answer.done():
            self.answer.set_result(is_sure)
        self.dismiss()

    def _lay_out(self, asked: words.Removal) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(8)
        body = QVBoxLayout()
        body.setSpacing(8)
        body.addWidget(Label(asked.title, fonts.PANE_TITLE, wraps=True))
        body.addWidget(Label(asked.text, fonts.BODY, "ink2", wraps=True))
        body.addStretch(1)
        column.addWidget(ScrolledBody(body, _WIDTH_PX - 2 * _EDGE_PX), 1)
        column.addWidget(self.consent)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        column.addLayout(row)
        self.resize_to(QSize(_WIDTH_PX, column.sizeHint().height()))


async def ask_to_force(parent: QWidget, unsent_count: int) -> bool:
    """True when the person ticked that the photos may go for ever. Esc and a window that goes away say no."""
    sheet = ForceSheet(unsent_count)
    sheet.open_over(parent, first_focus=sheet.keep)
    try:
        return await sheet.answer
    finally:
        if isValid(sheet):
            sheet.dismiss()
