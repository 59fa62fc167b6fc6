"""For whom the camera of the ID photo opens by itself."""

from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.opening import Opened, OutboxOpening
from cerbo_desktop.services.uploads.uploading import Uploading


class IdPhotoProposal:
    """Made once for each patient and practice: whoever waves the camera away is left alone."""

    def __init__(self, today: Today, uploading: Uploading, opening: OutboxOpening) -> None:
        self._today, self._uploading, self._opening = today, uploading, opening
        self._made: set[PatientId] = set()

    def make(self, patient: Patient, album: Album) -> bool:
        """True where it is to be made now, and then not again for this patient."""
        is_wanted = self._is_wanted(patient, album)
        if is_wanted:
            self._made.add(patient.id)
        return is_wanted

    def _is_wanted(self, patient: Patient, album: Album) -> bool:
        """Checked in today, certainly no ID photo in the chart, none taken here, and not proposed before. A photo that
        was taken otherwise is none, and one that was stopped is in the tray, where a person decides about it first."""
        visit = self._today.visit_of(patient.id)
        is_here = visit is not None and visit.stage is VisitStage.CHECKED_IN
        mine = (upload for upload in self._uploading.feed.latest if upload.recipient.id == patient.id)
        was_taken = any(upload.is_id_photo for upload in mine)
        is_known = isinstance(self._opening.feed.latest, Opened)
        is_possible = patient.takes_photos and is_known
        may = is_possible and patient.id not in self._made and not was_taken
        return is_here and may and album.has_no_personal_photo
