"""The notices below the banner: is this the right record, may photos be sent, who else bears the name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCursor, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.ui.gallery.namesake_rows import NamesakeRows, namesake_warnings
from cerbo_desktop.ui.gallery.notice_heights import (
    max_status_height_px,
    namesake_height_px,
    notice_height_px,
    notice_width,
    stacked_height_px,
)
from cerbo_desktop.ui.gallery.notices import LOW_SPACING_PX, ROW_PX, SPACING_PX, NoticeRow, QuietNote, status_notice
from cerbo_desktop.ui.text import patient_page

_BELOW_PX, _LOW_BELOW_PX = 16, 8


class NoticeList(QWidget):
    """As many rows as there is to say, 24 from each side and 16 below (8 on a low page); nothing to say takes no room.

    No row moves a photo under a person's hand. The room of one is kept free as long as one may come, and while the
    pointer is below the rows, whatever comes or goes, their room stays as it is: what does not fit waits until the
    pointer is elsewhere.
    """

    namesake_chosen = Signal(object)  # Patient

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patient: Patient | None = None
        self._is_record_right = self._is_record_withheld = self._is_status_known = False
        self._is_record_awaited = self._is_checking_name = False
        self._is_low = False
        self._room_px = 0
        """Of the rows, taken or free."""
        self._opening = QTimer(self, singleShot=True, interval=0)
        """While it runs the patient is being opened, and nobody has seen the page yet."""
        self._status_row: NoticeRow | None = None
        self._others: tuple[Patient, ...] = ()
        self._shown_count = 0
        self._may_be_more = False
        self._namesakes = namesake_warnings()
        self._may_have_namesake = QuietNote("twins", patient_page.may_have_namesake(), px=ROW_PX)
        self._under_18 = QuietNote("info", patient_page.under_18())
        self._rows = QWidget()
        self._lay_out()
        self._namesakes.chosen.connect(self.namesake_chosen)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the rows, top down."""
        shown = (part for part in (self._status_row,) if part is not None and part.isVisibleTo(self))
        quiet = (note for note in (self._may_have_namesake, self._under_18) if note.isVisibleTo(self))
        return (*(row.accessibleName() for row in shown), *self._namesakes.texts, *(note.text for note in quiet))

    @property
    def namesakes_shown(self) -> tuple[Patient, ...]:
        """Those who are warned of; not who still waits for the room of their row."""
        return self._others[: self._shown_count]

    def release_room_over(self, part: QWidget) -> None:
        """The pointer aims at nothing below while it is over `part`."""
        part.installEventFilter(self)

    def reset(self) -> None:
        """Begin anew for a patient who was just opened: no record confirms their name yet."""
        self._patient = None
        self._is_record_right = self._is_record_withheld = self._is_status_known = False
        self._is_record_awaited = self._is_checking_name = False
        self._others, self._may_be_more = (), False
        self._opening.start()
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
        """The key isn't allowed to read the patient's record: all that is known of them comes from a list. Told at
        once, though it may take more lines than were kept free: Cerbo says so late once a day at most."""
        self._is_record_withheld = True
        self._show_status()
        self.release_room()

    def show_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool, is_checking: bool) -> None:
        """`may_be_more`: Cerbo could not list everybody who may bear the name; `is_checking`: it is being asked."""
        self._others, self._may_be_more = tuple(namesakes), may_be_more
        self._is_checking_name = is_checking
        self._show_or_hide()

    def set_under_18(self, is_under_18: bool) -> None:
        """Whether to say that the patient is a minor."""
        self._under_18.setVisible(is_under_18)
        self._show_or_hide()

    def set_low(self, is_low: bool) -> None:
        """Whether the page is so low that the rows give the air around their words away."""
        if is_low == self._is_low:
            return
        self._is_low = is_low
        for part in (*self._parts, self._under_18):
            part.set_low(is_low)
        for column in (self._column, self._outer):
            column.setSpacing(LOW_SPACING_PX if is_low else SPACING_PX)
        self._outer.setContentsMargins(24, 0, 24, _LOW_BELOW_PX if is_low else _BELOW_PX)
        self._show_or_hide(is_below_safe=True)

    def release_room(self) -> None:
        """Show all that there is, and keep no room for what has not come: no click is on its way."""
        self._show_or_hide(is_below_safe=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Enter:
            self.release_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.release_room()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.release_room()

    @property
    def _parts(self) -> tuple[NoticeRow | NamesakeRows | QuietNote, ...]:
        status = (self._status_row,) if self._status_row is not None else ()
        return (*status, self._namesakes, self._may_have_namesake)

    def _show_status(self) -> None:
        was_shown = False
        if self._status_row is not None:
            was_shown = self._status_row.isVisibleTo(self)
            self._column.removeWidget(self._status_row)
            self._status_row.hide()
            self._status_row.deleteLater()
        self._status_row = self._status_notice()
        if self._status_row is not None:
            self._status_row.set_low(self._is_low)
            self._column.insertWidget(0, self._status_row)
            self._status_row.setVisible(was_shown)
        self._show_or_hide()

    def _status_notice(self) -> NoticeRow | None:
        patient = self._patient
        is_told = self._is_status_known or self._is_record_withheld
        if patient is None or not (is_told or patient.status is not PatientStatus.UNKNOWN):
            return None
        if self._is_record_right and patient.status is not PatientStatus.DECEASED:
            return None
        return status_notice(patient.status, self._confirm_record, is_withheld=self._is_record_withheld)

    def _confirm_record(self) -> None:
        self._is_record_right = True
        self._show_status()
        self.release_room()

    def _show_or_hide(self, *, is_below_safe: bool = False) -> None:
        width = notice_width(self)
        status = [notice_height_px(self._status_row, width)] if self._status_row is not None else []
        others = [namesake_height_px(each, width, is_low=self._is_low) for each in self._others]
        if not others and self._may_be_more:
            others = [notice_height_px(self._may_have_namesake, width)]
        if is_below_safe or self._opening.isActive() or not self._is_pointer_below():
            self._room_px = max(self._stacked([*status, *others]), self._awaited_px(width))
        self._show_what_fits(status, others)
        self._rows.setMinimumHeight(self._room_px)
        self._rows.setVisible(self._room_px > 0)
        self.setVisible(self._room_px > 0 or self._under_18.isVisibleTo(self))

    def _show_what_fits(self, status: list[int], others: list[int]) -> None:
        """A row that is shown already comes before one that is new."""
        is_status_first = self._namesakes.isHidden() or (
            self._status_row is not None and not self._status_row.isHidden()
        )
        if not is_status_first:
            shown = next(n for n in range(len(others), -1, -1) if self._stacked(others[:n]) <= self._room_px)
            status = status if self._stacked([*status, *others[:shown]]) <= self._room_px else []
        elif self._stacked(status) > self._room_px:
            status = []
        shown = next(
            (n for n in range(len(others), 0, -1) if self._stacked([*status, *others[:n]]) <= self._room_px), 0
        )
        if self._status_row is not None:
            self._status_row.setVisible(bool(status))
        self._shown_count = min(shown, len(self._others))
        is_cut = shown < len(self._others)
        self._namesakes.show_for(self._others[:shown], may_be_more=self._may_be_more or is_cut)
        self._may_have_namesake.setVisible(not self._others and shown > 0)

    def _stacked(self, heights: Sequence[int]) -> int:
        return stacked_height_px(heights, is_low=self._is_low)

    def _awaited_px(self, width: int) -> int:
        """The height of the highest row that may come."""
        patient = self._patient
        if patient is None:
            return 0
        namesake = namesake_height_px(patient, width, is_low=self._is_low) if self._is_checking_name else 0
        return max(namesake, max_status_height_px(width, is_low=self._is_low) if self._is_record_awaited else 0)

    def _is_pointer_below(self) -> bool:
        """A click may be on its way to what stands below."""
        page = self.parentWidget()
        if page is None or not page.underMouse():
            return False
        return self.mapFromGlobal(QCursor.pos()).y() >= 0

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING_PX)
        for row in (self._namesakes, self._may_have_namesake):
            self._column.addWidget(row)
            row.hide()
        self._column.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(24, 0, 24, _BELOW_PX)
        self._outer.setSpacing(SPACING_PX)
        for part in (self._rows, self._under_18):
            self._outer.addWidget(part)
            part.hide()
