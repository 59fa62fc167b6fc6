"""The line above the list of files: how many came and from where, how many follow, and what else was found."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot, common_folder
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.text import added_files as words

EDGE_PX = 16
"""Where the tick boxes of the rows begin."""


class FileHead(QWidget):
    """Out of sight while there are no files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts, self._shots = IntakeFacts(), tuple[Shot, ...]()
        self._count = Label("", fonts.NAME, wraps=True)
        self._found = Label("", fonts.SECOND, "ink2", wraps=True)
        self._shield = IconLabel("shield", "ink2", 16)
        self._removed = Label(words.data_removed(), fonts.SECOND, "ink2")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._count, 1)
        line.addWidget(self._shield)
        line.addWidget(self._removed)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._found)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._show()

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Count these files. Most changes of one of them say nothing new here."""
        before, self._shots = _counted(self._shots), shots
        if _counted(shots) != before:
            self._show()

    def show_facts(self, facts: IntakeFacts) -> None:
        """Say what waits, and what was found in folders."""
        self._facts = facts
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self) -> None:
        facts, chosen = self._facts, sum(shot.goes_out for shot in self._shots)
        if facts.waiting_count:
            self._count.setText(words.first_of(len(self._shots), facts.waiting_count, chosen))
        else:
            self._count.setText(words.count(len(self._shots), chosen, common_folder(self._shots)))
        self._found.setText(" ".join(_found_in_folders(facts)))
        self._found.setVisible(bool(self._found.text()))
        self.setVisible(bool(self._shots or facts.waiting_count or self._found.text()))
        self._fit()

    def _fit(self) -> None:
        """The right half goes first where both don't fit into one line."""
        needed = self._count.sizeHint().width() + self._removed.sizeHint().width() + 16 + 3 * 8 + 2 * EDGE_PX
        for part in (self._shield, self._removed):
            part.setVisible(self.width() >= needed)


def _counted(shots: tuple[Shot, ...]) -> tuple[int, int, str]:
    """All that is said of the rows: how many, how many of them go out, and where they lie."""
    return len(shots), sum(shot.goes_out for shot in shots), common_folder(shots)


def _found_in_folders(facts: IntakeFacts) -> list[str]:
    said = [words.no_photos(facts.other_count)] if facts.other_count else []
    if facts.is_cut:
        said.append(words.folder_is_cut(facts.most_files))
    if facts.has_unread_part:
        said.append(words.folder_unread())
    return said
