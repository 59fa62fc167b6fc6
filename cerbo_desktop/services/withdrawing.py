"""Takes a photo out of Cerbo's queue again, and only if its entry is certainly this photo's."""

from collections.abc import Collection
from dataclasses import replace
from enum import Enum

from cerbo_desktop.domain.errors import Missing, ServerError, ServerRefused
from cerbo_desktop.domain.evidence import Answer, Evidence, Reading, SeenEntry, Standing
from cerbo_desktop.domain.ids import QueueId, UploadId
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.settlement import ChartNews, QueueNews, queue_news
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.services.reconciling import Reconciling
from cerbo_desktop.services.upload_book import UploadBook

_OUT_OF_QUEUE = (UploadState.ACCEPTED, UploadState.LEFT_QUEUE, UploadState.GONE)


class Withdrawal(Enum):
    """How it ended; only the first means that the photo is out of the queue by our hand."""

    WITHDRAWN = "withdrawn"
    LEFT_QUEUE = "left queue"
    """Its entry is not in the queue any more."""
    NOT_SURE = "not sure"
    """It isn't certain which entry of the queue is this photo, so that none was deleted."""
    NOT_NOW = "not now"
    """The queue can't be read now, or the answer was lost."""
    NOT_WRITTEN = "not written"
    """The decision could not be written down, so that nothing was done."""
    REFUSED = "refused"


class Withdrawing:
    def __init__(self, book: UploadBook, server: CerboServer, reconciling: Reconciling) -> None:
        self._book, self._server, self._reconciling = book, server, reconciling

    async def withdraw(self, upload_id: UploadId) -> Withdrawal:
        upload, evidence = self._book.get(upload_id), self._book.evidence(upload_id)
        entry = evidence.entry
        if upload is not None and upload.state in _OUT_OF_QUEUE:
            return Withdrawal.LEFT_QUEUE
        if upload is None or upload.state is not UploadState.SENT or entry is None or not entry.can_be_withdrawn:
            return Withdrawal.NOT_SURE
        obstacle = await self._obstacle(upload, evidence, entry) or await self._delete(upload, entry)
        if obstacle is not None:
            return obstacle
        async with self._book.turn:
            current = self._book.get(upload_id)
            # A look that read the list after the entry was deleted may have called it gone meanwhile.
            if current is not None and current.state in (UploadState.SENT, UploadState.GONE, UploadState.LEFT_QUEUE):
                await self._book.withdrawn(current)
        return Withdrawal.WITHDRAWN

    async def _obstacle(self, upload: Upload, evidence: Evidence, entry: SeenEntry) -> Withdrawal | None:
        """Why nothing may be deleted, by lists that are read just now.

        An entry that no answer named is this photo's only as long as nothing else could be it, in the queue or in the
        chart: ours may have been accepted before it was ever listed.
        """
        is_named = entry.id == evidence.named_id
        look = self._reconciling.queue if is_named else self._reconciling.look
        now = await look(upload.recipient.id)
        if entry.id not in now.queue_ids:
            return Withdrawal.LEFT_QUEUE if now.queue is Reading.COMPLETE else Withdrawal.NOT_NOW
        if is_named:
            return None
        if not _is_only_new(evidence, entry, now, self._book.entries_of_others(upload)):
            return Withdrawal.NOT_SURE
        taken = [each.photo_id for each in self._book.evidence_of_others(upload) if each.photo_id is not None]
        chart, _ = await self._reconciling.chart_news(upload, evidence, now, taken)
        if chart is ChartNews.FOUND:
            return Withdrawal.LEFT_QUEUE
        return None if chart is ChartNews.NOTHING_NEW else Withdrawal.NOT_SURE

    async def _delete(self, upload: Upload, entry: SeenEntry) -> Withdrawal | None:
        """None where the queue has given it up."""
        try:
            await self._server.withdraw(upload.recipient.id, entry.id)
        except Missing:
            return Withdrawal.LEFT_QUEUE
        except ServerRefused:
            return Withdrawal.REFUSED
        except ServerError:
            return Withdrawal.NOT_NOW
        after = await self._reconciling.queue(upload.recipient.id)
        return Withdrawal.REFUSED if entry.id in after.queue_ids else None


def _is_only_new(evidence: Evidence, entry: SeenEntry, now: Standing, others: Collection[QueueId]) -> bool:
    if evidence.answer is Answer.EMPTY:
        return False
    unseen = replace(evidence, entry=None, named_id=None)
    return queue_news(unseen, now, others) == (QueueNews.ONE_NEW, entry.id)
