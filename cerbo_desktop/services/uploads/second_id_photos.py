"""Asks a person before an ID photo is sent for a patient of whom another PC seems to have sent one a moment ago."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cerbo_desktop.domain.another_pc import entry_of_another_pc
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.services.uploads.upload_store import UploadStore


class SecondIdPhotos:
    """Holds an ID photo back where another PC seems to have sent one a moment ago, until a person decides."""

    def __init__(self, store: UploadStore, server_now: Callable[[], datetime]) -> None:
        self._store, self._server_now = store, server_now

    def evidence(self, upload: Upload, before: ServerSnapshot) -> Evidence:
        """What is known before the photo is sent. With `other_entry_at` a person has to be asked first."""
        known = self._store.evidence(upload.id)
        found = None
        if upload.is_id_photo:
            own = self._store.own_entries(upload.recipient.id)
            found = entry_of_another_pc(before, own, known.approved_ids, self._server_now())
        return known.begun_anew(before, found)

    async def hold_back(self, upload_id: UploadId) -> None:
        """Have it wait for a person, since nothing of it was sent; the next photo goes on."""
        entry_at = self._store.evidence(upload_id).other_entry_at
        sending = {UploadState.SENDING}
        await self._store.move(
            upload_id, sending, UploadState.REFUSED, trouble=UploadProblem.ANOTHER_ENTRY, other_entry_at=entry_at
        )

    async def approve(self, upload_id: UploadId) -> None:
        """Send it in spite of everything that the queue held when the person was asked."""
        async with self._store.hold(upload_id) as upload:
            if upload is None or upload.trouble is not UploadProblem.ANOTHER_ENTRY:
                return
            evidence = self._store.evidence(upload_id)
            seen_ids = evidence.before.queue_ids if evidence.before is not None else frozenset()
            try:
                await self._store.keep_evidence(
                    upload_id, replace(evidence, approved_ids=evidence.approved_ids | seen_ids)
                )
            except NotSafe as failure:
                event(Event.UPLOAD_MOVED, what=failure.reason, operation="send anyway", is_warning=True)
                return
            await self._store.record(upload, UploadState.QUEUED)
