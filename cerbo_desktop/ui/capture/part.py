"""Taking and adding photos: of whom that may be, and what begins it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.id_photo_proposal import IdPhotoProposal
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.uploads.opening import Opened, OutboxStatus
from cerbo_desktop.ui.kit.dragged import holds_photos
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.part import Context

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.coordinator import CaptureCoordinator
    from cerbo_desktop.ui.capture.surroundings import CardPlace, MakeCamera


class CapturePart:
    """Whatever asks for photos means the patient who is shown; where none may be taken, nothing happens."""

    widgets = ()

    def __init__(self, context: Context, page: CardPlace, make_camera: MakeCamera) -> None:
        """`page` is the open patient's, where the card of the ID photo is shown."""
        services = context.services
        self._services, self._navigator = services, context.navigator
        self._context, self._page, self._make_camera = context, page, make_camera
        self._built: CaptureCoordinator | None = None
        self._proposal = IdPhotoProposal(services.today, services.uploading, services.opening)
        self._is_ending = False
        self._subscriptions = Subscriptions()
        self._subscriptions.follow(services.opening.feed, self._follow_outbox, replay=False)

    def start(self) -> None:
        """Do nothing: no camera runs until somebody wants photos."""

    @property
    def has_unsent_shots(self) -> bool:
        """Photos that were taken and not yet sent lie in an open sheet or card."""
        return self._built is not None and self._built.has_unsent_shots

    @property
    def patient(self) -> Patient | None:
        """The patient to whom a new photo would belong; None where nobody's page is shown, or none can be taken of them
        now."""
        patient = self._navigator.patient_shown
        may = patient is not None and patient.takes_photos and not self._services.opening.is_closed
        return patient if may and not self._is_ending else None

    def take_photos(self) -> None:
        """Open the sheet with the camera."""
        if (patient := self.patient) is not None:
            self._coordinator.open_sheet(patient)

    def take_id_photo(self) -> None:
        """Open the card of the ID photo."""
        if (patient := self.patient) is not None:
            self._coordinator.open_card(patient)

    def choose_files(self) -> None:
        """Open the sheet and the window for choosing files."""
        if (patient := self.patient) is not None:
            self._coordinator.choose_files(patient)

    def add_files(self, files: Sequence[Path]) -> None:
        """Open the sheet with these files."""
        if (patient := self.patient) is not None:
            self._coordinator.open_sheet(patient, tab="files", files=files)

    def tell_of_link(self) -> None:
        """Open the sheet, which says what to do with a link to the web."""
        if (patient := self.patient) is not None:
            self._coordinator.tell_of_link(patient)

    def paste(self) -> None:
        """Add what the clipboard holds, if it is photos; with nobody's page in view, say what has to come first."""
        if (patient := self.patient) is not None:
            self._coordinator.paste(patient)
        elif self._navigator.patient_shown is None and holds_photos(QGuiApplication.clipboard().mimeData()):
            self._navigator.tell_to_open_first()

    def press_shutter(self) -> None:
        """The foot pedal: takes the ID photo while its card is open, else opens the camera."""
        if self._navigator.patient_shown is not None and not self._coordinator.press_card_shutter():
            self.take_photos()

    def turn_to_camera(self) -> None:
        """The pedal was pressed a moment ago: nobody expects a photo to be taken now."""
        if self._navigator.patient_shown is not None and not self._coordinator.focus_card():
            self.take_photos()

    def propose_id_photo(self, album: Album) -> None:
        """Open the ID photo's camera by itself where the patient is here and has no such photo."""
        patient = self._navigator.patient_open
        if patient is not None and not self._is_ending and self._proposal.make(patient, album):
            self._coordinator.open_card(patient, only_with_camera=True)

    def must_ask_before(self, patient: Patient) -> bool:
        """A photo of somebody else is kept in the card and not safe yet."""
        return self._built is not None and self._built.holds_shot_of_another(patient.id)

    async def ask_to_leave(self) -> bool:
        """Have the card's photo sent or discarded; False when the person would rather stay."""
        return self._built is None or await self._built.ask_to_leave()

    def close_card(self) -> None:
        """Close the ID photo card, unless it keeps a photo."""
        if self._built is not None:
            self._built.close_card()

    def step_back(self) -> bool:
        """Esc: close the ID photo card, from wherever the focus is; False where there is none to be closed by it."""
        return self._built is not None and self._built.step_back()

    def focus_card(self) -> bool:
        """Give the focus to the ID card; False where no card is open."""
        return self._built is not None and self._built.focus_card()

    async def aclose(self) -> None:
        """Wait until the photos that were sent are handed over; drop the rest."""
        self._is_ending = True
        self._subscriptions.close()
        if self._built is not None:
            await self._built.aclose()

    @property
    def _coordinator(self) -> CaptureCoordinator:
        """Made with the first sheet or card: a start is quicker without it."""
        if self._built is None:
            from cerbo_desktop.ui.capture.coordinator import CaptureCoordinator  # deferred: `app/deferred_imports.py`

            self._built = CaptureCoordinator(self._context, self._page, self._make_camera)
        return self._built

    def _follow_outbox(self, status: OutboxStatus) -> None:
        if isinstance(status, Opened):
            self.propose_id_photo(self._services.albums.album.latest)
