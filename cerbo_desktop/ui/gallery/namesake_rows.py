"""Who else bears the name of the open patient: warnings below the banner, and their short form within it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.gallery.notices import LOW_SPACING_PX, SPACING_PX, NoticeRow
from cerbo_desktop.ui.kit.buttons import Button, LinkButton
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.labels import IconLabel
from cerbo_desktop.ui.kit.line_label import LineLabel
from cerbo_desktop.ui.text import patient_page

_LINE = TypeStyle(13, 24, 600)


class NamesakeRows(QWidget):
    """One below the other, each with a button that opens them. A row that is shown already stays as it is, so that
    nothing happens to a button that has the focus."""

    chosen = Signal(object)  # Patient

    def __init__(self, make_row: Callable[[Patient], tuple[QWidget, QAbstractButton]], spacing_px: int) -> None:
        super().__init__()
        self._make_row = make_row
        self._rows: dict[Patient, QWidget] = {}
        self._is_low = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing_px)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said, top down."""
        return tuple(row.accessibleName() for row in self._rows.values())

    def show_for(self, namesakes: Sequence[Patient], *, may_be_more: bool = False) -> None:
        """Show exactly these. `may_be_more` is said in the last row: a row of its own would come late and move the
        photos."""
        for gone in self._rows.keys() - set(namesakes):
            row = self._rows.pop(gone)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for new in [each for each in namesakes if each not in self._rows]:
            row, button = self._make_row(new)
            row.setAccessibleName(patient_page.namesake(new))
            button.setAccessibleName(patient_page.open_the_other_spoken(new))
            button.clicked.connect(lambda _=False, new=new: self.chosen.emit(new))
            self._rows[new] = row
            self._column.addWidget(row)
        for at, row in enumerate(self._rows.values(), 1):
            if isinstance(row, NoticeRow):
                row.set_text(patient_page.may_be_more_namesakes() if may_be_more and at == len(self._rows) else "")
                row.set_low(self._is_low)
        self.setVisible(bool(self._rows))

    def set_low(self, is_low: bool) -> None:
        """Whether the page is so low that the warnings give the air around their words away."""
        self._is_low = is_low
        self._column.setSpacing(LOW_SPACING_PX if is_low else SPACING_PX)
        for row in self._rows.values():
            if isinstance(row, NoticeRow):
                row.set_low(is_low)


def namesake_warning(namesake: Patient) -> tuple[NoticeRow, QAbstractButton]:
    """A coloured card, which is not overlooked, and the button in it."""
    button = Button(patient_page.open_the_other(), size=32)
    return NoticeRow("warn", patient_page.namesake(namesake), button=button, icon="twins"), button


def namesake_warnings() -> NamesakeRows:
    """A coloured card each."""
    return NamesakeRows(namesake_warning, spacing_px=SPACING_PX)


def namesake_facts() -> NamesakeRows:
    """The same once it was seen: a line of the banner each."""

    def make(namesake: Patient) -> tuple[QWidget, QAbstractButton]:
        line, link = QWidget(), LinkButton(patient_page.open_the_other(), size_px=13)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel("twins", "warn", 16))
        row.addWidget(LineLabel(patient_page.namesake(namesake), _LINE, "warn"))
        row.addSpacing(8)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return line, link

    return NamesakeRows(make, spacing_px=0)
