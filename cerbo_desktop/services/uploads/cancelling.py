"""What a person takes back before Cerbo has it: a sending that is stopped, a photo that is deleted."""

from cerbo_desktop.domain.acts import SendingStopped
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import LEGAL_MOVES, UploadProblem, UploadState
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.uploads.asked_looks import AskedLooks
from cerbo_desktop.services.uploads.courier import Courier
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.upload_store import UploadStore

_NOTHING_SENT = frozenset({UploadState.QUEUED, UploadState.REFUSED})
"""To a person they are the same: the photo is here, and nothing of it is in Cerbo."""


class Cancelling:
    """Stops and deletes photos for a person, as far as they still stand as that person saw them."""

    def __init__(
        self, store: UploadStore, second_tries: SecondTries, courier: Courier, looks: AskedLooks, acts: Acts
    ) -> None:
        self._store, self._second_tries, self._courier = store, second_tries, courier
        self._looks, self._acts = looks, acts

    async def discard(self, upload_id: UploadId, asked_in: UploadState) -> None:
        """Delete a photo, if it still stands as it did when a person was asked about it."""
        may_stand = _NOTHING_SENT if asked_in in _NOTHING_SENT else {asked_in} - {UploadState.SENDING}
        async with self._store.hold(upload_id, may_stand) as upload:
            if upload is None or UploadState.DISCARDED not in LEGAL_MOVES[upload.state]:
                return
            try:
                await self._store.discard(upload)
            except NotSafe as failure:
                event(Event.UPLOAD_MOVED, what=failure.reason, operation="discard", is_warning=True)
        self._courier.wake()

    async def stop(self, upload_id: UploadId) -> None:
        """Stop a photo whose last byte has not left."""
        async with self._store.hold(upload_id, {UploadState.QUEUED, UploadState.SENDING}) as upload:
            if upload is None:
                return
            await self._second_tries.not_sent(upload, UploadProblem.STOPPED)
        self._acts.publish(SendingStopped(upload.recipient.id, upload_id))
        self._courier.stop(upload_id)
        self._looks.look_for(upload.recipient.id)
