"""The fields that are read of each kind of record (contract 5.4, 6.6, 7.1, 8.2); any others are skipped.

Each may hold anything: what is no text, no number or no date is told apart by the readers in `wire` and `dates`. Whose
a record is, and that it was deleted, it may say under many names, each in several spellings: `is_of_any_record`.
"""

from typing import Any, TypedDict

from cerbo_desktop.api import deletions, whose


def is_of_any_record(name: str) -> bool:
    """Whether a field of this name is worth reading in a record of any kind."""
    return whose.is_told_by(name) or deletions.is_mark(name)


class PatientFields(TypedDict, total=False):
    """The fields that are read of a patient."""

    id: Any
    patient_id: Any
    pt_id: Any
    first_name: Any
    last_name: Any
    middle_name: Any
    suffix: Any
    dob: Any
    sex: Any
    patient_status_description: Any
    email1: Any
    email2: Any
    primary_phone: Any
    phone_mobile: Any
    phone_home: Any
    phone_work: Any
    phone_other: Any


class PhotoFields(TypedDict, total=False):
    """The fields that are read of a photo."""

    id: Any
    image_id: Any
    photo_id: Any
    photo_type: Any
    type: Any
    date_taken: Any
    taken_at: Any
    created: Any
    created_at: Any
    date_created: Any
    date: Any
    mime_type: Any
    filename: Any
    name: Any
    title: Any
    caption: Any
    notes: Any
    file_size: Any
    status: Any


class AppointmentFields(TypedDict, total=False):
    """The fields that are read of an appointment."""

    id: Any
    appointment_id: Any
    patient_details: Any
    start_date_time: Any
    end_date_time: Any
    datedeleted: Any
    appointment_status: Any
    status: Any
    appointment_type: Any
    associated_providers: Any


class UserFields(TypedDict, total=False):
    """The fields that are read of a user."""

    id: Any


class ClosedFields(TypedDict, total=False):
    """The fields by which an entry of the queue may say that it is over: a flag that is set, or the moment."""

    closed: Any
    is_closed: Any
    completed: Any
    is_completed: Any
    processed: Any
    is_processed: Any
    done: Any
    accepted: Any
    is_accepted: Any
    closed_at: Any
    completed_at: Any
    processed_at: Any
    accepted_at: Any
    deleted_at: Any
    date_closed: Any
    date_completed: Any
    date_processed: Any
    date_accepted: Any
    datedeleted: Any
    date_deleted: Any


class StatusFields(TypedDict, total=False):
    """The fields by which an entry of the queue may tell its status."""

    status: Any
    state: Any
    request_status: Any
    queue_status: Any


class QueueFields(ClosedFields, StatusFields, total=False):
    """The fields that are read of an entry of the queue."""

    id: Any
    queue_request_id: Any
    portal_queue_id: Any
    object: Any
    request_type: Any
    type: Any
    category: Any
    mime_type: Any
    content_type: Any
    created: Any
    date_created: Any
    created_at: Any
    date: Any
