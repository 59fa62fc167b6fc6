"""The keys of every screen in columns, with the screen that was open first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.command import Command, Table, When
from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import MAIN, TABLES
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.key_hint import KeyHint
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.text import command_groups, lists

_KEYS_PX, _MOST_KEYS_PX = 120, 160
"""Of keys that take more, the first and the last are shown."""
_ROW_PX = 28
_AIR_PX = 24


class KeyRow(RingsOnFocus, QWidget):
    """Keys, and the command that they run. Readers meet one sentence."""

    ring_radius = 4.0

    def __init__(self, command: Command, names: tuple[str, ...]) -> None:
        """`names` are those of its keys that work."""
        super().__init__()
        self._sought = f"{command.words()} {' '.join(names)}".casefold()
        self.setAccessibleName(lists.labelled(command.words(), lists.either(names)))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumHeight(_ROW_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(_keys(names), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(command.words(), fonts.SECOND, wraps=True), 1)

    def has(self, text: str) -> bool:
        """Whether each word of `text` stands in the command or its keys."""
        return all(word in self._sought for word in text.casefold().split())


def _keys(names: Sequence[str]) -> QWidget:
    box = QWidget()
    box.setMinimumWidth(_KEYS_PX)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    hints: list[QWidget] = [KeyHint(name) for name in names]
    if sum(hint.width() + 4 for hint in hints) > _MOST_KEYS_PX:
        hints = [hints[0], Label("–", fonts.SECOND, "ink3"), hints[-1]]
    for hint in hints:
        row.addWidget(hint)
    row.addStretch(1)
    return box


class _Group(NamedTuple):
    title: str
    rows: tuple[KeyRow, ...]


class KeysPage(QWidget):
    """Two columns. `rows` are all of them, in the order in which they are read."""

    def __init__(self, first: Table, rules: KeyRules) -> None:
        """`first` is the table of the screen that was open; what `rules` do not have is left out."""
        super().__init__()
        groups = tuple(_groups((first, *(each for each in TABLES if each is not first)), rules))
        self.rows = [row for group in groups for row in group.rows]
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_AIR_PX)
        half = _half(groups)
        self._titled: list[tuple[QWidget, tuple[KeyRow, ...]]] = []
        for part in (groups[:half], groups[half:]):
            columns.addLayout(_column(part, self._titled), 1)

    def show_found(self, text: str) -> bool:
        """Show the rows that have each word of `text`, or all where none has; return whether any has."""
        found = [row for row in self.rows if row.has(text)]
        for title, rows in self._titled:
            for row in rows:
                row.setVisible(row in found or not found)
            title.setVisible(any(not row.isHidden() for row in rows))
        return bool(found)


def _groups(tables: Iterable[Table], rules: KeyRules) -> Iterator[_Group]:
    """The commands of every page stand apart from those that work over a sheet, too."""
    for table in tables:
        parts = [(table.title(), table.rows)]
        if table is MAIN:
            of_pages = tuple(row for row in table.rows if row.when is When.NO_SHEET)
            others = tuple(row for row in table.rows if row.when is not When.NO_SHEET)
            parts = [(command_groups.everywhere(), others), (command_groups.every_page(), of_pages)]
        for title, rows in parts:
            named = ((row, rules.key_names(row)) for row in rows)
            yield _Group(title, tuple(KeyRow(row, names) for row, names in named if names))


def _half(groups: Sequence[_Group]) -> int:
    """Where the second column begins, so that the two are about as long."""
    total = sum(len(group.rows) + 2 for group in groups)
    sizes = [sum(len(group.rows) + 2 for group in groups[:place]) for place in range(len(groups) + 1)]
    return min(range(len(sizes)), key=lambda place: abs(2 * sizes[place] - total))


def _column(groups: Sequence[_Group], titled: list[tuple[QWidget, tuple[KeyRow, ...]]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for group in groups:
        title = Label(group.title, fonts.LABEL_STRONG, "ink2")
        title.setContentsMargins(4, 0, 0, 4)
        column.addWidget(title)
        titled.append((title, group.rows))
        for row in group.rows:
            column.addWidget(row)
        column.addSpacing(_AIR_PX)
    column.addStretch(1)
    return column
