"""Stands in for the rest of the window while one feature is tested: notes where it was sent."""

from collections.abc import Sequence
from pathlib import Path

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.photos.album import Album


class NotedNavigator:
    """A `ui.navigator.Navigator` behind which there is no other feature."""

    def __init__(self) -> None:
        self.patients: list[Patient] = []
        self.namesakes_shown: list[bool] = []
        self.photos: list[tuple[Patient, tuple[Photo, ...], PhotoId]] = []
        self.viewers_closed_at: list[PhotoId] = []
        self.albums: list[Album] = []

    @property
    def patient_open(self) -> Patient | None:
        return self.patients[-1] if self.patients else None

    @property
    def patient_shown(self) -> Patient | None:
        return self.patient_open

    def open_patient(self, patient: Patient) -> None:
        self.patients.append(patient)

    def show_namesakes(self, shows: bool) -> None:
        self.namesakes_shown.append(shows)

    def open_photo(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        self.photos.append((patient, photos, photo_id))

    def close_viewer(self, photo_id: PhotoId) -> None:
        self.viewers_closed_at.append(photo_id)

    def album_shown(self, album: Album) -> None:
        self.albums.append(album)

    def take_photos(self) -> None: ...
    def take_id_photo(self) -> None: ...
    def take_id_photo_of(self, patient_id: PatientId) -> None: ...
    def take_again(self, recipient: Recipient, *, is_id_photo: bool) -> None: ...
    def choose_files(self) -> None: ...
    def add_files(self, files: Sequence[Path]) -> None: ...
    def tell_of_link(self) -> None: ...
    def tell_to_open_first(self) -> None: ...
    def focus_search(self) -> None: ...
    def refresh(self) -> None: ...
    def open_setup(self) -> None: ...
    def open_settings(self) -> None: ...
