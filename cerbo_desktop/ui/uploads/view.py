"""The uploads tray: what needs a person on top, then what is on its way, then what has arrived."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit.painting import painting, set_pane
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.uploads.card_columns import CardColumns
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.panel import Panel
from cerbo_desktop.ui.uploads.rail import RAIL_WIDTH_PX, Rail
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.shift_list import ShiftList
from cerbo_desktop.ui.uploads.shown import Shown


class UploadTray(QWidget):
    """320 wide, or a rail of 56 that opens over the centre."""

    retry_clicked = Signal(str)
    discard_clicked = Signal(str)
    arrived_clicked = Signal(str)
    send_again_clicked = Signal(str)
    send_anyway_clicked = Signal(str)
    stop_clicked = Signal(str)
    withdraw_clicked = Signal(str)
    wrong_patient_clicked = Signal(str)
    not_there_clicked = Signal(str)
    same_photo_clicked = Signal(str, str)
    other_photo_clicked = Signal(str, str)
    shift_list_clicked = Signal()
    attention_wanted = Signal()
    """A photo needs a person that did not before."""
    look_wanted = Signal()
    """At the photos that the note tells of."""

    def __init__(self) -> None:
        super().__init__()
        set_pane(self, "win")
        self._is_narrow = self._is_folded = False
        self._shift_list: ShiftList | None = None
        self._panel = Panel()
        self._columns = CardColumns(self._panel.act_column, self._panel.send_column, self._connect)
        self._shown: Shown | None = None
        self._rail = Rail()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._panel)
        self._panel.fold.clicked.connect(lambda: self._turn(is_folded=True))
        self._panel.on_escape = self.go_back
        self._panel.shift_list.clicked.connect(self.shift_list_clicked)
        self._panel.look.clicked.connect(self.look_wanted)
        self._panel.resized.connect(self._show_again)
        for rows in (self._panel.waiting, self._panel.arrived):
            self._connect_rows(rows)
        self._rail.unfold.clicked.connect(lambda: self._turn(is_folded=False))
        self._rail.acting.clicked.connect(lambda: self._open_at(self._panel.needs_you))
        self._rail.moving.clicked.connect(lambda: self._open_at(self._panel.on_the_way))
        self._set_folded(False)
        self._scans = ScanGuard(self, UPLOADS)

    @property
    def shown(self) -> QWidget:
        """What of it is to be used: itself, or the panel that lies over the centre."""
        return self._panel if self._panel.is_over_centre else self

    def uncover(self) -> None:
        """Fold the panel where it lies over the centre: something there is to be seen or used now."""
        if self._panel.is_over_centre:
            self._set_folded(True)

    def unfold(self) -> None:
        """Show the whole of it, with the focus in it."""
        self._turn(is_folded=False)

    def go_back(self) -> bool:
        """Esc: fold the panel where it lies over the centre. False where there is nothing to fold."""
        if not self._panel.is_over_centre:
            return False
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and (focus is self._panel or self._panel.isAncestorOf(focus)):
            self._turn(is_folded=True)
        else:
            self._set_folded(True)
        return True

    def order_tabs(self, urgent_after: QWidget) -> None:
        """Put the panel's parts into the order of Tab again, and what needs a person right after `urgent_after`."""
        self._panel.order_tabs(self._columns.cards, urgent_after)

    def set_narrow(self, is_narrow: bool) -> None:
        """True when the window is too narrow for the whole tray: it folds, and opens over the centre."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._set_folded(is_narrow)

    def show_uploads(
        self,
        acting: Sequence[Upload],
        sending: Sequence[Upload],
        waiting: Sequence[Upload],
        arrived: Sequence[Upload],
        times: dict[UploadId, str],
        now: datetime,
        *,
        is_offline: bool = False,
    ) -> None:
        """Uploads that need a person, that are on the line, that wait quietly and that were just found in the chart."""
        self._shown = Shown(acting, sending, waiting, arrived, times, now, is_offline)
        self._show_again()

    def show_new_photo(self, upload_id: UploadId, photo_id: PhotoId, picture: Raster) -> None:
        """Show the new photo of the chart on the card that asks whether it is this one."""
        self._columns.show_new_photo(upload_id, photo_id, picture)

    def show_totals(self, sent: int, found: int, waiting: int) -> None:
        """Today's figures; `waiting` are those in Cerbo's queue."""
        self._panel.show_totals(sent, found, waiting)

    def show_queue_note(self, text: str) -> None:
        """Why what is said of photos in the queue may be old; empty where it is not."""
        self._panel.show_queue_note(text)

    def open_shift_list(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None:
        """Open the list of today's photos. `times` are the hours, one each."""
        sheet = self._shift_list = ShiftList(uploads, times, now)
        self._connect_rows(sheet)
        sheet.open_over(self, first_focus=sheet.first_focus)

    @property
    def shift_list(self) -> ShiftList | None:
        """The list of today's photos, while it is open."""
        sheet = self._shift_list
        return sheet if sheet is not None and isValid(sheet) and sheet.is_open else None

    def close_shift_list(self) -> None:
        """Close the list of today's photos, where it is open."""
        if (sheet := self.shift_list) is not None:
            sheet.dismiss()

    def set_closed(self, is_closed: bool) -> None:
        """True while photos may wait on this PC that the tray cannot know of: it then says nothing of "all sent"."""
        self._panel.set_closed(is_closed)

    def show_note(self, title: str, text: str, *, offers_look: bool = False) -> None:
        """Show a notice about photos on this PC that are no uploads of this account."""
        with self._panel.under_pointer.staying():
            self._panel.note.set_words(title, text)
            self._panel.look.setVisible(offers_look)
            self._panel.note.show()
        self._rail.show_note(title)

    def hide_note(self) -> None:
        """Take the notice about photos of an earlier sign-in away."""
        self._rail.show_note("")
        with self._panel.under_pointer.staying():
            self._panel.note.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(self.rect()), color("win"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), color("line"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()

    def _show_again(self) -> None:
        """What was shown last, in a panel of any height."""
        if self._shown is None:
            return
        acting, times, now = self._shown.acting, self._shown.times, self._shown.now
        alone, on_the_way, found = self._shown.batches
        moving_count = len(alone) + sum(len(batch.uploads) for batch in on_the_way)
        panel, pressed = self._panel, self.window().focusWidget()
        with panel.under_pointer.staying():
            is_on_card = self._columns.has(pressed)
            self._columns.show(acting, alone, times, now)
            if is_on_card and self.window().focusWidget() is not pressed:
                panel.setFocus()  # not on the next card's button, which a second Enter would press
            panel.needs_you.set_count(len(acting))
            panel.sending.setVisible(bool(alone))
            panel.show_batches(on_the_way, found, times, now, self._shown.situation)
            panel.on_the_way.set_count(moving_count)
            panel.in_chart.set_count(sum(len(batch.uploads) for batch in found))
        self._rail.show_counts(len(acting), moving_count)

    def _connect(self, card: UploadCard) -> None:
        card.retry_clicked.connect(self.retry_clicked)
        card.discard_clicked.connect(self.discard_clicked)
        card.arrived_clicked.connect(self.arrived_clicked)
        card.send_again_clicked.connect(self.send_again_clicked)
        card.send_anyway_clicked.connect(self.send_anyway_clicked)
        card.stop_clicked.connect(self.stop_clicked)
        card.withdraw_clicked.connect(self.withdraw_clicked)
        card.same_photo_clicked.connect(self.same_photo_clicked)
        card.other_photo_clicked.connect(self.other_photo_clicked)

    def _connect_rows(self, rows: UploadRows | ShiftList) -> None:
        rows.withdraw_wanted.connect(self.withdraw_clicked)
        rows.wrong_patient_wanted.connect(self.wrong_patient_clicked)
        rows.not_there_wanted.connect(self.not_there_clicked)
        rows.discard_wanted.connect(self.discard_clicked)
        rows.stop_wanted.connect(self.stop_clicked)

    def _open_at(self, group: QWidget) -> None:
        """Open the panel with the focus on the first thing of this group that can be used."""
        self._turn(is_folded=False)
        self._panel.focus_first(group)

    def _turn(self, *, is_folded: bool) -> None:
        """As a person wants it, with the focus on the button that turns it back."""
        self._rail.unfold.clearFocus()  # it rests while the panel is open, and Qt would look for another place
        self._set_folded(is_folded)
        (self._rail.unfold if is_folded else self._panel.fold).setFocus()

    def _set_folded(self, is_folded: bool) -> None:
        self._is_folded, is_rail = is_folded, is_folded or self._is_narrow
        self._rail.setVisible(is_rail)
        self._rail.setEnabled(is_folded)  # under the panel nobody sees where the focus is
        self._panel.setVisible(not is_folded)
        self.setFixedWidth(RAIL_WIDTH_PX if is_rail else TRAY_WIDTH_PX)
        self._place_over()

    def _place_over(self) -> None:
        """In a narrow window the open panel lies over the centre; in a wide one it is part of the row."""
        page, row = self.parentWidget(), self.layout()
        if self._is_narrow and not self._is_folded and page is not None:
            self._panel.is_over_centre = True
            self._panel.setParent(page)
            self._panel.setGeometry(page.width() - TRAY_WIDTH_PX, self.y(), TRAY_WIDTH_PX, self.height())
            self._panel.show()
            self._panel.raise_()
        elif row is not None and self._panel.parentWidget() is not self:
            self._panel.is_over_centre = False
            row.addWidget(self._panel)
            self._panel.setVisible(not self._is_folded)
