"""What the settings are made of: a section with its card, and a row in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.cards import Card
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.text.lists import spoken

_EDGE_PX = 16
_VALUE_PX = 264


class SettingRow(QWidget):
    """Icon, name and a second line on the left; a value, or a control in its place, on the right.

    `lock`: the words of whoever set it; they stand under the row with a lock before them. Readers meet one sentence.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        value: str = "",
        *,
        control: QWidget | None = None,
        lock: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._lock = title, lock
        self._text = Label(text, fonts.SECOND, "ink2", wraps=True)
        self._value = Label(value, fonts.NAME, "ink", wraps=True)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(title, fonts.NAME))
        words.addWidget(self._text)
        if lock:
            words.addSpacing(4)
            words.addLayout(_locked(lock))
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 12, _EDGE_PX, 12)
        row.setSpacing(_EDGE_PX)
        row.addWidget(IconLabel(icon, "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._value.setMaximumWidth(_VALUE_PX)
        row.addWidget(
            control or self._value, 0, Qt.AlignmentFlag.AlignVCenter if control else Qt.AlignmentFlag.AlignTop
        )
        self.show_words(text, value)

    def show_words(self, text: str, value: str) -> None:
        """Change what the row says."""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._value.setText(value)
        self.setAccessibleName(spoken(self._title, value, text, self._lock))


class SettingsSection(QWidget):
    """A title over one card of rows, split by lines."""

    def __init__(self, title: str, rows: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.setSpacing(0)
        for place, row in enumerate(rows):
            if place:
                inside.addWidget(Rule())
            inside.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(title, fonts.GROUP))
        column.addWidget(card)


def _locked(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(IconLabel("lock", "ink3", 16))
    row.addWidget(Label(words, fonts.HINT, "ink3"))
    row.addStretch(1)
    return row
