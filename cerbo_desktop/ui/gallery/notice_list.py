"""The notices below the banner: is this the right record, may photos be sent, who else bears the name."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.ui.gallery.notices import NoticeRow, QuietNote
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.text import patient_page


class NoticeList(QWidget):
    """As many rows as there is to say, 24 from each side and 16 below; nothing to say takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_record_right = self._is_record_withheld = False
        self._status_row: NoticeRow | None = None
        self._under_18 = QuietNote("info", patient_page.under_18())
        self._may_have_namesake = QuietNote("twins", patient_page.may_have_namesake())
        self._quiet = (self._may_have_namesake, self._under_18)
        self._rows: list[NoticeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 0, 24, 16)
        self._column.setSpacing(8)
        for note in self._quiet:
            self._column.addWidget(note)
            note.hide()
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the rows, top down."""
        shown = [row.accessibleName() for row in self._rows]
        return (*shown, *(note.text for note in self._quiet if note.isVisibleTo(self)))

    def start(self) -> None:
        """Begin anew for a patient who was just opened: no record confirms their name yet."""
        self._is_record_right = self._is_record_withheld = False
        self.set_may_be_more(False)

    def show_for(self, patient: Patient, namesakes: Sequence[Patient], *, is_status_known: bool) -> None:
        """`is_status_known` False: the record is still on its way, so an unknown status says nothing yet."""
        self._drop(self._rows)
        is_told = is_status_known or self._is_record_withheld or patient.status is not PatientStatus.UNKNOWN
        self._status_row = self._status_notice(patient) if is_told else None
        rows = [self._status_row] if self._status_row else []
        rows += [NoticeRow("warn", patient_page.namesake(each), icon="twins") for each in namesakes]
        for at, row in enumerate(rows):
            self._column.insertWidget(at, row)
        self._rows = rows
        self._show_or_hide()

    def set_record_withheld(self) -> None:
        """Heard of with the next `show_for`."""
        self._is_record_withheld = True

    def set_under_18(self, is_under_18: bool) -> None:
        """Whether to say that the patient is a minor."""
        self._under_18.setVisible(is_under_18)
        self._show_or_hide()

    def set_may_be_more(self, may_be_more: bool) -> None:
        """Cerbo could not list everybody who may bear the name."""
        self._may_have_namesake.setVisible(may_be_more)
        self._show_or_hide()

    def _status_notice(self, patient: Patient) -> NoticeRow | None:
        if patient.status is PatientStatus.DECEASED:
            return NoticeRow("warn", patient_page.deceased(), patient_page.photos_cannot_be_sent())
        is_unsaid = patient.status is PatientStatus.ACTIVE and not self._is_record_withheld
        if is_unsaid or self._is_record_right:
            return None
        is_plain = patient.status in (PatientStatus.ACTIVE, PatientStatus.UNKNOWN)
        is_withheld = self._is_record_withheld and is_plain
        title = patient_page.record_not_allowed() if is_withheld else patient_page.status(patient.status)
        confirm = Button(patient_page.correct_record(), size=32)
        confirm.clicked.connect(self._confirm_record)
        return NoticeRow("warn", title, patient_page.check_record(), confirm)

    def _confirm_record(self) -> None:
        self._is_record_right = True
        if self._status_row is not None:
            self._drop([self._status_row])
            self._status_row = None
        self._show_or_hide()

    def _drop(self, rows: Sequence[NoticeRow]) -> None:
        for row in rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [row for row in self._rows if row not in rows]

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._rows) or any(note.isVisibleTo(self) for note in self._quiet))
