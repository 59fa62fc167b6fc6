"""What the rows of each of Cerbo's lists are."""

from functools import partial

from cerbo_desktop.api import records
from cerbo_desktop.api.list_answers import RowKind
from cerbo_desktop.api.row_fields import AppointmentFields, PatientFields, PhotoFields, UserFields
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS, MAX_APPOINTMENTS, MAX_SEARCH_ROWS, PAGE_SIZE
from cerbo_desktop.domain.photo import Photo

PATIENTS = RowKind(PatientFields, records.patient, MAX_SEARCH_ROWS, names=("patients", "patient", "people", "matches"))
APPOINTMENTS = RowKind(
    AppointmentFields,
    records.appointment,
    MAX_APPOINTMENTS,
    records.is_no_visit,
    ("appointments", "visits", "schedule", "events"),
)
USERS = RowKind(UserFields, records.user_id, PAGE_SIZE, lambda _: True, ("users",))
_PHOTO_NAMES = ("images", "photos", "pictures", "patient_images", "image", "photo")


def photos_of(patient_id: PatientId) -> RowKind[Photo]:
    """The photos of one patient: what says that it is another's is refused."""
    read = partial(records.photo, patient_id=patient_id)
    return RowKind(PhotoFields, read, MAX_ALBUM_PHOTOS, records.is_deleted_photo, names=_PHOTO_NAMES, owner=patient_id)
