"""Cerbo's records as domain values. A record without a usable id is nothing; any other field may be missing."""

from cerbo_desktop.api import dates, deletions, whose, wire
from cerbo_desktop.api.name_words import word_set, words_of
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.appointment import Appointment, Provider, VisitStage
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import AppointmentId, PatientId, PhotoId, UserId
from cerbo_desktop.domain.moments import utc_day
from cerbo_desktop.domain.patient import Patient, PatientStatus, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType

PHOTO_IDS = ("id", "image_id", "photo_id")
PATIENT_IDS = ("id", "patient_id", "pt_id")
APPOINTMENT_IDS = ("id", "appointment_id")
_DATES_TAKEN = ("date_taken", "taken_at")
_DATES_ADDED = ("created", "created_at", "date_created")
_DATES = (*_DATES_TAKEN, *_DATES_ADDED, "date")
_SEXES = {"f": Sex.FEMALE, "female": Sex.FEMALE, "m": Sex.MALE, "male": Sex.MALE}
_STATUSES = {status.value: status for status in PatientStatus}
_PHOTO_TYPES = {kind.value: kind for kind in PhotoType}
_WAITING = word_set("pending awaiting waiting queued enqueued unaccepted unapproved")
_ACCEPTED, _NOT = word_set("accepted approved"), word_set("not un non yet")
_STAGES = {
    "checked-in": VisitStage.CHECKED_IN,
    "checkedin": VisitStage.CHECKED_IN,
    "arrived": VisitStage.CHECKED_IN,
    "in-room": VisitStage.IN_ROOM,
    "inroom": VisitStage.IN_ROOM,
    "roomed": VisitStage.IN_ROOM,
    "confirmed": VisitStage.CONFIRMED,
    "scheduled": VisitStage.SCHEDULED,
    "cancelled": VisitStage.CANCELLED,
    "canceled": VisitStage.CANCELLED,
    "no-show": VisitStage.CANCELLED,
    "done": VisitStage.DONE,
    "completed": VisitStage.DONE,
    "complete": VisitStage.DONE,
    "checked-out": VisitStage.DONE,
}
"""Three of the statuses are the contract's own, the rest what clinics are likely to add (contract 8.1, 8.2)."""


def patient(record: Record) -> Patient | None:
    """The patient in a record: the full form (contract 5.4), or the short one of appointments.

    None for a record with two ids: whose photos would be shown under this name is not sure then.
    """
    found = wire.first_id(record, *PATIENT_IDS)
    others = (wire.id_text(record.get(name)) for name in PATIENT_IDS)
    if not found or any(each.strip("0") and not wire.same_id(each, found) for each in others):
        return None
    return Patient(
        id=PatientId(found),
        first_name=wire.first_text(record, "first_name"),
        last_name=wire.first_text(record, "last_name"),
        middle_name=wire.first_text(record, "middle_name"),
        born=dates.day(record.get("dob")),
        sex=_SEXES.get(wire.first_text(record, "sex").lower(), Sex.UNSTATED),
        status=_STATUSES.get(wire.first_text(record, "patient_status_description").lower(), PatientStatus.UNKNOWN),
        email=wire.first_text(record, "email1", "email2"),
        phone=_phone(record),
        suffix=wire.first_text(record, "suffix"),  # Cerbo has it for users; for patients it is not documented
    )


def _phone(record: Record) -> str:
    """The first field that holds a number: `primary_phone` may as well only name another field."""
    for name in ("primary_phone", "phone_mobile", "phone_home", "phone_work", "phone_other"):
        text = wire.first_text(record, name)
        if sum(letter.isdigit() for letter in text) >= 7:
            return text
    return ""


def photo(record: Record, patient_id: PatientId) -> Photo | None:
    """The photo in a record (contract 6.6); None also for one that was deleted, which a list may go on naming.

    Raises:
        BadAnswer: the record says that it is another patient's.
    """
    if whose.names_other(record, patient_id):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
    found = wire.first_id(record, *PHOTO_IDS)
    if not found or is_deleted_photo(record):
        return None
    return Photo(
        id=PhotoId(found),
        patient_id=patient_id,
        photo_type=_photo_type(record),
        taken_at=dates.first(record, *_DATES),
        mime_type=wire.first_text(record, "mime_type").lower(),
        title=wire.first_text(record, "filename", "name", "title", "caption", "notes"),
        size_bytes=wire.whole_number(record.get("file_size")),
        added_at=dates.first(record, *_DATES_ADDED),
        has_date_taken=dates.first(record, *_DATES_TAKEN) is not None,
        is_waiting=_says_waiting(wire.first_text(record, "status")),
    )


def is_deleted_photo(record: Record) -> bool:
    """Whether the record says that its photo was deleted."""
    known = [found for name in _DATES if (found := dates.when(record.get(name))) is not None]
    return deletions.is_deleted(record, min(known, key=utc_day, default=None))


def _says_waiting(status: str) -> bool:
    """ "pending", "awaiting approval", "not accepted yet"."""
    words = words_of(status)
    return bool(words & _WAITING or (words & _ACCEPTED and words & _NOT))


def _photo_type(record: Record) -> PhotoType:
    """By the first of these fields that holds anything. A word there that we don't know may well mean medical."""
    told = next((value for name in ("photo_type", "type") if (value := record.get(name)) not in (None, "")), None)
    return _PHOTO_TYPES.get(wire.clean_text(told).lower(), PhotoType.UNSTATED)


def user_id(record: Record) -> UserId | None:
    """The id of a user; None where the record has none."""
    found = wire.id_text(record.get("id"))
    return UserId(found) if found else None


def appointment(record: Record) -> Appointment | None:
    """The visit in a record (contract 8.2).

    None for a block without a patient, a deleted visit, one without a time, or one of two patients.
    """
    found = wire.first_id(record, *APPOINTMENT_IDS)
    details = record.get("patient_details")
    person = patient(details) if isinstance(details, dict) else None
    starts_at = dates.moment(record.get("start_date_time"))
    if not found or person is None or starts_at is None or whose.names_other(record, person.id):
        return None
    if dates.when(record.get("datedeleted")) is not None:
        return None
    words = wire.first_text(record, "appointment_status", "status")
    return Appointment(
        id=AppointmentId(found),
        patient=person,
        stage=_stage(words),
        status_words=words,
        starts_at=starts_at,
        ends_at=dates.moment(record.get("end_date_time")),
        type_name=wire.first_text(record, "appointment_type"),
        providers=_providers(record.get("associated_providers")),
    )


def is_no_visit(record: Record) -> bool:
    """Whether a row of the calendar is rightly no visit: deleted, or a block of time without a patient."""
    is_block = "patient_details" in record and not record["patient_details"]
    has_place = (
        bool(wire.first_id(record, *APPOINTMENT_IDS)) and dates.moment(record.get("start_date_time")) is not None
    )
    return dates.when(record.get("datedeleted")) is not None or (is_block and has_place)


def _stage(words: str) -> VisitStage:
    key = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
    return _STAGES.get(key, VisitStage.OTHER)


def _providers(listed: object) -> tuple[Provider, ...]:
    found = [_provider(each) for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return tuple(each for each in found if each is not None)


def _provider(record: Record) -> Provider | None:
    """None for a room or a device, which Cerbo lists among the users (contract 8.2: spelled with an r left out)."""
    found = wire.id_text(record.get("id"))
    is_resource = any(wire.flag(record.get(name)) for name in ("is_resource", "is_resouce"))
    return Provider(UserId(found), _provider_name(record)) if found and not is_resource else None


def _provider_name(record: Record) -> str:
    """As staff say it: "Dr. Lindqvist"; without a title, or without a last name, everything there is."""
    prefix, first, last, suffix = (
        wire.first_text(record, part) for part in ("prefix", "first_name", "last_name", "suffix")
    )
    said = (prefix, last) if prefix and last else (prefix, first, last, suffix)
    return " ".join(part for part in said if part)
