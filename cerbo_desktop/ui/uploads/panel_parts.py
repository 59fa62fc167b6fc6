"""Parts of the open tray: a group under its heading, and what stands there while there is none."""

from string import Formatter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Run
from cerbo_desktop.ui.text import tray
from cerbo_desktop.ui.text.lists import sentences


class CardGroup(QWidget):
    """A heading with a count over what belongs to it."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = title
        self._head = Label(title, fonts.LABEL_STRONG, "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        self._head.setContentsMargins(16, 0, 16, 0)
        column.addWidget(content)
        self.hide()

    def set_count(self, count: int) -> None:
        """Show the number beside the heading; nothing of the group where it is 0."""
        self._head.set_runs((Run(self._title), Run(f"  {count}", weight=500)))
        self.setVisible(count > 0)


class EmptyTray(QWidget):
    """Says that all is sent, or that nothing was."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconLabel("done", "ok", 32)
        self._title = Label("", fonts.NAME)
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 208, 32, 0)
        column.setSpacing(8)
        for part in (self._mark, self._title):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)

    def show_totals(self, found: int, waiting: int) -> None:
        """Show how many photos of today were found, and how many wait."""
        has_sent = bool(found or waiting)
        self._mark.set_icon("done" if has_sent else "send", "ok" if has_sent else "ink3")
        self._title.setText(tray.all_sent() if has_sent else tray.nothing_sent())
        totals = sentences(tray.in_chart(found), tray.waiting_for_staff(waiting))
        self._text.setText(totals if has_sent else tray.sent_photos_show_here())


def with_side_margins(part: QWidget) -> QHBoxLayout:
    """A row with `part` as far from both edges of the tray as its cards are."""
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(part)
    return row


def with_figures(sentence: str, **figures: int) -> tuple[Run, ...]:
    """The sentence with its named figures put in, and these in bold."""
    runs: list[Run] = []
    for words, name, _, _ in Formatter().parse(sentence):
        runs.append(Run(words))
        if name is not None:
            runs.append(Run(str(figures[name]), "ink", 600))
    return tuple(run for run in runs if run.text)


def card_column(owner: QWidget, side_px: int) -> QVBoxLayout:
    """A column of cards on `owner`, so far from both of its sides."""
    column = QVBoxLayout(owner)
    column.setContentsMargins(side_px, 0, side_px, 0)
    column.setSpacing(8)
    return column


def part_of(column: QVBoxLayout) -> QVBoxLayout:
    """A column inside `column`, for cards of one kind; it takes no room while it is empty."""
    part = QVBoxLayout()
    part.setSpacing(8)
    column.addLayout(part)
    return part
