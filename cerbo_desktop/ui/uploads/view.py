"""The uploads tray: what needs a person on top, then what is on its way, then what has arrived."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.services.originals import OriginalsOffer
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit.painting import painting, set_pane
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.uploads.card_columns import CardColumns
from cerbo_desktop.ui.uploads.card_words import SendingConditions
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.folding import Folding
from cerbo_desktop.ui.uploads.originals_card import OriginalsCard, OriginalsCards
from cerbo_desktop.ui.uploads.panel import Panel
from cerbo_desktop.ui.uploads.rail import Rail
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.shift_list import ShiftList
from cerbo_desktop.ui.uploads.tray_content import TrayContent


class UploadTray(QWidget):
    """320 wide, or a rail of 56 that opens over the centre."""

    retry_clicked = Signal(str)
    take_again_clicked = Signal(str)
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
    delete_originals_clicked = Signal(int)
    keep_originals_clicked = Signal(int)
    shift_list_clicked = Signal()
    attention_wanted = Signal()
    """A photo needs a person that did not before."""
    look_wanted = Signal()
    """At the photos that the note tells of."""

    def __init__(self) -> None:
        super().__init__()
        set_pane(self, "win")
        self._shift_list: ShiftList | None = None
        self._panel = Panel()
        self._columns = CardColumns(self._panel.act_column, self._panel.send_column, self._connect)
        self._originals = OriginalsCards(self._panel.originals_column, self._connect_originals)
        self._offers: Sequence[OriginalsOffer] = ()
        self._shown: TrayContent | None = None
        self._rail = Rail()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._panel)
        self._panel.shift_list.clicked.connect(self.shift_list_clicked)
        self._panel.look.clicked.connect(self.look_wanted)
        self._panel.resized.connect(self._show_again)
        for rows in (self._panel.waiting, self._panel.arrived):
            self._connect_rows(rows)
        self._folding = Folding(self, row, self._rail, self._panel)
        self._scans = ScanGuard(self, UPLOADS)

    @property
    def shown(self) -> QWidget:
        """What of it is to be used: itself, or the panel that lies over the centre."""
        return self._panel if self._panel.is_over_centre else self

    def uncover(self) -> None:
        """Fold the panel where it lies over the centre: something there is to be seen or used now."""
        self._folding.uncover()

    def unfold(self) -> None:
        """Show the whole of it, with the focus in it."""
        self._folding.turn(is_folded=False)

    def go_back(self) -> bool:
        """Esc: fold the panel where it lies over the centre. False where there is nothing to fold."""
        return self._folding.go_back()

    def order_tabs(self, urgent_after: QWidget) -> None:
        """Put the panel's parts into the order of Tab again, and what needs a person right after `urgent_after`; of the
        folded tray, their count. While the panel lies over the centre they follow the button that folds it: on the way
        to them from there Tab would come to the centre, which folds the panel."""
        QWidget.setTabOrder(urgent_after, self._rail.acting)
        is_over_centre = self._panel.is_over_centre
        cards = [*self._columns.cards, *self._originals.cards]
        self._panel.order_tabs(cards, self._panel.fold if is_over_centre else self._rail.acting)

    def focus_urgent(self) -> bool:
        """Put the focus on the first card that needs a person, or on the folded tray's count of them. False where
        nothing needs one."""
        panel, count = self._panel, self._rail.acting
        if panel.isVisible() and panel.needs_you.isVisible():
            panel.focus_first(panel.needs_you)
            return True
        if count.isVisible() and count.isEnabled():
            count.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def set_narrow(self, is_narrow: bool) -> None:
        """True when the window is too narrow for the whole tray: it folds, and opens over the centre."""
        self._folding.set_narrow(is_narrow)

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
        self._shown = TrayContent(acting, sending, waiting, arrived, times, now, is_offline)
        self._show_again()

    def show_originals(self, offers: Sequence[OriginalsOffer]) -> None:
        """Show which files may be deleted. From a card that goes the focus goes to the next one, but to no deletion."""
        had_focus = self._originals.has_focus(self.window().focusWidget())
        self._offers = offers
        self._show_again()
        if had_focus and not self._originals.has_focus(self.window().focusWidget()):
            self._panel.focus_on_one_of([])

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
        sheet = self._shift_list = ShiftList(uploads, times, now, self._conditions)
        self._connect_rows(sheet)
        sheet.open_over(self, first_focus=sheet.first_focus)

    def show_shift(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None:
        """Show these in the list of today's photos, if it is open, as they stand by what the tray shows."""
        if (sheet := self.shift_list) is not None:
            sheet.show_uploads(uploads, times, now, self._conditions)

    @property
    def shift_list(self) -> ShiftList | None:
        """The list of today's photos, while it is open."""
        sheet = self._shift_list
        return sheet if sheet is not None and isValid(sheet) and sheet.is_open else None

    @property
    def _conditions(self) -> SendingConditions:
        return self._shown.conditions if self._shown is not None else SendingConditions()

    def close_shift_list(self) -> None:
        """Close the list of today's photos, where it is open."""
        if (sheet := self.shift_list) is not None:
            sheet.dismiss()

    def set_known(self, is_known: bool) -> None:
        """False while photos may wait on this PC that the tray cannot know of: it then says nothing of "all sent"."""
        self._panel.set_known(is_known)

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
        self._folding.place()

    def _show_again(self) -> None:
        """What was shown last, in a panel of any height."""
        if self._shown is None:
            return
        acting, times, now = self._shown.acting, self._shown.times, self._shown.now
        alone, on_the_way, found = self._shown.batches
        moving_count = len(alone) + sum(len(batch.uploads) for batch in on_the_way)
        panel, pressed = self._panel, self.window().focusWidget()
        with panel.under_pointer.staying():
            card, next_cards = self._columns.card_with(pressed), self._columns.from_here(pressed)
            self._columns.show(acting, alone, times, now)
            self._originals.show(self._offers)
            panel.needs_you.set_count(len(acting) + len(self._offers))
            panel.sending.setVisible(bool(alone))
            panel.show_batches(on_the_way, found, times, now, self._shown.conditions)
            panel.on_the_way.set_count(moving_count)
            panel.in_chart.set_count(sum(len(batch.uploads) for batch in found))
        self._rail.show_counts(len(acting), moving_count, len(self._offers))
        if card is not None and self._columns.card_with(self.window().focusWidget()) is not card:
            panel.focus_on_one_of(next_cards)

    def _connect(self, card: UploadCard) -> None:
        card.retry_clicked.connect(self.retry_clicked)
        card.take_again_clicked.connect(self.take_again_clicked)
        card.discard_clicked.connect(self.discard_clicked)
        card.arrived_clicked.connect(self.arrived_clicked)
        card.send_again_clicked.connect(self.send_again_clicked)
        card.send_anyway_clicked.connect(self.send_anyway_clicked)
        card.stop_clicked.connect(self.stop_clicked)
        card.withdraw_clicked.connect(self.withdraw_clicked)
        card.same_photo_clicked.connect(self.same_photo_clicked)
        card.other_photo_clicked.connect(self.other_photo_clicked)

    def _connect_originals(self, card: OriginalsCard) -> None:
        card.delete_clicked.connect(self.delete_originals_clicked)
        card.keep_clicked.connect(self.keep_originals_clicked)

    def _connect_rows(self, rows: UploadRows | ShiftList) -> None:
        rows.withdraw_wanted.connect(self.withdraw_clicked)
        rows.wrong_patient_wanted.connect(self.wrong_patient_clicked)
        rows.not_there_wanted.connect(self.not_there_clicked)
        rows.discard_wanted.connect(self.discard_clicked)
        rows.stop_wanted.connect(self.stop_clicked)
