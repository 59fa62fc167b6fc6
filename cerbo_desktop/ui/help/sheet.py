"""The help page: short answers at the left, at the right what each key does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.command import Table
from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.help.answers import Answers
from cerbo_desktop.ui.help.keys_page import KeysPage
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.key_hint import KeyHint
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import common, help as words

_HEAD_PX = 72
_EDGE_PX = 24
_AIR_PX = 24
_ANSWERS_SHARE, _KEYS_SHARE = 2, 3


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
        super().__init__(words.help_page())
        self.setAccessibleDescription(words.how_to_read())
        self.close_button = IconButton("close", common.close(), words.close_by_key(MAIN.key("back")))
        self.close_button.clicked.connect(self.dismiss)
        self.answers, keys = Answers(), KeysPage(first or MAIN, rules)
        self.answers.has_elsewhere = keys.show_found
        self.rows, self.first_focus = keys.rows, self.answers.field
        self.rows[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # one tab stop, arrows inside
        note = words.letters_outside_fields()
        if not rules.letters_are_on:
            note = words.letters_are_off(MAIN.key("settings"))
        self._lay_out(keys, note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reading on by keys: the row with the focus is read out."""
        rows = [row for row in self.rows if not row.isHidden()]
        at = next((place for place, row in enumerate(rows) if row.hasFocus()), -1)
        last = len(rows) - 1
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
        row = rows[max(0, min(last, goal))]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, _AIR_PX)

    def _lay_out(self, keys: QWidget, note: str) -> None:
        self._scroll = _Page(_padded(keys, _titled(words.keys(), note)))
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(_Page(_padded(self.answers)), _ANSWERS_SHARE)
        body.addWidget(_Line())
        body.addWidget(self._scroll, _KEYS_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Rule())
        column.addLayout(body, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(_HEAD_PX)
        row = QHBoxLayout(head)
        row.setContentsMargins(_EDGE_PX, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(Label(words.help_page(), fonts.PANE_TITLE))
        row.addWidget(KeyHint(MAIN.key("help")))
        row.addStretch(1)
        row.addWidget(self.close_button)
        return head


class _Line(QWidget):
    """Between the two halves, as high as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, _event: object) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("line"))


def _titled(title: str, note: str) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(4, 0, 4, 16)
    row.setSpacing(16)
    row.addWidget(Label(title, fonts.GROUP))
    aside = Label(note, fonts.SECOND, "ink2", wraps=True)
    aside.setAlignment(Qt.AlignmentFlag.AlignRight)
    row.addStretch(1)
    row.addWidget(aside)
    return head


def _padded(*parts: QWidget) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(_EDGE_PX, _AIR_PX, _EDGE_PX, _AIR_PX)
    column.setSpacing(0)
    for part in reversed(parts):
        column.addWidget(part)
    column.addStretch(1)
    return content
