"""Photos that are sent again although an earlier try may have arrived: a person decided it, or Cerbo asked for a wait.

Where the new try certainly stored nothing, it is as if it had never been: the photo is the same doubt as before, which
is looked for and asked about. It is never called "not sent".
"""

from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.acts import Publish, SentAgain, to_nobody
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import RecoveredUpload
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.services.uploads.look_findings import trouble_of
from cerbo_desktop.services.uploads.upload_store import UploadStore

FORGOTTEN: dict[str, Any] = {
    "sighting": None,
    "has_answer": False,
    "queue_id": None,
    "can_be_withdrawn": False,
    "other_try_id": None,
}
"""What is told of an earlier sending doesn't hold for the next."""


class SecondTries:
    """Sends a photo once more after a person's word, and remembers what was known of the try before."""

    def __init__(self, store: UploadStore, publish: Publish = to_nobody) -> None:
        self._store, self._publish = store, publish
        self._earlier: dict[UploadId, Evidence] = {}
        """What was known of each before its last try was decided in this session."""

    def earlier(self, upload_id: UploadId) -> Evidence | None:
        """What is known of the tries before the one that is about to be sent; None where there was none."""
        evidence = self._store.evidence(upload_id)
        if evidence.was_put_off:
            return evidence
        return self._earlier.get(upload_id, evidence) if evidence.is_sent_again else None

    def begin_after_wait(self, upload_id: UploadId, earlier: Evidence) -> None:
        """Queue once more a photo that Cerbo asked to wait with, and of which the lists show nothing."""
        self._earlier[upload_id] = replace(earlier, was_put_off=False)

    async def begin(self, upload_id: UploadId) -> None:
        """Queue an upload a second time. The caller has already written the person's decision to the disk."""
        async with self._store.hold(upload_id, {UploadState.NEEDS_REVIEW, UploadState.GONE}) as upload:
            if upload is None:
                return
            known = self._store.evidence(upload_id)
            evidence = self._earlier[upload_id] = replace(known, was_put_off=False)
            await self._store.note_evidence(upload_id, replace(evidence, tries=evidence.tries + 1))
            await self._store.record(upload, UploadState.QUEUED, **FORGOTTEN)
            self._publish(SentAgain(upload.recipient.id, upload_id))

    async def not_sent(self, upload: Upload, trouble: UploadProblem | None) -> None:
        """Record that this try certainly stored nothing: the upload is refused, or in doubt as before where an earlier
        try was made. The caller holds the upload."""
        earlier = self.earlier(upload.id)
        if earlier is None:
            await self._store.record(upload, UploadState.REFUSED, trouble=trouble)
            return
        await self._store.note_evidence(upload.id, replace(earlier, was_put_off=False))
        told = {"has_answer": earlier.has_answer, "other_try_id": earlier.other_try_id}
        trouble = trouble or trouble_of(earlier)
        await self._store.record(upload, UploadState.NEEDS_REVIEW, trouble=trouble, **told)

    async def settle_kept(self, kept: RecoveredUpload) -> None:
        """What a start found: a photo that can't be opened is told, and one that was sent again is never "not sent",
        as earlier versions called it."""
        async with self._store.hold(kept.upload.id) as upload:
            if upload is None:
                return
            if kept.is_photo_missing and upload.state is UploadState.QUEUED:
                await self.not_sent(upload, UploadProblem.UNREADABLE)
            elif upload.state is UploadState.REFUSED and upload.is_sent_again:
                await self.not_sent(upload, upload.trouble)
