"""What people decide about a photo is on the disk before it is done; what is not written down is not done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from cerbo_desktop.domain.acts import Decided
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Decision, Outbox
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.uploads.upload_store import UploadStore


@dataclass(frozen=True, slots=True)
class NotDone:
    """What a person decided and this PC's disk would not take down, so that it was not done."""

    upload: Upload
    reason: NotSafeReason
    number: int
    """Counts them: the same act may fail twice."""


class DecisionLog:
    """Writes down who decided what of a photo, before it is done."""

    def __init__(self, outbox: Outbox, store: UploadStore, acts: Acts) -> None:
        self._outbox, self._store, self._acts = outbox, store, acts
        self.not_done: Feed[NotDone | None] = Feed(None)

    async def is_written_down(self, upload_id: UploadId, decision: Decision) -> bool:
        """Write the decision down; False where the disk does not take it, and nothing may then be done."""
        try:
            await self._outbox.record_decision(upload_id, decision, self._acts.person)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="decision not written down", is_warning=True)
            if decision not in (Decision.DELETE, Decision.TAKE_BACK):
                self._publish_not_done(upload_id, failure.reason)
            return False
        if (upload := self._store.get(upload_id)) is not None:
            self._acts.publish(Decided(upload.recipient.id, upload_id, decision))
        return True

    async def write_down_and(
        self, upload_id: UploadId, decision: Decision, work: Callable[[], Awaitable[None]]
    ) -> None:
        """Carry out a decision once it is written down; where it can't be, nothing is done."""
        if await self.is_written_down(upload_id, decision):
            await work()

    def _publish_not_done(self, upload_id: UploadId, reason: NotSafeReason) -> None:
        if (upload := self._store.get(upload_id)) is not None:
            told = self.not_done.latest
            self.not_done.publish(NotDone(upload, reason, told.number + 1 if told is not None else 1))
