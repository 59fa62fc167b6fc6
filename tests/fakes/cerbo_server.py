"""A Cerbo in memory that behaves: it stores, searches, pages, queues, refuses and waits as it is told.

    server = FakeCerboServer()
    server.add_patient(patient)
    server.add_photo(patient.id, data, taken_at=...)
    server.fail("content", Unreachable(), subject=photo_id, times=1)
    gate = server.hold("content")          # every call now waits until gate.set()
    server.count("content"), server.cancelled["content"], server.most_in_flight

Operations are called by their method's name. `create_photo` has a second one, `create_photo.answer`, for what happens
after the last byte has left: `server.fail("create_photo.answer", MaybeSent())` stores the photo and loses the answer.
"""

import asyncio
import fnmatch
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.errors import Missing, ServerError
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import Content, Photo, PhotoType
from cerbo_desktop.domain.portal_queue import QueueEntry, Receipt
from cerbo_desktop.domain.ports import LastByteGate, OnArrival, Progress
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.domain.verdict import OutgoingPhoto

PROGRESS_PIECES = 4
_WITH_ID = frozenset({Answer.QUEUE_ID, Answer.OTHER_ID, Answer.DENIED_WITH_ID})


@dataclass(frozen=True)
class Call:
    operation: str
    subject: str
    """The id the call is about (photo, queue entry, else patient); empty for a search or a calendar."""
    urgency: Urgency | None = None


@dataclass
class Fault:
    error: Exception
    subject: str | None
    times_left: int | None


@dataclass
class FakeCerboServer:
    """`domain.ports.CerboServer`, every call counted."""

    patients: dict[PatientId, Patient] = field(default_factory=dict)
    albums: dict[PatientId, list[Photo]] = field(default_factory=dict)
    files: dict[tuple[PatientId, PhotoId], Content] = field(default_factory=dict)
    streamed: dict[tuple[PatientId, PhotoId], Content] = field(default_factory=dict)
    """What `/stream` gives, where it is other than what `/content` does."""
    queues: dict[PatientId, list[QueueEntry]] = field(default_factory=dict)
    queued_photos: dict[QueueId, OutgoingPhoto] = field(default_factory=dict)
    visits: list[Appointment] = field(default_factory=list)
    page_size: int = 100
    may_list_users: bool = True
    answer: Answer = Answer.QUEUE_ID
    """What the answer to a sent photo says; one without an id is as likely (contract 6.5)."""
    names_id: str = ""
    """The id in it; empty for the queue entry's own."""
    nature: EntryNature = EntryNature.PHOTO
    """What queue entries say that they are."""
    lists_photos: bool = True
    """False: the queue's list leaves photos out."""
    not_listed_yet: set[QueueId] = field(default_factory=set)
    """Entries that the queue's list does not show yet: it lags behind."""
    closed_ids: set[QueueId] = field(default_factory=set)
    """Entries whose status says that they are closed."""
    loses_photos: bool = False
    """Nothing is stored of what is sent."""
    queue_is_cut: bool = False
    compares_accents: bool = False
    """The search tells é from e and ’ from ', as a database may that compares letter by letter."""
    rows_name_types: bool = True
    """False: only the lists by type tell which photos are personal, and each photo's own record."""
    swaps_lists: bool = False
    """The list of personal photos holds the medical ones, and the other way round."""
    calls: list[Call] = field(default_factory=list)
    cancelled: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    most_in_flight: int = 0
    refusals_forgotten: int = 0
    is_closed: bool = False
    _faults: dict[str, list[Fault]] = field(default_factory=dict)
    rises: list[tuple[str, Urgency]] = field(default_factory=list)
    """Photos whose fetch became more urgent while it went on, and how urgent."""
    _midway: dict[tuple[str, str], asyncio.Event] = field(default_factory=dict)
    _gates: dict[tuple[str, str | None], asyncio.Event] = field(default_factory=dict)
    _last_number: int = 1000

    # What a test arranges.

    def add_patient(self, patient: Patient) -> Patient:
        self.patients[patient.id] = patient
        self.albums.setdefault(patient.id, [])
        self.queues.setdefault(patient.id, [])
        return patient

    def add_photo(
        self,
        patient_id: PatientId,
        data: bytes,
        *,
        photo_id: str = "",
        photo_type: PhotoType = PhotoType.MEDICAL,
        taken_at: datetime | None = None,
        media_type: str = "image/jpeg",
    ) -> Photo:
        """Put a photo into the chart, as staff of the clinic would."""
        new_id = PhotoId(photo_id or self._number())
        photo = Photo(new_id, patient_id, photo_type, taken_at, media_type, size_bytes=len(data))
        self.albums.setdefault(patient_id, []).append(photo)
        self.files[patient_id, new_id] = Content(data, media_type)
        return photo

    def accept(self, patient_id: PatientId, queue_id: QueueId) -> Photo:
        """Staff accept a queued photo: it leaves the queue and comes to the chart under a new id."""
        sent = self.queued_photos[queue_id]
        self._leave_queue(patient_id, queue_id)
        return self.add_photo(
            patient_id,
            bytes(sent.data),
            photo_type=PhotoType.PERSONAL,
            taken_at=datetime.now(UTC),
            media_type="image/jpeg",
        )

    def clear(self, patient_id: PatientId, queue_id: QueueId) -> None:
        """Staff settle an entry that is no photo."""
        self.queues[patient_id] = [entry for entry in self.queues[patient_id] if entry.id != queue_id]

    def accept_as(self, patient_id: PatientId, queue_id: QueueId, data: bytes) -> Photo:
        """As `accept`, and Cerbo keeps it in other bytes, without any mark of ours."""
        self._leave_queue(patient_id, queue_id)
        return self.add_photo(patient_id, data)

    def fail(self, operation: str, error: Exception, *, subject: str | None = None, times: int | None = None) -> None:
        """Make calls of `operation` (about `subject` alone, if given) raise, `times` times or until `heal`."""
        self._faults.setdefault(operation, []).append(Fault(error, subject, times))

    def heal(self, operation: str | None = None) -> None:
        """Take back the faults of one operation, or all."""
        if operation is None:
            self._faults.clear()
        else:
            self._faults.pop(operation, None)

    def hold(self, operation: str, *, subject: str | None = None) -> asyncio.Event:
        """Make calls wait until the returned event is set; they can be cancelled meanwhile."""
        return self._gates.setdefault((operation, subject), asyncio.Event())

    def hold_midway(self, operation: str, subject: str) -> asyncio.Event:
        """As `hold`, but after the first quarter of the photo has arrived."""
        return self._midway.setdefault((operation, subject), asyncio.Event())

    def count(self, operation: str, subject: str | None = None) -> int:
        """How many calls of `operation` (about `subject`) were made."""
        return sum(call.operation == operation and subject in (None, call.subject) for call in self.calls)

    def subjects(self, operation: str) -> list[str]:
        return [call.subject for call in self.calls if call.operation == operation]

    # The port.

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        with self._called("search_patients", ""):
            await self._answer("search_patients", "")
            found = [
                patient
                for patient in self.patients.values()
                if _matches(patient, query, _as_written if self.compares_accents else _without_accents)
            ]
            end = query.first_row + limit
            has_more = len(found) > end
            return Listing(tuple(found[query.first_row : end]), not has_more, end if has_more else None)

    async def patient(self, patient_id: PatientId) -> Patient:
        with self._called("patient", patient_id):
            await self._answer("patient", patient_id)
            if patient_id not in self.patients:
                raise Missing
            return self.patients[patient_id]

    async def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        offset, has_more = 0, True
        while has_more:
            with self._called("photo_pages", patient_id, urgency):
                await self._answer("photo_pages", patient_id)
                album = self._album(patient_id, photo_type)
            has_more = offset + self.page_size < len(album)
            yield Page(tuple(album[offset : offset + self.page_size]), has_more)
            offset += self.page_size

    async def photos(
        self,
        patient_id: PatientId,
        photo_type: PhotoType | None,
        *,
        limit: int,
        first_row: int = 0,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Listing[Photo]:
        with self._called("photos", patient_id, urgency):
            await self._answer("photos", patient_id)
            album = self._album(patient_id, photo_type)
            end = first_row + limit
            has_more = len(album) > end
            return Listing(tuple(album[first_row:end]), not has_more, end if has_more else None)

    async def photo(self, patient_id: PatientId, photo_id: PhotoId, *, urgency: Urgency = Urgency.NOW) -> Photo:
        with self._called("photo", photo_id, urgency):
            await self._answer("photo", photo_id)
            self._album(patient_id, None)
            return next((one for one in self.albums[patient_id] if one.id == photo_id), None) or _missing()

    async def content(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        return await self._bytes("content", patient_id, photo_id, urgency, on_arrival)

    async def stream(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        return await self._bytes("stream", patient_id, photo_id, urgency, on_arrival)

    async def create_photo(
        self,
        patient_id: PatientId,
        photo: OutgoingPhoto,
        *,
        on_progress: Progress | None = None,
        on_last_byte: LastByteGate | None = None,
    ) -> Receipt:
        with self._called("create_photo", patient_id):
            await self._answer("create_photo", patient_id)
            if patient_id not in self.patients:
                raise Missing
            _tell(on_progress, photo.size_bytes)
            if on_last_byte is not None:
                await on_last_byte()
            queue_id = self._enqueue(patient_id, photo)
            await self._answer("create_photo.answer", patient_id)
            return Receipt(self.answer, QueueId(self.names_id or queue_id) if self.answer in _WITH_ID else None)

    async def enqueued(self, patient_id: PatientId) -> Listing[QueueEntry]:
        with self._called("enqueued", patient_id):
            await self._answer("enqueued", patient_id)
            entries = self.queues.get(patient_id, ())
            hidden = self.not_listed_yet | (set() if self.lists_photos else self.queued_photos.keys())
            listed = (replace(each, is_closed=each.id in self.closed_ids) for each in entries if each.id not in hidden)
            return Listing(tuple(listed), is_complete=not self.queue_is_cut)

    async def withdraw(self, patient_id: PatientId, queue_id: QueueId) -> None:
        with self._called("withdraw", queue_id):
            await self._answer("withdraw", queue_id)
            if queue_id not in {entry.id for entry in self.queues.get(patient_id, ())}:
                raise Missing
            self._leave_queue(patient_id, queue_id)

    async def appointments(self, first_day: date, last_day: date) -> Listing[Appointment]:
        with self._called("appointments", ""):
            await self._answer("appointments", "")
            return Listing(tuple(v for v in self.visits if first_day <= v.starts_at.date() <= last_day))

    async def can_list_users(self) -> bool:
        with self._called("can_list_users", ""):
            await self._answer("can_list_users", "")
            return self.may_list_users

    async def probe(self) -> None:
        with self._called("probe", ""):
            await self._answer("probe", "")

    def forget_refusals(self) -> None:
        self.refusals_forgotten += 1

    def forget_parts(self, patient_id: PatientId) -> None:
        """There never are any here."""

    async def aclose(self) -> None:
        self.is_closed = True

    # Within.

    async def _bytes(
        self,
        operation: str,
        patient_id: PatientId,
        photo_id: PhotoId,
        urgency: Urgency | DynamicUrgency,
        on_arrival: OnArrival | None,
    ) -> Content:
        dynamic = urgency if isinstance(urgency, DynamicUrgency) else DynamicUrgency(urgency)
        with (
            self._called(operation, photo_id, dynamic.now),
            dynamic.notifying(lambda now: self.rises.append((photo_id, now))),
        ):
            await self._answer(operation, photo_id)
            content = self.files.get((patient_id, photo_id))
            if operation == "stream":
                content = self.streamed.get((patient_id, photo_id), content)
            if content is None:
                raise Missing
            for piece in range(1, PROGRESS_PIECES + 1):
                if on_arrival is not None:
                    done_bytes = len(content.data) * piece // PROGRESS_PIECES
                    on_arrival(ArrivedPart(content.data[:done_bytes], len(content.data)))
                if (operation, photo_id) in self._midway:
                    await self._midway[operation, photo_id].wait()
            return content

    @contextmanager
    def _called(self, operation: str, subject: str, urgency: Urgency | None = None) -> Iterator[None]:
        self.calls.append(Call(operation, subject, urgency))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        except asyncio.CancelledError:
            self.cancelled[operation] += 1
            raise
        finally:
            self.in_flight -= 1

    async def _answer(self, operation: str, subject: str) -> None:
        """Let other tasks run as a network would, wait at the gates, then fail if told so."""
        await asyncio.sleep(0)
        for key in ((operation, None), (operation, subject)):
            if key in self._gates:
                await self._gates[key].wait()
        for fault in self._faults.get(operation, ()):
            if fault.subject in (None, subject) and fault.times_left != 0:
                if fault.times_left is not None:
                    fault.times_left -= 1
                raise fault.error

    def _album(self, patient_id: PatientId, photo_type: PhotoType | None) -> list[Photo]:
        if patient_id not in self.patients and patient_id not in self.albums:
            raise Missing
        album: Sequence[Photo] = self.albums.get(patient_id, ())
        if self.swaps_lists and photo_type is not None:
            photo_type = PhotoType.MEDICAL if photo_type is PhotoType.PERSONAL else PhotoType.PERSONAL
        listed = [photo for photo in album if photo_type in (None, photo.photo_type)]
        return listed if self.rows_name_types else [replace(each, photo_type=PhotoType.UNSTATED) for each in listed]

    def _enqueue(self, patient_id: PatientId, photo: OutgoingPhoto) -> QueueId:
        queue_id = QueueId(self._number())
        if self.loses_photos:
            return queue_id
        self.queues.setdefault(patient_id, []).append(QueueEntry(queue_id, "", datetime.now(UTC), self.nature))
        self.queued_photos[queue_id] = photo
        return queue_id

    def _leave_queue(self, patient_id: PatientId, queue_id: QueueId) -> None:
        self.queues[patient_id] = [entry for entry in self.queues[patient_id] if entry.id != queue_id]
        del self.queued_photos[queue_id]

    def _number(self) -> str:
        self._last_number += 1
        return str(self._last_number)


@dataclass(frozen=True)
class ArrivedPart:
    """`domain.ports.Arriving` of raw bytes."""

    data: bytes
    total_bytes: int

    @property
    def done_bytes(self) -> int:
        return len(self.data)

    def head(self, limit_bytes: int | None = None) -> bytes:
        return self.data[:limit_bytes]


def _matches(patient: Patient, query: PatientQuery, bare: Callable[[str], str]) -> bool:
    """All of the fields asked for: names and e-mail by prefix, whatever their case or accents."""
    prefixes = (
        (patient.last_name, query.last_name),
        (patient.first_name, query.first_name),
        (patient.email, query.email),
    )
    names_fit = all(_begins(bare(text), bare(prefix)) for text, prefix in prefixes)
    if query.is_whole:
        names_fit = all(bare(text) == bare(name) for text, name in prefixes if name)
    return names_fit and query.born in (None, patient.born)


def _tell(on_progress: Progress | None, size_bytes: int) -> None:
    for piece in range(1, PROGRESS_PIECES + 1):
        if on_progress is not None:
            on_progress(size_bytes * piece // PROGRESS_PIECES, size_bytes)


def _begins(text: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(text, f"{pattern.replace('%', '*')}*")


def _as_written(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _without_accents(text: str) -> str:
    """As the usual collation of a database: é is e, but ł is not l, ’ not ', and a hyphen is no space."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def _missing() -> Photo:
    raise Missing


def refuse_everything(server: FakeCerboServer, error: ServerError) -> None:
    """As when the line is cut: each operation raises `error` until `server.heal()`."""
    for operation in (
        *("search_patients", "patient", "photo_pages", "photos", "photo", "content", "stream"),
        *("create_photo", "enqueued", "withdraw", "appointments", "can_list_users", "probe"),
    ):
        server.fail(operation, error)
