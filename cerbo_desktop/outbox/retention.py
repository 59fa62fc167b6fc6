"""How long photos and rows stay on this PC, and how they go."""

from contextlib import suppress
from datetime import timedelta

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import TAKEN_KEPT, Answer
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.limits import MAX_TAKEN_KEPT
from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import UNSENT_STATES, UploadState
from cerbo_desktop.outbox import sealed_evidence
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.row import Row
from cerbo_desktop.outbox.spool import Spool

_KEPT_IN_LIST = {UploadState.ACCEPTED: timedelta(days=1), UploadState.TAKEN: 2 * TAKEN_KEPT}
"""How long a photo that needs nothing more stays in the list."""


class Retention:
    """Deletes photos and rows, in an order that a crash may cut short anywhere, and knows which of them are over."""

    def __init__(self, ledger: Ledger, spool: Spool, sealer: Sealer, clock: Clock) -> None:
        self._ledger, self._spool = ledger, spool
        self._sealer, self._clock = sealer, clock

    def drop_photo(self, upload_id: UploadId) -> None:
        """Delete the sealed photo of an upload; its row stays."""
        self._spool.mark_removed(upload_id)
        self._ledger.mark_dropped(upload_id)
        self._spool.remove(upload_id)

    def remove(self, upload_id: UploadId) -> None:
        """Delete an upload, photo and row."""
        self._spool.mark_removed(upload_id)
        self._ledger.delete(upload_id)
        self._spool.remove(upload_id)

    def delete_expired(self, account: str) -> None:
        """Delete at a start what need not be kept any longer, of `account` and of every other."""
        for upload_id in self._ledger.given_up():
            self.drop_photo(upload_id)
        elsewhere = self._ledger.rows_elsewhere(account)
        for row in (*self._ledger.rows(account)[0], *elsewhere):
            if self.is_over(row):
                self.remove(row.id)
        left = self._ledger.left_elsewhere(account)
        for row in elsewhere:
            if row.id in left and row.state not in UNSENT_STATES:
                with suppress(NotSafe):  # one of another key
                    self._delete_expired_elsewhere(row)
        self._ledger.forget_old_marks(self._clock.now())

    def _delete_expired_elsewhere(self, row: Row) -> None:
        """Nobody looks for a photo of another account: its bytes go once they may by what was seen, or after the
        longest time for which they may be kept. One that a person would be asked about stays."""
        if row.evidence is None:
            return
        evidence = sealed_evidence.open_evidence(self._sealer, row.id, row.evidence)
        # After an answer that says nothing its entry may be somebody else's.
        entry = evidence.entry if evidence.answer is not Answer.EMPTY else None
        is_seen_twice = entry is not None and entry.is_seen_twice
        evidence = evidence.counted(self._clock.now(), None)
        is_old = row.state in (UploadState.SENT, UploadState.TAKEN) and evidence.is_old(MAX_TAKEN_KEPT)
        if is_seen_twice or is_old:
            self.drop_photo(row.id)
        else:
            self._ledger.keep_evidence(row.id, sealed_evidence.seal_evidence(self._sealer, row.id, evidence))

    def is_over(self, row: Row) -> bool:
        """Discarded, or found in the chart or taken by Cerbo some time ago. One that may be in the chart twice stays
        until a person takes it from the list."""
        kept_for = _KEPT_IN_LIST.get(row.state)
        # By its distance: also where the clock was ahead then.
        is_old = kept_for is not None and abs(self._clock.now() - row.changed_at) > kept_for
        if row.state is UploadState.TAKEN and self._spool.has(row.id):
            return False  # a clock that is wrong must not delete a photo: only looks give it up
        if row.state is UploadState.ACCEPTED and is_old:
            return not sealed_evidence.may_be_double(self._sealer, row.id, row.evidence)
        return row.state is UploadState.DISCARDED or is_old
