"""One connected practice on screen: its services, its pages, and who calls whom."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import SignalInstance

from cerbo_desktop.app.asking_anew import ask_anew, ask_anew_when_asked
from cerbo_desktop.app.capture_coordinator import CaptureCoordinator
from cerbo_desktop.app.long_waiting import LongWaiting
from cerbo_desktop.app.namesakes import NamesakeWarning
from cerbo_desktop.app.pages import Pages
from cerbo_desktop.app.photo_keys import PhotoKeys
from cerbo_desktop.app.refreshing import Refreshing
from cerbo_desktop.app.services import Services
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.services.connection import Busy, ConnectionState
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.uploads.opening import Closed, Opened, OutboxStatus
from cerbo_desktop.ui.connection.presenter import ConnectionPresenter
from cerbo_desktop.ui.gallery.presenter import GalleryPresenter
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.phrases import clock
from cerbo_desktop.ui.search.footer import line_of
from cerbo_desktop.ui.search.presenter import SearchPresenter
from cerbo_desktop.ui.text.closed_outbox import why_closed
from cerbo_desktop.ui.uploads.asking import Asking
from cerbo_desktop.ui.uploads.presenter import TrayPresenter
from cerbo_desktop.ui.uploads.stranded_presenter import StrandedPresenter
from cerbo_desktop.ui.viewer.details_presenter import DetailsPresenter
from cerbo_desktop.ui.viewer.presenter import ViewerPresenter
from cerbo_desktop.ui.window import MainWindow

_NEW_PHOTO_EDGE_PX = 224
"""Sharp at 200% on the card that asks about a new photo in the chart."""


class Workspace:
    """Opens patients, photos and the camera; everything of it leaves the window again with `aclose`."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        practice_name: str,
        settings: SettingsFile,
        on_failure: Failed,
        on_settings: Callable[[], None],
        make_camera: Callable[[], Camera],
        on_patient_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.services, self.pages = services, Pages(services)
        self._window, self._settings, self._on_patient_changed = window, settings, on_patient_changed
        self._scope = TaskScope("clinic", on_failure)
        self._tried_id_card: set[PatientId] = set()
        self._photographing = CaptureCoordinator(
            window, self.pages.patient, services, settings, on_failure, make_camera
        )
        self._make_presenters(on_failure, on_settings)
        self._looking = Refreshing(window, self.pages, services, self._gallery, self._search, on_failure)
        self._namesakes = NamesakeWarning(
            services.searching, services.today, services.clock, self._scope, self.pages.patient
        )
        self._endings: list[Callable[[], object]] = [
            services.connection.feed.subscribe(lambda state: self.pages.search.set_line(line_of(state))),
            services.uploading.feed.subscribe(self._follow_uploads, replay=False),
            services.opening.feed.subscribe(self._show_outbox, replay=False),
            services.today.feed.subscribe(lambda _: self._gallery.show_visit(), replay=False),
        ]
        self._long_waiting = LongWaiting(
            services.long_waits, self.pages.search.board.long_wait_note, settings, services.clock
        )
        self._endings.append(self._long_waiting.close)
        self._arrived: frozenset[UploadId] = frozenset()
        self._show(practice_name)

    def start(self) -> None:
        """Ask for today's board. Needs a running loop."""
        self._scope.start(self.services.server.prepare())
        self.services.opening.try_now()
        self.services.today.start()
        self.services.long_waits.start()
        typed = self._window.end_early_typing()
        self.pages.search.focus_search()
        if typed is not None:
            self.pages.search.go_on_typing(typed.text, is_entered=typed.is_entered)

    def _show_outbox(self, status: OutboxStatus) -> None:
        """Whether photos can be kept on this PC, and what an earlier session left here for others."""
        pages = self.pages
        pages.tray.set_closed(isinstance(status, Closed))
        if isinstance(status, Closed):
            title, text = why_closed(status.reason, status.waiting_count)
            pages.closed_strip.show_words(title, text)
            pages.patient.close_for_photos(text)
        elif isinstance(status, Opened):
            pages.closed_strip.hide()
            pages.patient.open_for_photos()
            self._stranded.show(status.recovered)
            self._propose_id_photo(self.services.albums.album.latest)

    def come_back(self, trouble: ConnectionState) -> None:
        """A trouble of the line is over: everything that failed for its sake is tried once more.

        After an overload that is all: photos of the outbox wait as they were told, and lists that are whole need not be
        asked for again.
        """
        self._search.try_again()
        self._viewer.try_again()
        self._namesakes.try_again()
        if isinstance(trouble, Busy):
            self.services.today.try_again()
            self._gallery.try_again()
        else:
            self.services.today.refresh()
            self.services.uploading.resume()
            self._gallery.refresh()

    def look_again(self) -> None:
        """A person wants to know: staff may have accepted photos, or allowed more to this key."""
        ask_anew(self.services)
        self._looking.look_again()

    def open_first(self) -> None:
        """Whoever is first on today's board: for a picture of the window."""
        board = self.services.today.feed.latest
        visits = (*board.here_now, *board.coming_up)
        if visits:
            self._open(visits[0].patient)

    @property
    def unsent(self) -> tuple[Upload, ...]:
        return self.services.uploading.unsent

    @property
    def has_unsent_shots(self) -> bool:
        """Photos that were taken and not yet sent lie in an open sheet or card."""
        return self._photographing.has_unsent_shots

    async def aclose(self) -> None:
        """Leave the window empty of this practice: pages, requests, photos."""
        for end in self._endings:
            end()
        await self._photographing.aclose()
        await self._looking.aclose()
        self._gallery.close()
        for presenter in (self._search, self._gallery, self._viewer, self._tray, self._stranded, self._strip):
            await presenter.aclose()
        await self._scope.aclose()
        await self.services.aclose()
        pages = self.pages
        for page in (pages.main, pages.viewer, pages.strip, pages.closed_strip, pages.clock_strip):
            page.hide()
            page.setParent(None)
            page.deleteLater()

    # What the pages ask for.

    def _open_photo(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        self._window.show_page(self.pages.viewer)
        self._viewer.open(patient, photos, photo_id, is_partial=self.services.albums.album.latest.is_partial)
        self.pages.viewer.stage.setFocus()

    def _take_photos(self) -> None:
        if (patient := self._patient_to_photograph()) is not None:
            self._photographing.open_sheet(patient)

    def _press_shutter(self) -> None:
        """The foot pedal: takes the ID photo while its card is open, else opens the camera."""
        if self._is_showing_patient and not self._photographing.press_card_shutter():
            self._take_photos()

    def _turn_to_camera(self) -> None:
        """The pedal was pressed a moment ago: nobody expects a photo to be taken now."""
        if self._is_showing_patient and not self._photographing.focus_card():
            self._take_photos()

    def _take_id_photo(self) -> None:
        if (patient := self._patient_to_photograph()) is not None:
            self._photographing.open_card(patient)

    def _choose_files(self) -> None:
        if (patient := self._patient_to_photograph()) is not None:
            self._photographing.open_sheet(patient, tab="files")

    def _add_files(self, files: Sequence[Path]) -> None:
        if (patient := self._patient_to_photograph()) is not None:
            self._photographing.open_sheet(patient, tab="files", files=files)

    def _paste(self) -> None:
        if (patient := self._patient_to_photograph()) is not None:
            self._photographing.paste(patient)

    def _patient_to_photograph(self) -> Patient | None:
        """Whoever the main page shows, if photos may be sent for them; nobody while a choice of namesakes is shown."""
        patient = self._gallery.patient
        may = patient is not None and patient.takes_photos and not self.services.opening.is_closed
        return patient if may and self._is_showing_patient else None

    @property
    def _is_showing_patient(self) -> bool:
        is_in_the_centre = self.pages.centre.currentWidget() is self.pages.patient
        return is_in_the_centre and self._window.is_showing(self.pages.main)

    def _focus_search(self) -> None:
        if self._window.is_showing(self.pages.viewer):
            self._viewer.close()
        self.pages.search.focus_search()

    # Opening patients.

    def _open(self, patient: Patient) -> None:
        if self._photographing.holds_shot_of_another(patient.id):
            self._scope.start(self._open_after_asking(patient), key="open")
            return
        self._scope.cancel("open")
        self._open_now(patient)

    def _open_now(self, patient: Patient) -> None:
        self._photographing.close_card()
        is_open = self._gallery.patient is not None and self._gallery.patient.id == patient.id
        if not is_open:
            self._on_patient_changed()
        self.pages.centre.setCurrentWidget(self.pages.patient)
        self.pages.tray.uncover()
        if is_open and self.services.albums.album.latest.was_listed:
            self._gallery.look_again()  # what is shown stays: Cerbo may be out of reach
            self._namesakes.try_again()
            self.services.uploading.album_opened(patient.id)
        elif not (is_open and self._gallery.is_opening):
            self._gallery.open(patient, record=self.services.searching.record_just_read(patient.id))
            self.services.uploading.album_opened(patient.id)
            self._namesakes.look_for(patient)
        self._search.select_patient(patient.id)
        self.pages.patient.focus_album()

    async def _open_after_asking(self, patient: Patient) -> None:
        """A shot that is kept and not sent belongs to the patient it was taken of: it goes out, or goes."""
        if await self._photographing.ask_to_leave():
            self._open_now(patient)

    def _show_namesakes(self, shows: bool) -> None:
        if shows:
            self.pages.centre.setCurrentWidget(self.pages.namesakes)
        else:
            is_open = self._gallery.patient is not None
            self.pages.centre.setCurrentWidget(self.pages.patient if is_open else self.pages.welcome)

    def _open_namesake(self, place: int) -> None:
        if self.pages.centre.currentWidget() is self.pages.namesakes:
            self.pages.namesakes.choose(place)

    def _close_viewer(self, photo_id: PhotoId) -> None:
        self._window.show_page(self.pages.main)
        self.pages.patient.show_photo(photo_id)

    # Following what changes.

    def _follow_album(self, album: Album) -> None:
        self._viewer.photos_changed(self._gallery.photos(), is_partial=album.is_partial)
        self._propose_id_photo(album)

    def _propose_id_photo(self, album: Album) -> None:
        patient = self._gallery.patient
        if patient is not None and self._wants_id_photo(patient, album):
            self._tried_id_card.add(patient.id)
            self._photographing.open_card(patient, only_with_camera=True)

    def _wants_id_photo(self, patient: Patient, album: Album) -> bool:
        """Checked in today, certainly no ID photo in the chart or on its way, and not waved away before."""
        visit = self.services.today.visit_of(patient.id)
        is_here = visit is not None and visit.stage is VisitStage.CHECKED_IN
        is_underway = any(upload.recipient.id == patient.id for upload in self.services.uploading.feed.latest)
        is_known = isinstance(self.services.opening.feed.latest, Opened)
        is_possible = patient.takes_photos and is_known
        may = is_possible and patient.id not in self._tried_id_card and not is_underway
        return is_here and may and album.has_no_personal_photo

    def _follow_uploads(self, uploads: tuple[Upload, ...]) -> None:
        """A photo found in the chart may be the new face of the patient who is open."""
        arrived = frozenset(each.id for each in uploads if each.state is UploadState.ACCEPTED)
        patient = self._gallery.patient
        is_new = {each.recipient.id for each in uploads if each.id in arrived - self._arrived}
        self._arrived = arrived
        if patient is not None and patient.id in is_new:
            self._gallery.refresh_face()

    # Joining.

    def _make_presenters(self, on_failure: Failed, on_settings: Callable[[], None]) -> None:
        pages, services = self.pages, self.services
        self._search = SearchPresenter(
            pages.search,
            pages.namesakes,
            services.searching,
            services.today,
            services.faces,
            services.uploading.feed,
            services.clock,
            on_failure,
            self._open,
            self._show_namesakes,
            services.connection.feed,
        )
        self._gallery = GalleryPresenter(
            pages.patient,
            services.albums,
            services.thumbnails,
            services.faces,
            services.uploading.feed,
            services.clock,
            today_visit=services.today.visit_of,
            on_photo_opened=self._open_photo,
            on_failure=on_failure,
            on_album_changed=self._follow_album,
            line=services.connection.feed,
        )
        self._viewer = ViewerPresenter(
            pages.viewer,
            services.viewing,
            services.thumbnails,
            services.faces,
            services.clock,
            on_closed=self._close_viewer,
            on_failure=on_failure,
            line=services.connection.feed,
            details=DetailsPresenter(
                pages.viewer.details,
                services.records,
                services.contents,
                services.clock,
                on_failure=on_failure,
                is_typed_by_list=services.albums.is_typed_by_list,
            ),
        )
        line = services.connection.feed
        asking = Asking(services.uploading, services.clock, self._confirm, self._tell, lambda: line.latest)
        self._tray = TrayPresenter(
            pages.tray, services.uploading, services.clock, asking, self._small_photo, on_failure
        )
        taking_over = services.taking_over(self._settings.current.accounts)
        self._stranded = StrandedPresenter(pages.tray, self._window, taking_over, services.clock, on_failure)
        self._strip = ConnectionPresenter(
            pages.strip, services.connection, services.uploading.feed, services.clock, on_failure, on_settings
        )

    async def _confirm(self, upload: Upload, title: str, text: str, go_on: str) -> bool:
        choices: list[Choice] = [("go", go_on, "danger"), ("stay", "Cancel", "secondary")]
        taken = f"Taken {clock(self.services.clock.local(upload.taken_at))}"
        shown = raster_to_qimage(upload.preview), taken
        return await ask(self._window, title, text, choices, escape="stay", shown=shown) == "go"

    async def _tell(self, title: str, text: str) -> None:
        await ask(self._window, title, text, [("close", "Close", "secondary")])

    async def _small_photo(self, patient_id: PatientId, photo_id: PhotoId) -> Raster:
        content = await self.services.contents.get(patient_id, photo_id, urgency=Urgency.VISIBLE)
        return await self.services.studio.thumbnail(content.data, _NEW_PHOTO_EDGE_PX)

    def _show(self, practice_name: str) -> None:
        window, pages = self._window, self.pages
        window.add_strip(pages.strip)
        window.add_strip(pages.closed_strip)
        pages.closed_strip.try_wanted.connect(self.services.opening.try_now)
        window.add_strip(pages.clock_strip)
        self._endings.append(self.services.clock_check.feed.subscribe(pages.clock_strip.show_offset))
        window.add_page(pages.main)
        window.add_page(pages.viewer)
        pages.search.set_practice(practice_name)
        # Whoever types on has given up waiting for somebody of an earlier text.
        pages.search.text_edited.connect(lambda _: self._scope.cancel("open"))
        pages.search.settings_opened.connect(window.settings_wanted)
        ask_anew_when_asked(pages, self.services)
        pages.patient.set_tile_px(self._settings.current.tile_px)
        pages.patient.tile_size_changed.connect(lambda tile_px: self._settings.change(tile_px=tile_px))
        pages.patient.look_again_wanted.connect(self.look_again)
        self._hear(window.look_again_wanted, self.look_again)
        pages.patient.photos_chosen.connect(self._take_photos)
        pages.patient.id_photo_chosen.connect(self._take_id_photo)
        pages.patient.files_chosen.connect(self._choose_files)
        pages.patient.files_dropped.connect(self._add_files)
        self._hear(window.width_changed, pages.fit)
        self._hear(window.activated, self.services.opening.try_now)
        self._hear(window.search_wanted, self._focus_search)
        self._hear(window.next_pane_wanted, pages.main.focus_pane)
        self._hear(window.namesake_wanted, self._open_namesake)
        keys = PhotoKeys(window, pages.search, self._scope, self._patient_to_photograph)
        self._hear(window.files_wanted, keys.guarded(self._choose_files))
        self._hear(window.paste_wanted, keys.guarded(self._paste))
        self._hear(window.shutter_pressed, keys.guarded(self._press_shutter, later=self._turn_to_camera))
        pages.fit(window.width())
        window.show_page(pages.main)

    def _hear(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Listen to the window, which outlives this practice, until the practice is left."""
        signal.connect(slot)
        self._endings.append(lambda: signal.disconnect(slot))
