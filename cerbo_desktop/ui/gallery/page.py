"""The centre of the main window for an open patient: banner, notices, filter bar, album."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.thumbnail_states import ThumbnailState
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.gallery.card_slot import CardSlot, ChartBelowCard
from cerbo_desktop.ui.gallery.dropping import DropOutline
from cerbo_desktop.ui.gallery.filter_bar import FilterBar
from cerbo_desktop.ui.gallery.list_notes import ListNotes
from cerbo_desktop.ui.gallery.notice_list import NoticeList
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.gallery.states import EmptyAlbum, LoadingTiles, NoneOfType
from cerbo_desktop.ui.gallery.underway import Underway
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.dragged import local_files
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.text import album, lists, patient_page

_CHART_BELOW_FROM_PX = 760  # height of the page


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
        self.card_slot = CardSlot()
        self.filter_bar = FilterBar()
        self.list_notes = ListNotes()
        self.album = AlbumView(local)
        self.loading = LoadingTiles()
        self.empty = EmptyAlbum()
        self.none_of_type = NoneOfType()
        self.chart = ChartBelowCard()
        self._outline = DropOutline(self)
        self._shown = AlbumShown(is_loading=True)
        self._patient: Patient | None = None
        self._namesakes: tuple[Patient, ...] = ()
        self._is_status_known = False
        self._is_under_18 = False
        self._why_not = ""
        self._lay_out()
        self._wire()
        self._scans = ScanGuard(self, ALBUM)

    # Who is open.

    def open_patient(self, patient: Patient, today: date, namesakes: Sequence[Patient] = ()) -> None:
        """Show another patient: nothing of the one before stays. Announced to screen readers."""
        self.forget()
        self._namesakes = tuple(namesakes)
        self.show_record(patient, today, is_status_known=False)
        announce(self, self.banner.accessibleName())

    def show_record(self, patient: Patient, today: date, *, is_status_known: bool = True) -> None:
        """What is known of the open patient by now."""
        self._patient, self._is_status_known = patient, is_status_known
        self._is_under_18 = patient.is_minor(today)
        self.banner.show_patient(patient, today)
        self._show_sending()
        self.notices.show_for(patient, self._namesakes, is_status_known=is_status_known)
        self._arrange()

    def show_record_withheld(self) -> None:
        """The key isn't allowed to read the open patient's record: what a list said of the patient is all there is."""
        self.notices.set_record_withheld()
        if self._patient is not None:
            self.notices.show_for(self._patient, self._namesakes, is_status_known=self._is_status_known)

    def set_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool = False) -> None:
        """Others who bear the same name; stays in view as long as the patient is open."""
        self._namesakes = tuple(namesakes)
        self.notices.set_may_be_more(may_be_more)
        if self._patient is not None:
            self.notices.show_for(self._patient, self._namesakes, is_status_known=self._is_status_known)

    def show_visit(self, text: str) -> None:
        self.banner.show_visit(text)

    def show_face(self, face: Raster | None) -> None:
        self.banner.show_face(raster_to_qimage(face) if face is not None else None)

    def show_face_unknown(self) -> None:
        """Cerbo does not say which photos are personal."""
        self.banner.show_initials(patient_page.id_photo_not_known())

    def show_face_not_loaded(self) -> None:
        """There may be one: it could not be loaded, or what stood there was none."""
        self.banner.show_initials(patient_page.id_photo_not_loaded())

    # The album.

    def show_album(self, shown: AlbumShown) -> None:
        self._shown = shown
        # A failure says nothing of none, and pages that came say nothing of those to come.
        is_known = not shown.is_partial and (shown.total_count > 0 or shown.is_whole)
        self.filter_bar.choose(shown.photo_type)
        self.filter_bar.set_counts(
            total=shown.total_count if is_known else None,
            personal=shown.personal_count if is_known else None,
            medical=shown.medical_count if is_known else None,
        )
        self.filter_bar.show_types(
            shown.usable_types, shown.untyped_count, shown.total_count, is_asking=shown.is_asking_types
        )
        self.filter_bar.show_growing(shown.total_count if shown.is_partial and shown.is_loading else 0)
        self.album.set_photos(shown.photos, is_partial=shown.is_partial)
        self.list_notes.show_trouble(shown.trouble)
        self.list_notes.show_incomplete(shown)
        self._arrange()

    def set_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        self.album.set_thumbnail(photo_id, state)

    def set_waiting(self, sent_at: Sequence[datetime], taken_at: Sequence[datetime], today: date) -> None:
        """When photos were sent that wait in Cerbo's queue, and that Cerbo took unseen; in clinic time."""
        self.list_notes.show_waiting(album.waiting_note(sent_at, taken_at, today))

    def set_underway(self, underway: Underway | None) -> None:
        """Photos of the open patient that are on their way."""
        self.empty.set_underway(underway)

    def show_looked(self, text: str) -> None:
        self.filter_bar.show_looked(text)

    def set_tile_px(self, tile_px: int) -> None:
        """The size kept from last time."""
        with QSignalBlocker(self.filter_bar.tile_size):
            self.filter_bar.tile_size.setValue(tile_px)
        self._show_tile_px(self.filter_bar.tile_size.value())

    @property
    def picture_px(self) -> int:
        """Edge of a tile in the screen's own pixels."""
        return round(self.album.tile_px * self.devicePixelRatioF())

    def show_photo(self, photo_id: PhotoId) -> None:
        """Coming back from the viewer: make this the current tile, in view, with the focus."""
        self.album.show_photo(photo_id)
        self.album.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_album(self) -> None:
        """Put the focus where the work goes on: the album, or the first button of an empty one.

        While the album is on its way what stands in its place takes the keys: in the search box they would type.
        """
        shown = self._stack.currentWidget()
        target = self.empty.take if shown is self.empty else shown or self.album
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_card(self, card: QWidget | None) -> None:
        """Show a card between the banner and the album; None takes it out again and gives it back to its owner."""
        self.card_slot.set_card(card)
        self._arrange()

    def close_for_photos(self, why_not: str) -> None:
        """No photo can be kept on this PC: taking and adding them is off, for every patient, and this says why."""
        self._why_not = why_not
        self._show_sending()

    def open_for_photos(self) -> None:
        """Photos can be kept again, or at last."""
        self._why_not = ""
        self._show_sending()

    def set_compact(self, is_compact: bool) -> None:
        """For windows under 1120."""
        self.banner.set_compact(is_compact)

    def forget(self) -> None:
        """Nothing of the patient stays, on screen or in memory."""
        self._patient = None
        self._namesakes = ()
        self._shown = AlbumShown(is_loading=True)
        self.notices.start()
        self.album.forget()
        self.banner.show_face_pending()
        self.banner.show_visit("")
        self.list_notes.show_waiting("")
        self.set_underway(None)
        self.show_looked("")
        self.show_album(self._shown)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_wanted = ALBUM.row_of(event) is ALBUM["camera"] and not event.isAutoRepeat()
        if is_wanted and self._takes_photos:
            (self.empty.take_first if self._shown.is_empty else self.photos_chosen.emit)()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chart_below()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files alone are taken: Qt itself would decode a picture that has none.
        if self._takes_photos and local_files(event.mimeData()):
            self._outline.show_over(self)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._outline.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._outline.hide()
        files = local_files(event.mimeData())
        if files and self._takes_photos:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    # Within.

    def _show_sending(self) -> None:
        is_deceased = self._patient is not None and not self._patient.takes_photos
        why_not = _no_photos_of_deceased() if is_deceased else self._why_not
        self.banner.set_sending(is_on=self._takes_photos, why_not=why_not)
        self.empty.set_sending(self._takes_photos)

    @property
    def _takes_photos(self) -> bool:
        return self._patient is not None and self._patient.takes_photos and not self._why_not

    def _arrange(self) -> None:
        """Show what fits the state of the album and the card."""
        has_card, shown = self.card_slot.has_card, self._shown
        self.filter_bar.setVisible(not has_card)
        self.chart.show_count(
            shown.total_count,
            is_loading=shown.is_loading,
            is_known=shown.trouble is None,
            is_partial=shown.is_partial,
        )
        self._show_chart_below()
        was_at_body = _is_within(QApplication.focusWidget(), self._stack.currentWidget())
        before, body = self._stack.currentWidget(), self._body()
        self._stack.setCurrentWidget(body)
        if was_at_body and body is not before:
            self.focus_album()
        shows_empty = self._stack.currentWidget() is self.empty
        self.banner.set_primary(not has_card and not shows_empty)
        self.empty.set_under_18(self._is_under_18)
        self.notices.set_under_18(self._is_under_18 and not shows_empty)

    def _show_chart_below(self) -> None:
        """Where the page is low the card needs the room, so that its buttons are in view."""
        self.chart.setVisible(self.card_slot.has_card and self.height() >= _CHART_BELOW_FROM_PX)

    def _body(self) -> QWidget:
        shown = self._shown
        if self.card_slot.has_card and not shown.photos:
            return self._below_card
        if shown.photos:
            return self.album
        if shown.is_empty:
            return self.empty
        if shown.photo_type is not None and shown.total_count and not shown.is_loading:
            self.none_of_type.show_for(shown.photo_type, shown.total_count, is_whole=shown.is_whole)
            return self.none_of_type
        return self.loading if shown.is_loading else self.album

    def _lay_out(self) -> None:
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self._below_card = QWidget()
        for body in (self.album, self.loading, self.empty, self.none_of_type, self._below_card):
            self._stack.addWidget(body)
        # It takes what is left and never asks for more: a low window must not be outgrown by a page not even shown.
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.banner, self.notices, self.card_slot, self.filter_bar, self.list_notes, self.chart):
            column.addWidget(part)
        column.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.banner.files_chosen.connect(self.files_chosen)
        self.banner.photos_chosen.connect(self.photos_chosen)
        self.empty.files_chosen.connect(self.files_chosen)
        self.empty.id_photo_chosen.connect(self.id_photo_chosen)
        self.empty.photos_chosen.connect(self.photos_chosen)
        self.filter_bar.filter_changed.connect(self.filter_changed)
        self.filter_bar.tile_size_changed.connect(self._resize_tiles)
        self.filter_bar.look_again.clicked.connect(self.look_again_wanted)
        self.none_of_type.all_chosen.connect(lambda: self.filter_changed.emit(None))
        self.list_notes.retry_wanted.connect(self.list_retry_wanted)
        self.album.photo_opened.connect(self.photo_opened)
        self.album.photo_selected.connect(self.photo_selected)
        self.album.retry_wanted.connect(self.retry_wanted)
        self.album.wanted_changed.connect(self.wanted_changed)

    def _resize_tiles(self, tile_px: int) -> None:
        self._show_tile_px(tile_px)
        self.tile_size_changed.emit(tile_px)

    def _show_tile_px(self, tile_px: int) -> None:
        self.album.set_tile_px(tile_px)
        self.loading.set_tile_px(tile_px)


def _no_photos_of_deceased() -> str:
    return lists.sentences(patient_page.deceased(), patient_page.photos_cannot_be_sent())


def _is_within(focused: QWidget | None, body: QWidget | None) -> bool:
    return focused is not None and body is not None and body.isAncestorOf(focused)
