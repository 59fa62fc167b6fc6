"""The notices below the banner: is this the right record, may photos be sent, who else bears the name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCursor, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.ui.gallery.namesakes import namesake_warnings
from cerbo_desktop.ui.gallery.notices import ROW_PX, NoticeRow, QuietNote
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.text import patient_page


class NoticeList(QWidget):
    """As many rows as there is to say, 24 from each side and 16 below; nothing to say takes no room.

    The room of one row is kept free as long as one may come, so that it moves no photo under a person's hand. Where
    none came, the room goes once the pointer is elsewhere.
    """

    namesake_chosen = Signal(object)  # Patient

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patient: Patient | None = None
        self._is_record_right = self._is_record_withheld = self._is_status_known = False
        self._is_record_awaited = self._is_checking_name = False
        self._has_room = False
        """Of one row at least, taken or free."""
        self._status_row: NoticeRow | None = None
        self._namesakes = namesake_warnings()
        self._may_have_namesake = QuietNote("twins", patient_page.may_have_namesake())
        self._may_have_namesake.setMinimumHeight(ROW_PX)
        self._place = QWidget()
        self._place.setFixedHeight(ROW_PX)
        self._under_18 = QuietNote("info", patient_page.under_18())
        self._quiet = (self._may_have_namesake, self._under_18)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 0, 24, 16)
        self._column.setSpacing(8)
        for part in (self._namesakes, self._may_have_namesake, self._place, self._under_18):
            self._column.addWidget(part)
            part.hide()
        self._namesakes.chosen.connect(self.namesake_chosen)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the rows, top down."""
        status = (self._status_row.accessibleName(),) if self._status_row is not None else ()
        return (*status, *self._namesakes.texts, *(note.text for note in self._quiet if note.isVisibleTo(self)))

    @property
    def keeps_room(self) -> bool:
        """The room of one row is free: it may still come, or has not while the pointer stood below it."""
        return self._place.isVisibleTo(self)

    def start(self) -> None:
        """Begin anew for a patient who was just opened: no record confirms their name yet."""
        self._patient = None
        self._is_record_right = self._is_record_withheld = self._is_status_known = False
        self._is_record_awaited = self._is_checking_name = False
        self._namesakes.show_for(())
        self._may_have_namesake.hide()
        self._has_room = False
        self._show_status()

    def show_for(self, patient: Patient, *, is_status_known: bool) -> None:
        """`is_status_known` False: the record is still on its way, so an unknown status says nothing yet."""
        self._patient, self._is_status_known = patient, is_status_known
        self._show_status()

    def await_record(self, is_awaited: bool) -> None:
        """Whether the patient's record is being read, which may call for a notice."""
        self._is_record_awaited = is_awaited
        self._show_or_hide()

    def show_record_withheld(self) -> None:
        """The key isn't allowed to read the patient's record: all that is known of them comes from a list."""
        self._is_record_withheld = True
        self._show_status()

    def show_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool, is_checking: bool) -> None:
        """`may_be_more`: Cerbo could not list everybody who may bear the name; `is_checking`: it is being asked."""
        self._make_room(bool(namesakes) or may_be_more)
        self._namesakes.show_for(namesakes, may_be_more=may_be_more)
        self._may_have_namesake.setVisible(may_be_more and not namesakes)
        self._is_checking_name = is_checking
        self._show_or_hide()

    def fold_namesakes(self) -> None:
        """They stand among the facts from now on."""
        self._namesakes.show_for(())
        self.let_go()

    def set_under_18(self, is_under_18: bool) -> None:
        """Whether to say that the patient is a minor."""
        self._under_18.setVisible(is_under_18)
        self._show_or_hide()

    def let_go(self) -> None:
        """Keep no room for what has not come: the pointer is elsewhere."""
        self._show_or_hide(is_below_safe=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.let_go()

    def _show_status(self) -> None:
        notice = self._status_notice()
        if self._status_row is not None:
            self._column.removeWidget(self._status_row)
            self._status_row.hide()
            self._status_row.deleteLater()
        self._make_room(notice is not None)
        self._status_row = notice
        if notice is not None:
            self._column.insertWidget(0, notice)
        self._show_or_hide()

    def _make_room(self, has_row: bool) -> None:
        """A row takes the free place. Qt lays out at once what is shown, and would show both for a moment."""
        if has_row:
            self._place.hide()

    def _status_notice(self) -> NoticeRow | None:
        patient = self._patient
        is_told = self._is_status_known or self._is_record_withheld
        if patient is None or not (is_told or patient.status is not PatientStatus.UNKNOWN):
            return None
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
        self._show_status()
        self.let_go()

    def _show_or_hide(self, *, is_below_safe: bool = False) -> None:
        has_row = self._status_row is not None or bool(self._namesakes.texts)
        has_row = has_row or self._may_have_namesake.isVisibleTo(self)
        may_come = self._is_record_awaited or self._is_checking_name
        is_aimed = self._has_room and not is_below_safe and self._is_pointer_below()
        self._has_room = has_row or may_come or is_aimed
        self._place.setVisible(self._has_room and not has_row)
        self.setVisible(self._has_room or self._under_18.isVisibleTo(self))

    def _is_pointer_below(self) -> bool:
        """A click may be on its way to what stands below."""
        page = self.parentWidget()
        if page is None or not page.underMouse():
            return False
        return self.mapFromGlobal(QCursor.pos()).y() >= 0
