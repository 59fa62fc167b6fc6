"""Takes a photo out of Cerbo's queue again, and only if its entry is certainly this photo's."""

from collections.abc import Collection
from dataclasses import replace
from enum import Enum

from cerbo_desktop.domain.acts import Publish, Withdrawn, to_nobody
from cerbo_desktop.domain.errors import Forbidden, Missing, NotSafe, ServerError, ServerRefused, SignedOut
from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import QueueId, UploadId
from cerbo_desktop.domain.list_news import queue_news
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot
from cerbo_desktop.domain.settlement_case import IN_CHART, ChartNews, QueueNews
from cerbo_desktop.domain.upload import LEGAL_MOVES, Upload, UploadState
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore

_OUT_OF_QUEUE = (UploadState.ACCEPTED, UploadState.LEFT_QUEUE, UploadState.GONE)


class Withdrawal(Enum):
    """How it ended."""

    WITHDRAWN = "withdrawn"
    """The entry is out of the queue by our hand."""
    ONE_OF_TWO = "one of two"
    """The same, of a photo that was sent again: another try of it may be in the queue or in the chart."""
    NOT_LISTED = "not listed"
    """It is not in this PC's list any more, so that nothing was done."""
    LEFT_QUEUE = "left queue"
    """Its entry is not in the queue any more."""
    NOT_DONE = "not done"
    """Cerbo was asked to delete the entry, and still lists it."""
    NOT_SURE = "not sure"
    """It isn't certain which entry of the queue is this photo, so that none was deleted."""
    NOT_ASKED = "not asked"
    """The queue can't be read now, so that nothing was asked of Cerbo."""
    NOT_NOW = "not now"
    """The answer was lost, now or before, and the queue can't be read."""
    NOT_WRITTEN = "not written"
    """The decision could not be written down, so that nothing was done."""
    REFUSED = "refused"


class Withdrawing:
    """Takes an entry out of Cerbo's queue, where a fresh list leaves no doubt that it is this photo's."""

    def __init__(
        self, store: UploadStore, server: CerboServer, lookup: ServerLookup, publish: Publish = to_nobody
    ) -> None:
        self._store, self._server = store, server
        self._lookup, self._publish = lookup, publish

    async def withdraw(self, upload_id: UploadId) -> Withdrawal:
        upload, evidence = self._store.get(upload_id), self._store.evidence(upload_id)
        entry = evidence.entry
        if upload is None:
            return Withdrawal.NOT_LISTED
        if upload.state in _OUT_OF_QUEUE:
            return Withdrawal.LEFT_QUEUE
        if upload.state is not UploadState.SENT or entry is None or not evidence.can_be_withdrawn:
            return Withdrawal.NOT_SURE
        obstacle = await self._obstacle(upload, evidence, entry)
        if obstacle is not None:
            return obstacle
        self._store.being_withdrawn[upload_id] += 1
        try:
            return await self._ask_to_delete(upload, entry)
        finally:
            # Looks that began meanwhile saw the list of before, or of a moment in between: they settle nothing either.
            if self._store.get(upload_id) is not None:
                self._store.remember_evidence(upload_id, replace(self._store.evidence(upload_id)))
            self._store.being_withdrawn[upload_id] -= 1

    def as_seen(self, upload_id: UploadId, ended: Withdrawal) -> Withdrawal:
        """How it ended, where that was known by a look alone: by our hand, though the answer was lost, or another's."""
        if ended is not Withdrawal.LEFT_QUEUE:
            return ended
        upload, evidence = self._store.get(upload_id), self._store.evidence(upload_id)
        if upload is None:
            return Withdrawal.WITHDRAWN
        is_ours = evidence.entry is not None and evidence.taking_back_id == evidence.entry.id
        return Withdrawal.ONE_OF_TWO if is_ours and upload.state is UploadState.GONE else ended

    async def _ask_to_delete(self, upload: Upload, entry: SeenEntry) -> Withdrawal:
        """On the disk first: whenever the entry is found to be gone, it is then known that it was this."""
        async with self._store.hold(upload.id):
            known = self._store.evidence(upload.id)
            if known.entry is None or known.entry.id != entry.id:
                return Withdrawal.NOT_SURE
            was_asked_before = known.taking_back_id == entry.id
            try:
                await self._store.keep_evidence(upload.id, replace(known, taking_back_id=entry.id))
            except NotSafe:
                return Withdrawal.NOT_WRITTEN
        ended = await self._delete(upload, entry, was_asked_before=was_asked_before)
        async with self._store.hold(upload.id) as current:
            if current is not None and ended in (Withdrawal.WITHDRAWN, Withdrawal.ONE_OF_TWO):
                await self._note_withdrawn(current)
        return ended

    async def _note_withdrawn(self, upload: Upload) -> None:
        """It goes from the list; one that is in the chart as well is found there, and one that was sent again is gone:
        another try of it is looked for, and a person takes it from the list."""
        evidence = self._store.evidence(upload.id)
        if upload.second_entry_id is not None:
            one_less = max(1, evidence.tries - 1)
            await self._store.note_evidence(
                upload.id, replace(evidence, second_entry_id=None, taking_back_id=None, tries=one_less)
            )
            await self._store.record(upload, UploadState.ACCEPTED, sighting=None)
            self._publish(Withdrawn(upload.recipient.id, upload.id))
        elif evidence.is_sent_again and UploadState.GONE in LEGAL_MOVES[upload.state]:
            await self._store.record(upload, UploadState.GONE)
            self._publish(Withdrawn(upload.recipient.id, upload.id))
        elif UploadState.DISCARDED in LEGAL_MOVES[upload.state]:
            await self._store.withdrawn(upload)

    async def _obstacle(self, upload: Upload, evidence: Evidence, entry: SeenEntry) -> Withdrawal | None:
        """Why nothing may be deleted, by lists that are read just now.

        An entry that no answer named is this photo's only as long as nothing else could be it, in the queue or in the
        chart: ours may have been accepted before it was ever listed. The second entry of a photo in the chart is only
        that as long as the chart has the photo: else it may be the last one that there is.
        """
        if evidence.second_entry_id is not None:
            return await self._obstacle_beside(upload, evidence, entry)
        is_named, is_sure = entry.id == evidence.named_id, evidence.names(entry.id)
        look = self._lookup.queue if is_sure else self._lookup.look
        now = await look(upload.recipient.id)
        if entry.id not in now.queue_ids:
            return _not_seen(now, evidence)
        if is_sure:
            return None
        if not is_named and not _is_only_new(evidence, entry, now, self._store.entries_of_others(upload)):
            return Withdrawal.NOT_SURE
        chart, _ = await self._lookup.chart_news(upload, evidence, now, self._store.photos_of_others(upload))
        if chart in IN_CHART:
            return Withdrawal.LEFT_QUEUE
        return None if is_named or chart is ChartNews.NOTHING_NEW else Withdrawal.NOT_SURE

    async def _obstacle_beside(self, upload: Upload, evidence: Evidence, entry: SeenEntry) -> Withdrawal | None:
        now = await self._lookup.look(upload.recipient.id)
        if entry.id not in now.queue_ids:
            return _not_seen(now, evidence)
        chart, _ = await self._lookup.chart_news(upload, evidence, now, self._store.photos_of_others(upload))
        return None if chart in IN_CHART else Withdrawal.NOT_SURE

    async def _delete(self, upload: Upload, entry: SeenEntry, *, was_asked_before: bool) -> Withdrawal:
        is_answered = False
        try:
            await self._server.withdraw(upload.recipient.id, entry.id)
            is_answered = True
        except Missing:  # the entry, or this way to delete one: the list tells
            if not was_asked_before:
                await self._forget_asking(upload)
        except (ServerRefused, Forbidden, SignedOut):
            await self._forget_asking(upload)
            return Withdrawal.REFUSED
        except ServerError:
            pass  # Cerbo may have done it all the same
        after = await self._lookup.queue(upload.recipient.id)
        if entry.id in after.queue_ids:
            return Withdrawal.NOT_DONE
        if is_answered:
            others_in_doubt = self._store.evidence(upload.id).tries - (2 if upload.second_entry_id is not None else 1)
            return Withdrawal.ONE_OF_TWO if others_in_doubt > 0 else Withdrawal.WITHDRAWN
        return Withdrawal.LEFT_QUEUE if after.queue is Reading.COMPLETE else Withdrawal.NOT_NOW

    async def _forget_asking(self, upload: Upload) -> None:
        """It was not this PC that took the entry out of the queue, should it go."""
        evidence = self._store.evidence(upload.id)
        await self._store.note_evidence(upload.id, replace(evidence, taking_back_id=None))


def _not_seen(now: ServerSnapshot, evidence: Evidence) -> Withdrawal:
    """The entry is not in what was read before anything was asked of Cerbo."""
    if now.queue is Reading.COMPLETE:
        return Withdrawal.LEFT_QUEUE
    return Withdrawal.NOT_ASKED if evidence.taking_back_id is None else Withdrawal.NOT_NOW


def _is_only_new(evidence: Evidence, entry: SeenEntry, now: ServerSnapshot, others: Collection[QueueId]) -> bool:
    if evidence.answer is Answer.EMPTY:
        return False
    unseen = replace(evidence, entry=None, named_id=None)
    return queue_news(unseen, now, others) == (QueueNews.ONE_NEW, entry.id)
