"""From one feature to another: opens patients, photos and the camera, and goes back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.app.refreshing import Refreshing
from cerbo_desktop.domain.acts import PatientOpened, Publish
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.capture.part import CapturePart
from cerbo_desktop.ui.commands.command import ON_MAC
from cerbo_desktop.ui.gallery.part import GalleryPart
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.main_page import MainPage
from cerbo_desktop.ui.search.part import SearchPart
from cerbo_desktop.ui.uploads.part import UploadsPart
from cerbo_desktop.ui.viewer.part import ViewerPart
from cerbo_desktop.ui.window import MainWindow


class Navigation:
    """The `ui.navigator.Navigator` of one practice: every step from feature to feature passes here, and nowhere else.

    It is made before the parts, which are built with it, and joined to them afterwards.
    """

    def __init__(
        self,
        window: MainWindow,
        scope: TaskScope,
        on_setup: Callable[[], None],
        on_patient_changed: Callable[[], None],
        publish: Publish,
    ) -> None:
        """`on_setup` shows the setup page; `on_patient_changed` is called before another patient is shown; `publish`
        hears of who is opened."""
        self._window, self._scope = window, scope.child("navigation")
        self._on_setup, self._on_patient_changed, self._publish = on_setup, on_patient_changed, publish

    def join(
        self,
        main: MainPage,
        search: SearchPart,
        gallery: GalleryPart,
        viewer: ViewerPart,
        uploads: UploadsPart,
        capture: CapturePart,
        refreshing: Refreshing,
    ) -> None:
        """Take in the parts, which may ask from now on."""
        self._main, self._search = main, search
        self._gallery, self._viewer = gallery, viewer
        self._uploads, self._capture, self._refreshing = uploads, capture, refreshing
        main.step_back_in_centre, main.focus_centre = capture.step_back, self._focus_centre
        # Whoever types on has given up waiting for somebody of an earlier text.
        search.pane.text_edited.connect(lambda _: self._scope.cancel("open"))

    # Patients.

    @property
    def patient_open(self) -> Patient | None:
        return self._gallery.presenter.patient

    @property
    def patient_shown(self) -> Patient | None:
        return self.patient_open if self._shows_in_centre(self._gallery.page) else None

    def open_patient(self, patient: Patient) -> None:
        if self._capture.must_ask_before(patient):
            self._scope.start(self._open_after_asking(patient), key="open")
            return
        self._scope.cancel("open")
        self._open_now(patient)

    def show_namesakes(self, shows: bool) -> None:
        rest = self._gallery.page if self.patient_open is not None else self._search.welcome
        self._main.centre.setCurrentWidget(self._search.namesakes if shows else rest)
        if shows:
            self._uploads.tray.uncover()

    def open_namesake(self, place: int) -> None:
        """Open the patient whose card has this key, counted from 1."""
        if self._main.centre.currentWidget() is self._search.namesakes:
            self._search.namesakes.choose(place)

    async def _open_after_asking(self, patient: Patient) -> None:
        """A shot that is kept and not sent belongs to the patient it was taken of: it is sent or discarded first."""
        if await self._capture.ask_to_leave():
            self._open_now(patient)

    def _open_now(self, patient: Patient) -> None:
        self._capture.close_card()
        if self.patient_open is None or self.patient_open.id != patient.id:
            self._on_patient_changed()
        self._main.centre.setCurrentWidget(self._gallery.page)
        self._search.pane.open_first.hide()
        self._uploads.tray.uncover()
        self._gallery.open(patient)
        self._search.presenter.select_patient(patient.id)
        self._gallery.page.focus_album()
        self._publish(PatientOpened(patient.id))

    # Photos.

    def open_photo(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        self._viewer.open(patient, photos, photo_id)

    def close_viewer(self, photo_id: PhotoId) -> None:
        self._window.show_page(self._main)
        self._gallery.page.show_photo(photo_id)

    def album_shown(self, album: Album) -> None:
        self._viewer.photos_changed(self._gallery.presenter.photos(), is_partial=album.is_partial)
        self._capture.propose_id_photo(album)

    # Taking and adding photos.

    def take_photos(self) -> None:
        self._capture.take_photos()

    def take_id_photo(self) -> None:
        self._capture.take_id_photo()

    def take_id_photo_of(self, patient_id: PatientId) -> None:
        shown = self.patient_shown  # somebody else as long as a person is asked about unsent photos
        if shown is not None and shown.id == patient_id:
            self.take_id_photo()

    def take_again(self, recipient: Recipient, *, is_id_photo: bool) -> None:
        patient = self.patient_open
        if patient is None or patient.id != recipient.id:  # the rest comes with the record
            patient = Patient(recipient.id, "", recipient.name, born=recipient.born)
        self._scope.start(self._take_again(patient, is_id_photo=is_id_photo), key="open")

    async def _take_again(self, patient: Patient, *, is_id_photo: bool) -> None:
        if self._capture.must_ask_before(patient) and not await self._capture.ask_to_leave():
            return
        if self.patient_shown is None or self.patient_shown.id != patient.id:
            self._open_now(patient)
        self._uploads.tray.uncover()
        (self.take_id_photo if is_id_photo else self.take_photos)()

    def choose_files(self) -> None:
        self._capture.choose_files()

    def add_files(self, files: Sequence[Path]) -> None:
        self._capture.add_files(files)

    def tell_of_link(self) -> None:
        self._capture.tell_of_link()

    def tell_to_open_first(self) -> None:
        if self._window.is_showing(self._main):
            self._search.pane.open_first.tell()

    # Everything else.

    def focus_search(self) -> None:
        if self._viewer.is_shown:
            self._viewer.presenter.close()
        self._search.pane.focus_search()

    def write_into_search(self, text: str) -> None:
        """What a reader or a fast hand has written so far, outside of a field: in place of what stood in the box."""
        if self._shows_search:
            self.focus_search()
            self._search.pane.go_on_typing(text, is_entered=False)

    def show_today(self) -> None:
        """Today's list, with the search box empty."""
        if self._shows_search:
            self.focus_search()
            self._search.pane.clear_search()

    def show_uploads(self) -> None:
        """The list of photos that were sent, unfolded."""
        if self._viewer.is_shown:
            self._viewer.presenter.close()
        self._uploads.tray.unfold()

    def step_back(self) -> None:
        """Esc: the marks of the album first, then out of the centre to the list at the left, then the search text."""
        marks_are_shown = self._shows_in_centre(self._gallery.page)
        if marks_are_shown and self._gallery.page.body.clear_marks():
            return
        if not self._window.is_showing(self._main):
            return
        pane, focused = self._search.pane, QApplication.focusWidget()
        if focused is None or not pane.isAncestorOf(focused):
            if not (pane.results.list.take_focus() or pane.board.list.take_focus()):
                pane.focus_search()
        elif pane.field.text():
            pane.clear_search()

    def leave(self) -> None:
        """Out of the viewer; on macOS the main page's window closes, if nothing is lost by it."""
        if self._viewer.is_shown:
            self._viewer.presenter.close()
        elif ON_MAC:
            self._window.close()

    def refresh(self) -> None:
        self._refreshing.refresh()

    def open_setup(self) -> None:
        self._on_setup()

    def open_settings(self) -> None:
        self._window.settings_wanted.emit()

    def _focus_centre(self) -> bool:
        """To the ID card or the photos, past the banner's buttons."""
        if not self._shows_in_centre(self._gallery.page):
            return False
        if not self._capture.focus_card():
            self._gallery.page.focus_album()
        return True

    @property
    def _shows_search(self) -> bool:
        """The search box is in view, or the viewer lies over it and nothing else does."""
        is_at_hand = self._window.is_showing(self._main) or self._viewer.is_shown
        return is_at_hand and open_sheet(self._window) is None

    def _shows_in_centre(self, page: QWidget) -> bool:
        return self._main.centre.currentWidget() is page and self._window.is_showing(self._main)
