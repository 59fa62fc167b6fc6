"""The durable queue on this PC's disk: sealed files, and a ledger that says what has become of each.

What makes a crash at any point harmless:

- accept: sealed file whole on the disk as unfinished, then the row, then its proper name. Only then is it called safe.
  An unfinished file without a row goes at the next start; one with a row gets its name. An upload that is there
  already stays as it is, so that a second accept of the same photo does nothing.
- move: one commit. The one that matters, to COMMITTING, is on the disk before the last byte of the request may leave,
  and the file then says so by its name too: a ledger that lost its latest word does not make the photo look unsent.
- drop and remove: the file is renamed as leaving, then the row changes, then the file goes. The row decides at a start.
- a finished photo is thus never deleted for want of a row. One whose row is lost, alone or with the whole ledger, is
  taken up again from its own card, as UNSURE, since it may have been sent: the app looks for it, and asks.
- a ledger that is damaged is set aside, never deleted.

What another hand changed is found by signatures (signatures.py says what can be found and what not). At the start, rows
that are not believed begin anew as UNSURE, before anything is done to a file for their sake; while the app runs, a
change stops every further move until the next start. With a key that opens none of the sealed photos, and with a ledger
of a later version, nothing is changed at all.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import NO_EVIDENCE, TAKEN_KEPT, Answer, Evidence
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.limits import MAX_TAKEN_KEPT
from cerbo_desktop.domain.outbox import Decision, RecoveredUpload, RecoveryReport, Sealer, Stranded, account_digest
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import AFTER_CRASH, MAY_HAVE_ARRIVED_STATES, UNSENT_STATES, Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.outbox import cards, sealed_evidence
from cerbo_desktop.outbox.database import BrokenLedgerError
from cerbo_desktop.outbox.disk import Checkpoint, Disk, map_os_errors, without_checkpoint
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.migrations import is_signed
from cerbo_desktop.outbox.recovery import Recovery, opens_any, sent_elsewhere
from cerbo_desktop.outbox.row import Row
from cerbo_desktop.outbox.signatures import AnchorFile, Signer
from cerbo_desktop.outbox.spool import Spool
from cerbo_desktop.runtime.threads import DaemonThreads

LEDGER_NAME = "ledger.sqlite3"
_KEPT_IN_LIST = {UploadState.ACCEPTED: timedelta(days=1), UploadState.TAKEN: 2 * TAKEN_KEPT}
"""How long a photo that needs nothing more stays in the list."""

Result = TypeVar("Result")


class DiskOutbox:
    """`domain.outbox.Outbox` of one account; what each method does stands there.

    One thread does all of it, so that the interface never waits. It may be in the middle of a write when the process
    ends, which does not wait for a disk that hangs: a photo is then wholly kept or not at all, as after any other
    crash.
    """

    def __init__(
        self,
        folder: Path,
        sealer: Sealer,
        account: str,
        clock: Clock,
        *,
        disk: Disk | None = None,
        checkpoint: Checkpoint = without_checkpoint,
    ) -> None:
        """`account` names server and key; it is written down sealed, and in clear only its digest."""
        self._folder, self._sealer, self._clock, self._checkpoint = folder, sealer, clock, checkpoint
        self._account_name, self._account = account, account_digest(account)
        self._disk = disk or Disk(folder, checkpoint)
        self._spool = Spool(self._disk)
        self._signer = Signer(sealer)
        self._ledger: Ledger | None = None
        self._thread = DaemonThreads("outbox", 1)

    async def recover(self) -> RecoveryReport:
        recovered = await self._do(self._recover)
        self._thread.submit(self._sealer.prepare)
        return recovered

    async def accept(self, upload: Upload, photo: OutgoingPhoto) -> None:
        await self._do(lambda: self._accept(upload, photo))

    async def move(self, upload: Upload, was: UploadState) -> None:
        await self._do(lambda: self._move(upload, was))

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        await self._do(lambda: self._keep_evidence(upload_id, evidence))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._do(lambda: self._photo(upload_id))

    async def drop_photo(self, upload_id: UploadId) -> None:
        await self._do(lambda: self._drop_photo(upload_id))

    async def remove(self, upload_id: UploadId) -> None:
        await self._do(lambda: self._remove(upload_id))

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        await self._do(lambda: self._open_ledger().record_decision(upload_id, decision, self._clock.now(), by))

    async def stranded(self) -> tuple[Stranded, ...]:
        return await self._do(self._stranded)

    async def take_over(self, upload_id: UploadId, by: Person) -> RecoveredUpload:
        return await self._do(lambda: self._take_over(upload_id, by))

    async def aclose(self) -> None:
        await self._do(self._close)
        self._thread.shutdown()

    async def _do(self, work: Callable[[], Result]) -> Result:
        """A job that was begun is done to its end, whoever still waits for it."""

        def told() -> Result:
            try:
                return work()
            except BrokenLedgerError:
                raise NotSafe(NotSafeReason.DISK_FAILED) from None
            except NotSafe as failure:
                # SQLite tells of a full disk in many ways; a folder for its shared memory that does not grow is one.
                if failure.reason is NotSafeReason.DISK_FAILED and self._disk.is_full():
                    raise NotSafe(NotSafeReason.DISK_FULL) from None
                raise

        job = asyncio.get_running_loop().run_in_executor(self._thread, told)
        return await asyncio.shield(job)

    # On the outbox's own thread.

    def _recover(self) -> RecoveryReport:
        with map_os_errors():
            self._disk.prepare()
        ledger = self._open_ledger()
        recovery = Recovery(ledger, self._spool, self._sealer, self._clock)
        is_changed = recovery.mend()
        recovery.settle_files()
        # A full disk takes none of these, and they can wait: nothing is lost by it, and what is here is shown.
        with suppress(NotSafe):
            recovery.assign_account()
            self._settle_rows(ledger)
        kept: list[RecoveredUpload] = []
        rows, unreadable = ledger.rows(self._account)
        for row in rows:
            if self._is_over(row):
                continue
            try:
                kept.append(self._opened(row))
            except NotSafe:
                unreadable += 1
        foreign = ledger.count_elsewhere(self._account)
        elsewhere = sent_elsewhere(ledger, self._sealer, self._account)
        return RecoveryReport(tuple(kept), unreadable, foreign, is_changed, elsewhere)

    def _settle_rows(self, ledger: Ledger) -> None:
        ledger.settle_crash(self._account)
        for upload_id in ledger.given_up():
            self._drop_photo(upload_id)
        elsewhere = ledger.rows_elsewhere(self._account)
        for row in (*ledger.rows(self._account)[0], *elsewhere):
            if self._is_over(row):
                self._remove(row.id)
        left = ledger.left_elsewhere(self._account)
        for row in elsewhere:
            if row.id in left and row.state not in UNSENT_STATES:
                with suppress(NotSafe):  # one of another key
                    self._settle_elsewhere(row)

    def _settle_elsewhere(self, row: Row) -> None:
        """Nobody looks for a photo of another account: its bytes go once they may by what was seen, or after the
        longest time for which they may be kept. One that a person would be asked about stays."""
        if row.standing is None:
            return
        evidence = sealed_evidence.open_evidence(self._sealer, row.id, row.standing)
        # After an answer that says nothing its entry may be somebody else's.
        entry = evidence.entry if evidence.answer is not Answer.EMPTY else None
        is_seen_twice = entry is not None and entry.is_seen_twice
        evidence = evidence.counted(self._clock.now(), None)
        is_old = row.state in (UploadState.SENT, UploadState.TAKEN) and evidence.is_old(MAX_TAKEN_KEPT)
        if is_seen_twice or is_old:
            self._drop_photo(row.id)
        else:
            self._keep_evidence(row.id, evidence)

    def _open_ledger(self) -> Ledger:
        if self._ledger is None:
            file = self._folder / LEDGER_NAME
            try:
                if not is_signed(file):  # one with signatures tells by itself whether this is its key
                    self._check_key()
                self._ledger = self._ledger_in(file)
            except BrokenLedgerError:
                self._check_key()
                self._set_aside(file)
                self._ledger = self._ledger_in(file)
        return self._ledger

    def _ledger_in(self, file: Path) -> Ledger:
        return Ledger(file, self._signer, AnchorFile(self._disk, self._signer), self._checkpoint)

    def _check_key(self) -> None:
        """Raises `NotSafe(KEY_GONE)`, with nothing changed, where this key opens none of the sealed photos."""
        if not opens_any(self._spool, self._sealer):
            raise NotSafe(NotSafeReason.KEY_GONE)

    def _set_aside(self, file: Path) -> None:
        """Kept for whoever can still read it, with what SQLite keeps beside it."""
        mark = f"broken-{time.time_ns()}"
        with map_os_errors():
            for ending in ("", "-wal", "-shm"):
                part = file.with_name(file.name + ending)
                if part.exists():
                    part.replace(part.with_name(f"{mark}-{part.name}"))

    def _is_over(self, row: Row) -> bool:
        """Discarded, or found in the chart or taken by Cerbo some time ago. One that may be in the chart twice stays
        until a person takes it from the list."""
        kept_for = _KEPT_IN_LIST.get(row.state)
        # By its distance: also where the clock was ahead then.
        is_old = kept_for is not None and abs(self._clock.now() - row.changed_at) > kept_for
        if row.state is UploadState.TAKEN and self._spool.has(row.id):
            return False  # a clock that is wrong must not delete a photo: only looks give it up
        if row.state is UploadState.ACCEPTED and is_old:
            return not sealed_evidence.may_be_double(self._sealer, row.id, row.standing)
        return row.state is UploadState.DISCARDED or is_old

    def _opened(self, row: Row) -> RecoveredUpload:
        card = cards.open_card(self._sealer, row.id, row.card)
        sealed = row.standing
        evidence = NO_EVIDENCE if sealed is None else sealed_evidence.open_evidence(self._sealer, row.id, sealed)
        state = AFTER_CRASH.get(row.state, row.state)
        upload = Upload(
            *(row.id, card.recipient, card.photo, card.preview, card.taken_at, row.changed_at, state),
            trouble=row.trouble,
            retry_at=row.retry_at,
            queue_id=row.queue_id,
            sighting=row.sighting,
            is_id_photo=card.is_id_photo,
            sent_by=card.sent_by,
            has_photo=self._spool.has(row.id),
        )
        is_missing = state in UNSENT_STATES and not self._spool.has(row.id)
        return RecoveredUpload(upload, evidence, row.state if row.state is not state else None, is_missing)

    def _accept(self, upload: Upload, photo: OutgoingPhoto) -> None:
        ledger = self._open_ledger()
        has_row = self._is_known(ledger, upload)
        if has_row and (self._spool.has(upload.id) or not ledger.photo_owners()[upload.id]):
            return
        # An accept that failed before may have left a part of itself under this id.
        self._spool.remove(upload.id)
        card = cards.seal_card(self._sealer, upload, self._account_name)
        context = cards.photo_context(upload.id, upload.recipient, upload.photo)
        self._spool.write(upload.id, card, self._sealer.seal(photo.data, context))
        try:
            if not has_row:
                ledger.insert(upload.id, upload.state, upload.changed_at, self._account, card)
            self._spool.finish(upload.id)
        except (NotSafe, BrokenLedgerError):
            # Not accepted, and nothing of it may come back later: the person still has it on the screen.
            with suppress(NotSafe, BrokenLedgerError):
                ledger.delete(upload.id)
            with suppress(NotSafe):
                self._spool.remove(upload.id)
            raise

    def _is_known(self, ledger: Ledger, upload: Upload) -> bool:
        """The ledger has this upload already. Raises `NotSafe(KEPT_FOR_ANOTHER)` where it has it for somebody else."""
        sealed = ledger.card(upload.id)
        if sealed is None:
            return False
        is_ours = upload.id in ledger.owned_by(self._account)
        if not is_ours or cards.open_card(self._sealer, upload.id, sealed).recipient.id != upload.recipient.id:
            raise NotSafe(NotSafeReason.KEPT_FOR_ANOTHER)
        return True

    def _move(self, upload: Upload, was: UploadState) -> None:
        if upload.state is UploadState.COMMITTING:
            self._commit(upload, was)
        else:
            self._open_ledger().move(upload, was)
        if upload.state is UploadState.QUEUED:
            with suppress(NotSafe):  # it moved all the same; the next start then looks before it sends
                self._spool.mark_certain(upload.id)

    def _commit(self, upload: Upload, was: UploadState) -> None:
        ledger = self._open_ledger()
        self._spool.mark_uncertain(upload.id)
        try:
            ledger.move(upload, was)
        except (NotSafe, BrokenLedgerError):
            with suppress(NotSafe):  # the gate stays shut
                self._spool.mark_certain(upload.id)
            raise

    def _keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        self._open_ledger().keep_snapshot(upload_id, sealed_evidence.seal_evidence(self._sealer, upload_id, evidence))

    def _photo(self, upload_id: UploadId) -> OutgoingPhoto:
        sealed = self._open_ledger().card(upload_id)
        if sealed is None:
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        card = cards.open_card(self._sealer, upload_id, sealed)
        facts = card.photo
        context = cards.photo_context(upload_id, card.recipient, facts)
        with self._spool.photo(upload_id) as (file, size_bytes):
            data = self._sealer.open_from(file.read, size_bytes, context)
        if hashlib.sha256(data).hexdigest() != facts.sha256:
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        return OutgoingPhoto(data, facts.media_type, facts.width_px, facts.height_px, facts.sha256, facts.unique_id)

    def _stranded(self) -> tuple[Stranded, ...]:
        ledger = self._open_ledger()
        found = []
        for upload_id, state in ledger.left_elsewhere(self._account).items():
            with suppress(NotSafe):  # a card of another key is counted and cannot be shown
                card = cards.open_card(self._sealer, upload_id, ledger.card(upload_id) or b"")
                was_sent = state not in UNSENT_STATES or state in MAY_HAVE_ARRIVED_STATES
                found.append(
                    Stranded(upload_id, card.recipient, card.taken_at, card.account, card.account_name, was_sent)
                )
        return tuple(found)

    def _take_over(self, upload_id: UploadId, by: Person) -> RecoveredUpload:
        ledger = self._open_ledger()
        sealed = ledger.card(upload_id)
        if sealed is None or upload_id not in ledger.left_elsewhere(self._account):
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        card = cards.sealed_for(self._sealer, upload_id, sealed, self._account_name)
        ledger.take_over(upload_id, self._account, card, self._clock.now(), by)
        row = ledger.row(upload_id)
        if row is None:
            raise NotSafe(NotSafeReason.LIST_CHANGED)
        return self._opened(row)

    def _drop_photo(self, upload_id: UploadId) -> None:
        ledger = self._open_ledger()
        self._spool.mark_removed(upload_id)
        ledger.mark_dropped(upload_id)
        self._spool.remove(upload_id)

    def _remove(self, upload_id: UploadId) -> None:
        ledger = self._open_ledger()
        self._spool.mark_removed(upload_id)
        ledger.delete(upload_id)
        self._spool.remove(upload_id)

    def _close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None
