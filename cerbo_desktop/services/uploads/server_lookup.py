"""Looking in Cerbo for photos that were sent: in the portal queue and in the chart."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefused,
    SignedOut,
    Unreachable,
)
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.moments import When, utc_day
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.server_snapshot import EntryNature, Reading, ServerSnapshot
from cerbo_desktop.domain.settlement_case import ChartNews
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.album_listing import AlbumListing, Reach
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.photo_recognition import PhotoRecognition

_MOST_DATED, _MOST_UNDATED = 40, 20
"""How many photos of a chart are looked into where nothing is known of it before."""


class ServerLookup:
    """Takes snapshots of queue and chart, and tells what is new in the chart."""

    def __init__(self, server: CerboServer, contents: PhotoContentCache, listing: AlbumListing | None = None) -> None:
        """`listing` is shared with whoever shows albums."""
        self._server = server
        self._recognition = PhotoRecognition(contents)
        self._listing = listing or AlbumListing(server, SystemClock())
        self.unread_queues: Feed[frozenset[PatientId]] = Feed(frozenset())
        """Patients whose queue could not be read when it was asked for last, while Cerbo could be reached."""
        self._dates: dict[tuple[PatientId, PhotoId], When | None] = {}
        """When the photos of the charts that were listed were taken, as Cerbo has it."""

    def clear(self) -> None:
        """Forget what the charts showed: the practice is left."""
        self._recognition.clear()
        self._dates.clear()

    async def before(self, patient_id: PatientId) -> ServerSnapshot:
        """List queue and chart before a photo is sent.

        A list that this key isn't allowed to read, that Cerbo refuses or does not offer, that is too long for one
        answer, or whose form is not understood, is no obstacle; nor is one that is missing where the patient is there.
        Raises `Missing` where Cerbo has no such patient, and any other `ServerError` where the chart can't be listed
        for a reason that may pass: the line or the server is in trouble.
        """
        queue = await self.queue(patient_id)
        try:
            return await self._with_chart(patient_id, queue, Reach.PROOF)
        except Missing:
            await self._look_for_patient(patient_id)
        except ServerError as error:
            if not _is_lasting(error):
                raise
        return queue

    async def _look_for_patient(self, patient_id: PatientId) -> None:
        """Where the record can't be read for good either, the answer to the sending tells whether they are there."""
        try:
            await self._server.patient(patient_id)
        except ServerError as error:
            if not _is_lasting(error):
                raise

    async def look(self, patient_id: PatientId) -> ServerSnapshot:
        """List queue and chart, all of it, as far as they can be read: before something is done that can't be undone.

        The queue first: a photo that staff accept between the two listings is then in both, never in neither.
        """
        return await self.with_chart(patient_id, await self.queue(patient_id), Reach.WHOLE)

    async def with_chart(self, patient_id: PatientId, queue: ServerSnapshot, reach: Reach) -> ServerSnapshot:
        """`queue`, which was just read, and the chart beside it as far as it can be read."""
        try:
            return await self._with_chart(patient_id, queue, reach)
        except ServerError:
            return queue

    async def queue(self, patient_id: PatientId) -> ServerSnapshot:
        """List the queue alone; the chart counts as not read."""
        try:
            listing = await self._server.enqueued(patient_id)
        except ServerError as error:
            self._note_queue(patient_id, is_read=_is_of_the_line(error))
            return ServerSnapshot(chart=Reading.UNREADABLE, queue=Reading.UNREADABLE)
        self._note_queue(patient_id, is_read=True)
        return ServerSnapshot(
            queue_ids=frozenset(entry.id for entry in listing.items if not entry.is_closed),
            closed_ids=frozenset(entry.id for entry in listing.items if entry.is_closed),
            chart=Reading.UNREADABLE,
            queue=Reading.COMPLETE if listing.is_complete else Reading.CUT,
            photo_entry_ids=frozenset(entry.id for entry in listing.items if entry.nature is EntryNature.PHOTO),
            other_entry_ids=frozenset(entry.id for entry in listing.items if entry.nature is EntryNature.OTHER),
            entry_dates={entry.id: entry.created_at for entry in listing.items if entry.created_at is not None},
        )

    def _note_queue(self, patient_id: PatientId, *, is_read: bool) -> None:
        unread = self.unread_queues.latest - {patient_id} if is_read else self.unread_queues.latest | {patient_id}
        if unread != self.unread_queues.latest:
            self.unread_queues.publish(unread)

    async def chart_news(
        self, upload: Upload, evidence: Evidence, now: ServerSnapshot, taken: Collection[PhotoId]
    ) -> tuple[ChartNews, PhotoId | None]:
        """Compare the chart as listed `now` with the chart before the upload. Returns what that says of the sent photo,
        and which photo of the chart is or may be it. `taken` are those of other uploads: they are left out.
        """
        before = evidence.before
        if now.chart is Reading.UNREADABLE:
            return ChartNews.NOT_READ, None
        if before is None or before.chart is Reading.UNREADABLE:
            return await self._among_recent(upload, evidence, now.photo_ids - frozenset(taken))
        new_ids = now.photo_ids - before.photo_ids - frozenset(taken)
        result = await self._recognition.recognise(upload, evidence, new_ids)
        if result.ours:
            return result.found
        if result.has_unread:
            return ChartNews.NOT_READ, None
        strangers = (result.loaded - evidence.other_photo_ids) or (result.unloadable - evidence.other_photo_ids)
        if strangers and before.chart is Reading.COMPLETE:
            return ChartNews.NEW_PHOTO, max(strangers, key=_in_order)
        # A new one that waits may be this one: then nothing proves that it isn't there.
        is_known = now.waiting_photo_ids <= before.waiting_photo_ids | before.photo_ids
        is_whole = before.chart is Reading.COMPLETE and now.chart is Reading.COMPLETE and is_known
        return (ChartNews.NOTHING_NEW if is_whole else ChartNews.CUT), None

    async def _among_recent(
        self, upload: Upload, evidence: Evidence, photo_ids: frozenset[PhotoId]
    ) -> tuple[ChartNews, PhotoId | None]:
        """Look for our mark where nothing is known of the chart before: which photos are new can't be told then.

        Only among those dated since the day before the photo was taken, and the newest of those without a date.
        """
        first_day = (upload.taken_at - timedelta(days=1)).date()
        newest = sorted(photo_ids, key=_in_order, reverse=True)
        dates = {each: self._dates.get((upload.recipient.id, each)) for each in newest}
        dated = [each for each, at in dates.items() if at is not None and utc_day(at) >= first_day]
        undated = [each for each, at in dates.items() if at is None]
        looked_into = {*dated[:_MOST_DATED], *undated[:_MOST_UNDATED]}
        result = await self._recognition.recognise(upload, evidence, looked_into)
        if result.ours:
            return result.found
        return (ChartNews.NOT_READ if result.has_unread else ChartNews.CUT), None

    async def _with_chart(self, patient_id: PatientId, queue: ServerSnapshot, reach: Reach) -> ServerSnapshot:
        reading = await self._listing.read(patient_id, reach, urgency=Urgency.OUTBOX)
        if reading is None:
            return queue
        self._dates.update(((patient_id, photo.id), photo.taken_at) for photo in reading.photos)
        waiting_ids = frozenset(photo.id for photo in reading.photos if photo.is_waiting)
        photo_ids = frozenset(photo.id for photo in reading.photos) - waiting_ids
        chart = Reading.COMPLETE if reading.is_proof else Reading.CUT
        return replace(queue, photo_ids=photo_ids, waiting_photo_ids=waiting_ids, chart=chart)


_LASTING = frozenset(
    {
        *(BadAnswerKind.WRONG_SHAPE, BadAnswerKind.NOTHING, BadAnswerKind.LIST_GONE),
        *(BadAnswerKind.NOT_OFFERED, BadAnswerKind.TOO_LARGE),
    }
)


def _is_lasting(error: ServerError) -> bool:
    """Asked again, Cerbo would answer the same."""
    if isinstance(error, BadAnswer):
        return error.kind in _LASTING
    return isinstance(error, Forbidden | ServerRefused)


def _is_of_the_line(error: ServerError) -> bool:
    """What is told of the connection need not be told of the queue."""
    return isinstance(error, Unreachable | Overloaded | SignedOut)


def _in_order(photo_id: PhotoId) -> tuple[int, str]:
    """The newest has the highest number."""
    return int(photo_id) if photo_id.isdecimal() else 0, photo_id
