"""One practice's Cerbo: one short method an endpoint, and no generic request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar

from cerbo_desktop.api import certificate, paging, queue_list, records, wire
from cerbo_desktop.api.album_lists import AlbumLists
from cerbo_desktop.api.body import PhotoBody
from cerbo_desktop.api.calls import Call, read_record
from cerbo_desktop.api.downloads import Downloads
from cerbo_desktop.api.http_session import HttpSession
from cerbo_desktop.api.http_transport import OnDate
from cerbo_desktop.api.line_news import OnContact
from cerbo_desktop.api.list_answers import ListAnswer, RowKind, decoded, listed, only_record
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.row_kinds import APPOINTMENTS, PATIENTS, USERS, photos_of
from cerbo_desktop.api.search_criteria import criteria_of
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Missing
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.limits import (
    MAX_APPOINTMENTS,
    PAGE_SIZE,
    UPLOAD_WINDOW_S,
)
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import Content, Photo, PhotoType
from cerbo_desktop.domain.portal_queue import QueueEntry, Receipt
from cerbo_desktop.domain.ports import LastByteGate, OnArrival, Progress
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.runtime.timer import Timer

Item = TypeVar("Item")


def _ignore_contact(*_: object) -> None:
    """For callers that keep no connection state."""


class CerboClient:
    """`domain.ports.CerboServer` over HTTPS.

    Errors and cancelling are as the port says. `on_contact` hears of each finished exchange: None where Cerbo
    answered, else the error. `on_date` hears what the server's clock says, `on_slow` whether photos come slowly, while
    any do. `clinic_authority`: certificates that are trusted besides the system's own, as PEM.
    """

    def __init__(
        self,
        origin: Origin,
        username: str,
        secret: str,
        *,
        on_contact: OnContact = _ignore_contact,
        on_date: OnDate = _ignore_contact,
        on_slow: Callable[[bool], None] = _ignore_contact,
        clinic_authority: str = "",
        timer: Timer | None = None,
        is_patient: bool = True,
    ) -> None:
        """`is_patient` False: a person waits for the end of each question, so that none waits for an overloaded Cerbo
        for long."""
        self._exchange = HttpSession(
            origin, username, secret, on_contact, on_date, clinic_authority, timer, is_patient=is_patient
        )
        self._downloads = Downloads(self._exchange, on_slow)
        self._album_lists = AlbumLists(self._photo_rows, self.patient)

    @property
    def certificate_until(self) -> date | None:
        """The last day on which the server's certificate is valid; None before the first TLS connection."""
        return certificate.valid_until(self._exchange.certificate)

    async def prepare(self) -> None:
        """Read the trust store in a thread now, so that the first request need not."""
        await self._exchange.prepare()

    async def aclose(self) -> None:
        self._downloads.close()
        await self._exchange.aclose()

    async def probe(self) -> None:
        await self._exchange.probe()

    def forget_refusals(self) -> None:
        self._exchange.forget_refusals()

    def forget_parts(self, patient_id: PatientId) -> None:
        self._downloads.forget(patient_id)

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        """Prefix search. A query with nothing in it finds nothing: what Cerbo would answer is unknown."""
        criteria = criteria_of(query)
        if not criteria:
            return Listing(())
        call = Call(Operation.SEARCH_PATIENTS, params={**criteria, "limit": str(limit)} | _from_row(query.first_row))
        found = await self._listed(call, PATIENTS, limit, query.first_row)
        self._album_lists.note(each.id for each in found.items)
        return paging.listing(found, query.first_row)

    async def patient(self, patient_id: PatientId) -> Patient:
        call = Call(Operation.SHOW_PATIENT, (patient_id,))
        found = records.patient(await self._record(call, PATIENTS))
        if found is None:
            raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
        if not wire.same_id(found.id, patient_id):
            raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
        return found

    def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        return self._album_lists.pages(patient_id, photo_type, urgency)

    async def photos(
        self,
        patient_id: PatientId,
        photo_type: PhotoType | None,
        *,
        limit: int,
        first_row: int = 0,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Listing[Photo]:
        return await self._album_lists.first(patient_id, photo_type, limit, first_row, urgency)

    async def photo(self, patient_id: PatientId, photo_id: PhotoId, *, urgency: Urgency = Urgency.NOW) -> Photo:
        call = Call(Operation.SHOW_PHOTO, (patient_id, photo_id), urgency=urgency)
        record = await self._record(call, photos_of(patient_id))
        found = records.photo(record, patient_id)
        if records.is_deleted_photo(record):
            raise Missing
        if found is None or not wire.same_id(found.id, photo_id):
            raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
        return found

    async def content(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        return await self._downloads.photo(
            Operation.PHOTO_CONTENT, patient_id, photo_id, urgency, on_arrival, has_other_way=has_other_way
        )

    async def stream(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        return await self._downloads.photo(
            Operation.PHOTO_STREAM, patient_id, photo_id, urgency, on_arrival, has_other_way=has_other_way
        )

    async def create_photo(
        self,
        patient_id: PatientId,
        photo: OutgoingPhoto,
        *,
        on_progress: Progress | None = None,
        on_last_byte: LastByteGate | None = None,
    ) -> Receipt:
        body = PhotoBody(patient_id, photo, on_progress, on_last_byte)
        call = Call(Operation.CREATE_PHOTO, (patient_id,), urgency=Urgency.OUTBOX, window_s=UPLOAD_WINDOW_S)
        return await self._exchange.upload(call, body)

    async def enqueued(self, patient_id: PatientId) -> Listing[QueueEntry]:
        """Not documented as paged (contract 7.1): one request."""
        call = Call(Operation.LIST_QUEUE, (patient_id,))
        return await self._exchange.get_read(call, partial(queue_list.read, patient_id=patient_id))

    async def withdraw(self, patient_id: PatientId, queue_id: QueueId) -> None:
        await self._exchange.delete(Call(Operation.WITHDRAW, (patient_id, queue_id)))

    async def appointments(self, first_day: date, last_day: date) -> Listing[Appointment]:
        """Without cancelled ones: the flag for them is true for any value, so it is left out (contract 2.5)."""

        async def fetch(offset: int) -> ListAnswer[Appointment]:
            days = {"start_date": first_day.isoformat(), "end_date": last_day.isoformat()}
            call = Call(Operation.LIST_APPOINTMENTS, params={**days, **_window(PAGE_SIZE, offset)})
            return await self._listed(call, APPOINTMENTS, PAGE_SIZE, offset)

        found = await paging.whole(paging.pages(fetch, most=MAX_APPOINTMENTS))
        self._album_lists.note(each.patient.id for each in found.items)
        return found

    async def can_list_users(self) -> bool:
        try:
            call = Call(Operation.LIST_USERS, params={"limit": "1"})
            await self._listed(call, USERS, 1)
        except Forbidden:
            return False
        return True

    async def _photo_rows(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, offset: int, urgency: Urgency
    ) -> ListAnswer[Photo]:
        kind = {"photo_type": photo_type.value} if photo_type is not None and photo_type.value else {}
        params = {**kind, **_window(limit, offset)}
        call = Call(Operation.LIST_PHOTOS, (patient_id,), params, urgency)
        return await self._listed(call, photos_of(patient_id), limit, offset)

    async def _listed(self, call: Call, kind: RowKind[Item], limit: int, first_row: int = 0) -> ListAnswer[Item]:
        answer = await self._exchange.get_read(call, partial(decoded, kind=kind))
        return await asyncio.to_thread(listed, answer, kind, limit, first_row)

    async def _record(self, call: Call, kind: RowKind[Any]) -> wire.Record:
        answer = await self._exchange.get_read(call, partial(decoded, kind=kind), read_record)
        return only_record(answer, kind)


def _from_row(first: int) -> dict[str, str]:
    return {"offset": str(first)} if first else {}


def _window(limit: int, offset: int) -> dict[str, str]:
    return {"limit": str(limit), "offset": str(offset)}
