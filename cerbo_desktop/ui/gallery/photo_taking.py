"""Whether photos can be taken and added for the patient who is open, and why not."""

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.gallery.placeholders import EmptyAlbum
from cerbo_desktop.ui.text import patient_page


class PhotoTaking:
    """Turns the buttons for it on and off."""

    def __init__(self, banner: PatientBanner, empty: EmptyAlbum) -> None:
        self._banner, self._empty = banner, empty
        self._patient: Patient | None = None
        self._why_not = ""

    @property
    def is_on(self) -> bool:
        """Photos can be taken now."""
        return self._patient is not None and self._patient.takes_photos and not self._why_not

    def open_patient(self, patient: Patient | None) -> None:
        """This patient is open from now on; None for nobody."""
        self._patient = patient
        self._show()

    def turn_off(self, why_not: str) -> None:
        """No photo can be kept on this PC, whoever is open."""
        self._why_not = why_not
        self._show()

    def turn_on(self) -> None:
        """This PC can keep photos."""
        self.turn_off("")

    def _show(self) -> None:
        is_deceased = self._patient is not None and not self._patient.takes_photos
        why_not = patient_page.deceased_gets_no_photos() if is_deceased else self._why_not
        self._banner.set_sending(is_on=self.is_on, why_not=why_not)
        self._empty.set_sending(self.is_on)
