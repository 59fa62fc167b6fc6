"""The page of keys: what each key does, with the screen that was open first."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.command import Command, Table
from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import MAIN, TABLES
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.key_hint import KeyHint
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import common, help as words, lists

_SIZE_PX = QSize(744, 816)
_HEAD_PX = 72
_EDGE_PX = 32
_AIR_PX = 24
_MOST_KEYS = 4
"""Of a row; of more, the first and the last are shown."""


class KeyRow(RingsOnFocus, QWidget):
    """One command and its keys. Readers meet one sentence."""

    ring_radius = 4.0

    def __init__(self, command: Command) -> None:
        super().__init__()
        names = command.key_names()
        self.setAccessibleName(lists.labelled(command.words(), lists.either(names)))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(6)
        row.addWidget(Label(command.words(), fonts.BODY, wraps=True), 1)
        if len(names) > _MOST_KEYS:
            names = (names[0], names[-1])
            between = Label("–", fonts.SECOND, "ink3")
        else:
            between = None
        for place, name in enumerate(names):
            if place and between is not None:
                row.addWidget(between)
            row.addWidget(KeyHint(name))


class _Page(QScrollArea):
    """Leaves the keys to the sheet, which goes from row to row."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class HelpSheet(Sheet):
    """`first` is the table of the screen that was open; what `rules` do not have is left out."""

    def __init__(self, first: Table | None, rules: KeyRules) -> None:
        super().__init__(words.keys(), _SIZE_PX)
        self.setAccessibleDescription(words.how_to_read())
        self.close_button = IconButton("close", common.close(), words.close_by_key(MAIN.key("back")))
        self.close_button.clicked.connect(self.dismiss)
        self.rows: list[KeyRow] = []
        note = words.letters_outside_fields() if rules.letters_are_on else words.letters_are_off()
        self._lay_out(note, self._content(first or MAIN, rules))
        self.first_focus = self.rows[0]
        self.first_focus.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # one tab stop, arrows inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reading on by keys: the row with the focus is read out."""
        at = next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)
        last = len(self.rows) - 1
        goals = {
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_PageDown: at + 10,
            Qt.Key.Key_PageUp: at - 10,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if (goal := goals.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        row = self.rows[max(0, min(last, goal))]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, _AIR_PX)

    def _lay_out(self, note: str, content: QWidget) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE_PX, 0, 20, 0)
        head.setSpacing(12)
        head.addWidget(Label(words.keys(), fonts.PANE_TITLE))
        head.addWidget(KeyHint(MAIN.key("help")))
        head.addStretch(1)
        head.addWidget(Label(note, fonts.SECOND, "ink2"))
        head.addWidget(self.close_button)
        top = QWidget()
        top.setFixedHeight(_HEAD_PX)
        top.setLayout(head)
        self._scroll = _Page(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Rule())
        column.addWidget(self._scroll, 1)

    def _content(self, first: Table, rules: KeyRules) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_EDGE_PX, _AIR_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(0)
        for table in (first, *(each for each in TABLES if each is not first)):
            title = Label(table.title(), fonts.GROUP)
            title.setContentsMargins(4, 0, 0, 8)
            column.addWidget(title)
            for command in filter(rules.has, table.rows):
                self.rows.append(KeyRow(command))
                column.addWidget(self.rows[-1])
            column.addSpacing(_AIR_PX)
        column.addStretch(1)
        return content
