"""The open patient's album and record: listed page by page, newest first, published as whole values.

Not here: the pictures themselves (`thumbnails`, `contents`) and any word for people.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cerbo_desktop.domain.errors import Overloaded, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS
from cerbo_desktop.domain.page import Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album import Album, Looked
from cerbo_desktop.services.photos.album_listing import AlbumListing, AlbumReading, Reach
from cerbo_desktop.services.photos.gathered_pages import GatheredPages
from cerbo_desktop.services.photos.patient_record import PatientRecordReader
from cerbo_desktop.services.photos.photo_order import newest_first
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes, Types
from cerbo_desktop.services.photos.seen_albums import SeenAlbums

_BUSY_WAIT_S = 10.0
_SHORT_WAITS_S = (10.0, 60.0, 300.0)
"""Until a list is read again that was not whole."""


class Albums:
    """Lists the album of one patient at a time; opening another ends the work for the one before."""

    SETTLE_S = 1.0
    """How long a refresh asked for by uploads waits, so that several settle in one listing."""

    def __init__(
        self,
        server: CerboServer,
        clock: Clock,
        scope: TaskScope,
        listing: AlbumListing | None = None,
        types: PhotoTypes | None = None,
        records: PhotoRecords | None = None,
    ) -> None:
        """`listing`, `types` and `records` are shared with whoever else asks for photos."""
        self._server = server
        self._clock = clock
        self._listing = listing or AlbumListing(server, clock)
        self._records = records or PhotoRecords(server, scope=scope)
        self._types = types or PhotoTypes(server, clock, self._records)
        self._records.subscribe(self._take_record)
        self._scope = scope.child("albums", first=self._note_defect)
        self._seen = SeenAlbums()
        self._record = PatientRecordReader(server, self._seen, self._scope)
        self.record = self._record.feed
        self.album: Feed[Album] = Feed(Album())
        self._short_readings = 0
        """In a row that brought fewer photos than Cerbo says that there are."""
        self.looked: Feed[Looked | None] = Feed(None)
        """The latest good listing after the first, or the first where a person asked for it; None before."""
        self._look_count = 0

    def open(self, patient_id: PatientId, record: Patient | None = None) -> None:
        """Start listing this patient's album and reading the record, unless it was just read; another is left."""
        self.close()
        self._types.forget()
        self.album.publish(Album(patient_id, is_loading=True, types=Types.ASKED))
        self._scope.start(self._list(patient_id, Reach.WHOLE), key="album")
        self._record.open(patient_id, record)

    def refresh(
        self, patient_id: PatientId, *, after_s: float = 0.0, is_asked: bool = False
    ) -> asyncio.Task[None] | None:
        """List the album again, after `after_s` seconds, and replace it when that is done; it stays shown until then.

        Where a person asked, every page is read, else as many as prove that no photo is missing. Returns the task that
        lists; None where another patient is open, or where a listing under way will be repeated.
        """
        if patient_id != self.album.latest.patient_id:
            return None
        if after_s and self._scope.is_running("album"):
            # The running listing may have passed the page that changed: list once more after it.
            self._scope.start(self._refresh_later(patient_id, after_s), key="later")
            return None
        for key in ("later", "glance"):
            self._scope.cancel(key)
        if is_asked:
            self._types.ask_again()
        reach = Reach.WHOLE if is_asked or not self.album.latest.is_complete else Reach.PROOF
        listing = self._scope.start(self._list(patient_id, reach, after_s=after_s, is_asked=is_asked), key="album")
        self._record.read_if_missing(patient_id)
        return listing

    def is_typed_by_list(self, photo: Photo) -> bool:
        """Its type may be the word of the lists by type alone, and not its row's."""
        return self._types.has_told(photo)

    def glance(self) -> None:
        """Ask for what is new in the open album, as cheaply as can be. A failure is not told: the album stays true to
        when it was read, and whether Cerbo can be reached is said elsewhere."""
        album = self.album.latest
        is_listed = album.patient_id is not None and not album.is_loading and album.error is None
        if is_listed and album.patient_id is not None and not self._scope.is_running("album"):
            self._scope.start(self._glance(album.patient_id), key="glance")

    def close(self) -> None:
        """End every request for the patient. What was seen of them is kept for when Cerbo can't be asked."""
        self._scope.cancel_all()
        self._seen.keep(self.album.latest, self.record.latest.patient)
        self._short_readings = 0
        self.looked.publish(None)
        self.album.publish(Album())
        self._record.forget()

    async def aclose(self) -> None:
        await self._scope.aclose()
        self._seen.clear()

    async def _refresh_later(self, patient_id: PatientId, after_s: float) -> None:
        await self._clock.sleep(after_s)
        while self._scope.is_running("album"):
            await self._clock.sleep(after_s)
        self._scope.start(self._list(patient_id, Reach.PROOF), key="album")

    async def _list(self, patient_id: PatientId, reach: Reach, *, after_s: float = 0.0, is_asked: bool = False) -> None:
        if after_s:
            await self._clock.sleep(after_s)
        before = self.album.latest
        self.album.publish(replace(before, is_loading=not before.is_complete, error=None))
        gathering = GatheredPages(published_count=len(before.photos))

        def take(page: Page[Photo]) -> None:
            gathering.take(replace(page, items=tuple(self._completed(row) for row in page.items)))
            if page.has_more and gathering.is_worth_publishing:
                gathering.published_count = len(gathering.photos)
                self.album.publish(replace(self.album.latest, photos=self._merged(before, gathering.photos)))

        try:
            reading = await self._listing.read(patient_id, reach, urgency=Urgency.NOW, on_page=take)
        except ServerError as error:
            self._take_failure(self._seen.fallback_for(before, error), gathering.photos, error)
            if isinstance(error, Overloaded):  # perhaps of this kind of question alone: nothing else tells the end then
                self._scope.start(self._refresh_later(patient_id, error.retry_after_s or _BUSY_WAIT_S), key="later")
        else:
            await self._take(before, reading, is_asked=is_asked)
            self._read_again_where_incomplete(self.album.latest)
            await self._ask_types(patient_id)

    def _take_failure(self, before: Album, listed: Mapping[PhotoId, Photo], error: ServerError) -> None:
        photos = self._merged(before, listed)
        types = Types.TOLD if self._types.standing(photos) is Types.TOLD else Types.NOT_TOLD
        failed = replace(self.album.latest, photos=photos, error=error, types=types)
        failed = replace(failed, is_cut_short=before.is_cut_short, unreadable_count=before.unreadable_count)
        self._settle(replace(failed, was_listed=before.was_listed, listed_at=before.listed_at))

    async def _glance(self, patient_id: PatientId) -> None:
        before = self.album.latest
        try:
            reading = await self._listing.read(patient_id, Reach.GLANCE, urgency=Urgency.OUTBOX)
        except ServerError:
            return
        await self._take(before, reading, is_asked=False)
        await self._ask_types(patient_id)

    async def _take(self, before: Album, reading: AlbumReading | None, *, is_asked: bool) -> None:
        if reading is None or before.patient_id is None:
            return
        photos = await asyncio.to_thread(self._in_order, reading.photos)
        self._settle(
            replace(
                self.album.latest,
                photos=photos,
                is_cut_short=reading.is_cut_short,
                unreadable_count=reading.unreadable_count,
                types=self._types.standing(photos),
                was_listed=True,
                listed_at=self._clock.now(),
            )
        )
        if before.was_listed:
            known = {photo.id for photo in before.photos}
            new = tuple(photo for photo in photos if photo.id not in known)
            self._note_looked(before.patient_id, new, is_asked=is_asked)
        elif is_asked:
            self._note_looked(before.patient_id, None, is_asked=True)

    def _note_looked(self, patient_id: PatientId, new: tuple[Photo, ...] | None, *, is_asked: bool) -> None:
        self._look_count += 1
        self.looked.publish(Looked(patient_id, self._clock.now(), new, is_asked, self._look_count))

    def _merged(self, before: Album, listed: Mapping[PhotoId, Photo]) -> tuple[Photo, ...]:
        """Photos listed earlier and not yet again stay, so that a refresh never makes the album blink."""
        known = {photo.id: photo for photo in before.photos}
        return newest_first({**known, **listed}.values(), self._clock.local)

    def _read_again_where_incomplete(self, album: Album) -> None:
        """Cerbo listed fewer photos than it has: less and less often it is asked once more, while the album is open."""
        is_short = album.is_cut_short and not album.unreadable_count and len(album.photos) < MAX_ALBUM_PHOTOS
        if not is_short or album.patient_id is None:
            self._short_readings = 0
            return
        wait_s = _SHORT_WAITS_S[min(self._short_readings, len(_SHORT_WAITS_S) - 1)]
        self._short_readings += 1
        self._scope.start(self._refresh_later(album.patient_id, wait_s), key="later")

    async def _ask_types(self, patient_id: PatientId) -> None:
        """The photos are shown meanwhile: only the filters wait for it."""
        if self.album.latest.types is not Types.ASKED:
            return
        listed, types = await self._types.ask(patient_id, self.album.latest.photos)
        while True:
            before = self.album.latest
            photos = await asyncio.to_thread(self._in_order, listed)
            if before is self.album.latest:  # else a photo's own record came meanwhile
                break
        self.album.publish(replace(before, photos=photos, types=types))

    def _in_order(self, listed: Sequence[Photo]) -> tuple[Photo, ...]:
        return newest_first((self._completed(row) for row in listed), self._clock.local)

    def _completed(self, row: Photo) -> Photo:
        """A row of the list, with what Cerbo told of the photo elsewhere."""
        return self._types.typed(self._records.completed(row))

    def _take_record(self, record: Photo) -> None:
        """It is newer than the row; what it does not say the row may."""
        album = self.album.latest
        if record.patient_id != album.patient_id or all(photo.id != record.id for photo in album.photos):
            return
        photos = (record.completed_by(photo) if photo.id == record.id else photo for photo in album.photos)
        is_contradicted = self._types.take_record(record)
        self.album.publish(replace(album, photos=newest_first(photos, self._clock.local)))
        if is_contradicted and not album.is_loading and not self._scope.is_running("album"):
            self.album.publish(replace(self.album.latest, types=Types.ASKED))
            self._scope.start(self._ask_types(record.patient_id), key="types")

    def _settle(self, album: Album) -> None:
        self.album.publish(replace(album, is_loading=False))

    def _note_defect(self, _failure: BaseException) -> None:
        album = self.album.latest
        if (album.is_loading or album.types is Types.ASKED) and not self._scope.is_running("album"):
            error = ServerError() if album.is_loading else album.error
            self._settle(replace(album, error=error, types=Types.NOT_TOLD))
