"""The centre of the main window for an open patient: banner, notices, filter bar, album."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.photos.thumbnail_states import ThumbnailState
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.gallery.body import AlbumBody
from cerbo_desktop.ui.gallery.card_slot import CardSlot, ChartBelowCard
from cerbo_desktop.ui.gallery.dropping import FileDrops
from cerbo_desktop.ui.gallery.filter_bar import FilterBar
from cerbo_desktop.ui.gallery.list_notes import ListNotes
from cerbo_desktop.ui.gallery.namesake_notices import NamesakeNotices
from cerbo_desktop.ui.gallery.new_above import NewAbove
from cerbo_desktop.ui.gallery.notice_list import NoticeList
from cerbo_desktop.ui.gallery.photo_taking import PhotoTaking
from cerbo_desktop.ui.gallery.shown import AlbumShown, new_since
from cerbo_desktop.ui.gallery.tab_order import order_tabs
from cerbo_desktop.ui.gallery.underway import Underway
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.text import album_notes

_CHART_BELOW_FROM_PX, _ROOMY_FROM_PX = 760, 520  # height of the page that has a card


class PatientPage(QWidget):
    """`local` turns an aware moment into clinic time."""

    photos_chosen = Signal()
    """Take photos, or Space while there are photos."""
    id_photo_chosen = Signal()
    """Take ID photo, or Space while the chart is empty and none is on its way."""
    files_chosen = Signal()
    files_dropped = Signal(object)  # list[Path]
    filter_changed = Signal(object)  # PhotoType, or None for all
    tile_size_changed = Signal(int)
    namesake_chosen = Signal(object)  # Patient
    photo_opened = Signal(str)
    photo_selected = Signal(str)
    retry_wanted = Signal(str)
    wanted_changed = Signal(object, object)
    list_retry_wanted = Signal()
    look_again_wanted = Signal()

    def __init__(self, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = PatientBanner()
        self.notices = NoticeList()
        self.namesakes = NamesakeNotices(self.banner, self.notices)
        self.card_slot = CardSlot()
        self.filter_bar = FilterBar()
        self.list_notes = ListNotes()
        self.body = AlbumBody(local)
        self.album, self.empty = self.body.album, self.body.empty
        self.new_above = NewAbove(self.album)
        self.chart = ChartBelowCard()
        self.taking = PhotoTaking(self.banner, self.empty)
        self.drops = FileDrops(self, lambda: self.taking.is_on)
        self._shown = AlbumShown(is_loading=True)
        self._is_under_18 = False
        self._lay_out()
        self._wire()
        self._scans = ScanGuard(self, ALBUM)

    # Who is open.

    def open_patient(self, patient: Patient, today: date) -> None:
        """Show another patient: nothing of the one before stays. Announced to screen readers."""
        self.forget()
        self.show_record(patient, today, is_status_known=False)
        announce(self, self.banner.accessibleName())

    def show_record(self, patient: Patient, today: date, *, is_status_known: bool = True) -> None:
        """Show what is known by now of the open patient. `today` gives the age."""
        self._is_under_18 = patient.is_minor(today)
        self.banner.show_patient(patient, today)
        self.taking.open_patient(patient)
        self.notices.show_for(patient, is_status_known=is_status_known)
        self._arrange()

    # The album.

    def show_album(self, shown: AlbumShown) -> None:
        new, is_same_filter = new_since(self._shown, shown), self._shown.photo_type is shown.photo_type
        self._shown = shown
        self.filter_bar.show_album(shown)
        self.album.set_photos(shown.photos, shown.pending, is_partial=shown.is_partial, new=new)
        self.new_above.add(new) if is_same_filter else self.new_above.forget()
        self.list_notes.show_trouble(shown.trouble)
        self.list_notes.show_incomplete(shown)
        self._arrange()

    def set_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        self.album.set_thumbnail(photo_id, state)

    def set_waiting(self, sent_at: Sequence[datetime], taken_at: Sequence[datetime], today: date) -> None:
        """Show when photos were sent that wait in Cerbo's queue, and that Cerbo took unseen; in clinic time."""
        self.list_notes.show_waiting(album_notes.waiting_note(sent_at, taken_at, today))

    def set_underway(self, underway: Underway | None) -> None:
        """Show which photos of the open patient are on their way."""
        self.empty.set_underway(underway)

    def set_tile_px(self, tile_px: int) -> None:
        """Set the tiles' size, as it was kept from last time."""
        with QSignalBlocker(self.filter_bar.tile_size):
            self.filter_bar.tile_size.setValue(tile_px)
        self.body.set_tile_px(self.filter_bar.tile_size.value())

    @property
    def picture_px(self) -> int:
        """Edge of a tile in the screen's own pixels."""
        return round(self.album.tile_px * self.devicePixelRatioF())

    def show_photo(self, photo_id: PhotoId) -> None:
        """Coming back from the viewer: make this the current tile, in view, with the focus."""
        self.album.show_photo(photo_id)
        self.album.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_album(self) -> None:
        """Put the focus where the work goes on: the album, or what stands in its place."""
        self.body.focus()
        self._focus_retry()

    def set_card(self, card: QWidget | None) -> None:
        """Show a card between the banner and the album; None takes it out again and gives it back to its owner."""
        self.card_slot.set_card(card)
        self._arrange()

    def forget(self) -> None:
        """Remove everything of the patient from the screen and from memory."""
        self.taking.open_patient(None)
        self._shown = AlbumShown(is_loading=True)
        self.namesakes.forget()
        self.album.forget()
        self.banner.show_face_underway(None)
        self.banner.show_face_pending()
        self.banner.show_visit("")
        self.list_notes.show_waiting("")
        self.set_underway(None)
        self.filter_bar.show_looked("")
        self.show_album(self._shown)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.notices.release_room()  # whoever presses keys aims at nothing with the pointer
        is_wanted = ALBUM.row_of(event) is ALBUM["camera"] and not event.isAutoRepeat()
        if is_wanted and self.taking.is_on:
            (self.empty.take_first if self._shown.is_empty else self.photos_chosen.emit)()
        elif ALBUM.row_of(event) is ALBUM["mark_all"] and self.album.isVisible():
            self.body.mark_all()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from top to bottom, also through what came late, such as a notice or a card."""
        rows = self.card_slot, self.filter_bar, self.list_notes, self.chart, self.body
        order_tabs(columns=(self.banner, self.notices), rows=rows)
        return super().focusNextPrevChild(next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chart_below()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.notices.release_room()

    # Within.

    def _open_photo(self, photo_id: str) -> None:
        self.namesakes.fold()
        self.photo_opened.emit(photo_id)

    def _arrange(self) -> None:
        """Show what fits the state of the album and the card."""
        has_card, shown = self.card_slot.has_card, self._shown
        self.filter_bar.setVisible(not has_card)
        self.chart.show_count(
            shown.total_count,
            is_loading=shown.is_loading and not shown.is_empty,
            is_known=shown.trouble is None or shown.is_empty,
            is_partial=shown.is_partial,
        )
        self._show_chart_below()
        self.body.arrange(shown, has_card=has_card)
        self._focus_retry()
        self.banner.set_primary(not has_card and not self.body.shows_empty)
        self.empty.set_under_18(self._is_under_18)
        self.notices.set_under_18(self._is_under_18 and not self.body.shows_empty)

    def _focus_retry(self) -> None:
        """From an album that could not be listed on to the button that asks for it again."""
        retry, album = self.list_notes.retry, self.album
        if retry is not None and album.hasFocus() and not album.model().rowCount():
            retry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chart_below(self) -> None:
        """Where the page is low the card needs the room, so that its buttons are in view."""
        self.chart.setVisible(self.card_slot.has_card and self.height() >= _CHART_BELOW_FROM_PX)
        is_low = self.card_slot.has_card and self.height() < _ROOMY_FROM_PX
        self.list_notes.give_way(is_low)
        self.notices.set_low(is_low)

    def _lay_out(self) -> None:
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.banner, self.notices, self.card_slot, self.filter_bar, self.list_notes, self.chart):
            column.addWidget(part)
        column.addWidget(self.body, 1)

    def _wire(self) -> None:
        self.banner.files_chosen.connect(self.files_chosen)
        self.banner.photos_chosen.connect(self.photos_chosen)
        self.empty.files_chosen.connect(self.files_chosen)
        self.empty.id_photo_chosen.connect(self.id_photo_chosen)
        self.empty.photos_chosen.connect(self.photos_chosen)
        self.filter_bar.filter_changed.connect(self.filter_changed)
        self.filter_bar.tile_size_changed.connect(self._resize_tiles)
        self.filter_bar.look_again.clicked.connect(self.look_again_wanted)
        self.drops.files_dropped.connect(self.files_dropped)
        self.body.none_of_type.all_chosen.connect(lambda: self.filter_changed.emit(None))
        self.list_notes.retry_wanted.connect(self.list_retry_wanted)
        self.album.photo_opened.connect(self._open_photo)
        for namesakes in (self.notices.namesake_chosen, self.banner.namesakes.chosen):
            namesakes.connect(self.namesake_chosen)
        self.notices.release_room_over(self.banner)
        self.album.marks_changed.connect(lambda: self.filter_bar.show_marked(self.album.marks.count))
        self.album.photo_selected.connect(self.photo_selected)
        self.album.retry_wanted.connect(self.retry_wanted)
        self.album.wanted_changed.connect(self.wanted_changed)

    def _resize_tiles(self, tile_px: int) -> None:
        self.body.set_tile_px(tile_px)
        self.tile_size_changed.emit(tile_px)
