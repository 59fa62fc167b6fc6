"""JSON as Cerbo sends it (contract 2, 5.4, 6.6, 7.1, 8.2, 9.2), with the ids and envelopes the switches ask for."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from cerbo_desktop.practice.albums import MEDICAL, PERSONAL, AlbumPhoto
from cerbo_desktop.practice.answer_forms import Envelope, IdForm, Paging, TypeWords, UploadAnswer
from cerbo_desktop.practice.appointments import USERS, PracticeUser, Visit
from cerbo_desktop.practice.list_forms import dates_of
from cerbo_desktop.practice.patients import PracticePatient
from cerbo_desktop.practice.portal import QueueRequest
from cerbo_desktop.practice.switches import Switches

Json = dict[str, Any]
Row = TypeVar("Row")
API_USER = 99999
"""Rows made by the API carry this author (contract 1)."""


_OTHER_WORDS = {PERSONAL: "profile", MEDICAL: "clinical"}
_PERSON_FIELDS = ("patient", "pt", "patient_details")
STATUS_ERROR: Json = {"status": "error", "message": "Session expired"}


def stamp(moment: datetime) -> str:
    """`YYYY-MM-DD HH:MM:SS` in UTC, without a zone (contract 2.6)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class Wire:
    """The JSON of one tenant; `origin` makes the links that Cerbo puts into its records."""

    def __init__(self, switches: Switches, origin: str) -> None:
        self._switches = switches
        self._root = f"{origin}/api/v1"

    def _text_id(self, number: int) -> str | int:
        return number if self._switches.ids is IdForm.NUMBER else str(number)

    def _number_id(self, number: int) -> str | int:
        return str(number) if self._switches.ids is IdForm.TEXT else number

    def short_patient(self, person: PracticePatient) -> Json:
        """The short form of a patient, as appointments have it."""
        return {
            "object": "patient",
            "id": self._text_id(person.id),
            "first_name": person.first_name,
            "middle_name": person.middle_name,
            "last_name": person.last_name,
            "dob": person.dob,
            "sex": person.sex,
            "email1": person.email1,
            **({"suffix": person.suffix} if person.suffix else {}),
            "url_patient_details": f"{self._root}/patients/{person.id}",
        }

    def patient(self, person: PracticePatient) -> Json:
        """The full form; `inactive` is true for prospective, inactive and deceased alike (contract 5.4)."""
        record = self.short_patient(person)
        record["id"] = self._text_id(person.id + self._switches.names_other_patient)
        del record["url_patient_details"]
        record |= {"email2": None, "phone_mobile": person.primary_phone, "primary_phone": person.primary_phone}
        record |= {"phone_home": "", "nicknames": "", "pronouns": None, "tags": [], "portal_access": True}
        record |= {"inactive": person.status in ("prospective", "inactive", "deceased")}
        record |= {"addedby": "63", "created": "2021-02-03 15:04:05", "primary_provider_id": 61}
        if person.status:
            record["patient_status_description"] = person.status
        return record

    def photo_row(self, photo: AlbumPhoto) -> Json:
        """A photo as a list has it."""
        size = {"file_size": len(photo.content)} if self._switches.rows_tell_size and photo.id % 5 else {}
        return _without(self._photo(photo) | size, self._switches.rows_lack)

    def photo(self, photo: AlbumPhoto) -> Json:
        """A photo as its own record has it, with its size."""
        record = self._photo(photo)
        if not self._switches.photo_ids_alone:
            record["file_size"] = len(photo.content)
        if photo.id in self._switches.record_types:
            record["photo_type"] = self._switches.record_types[photo.id]
        if self._switches.records_inline_chars:
            record["base64_content"] = "A" * self._switches.records_inline_chars
        return _without(record, self._switches.records_lack)

    def _photo(self, photo: AlbumPhoto) -> Json:
        path = f"{self._root}/patients/{photo.pt_id + self._switches.names_other_patient}/images/{photo.id}"
        record: Json = {"object": "patient_image", "id": self._number_id(photo.id)}
        if self._switches.photo_ids_alone:
            return record
        record |= {**self._owner(photo.pt_id), "mime_type": photo.mime_type}
        if self._switches.type_words is not TypeWords.MISSING:
            stated = self._switches.type_words is TypeWords.STATED
            record["photo_type"] = photo.photo_type if stated else _OTHER_WORDS[photo.photo_type]
        record |= {"status": photo.status} if photo.status else {}
        record |= {"filename": f"photo-{photo.id}", "addedby": 63, "url_image_content": f"{path}/content"}
        if photo.created is not None:
            record |= self._dates(photo.created)
        return record

    def _owner(self, pt_id: int) -> Json:
        told, name = self._number_id(pt_id + self._switches.names_other_patient), self._switches.patient_field
        forms: dict[str, Json] = {
            **{each: {each: {"object": "patient", "id": told}} for each in _PERSON_FIELDS},
            "subject": {"subject": {"reference": f"Patient/{told}"}},
            "relationships": {"relationships": {"patient": {"data": {"type": "patients", "id": str(told)}}}},
            "url_image_content": {},
        }
        return forms.get(name, {name: told})

    def _dates(self, created: datetime | str) -> Json:
        if isinstance(created, str):
            return {"date_taken": created, "created": created}
        return dates_of(self._switches.photo_dates, created)

    def queue_request(self, request: QueueRequest) -> Json:
        """An entry of the portal queue."""
        record: Json = {"object": "portal_queue_request", "id": self._number_id(request.id)}
        record |= {"pt_id": self._number_id(request.pt_id), "request_type": request.request_type}
        record |= {"status": request.status, "created": stamp(request.created), "addedby": API_USER}
        return record

    def uploaded(self, request: QueueRequest) -> Json:
        """The answer to a photo, in the form that the switches name."""
        queue_id = self._number_id(request.id)
        answers: dict[UploadAnswer, Json] = {
            UploadAnswer.RESULT: {"result": True, "message": "Added to the queue.", "portal_queue_id": queue_id},
            UploadAnswer.QUEUE_REQUEST: {"result": True, "queue_request_id": queue_id},
            UploadAnswer.BARE: self.queue_request(request),
            UploadAnswer.NESTED: {"result": True, "data": {"id": queue_id}},
            UploadAnswer.NO_ID: {"result": True},
            UploadAnswer.EMPTY: {},
            UploadAnswer.STATUS_OK: {"status": "ok"},
            UploadAnswer.SUCCESS: {"success": True},
            UploadAnswer.MESSAGE: {"message": "The image was queued for review."},
            UploadAnswer.STATUS_ERROR: STATUS_ERROR,
            UploadAnswer.OWN_RECORD: {"object": "patient_image", "id": queue_id, "mime_type": request.mime_type},
            UploadAnswer.NULL_ID: {"result": True, "portal_queue_id": "null"},
            UploadAnswer.OTHER_PATIENT: {"result": True, "portal_queue_id": 1, "patient": {"id": request.pt_id + 1}},
            UploadAnswer.FALSE_WITH_ID: {"result": False, "id": queue_id},
        }
        return answers[self._switches.upload_answer]

    def deleted(self, queue_id: int) -> Json:
        """The answer to a withdrawal."""
        record: Json = {"result": True, "object": "portal_queue_request", "id": self._number_id(queue_id)}
        return record | {"data": None, "action": "delete", "message": "Deleted."}

    def user(self, user: PracticeUser) -> Json:
        record: Json = {"object": "user", "id": self._text_id(user.id), "first_name": user.first_name}
        record |= {"middle_name": "", "last_name": user.last_name, "prefix": user.prefix, "suffix": user.suffix}
        record |= {"npi": "", "email": f"user{user.id}@example.com", "is_resource": user.is_resource}
        record |= {"has_calendar": True, "active": user.is_active, "login_active": user.is_active}
        return record | {"display_name_for_appointments": None, "created": "2020-01-02 03:04:05"}

    def _associated(self, user: PracticeUser) -> Json:
        """A provider inside an appointment: its id a number and `is_resouce` misspelt, as captured (contract 8.2)."""
        record: Json = {"object": "user", "id": self._number_id(user.id), "first_name": user.first_name}
        record |= {"middle_name": "", "last_name": user.last_name, "prefix": user.prefix, "suffix": user.suffix}
        record |= {"npi": "", "email": f"user{user.id}@example.com", "is_resouce": user.is_resource}
        record |= {"associated_by": API_USER, "is_active_user": user.is_active}
        return record | {"url_user_details": f"{self._root}/users/{user.id}"}

    def appointment(self, visit: Visit, person: PracticePatient | None, zone: tzinfo | None) -> Json:
        created = visit.starts_at.replace(hour=9, minute=0)
        record: Json = {"object": "appointment", "id": self._number_id(visit.id)}
        record |= {"title": f"{person.first_name} {person.last_name}" if person else visit.type_name}
        record |= {"appointment_status": visit.status, "appointment_type": visit.type_name}
        record |= {"appointment_location": "Riverbend Clinic", "appointment_note": ""}
        record |= {"start_date_time": stamp(visit.starts_at), "end_date_time": stamp(visit.starts_at + visit.length)}
        record |= {"created": stamp(created), "datedeleted": stamp(created) if visit.is_deleted else None}
        record |= {"dateupdated": created.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")}
        record |= {"patient_details": self.short_patient(person) if person else None}
        record |= {"associated_providers": [self._associated(u) for u in USERS if u.id in visit.provider_ids]}
        record |= {"telemedicine": {"is_telemedicine": False, "telemedicine_url": None}}
        return record | {"recurrance_interval": "0", "recurrance_type": None, "addedby": API_USER}

    def page(self, rows: Sequence[Row], shape: Callable[[Row], Json], limit: int, offset: int) -> Json | list[Json]:
        """The rows from `offset`, at most `limit`, in the envelope and with the honesty the switches ask for."""
        paging = self._switches.paging
        if paging is Paging.REPEATED:
            offset = 0
        if paging is Paging.SHIFTING:
            offset = max(0, offset - 1)
        if paging is Paging.ROUNDED:
            offset -= offset % limit
        if paging is Paging.SHUFFLED:
            rows = [rows[at] for at in sorted(range(len(rows)), key=lambda at: at * 7919 * (offset + 1) % 10007)]
        data = [shape(row) for row in rows[offset : offset + limit]]
        has_more = offset + limit < len(rows) or paging in (Paging.ALWAYS_MORE, Paging.REPEATED)
        return self._enveloped(data, len(rows), has_more and paging is not Paging.NEVER_MORE)

    def _enveloped(self, data: list[Json], total: int, has_more: bool) -> Json | list[Json]:
        envelope = self._switches.envelope
        if envelope is Envelope.BARE:
            return data
        wrapped: Json = {"object": "list", "total_count": total, "has_more": has_more, "data": data}
        if envelope is Envelope.NO_HAS_MORE:
            del wrapped["has_more"]
        if envelope is Envelope.INDEXED:
            wrapped["data"] = {str(place): row for place, row in enumerate(data)}
        if envelope is Envelope.ONE_RECORD and len(data) < 2:
            wrapped["data"] = data[0] if data else None
        return wrapped


def _without(record: Json, names: frozenset[str]) -> Json:
    return {name: value for name, value in record.items() if name not in names}


def error(kind: str, message: str) -> Json:
    """The body of an error (contract 2.7)."""
    return {"error": {"type": kind, "message": message}}
