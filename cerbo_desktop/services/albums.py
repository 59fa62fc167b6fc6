"""The open patient's album and record: listed page by page, newest first, published as whole values.

Not here: the pictures themselves (`thumbnails`, `contents`) and any word for people.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.services.photo_records import PhotoRecords
from cerbo_desktop.services.photo_types import PhotoTypes, Types

_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Album:
    """What is known of one patient's photos, newest first, those without a date last."""

    patient_id: PatientId | None = None
    photos: tuple[Photo, ...] = ()
    is_loading: bool = False
    is_cut_short: bool = False
    """The server's pages made no sense: there may be photos that are not listed."""
    error: ServerError | None = None
    """Why the last listing broke off; the photos listed before stay."""
    types: Types = Types.TOLD

    @property
    def is_complete(self) -> bool:
        return self.patient_id is not None and not (self.is_loading or self.is_cut_short or self.error)

    @property
    def is_empty(self) -> bool:
        """Known to hold nothing: fully listed, and no photo came."""
        return self.is_complete and not self.photos

    @property
    def has_no_personal_photo(self) -> bool:
        """Known to hold none: fully listed, and Cerbo has told what its photos are."""
        return self.is_complete and self.types is Types.TOLD and not self.count(PhotoType.PERSONAL)

    def of_type(self, photo_type: PhotoType | None) -> tuple[Photo, ...]:
        """The photos of one type in the album's order; all of them for None."""
        if photo_type is None:
            return self.photos
        return tuple(photo for photo in self.photos if photo.photo_type is photo_type)

    def count(self, photo_type: PhotoType | None) -> int:
        if photo_type is None:
            return len(self.photos)
        return sum(photo.photo_type is photo_type for photo in self.photos)


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """The patient's full record: status and phone, which a list row or a visit may lack."""

    patient_id: PatientId | None = None
    patient: Patient | None = None
    error: ServerError | None = None


class Month(NamedTuple):
    """A run of an album's photos of one month on the wall clock; `year` and `month` are 0 for photos without a date."""

    year: int
    month: int
    first: int
    """Place of its newest photo in the album."""
    photo_count: int


def by_month(photos: Sequence[Photo], local: Callable[[datetime], datetime]) -> tuple[Month, ...]:
    """Cut an album, newest first, into months. `local` turns an aware moment into wall-clock time.

    Bisects for the end of each month: 20,000 photos of ten years need some 1,700 looks instead of 20,000.
    """
    months: list[Month] = []
    first = 0
    while first < len(photos):
        year, month = _month_of(photos[first], local)
        end = _end_of_month(photos, first, local)
        months.append(Month(year, month, first, end - first))
        first = end
    return tuple(months)


def _end_of_month(photos: Sequence[Photo], first: int, local: Callable[[datetime], datetime]) -> int:
    month = _month_of(photos[first], local)

    def is_past(photo: Photo) -> bool:
        return _month_of(photo, local) != month

    return bisect_left(photos, True, lo=first, key=is_past)


def _month_of(photo: Photo, local: Callable[[datetime], datetime]) -> tuple[int, int]:
    if photo.taken_at is None:
        return 0, 0
    moment = local(photo.taken_at)
    return moment.year, moment.month


def newest_first(photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """By date, then by id, so that two listings of one album never differ in order; undated photos last."""
    return tuple(sorted(photos, key=_age, reverse=True))


def _age(photo: Photo) -> tuple[datetime, int, str]:
    return photo.taken_at or _UNDATED, len(photo.id), photo.id


@dataclass(slots=True)
class _Gathering:
    """Pages on their way into an album; says when enough came to be worth a new snapshot."""

    photos: dict[PhotoId, Photo] = field(default_factory=dict)
    published_count: int = 0
    is_cut_short: bool = False

    def take(self, items: Sequence[Photo], *, is_cut_short: bool) -> None:
        self.photos.update((photo.id, photo) for photo in items)
        self.is_cut_short = self.is_cut_short or is_cut_short

    @property
    def is_worth_publishing(self) -> bool:
        """Each snapshot doubles the one before: a long album costs n log n to publish, never n squared."""
        return len(self.photos) >= max(1, 2 * self.published_count)


class Albums:
    """Lists the album of one patient at a time; opening another ends the work for the one before."""

    SETTLE_S = 1.0
    """How long a refresh asked for by uploads waits, so that several settle in one listing."""

    def __init__(
        self,
        server: CerboServer,
        clock: Clock,
        on_failure: Failed,
        types: PhotoTypes | None = None,
        records: PhotoRecords | None = None,
    ) -> None:
        self._server = server
        self._clock = clock
        self._on_failure = on_failure
        self._types = types or PhotoTypes(server)
        self._records = records or PhotoRecords(server, on_failure=on_failure)
        self._records.subscribe(self._take_record)
        self._scope = TaskScope("albums", self._note_defect)
        self.album: Feed[Album] = Feed(Album())
        self.record: Feed[PatientRecord] = Feed(PatientRecord())

    def open(self, patient_id: PatientId) -> None:
        """Start listing this patient's album and reading the record; what was known of another is dropped."""
        self.close()
        self._types.forget()
        self.record.publish(PatientRecord(patient_id))
        self.album.publish(Album(patient_id, is_loading=True, types=Types.ASKED))
        self._scope.start(self._list(patient_id), key="album")
        self._scope.start(self._read(patient_id), key="record")

    def refresh(self, patient_id: PatientId, *, after_s: float = 0.0) -> None:
        """List again and replace the album when done; what is shown stays until then. Ignored for another patient."""
        if patient_id != self.album.latest.patient_id:
            return
        if after_s and self._scope.is_running("album"):
            # The running listing may have passed the page that changed: list once more after it.
            self._scope.start(self._refresh_later(patient_id, after_s), key="later")
            return
        self._scope.cancel("later")
        if not after_s:
            self._types.ask_again()
        self._scope.start(self._list(patient_id, after_s=after_s), key="album")
        if self.record.latest.patient is None and not self._scope.is_running("record"):
            self._scope.start(self._read(patient_id), key="record")

    def close(self) -> None:
        """Forget the patient and end every request for them."""
        self._scope.cancel_all()
        self.album.publish(Album())
        self.record.publish(PatientRecord())

    async def aclose(self) -> None:
        await self._scope.aclose()

    async def _refresh_later(self, patient_id: PatientId, after_s: float) -> None:
        await self._clock.sleep(after_s)
        while self._scope.is_running("album"):
            await self._clock.sleep(after_s)
        self._scope.start(self._list(patient_id), key="album")

    async def _list(self, patient_id: PatientId, *, after_s: float = 0.0) -> None:
        if after_s:
            await self._clock.sleep(after_s)
        before = self.album.latest
        self.album.publish(replace(before, is_loading=not before.is_complete, error=None))
        gathering = _Gathering(published_count=len(before.photos))
        try:
            await self._gather(patient_id, gathering)
        except ServerError as error:
            photos = _merged(before, gathering)
            is_told = self._types.standing(photos) is Types.TOLD
            types = Types.TOLD if is_told else Types.NOT_TOLD
            self._settle(replace(self.album.latest, photos=photos, error=error, types=types))
        else:
            photos = newest_first(gathering.photos.values())
            types = self._types.standing(photos)
            self._settle(replace(self.album.latest, photos=photos, is_cut_short=gathering.is_cut_short, types=types))
            if types is Types.ASKED:
                await self._ask_types(patient_id)

    async def _gather(self, patient_id: PatientId, gathering: _Gathering) -> None:
        before = self.album.latest
        async for page in self._server.photo_pages(patient_id, urgency=Urgency.NOW):
            gathering.take([self._completed(row) for row in page.items], is_cut_short=page.cut_short)
            if page.has_more and gathering.is_worth_publishing:
                gathering.published_count = len(gathering.photos)
                self.album.publish(replace(self.album.latest, photos=_merged(before, gathering)))

    async def _ask_types(self, patient_id: PatientId) -> None:
        """The photos are shown meanwhile: only the filters wait for it."""
        listed, types = await self._types.ask(patient_id, self.album.latest.photos)
        while True:
            before = self.album.latest
            photos = await asyncio.to_thread(self._in_order, listed)
            if before is self.album.latest:  # else a photo's own record came meanwhile
                break
        self.album.publish(replace(before, photos=photos, types=types))

    def _in_order(self, listed: Sequence[Photo]) -> tuple[Photo, ...]:
        return newest_first(self._records.completed(photo) for photo in listed)

    def _completed(self, row: Photo) -> Photo:
        """A row of the list, with what Cerbo told of the photo elsewhere."""
        return self._types.typed(self._records.completed(row))

    def _take_record(self, record: Photo) -> None:
        """It is newer than the row; what it does not say the row may."""
        album = self.album.latest
        if record.patient_id != album.patient_id or all(photo.id != record.id for photo in album.photos):
            return
        photos = (record.completed_by(photo) if photo.id == record.id else photo for photo in album.photos)
        self.album.publish(replace(album, photos=newest_first(photos)))

    def _settle(self, album: Album) -> None:
        self.album.publish(replace(album, is_loading=False))

    async def _read(self, patient_id: PatientId) -> None:
        try:
            patient = await self._server.patient(patient_id)
        except ServerError as error:
            self.record.publish(PatientRecord(patient_id, error=error))
        else:
            self.record.publish(PatientRecord(patient_id, patient))

    def _note_defect(self, failure: BaseException) -> None:
        album = self.album.latest
        if (album.is_loading or album.types is Types.ASKED) and not self._scope.is_running("album"):
            error = ServerError() if album.is_loading else album.error
            self._settle(replace(album, error=error, types=Types.NOT_TOLD))
        self._on_failure(failure)


def _merged(before: Album, gathering: _Gathering) -> tuple[Photo, ...]:
    """Photos listed earlier and not yet again stay, so that a refresh never makes the album blink."""
    known = {photo.id: photo for photo in before.photos}
    return newest_first((known | gathering.photos).values())
