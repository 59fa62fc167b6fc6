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
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Decision, RecoveredUpload, RecoveryReport, Sealer, Stranded, account_digest
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.outbox import cards, sealed_evidence, sent_marks
from cerbo_desktop.outbox.database import BrokenLedgerError
from cerbo_desktop.outbox.disk import Checkpoint, Disk, map_os_errors, without_checkpoint
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.ledger_opening import open_ledger
from cerbo_desktop.outbox.recovery import Recovery, sent_elsewhere
from cerbo_desktop.outbox.retention import Retention
from cerbo_desktop.outbox.sealed_uploads import open_photo, open_upload, stranded_uploads
from cerbo_desktop.outbox.spool import Spool
from cerbo_desktop.runtime.threads import DaemonThreads

LEDGER_NAME = "ledger.sqlite3"
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
        self._ledger: Ledger | None = None
        self._thread = DaemonThreads("outbox", 1)

    async def recover(self) -> RecoveryReport:
        recovered = await self._do(self._recover)
        self._thread.submit(self._sealer.prepare)
        return recovered

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        await self._do(lambda: self._accept(upload, photo, marks))

    async def earlier_uploads(self, patient_id: PatientId, marks: Marks) -> tuple[EarlierUpload, ...]:
        return await self._do(
            lambda: self._open_ledger().earlier_uploads(self._sealer, self._account, patient_id, marks)
        )

    async def move(self, upload: Upload, was: UploadState) -> None:
        await self._do(lambda: self._move(upload, was))

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        await self._do(lambda: self._keep_evidence(upload_id, evidence))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._do(lambda: self._photo(upload_id))

    async def drop_photo(self, upload_id: UploadId) -> None:
        await self._do(lambda: self._retention().drop_photo(upload_id))

    async def remove(self, upload_id: UploadId) -> None:
        await self._do(lambda: self._retention().remove(upload_id))

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        await self._do(lambda: self._open_ledger().record_decision(upload_id, decision, self._clock.now(), by))

    async def stranded(self) -> tuple[Stranded, ...]:
        return await self._do(lambda: stranded_uploads(self._sealer, self._open_ledger(), self._account))

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
        ledger, retention = self._open_ledger(), self._retention()
        recovery = Recovery(ledger, self._spool, self._sealer, self._clock)
        is_changed = recovery.mend()
        recovery.settle_files()
        # A full disk takes none of these, and they can wait: nothing is lost by it, and what is here is shown.
        with suppress(NotSafe):
            recovery.assign_account()
            ledger.settle_crash(self._account)
            retention.delete_expired(self._account)
        kept: list[RecoveredUpload] = []
        rows, unreadable = ledger.rows(self._account)
        for row in rows:
            if retention.is_over(row):
                continue
            try:
                kept.append(open_upload(self._sealer, self._spool, row))
            except NotSafe:
                unreadable += 1
        foreign = ledger.count_elsewhere(self._account)
        elsewhere = sent_elsewhere(ledger, self._sealer, self._account)
        return RecoveryReport(tuple(kept), unreadable, foreign, is_changed, elsewhere)

    def _open_ledger(self) -> Ledger:
        if self._ledger is None:
            file = self._folder / LEDGER_NAME
            self._ledger = open_ledger(file, self._disk, self._spool, self._sealer, self._checkpoint)
        return self._ledger

    def _retention(self) -> Retention:
        return Retention(self._open_ledger(), self._spool, self._sealer, self._clock)

    def _accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks) -> None:
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
                made = sent_marks.made_with(self._sealer, upload.recipient.id, marks)
                ledger.insert(upload.id, upload.state, upload.changed_at, self._account, card, made)
            self._spool.finish(upload.id)
        except (NotSafe, BrokenLedgerError):
            # Not accepted, and nothing of it may come back later: the person still has it on the screen.
            with suppress(NotSafe, BrokenLedgerError):
                ledger.take_back(upload.id)
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
        self._open_ledger().keep_evidence(upload_id, sealed_evidence.seal_evidence(self._sealer, upload_id, evidence))

    def _photo(self, upload_id: UploadId) -> OutgoingPhoto:
        card = self._open_ledger().card(upload_id)
        if card is None:
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        return open_photo(self._sealer, self._spool, upload_id, card)

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
        return open_upload(self._sealer, self._spool, row)

    def _close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None
