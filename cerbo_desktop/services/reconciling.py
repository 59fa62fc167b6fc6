"""Looking in Cerbo for a photo that was sent: in the portal queue and in the chart.

The server gives a queued photo a new id when staff accept it (contract 6.5), so a photo is known again by the id that
was written into it, which outlives a copy in other bytes, or by the hash of its bytes; a new entry in the queue is a
hint and never proof.
"""

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from cerbo_desktop.domain.errors import CerboDesktopError, Forbidden, Missing, ServerError, SignedOut
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.outbox import Standing
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.upload import Sighting
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import PhotoFacts
from cerbo_desktop.services.contents import Contents

_HEAD_BYTES = 256 * 1024
"""Metadata stands before the pixels; a colour profile of some 100 KB may stand before that."""


class Reconciling:
    """Takes standings and tells what is new in them."""

    def __init__(self, server: CerboServer, contents: Contents) -> None:
        self._server = server
        self._contents = contents
        self._looked_at: dict[PhotoId, _Marks] = {}

    async def standing(self, patient_id: PatientId) -> Standing:
        """List queue and chart. Raises `ServerError` where one of them cannot be listed.

        The queue first: a photo that staff accept between the two listings is then in both, never in neither.
        """
        queue_ids = await self._queue_ids(patient_id)
        return Standing(await self._photo_ids(patient_id), queue_ids)

    async def find(
        self, patient_id: PatientId, sent: PhotoFacts, before: Standing, now: Standing, taken: Collection[PhotoId]
    ) -> PhotoId | None:
        """The photo that was sent, among those that are new since `before` and not another upload's."""
        for photo_id in sorted(now.photo_ids - before.photo_ids - frozenset(taken)):
            marks = await self._marks(patient_id, photo_id)
            if marks is not None and marks.are_of(sent):
                return photo_id
        return None

    async def _photo_ids(self, patient_id: PatientId) -> frozenset[PhotoId]:
        pages = self._server.photo_pages(patient_id, urgency=Urgency.OUTBOX)
        return frozenset([photo.id async for page in pages for photo in page.items])

    async def _queue_ids(self, patient_id: PatientId) -> frozenset[QueueId] | None:
        try:
            listing = await self._server.enqueued(patient_id)
        except (Forbidden, Missing, SignedOut):
            return None
        return frozenset(entry.id for entry in listing.items)

    async def _marks(self, patient_id: PatientId, photo_id: PhotoId) -> "_Marks | None":
        if photo_id not in self._looked_at:
            try:
                content = await self._contents.get(patient_id, photo_id, urgency=Urgency.OUTBOX)
            except CerboDesktopError:
                return None
            self._looked_at[photo_id] = await asyncio.to_thread(_Marks.of, content.data)
        return self._looked_at[photo_id]


def sighting(before: Standing | None, now: Standing | ServerError, known: Collection[QueueId]) -> Sighting:
    """What a look showed, where the photo itself was not found by its hash."""
    if isinstance(now, ServerError) or now.queue_ids is None or before is None or before.queue_ids is None:
        return Sighting.COULD_NOT_LOOK
    is_new = now.queue_ids - before.queue_ids - frozenset(known)
    return Sighting.NEW_IN_QUEUE if is_new else Sighting.NOTHING_NEW


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a photo of the chart may be known by. The id is looked for and not parsed: that is the worker's alone."""

    sha256: str
    head: bytes

    @classmethod
    def of(cls, data: bytes) -> "_Marks":
        return cls(hashlib.sha256(data).hexdigest(), data[:_HEAD_BYTES])

    def are_of(self, sent: PhotoFacts) -> bool:
        carries_id = bool(sent.unique_id) and sent.unique_id.encode() in self.head
        return carries_id or self.sha256 == sent.sha256
