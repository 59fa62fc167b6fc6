"""What one feature may ask of another: the only way from screen to screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.photos.album import Album


class Navigator(Protocol):
    """Every request is made on the GUI thread and returns at once. `app.navigation.Navigation` carries it out."""

    # Patients.

    def open_patient(self, patient: Patient) -> None:
        """Show this patient's album. Asks first where a photo of somebody else is not safe yet."""

    def show_namesakes(self, shows: bool) -> None:
        """Lay the cards of people with the same name over the centre, or take them away."""

    @property
    def patient_open(self) -> Patient | None:
        """The patient who was opened last, with every detail known so far. The viewer or a choice of namesakes may
        cover their page."""

    @property
    def patient_shown(self) -> Patient | None:
        """The same, while the patient's page is in view; None while anything else is."""

    # Photos.

    def open_photo(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        """Show one of `photos`, given in the album's order, in the viewer."""

    def close_viewer(self, photo_id: PhotoId) -> None:
        """Return to the album, with this photo as the current one."""

    def album_shown(self, album: Album) -> None:
        """Tell the other parts what the open patient's album shows now."""

    # Taking and adding photos, of the patient who is shown; nothing where none may be taken.

    def take_photos(self) -> None:
        """Open the sheet with the camera."""

    def take_id_photo(self) -> None:
        """Open the card of the ID photo."""

    def take_id_photo_of(self, patient_id: PatientId) -> None:
        """The same, where this patient is the one who is shown."""

    def take_again(self, recipient: Recipient, *, is_id_photo: bool) -> None:
        """Open this patient and the camera: a photo of theirs can't be sent. Asks first as `open_patient` does."""

    def choose_files(self) -> None:
        """Open the sheet and the window for choosing files."""

    def add_files(self, files: Sequence[Path]) -> None:
        """Open the sheet with these files."""

    def tell_of_link(self) -> None:
        """Say what to do with a link to the web, which is no photo."""

    def tell_to_open_first(self) -> None:
        """Say that photos were pasted while nobody is open, where the search box is in view."""

    # Everything else.

    def focus_search(self) -> None:
        """Go to the search box, from the viewer too."""

    def refresh(self) -> None:
        """Ask Cerbo for whatever may have changed: a person wants to know."""

    def open_setup(self) -> None:
        """Show the page where address, key and secret are typed."""

    def open_settings(self) -> None:
        """Open the settings over whatever is shown."""
