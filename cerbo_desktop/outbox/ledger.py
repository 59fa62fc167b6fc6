"""The rows: one table, moves guarded by the database itself, every commit on the disk when it returns.

Each commit first checks that nobody else has changed rows or decisions, and then signs and anchors what it wrote
(`signatures.py`). All of it runs on the one thread that opened it.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import pairwise

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.upload import (
    AFTER_CRASH,
    CheckResult,
    IllegalMoveError,
    Upload,
    UploadProblem,
    UploadState,
)
from cerbo_desktop.outbox.database import told
from cerbo_desktop.outbox.ledger_reading import LedgerReading
from cerbo_desktop.outbox.mending import Damage, Replacement, doubt_what_seems_unsent, replace_row

_STAYS_KNOWN = (UploadState.TAKEN, UploadState.ACCEPTED)
"""Cerbo has a photo that leaves the list from one of these."""
_TO_DOUBT = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE)


class Ledger(LedgerReading):
    """The rows of the uploads of all accounts.

    Raises `NotSafe` where the disk fails, `IllegalMoveError` where the table of moves forbids a change.
    """

    def insert(
        self,
        upload_id: UploadId,
        state: UploadState,
        at: datetime,
        account: str,
        card: bytes,
        marks: Collection[bytes] = (),
    ) -> None:
        """Add the row of a new upload, whose photo is in the spool, and by what the photo is known again."""
        with self._committing("row inserted"):
            self._db.execute(
                "INSERT INTO uploads (id, account, state, changed_at, has_photo, card) VALUES (?, ?, ?, ?, 1, ?)",
                (upload_id, account, state.value, at.isoformat(), card),
            )
            self._tables.sign(upload_id)
            if marks:
                self._marks.keep(upload_id, account, at, marks)

    def move(self, upload: Upload, was: UploadState) -> None:
        """Write the state of `upload` and what goes with it, from `was`. A photo that is discarded without being in
        Cerbo is known no more. Raises `IllegalMoveError` where the row is not in `was`."""
        with self._changing(upload.id, f"moved to {upload.state.value}"):
            changed = self._db.execute(
                "UPDATE uploads SET state = ?, changed_at = ?, trouble = ?, retry_at = ?, queue_id = ?, sighting = ?"
                " WHERE id = ? AND state = ?",
                (
                    *(upload.state.value, upload.changed_at.isoformat(), _value(upload.trouble)),
                    upload.retry_at.isoformat() if upload.retry_at is not None else None,
                    *(upload.queue_id, _value(upload.sighting), upload.id, was.value),
                ),
            ).rowcount
            if changed != 1:
                raise IllegalMoveError(f"{was.value} -> {upload.state.value}")
            if upload.state is UploadState.DISCARDED and was not in _STAYS_KNOWN:
                self._marks.forget(upload.id)

    def settle_crash(self, account: str) -> None:
        """Move what was being sent when the last session ended, by `AFTER_CRASH`."""
        with self._committing("crash settled"):
            for was, becomes in AFTER_CRASH.items():
                found = self._db.execute(
                    "UPDATE uploads SET state = ?, retry_at = NULL WHERE state = ? AND account = ? RETURNING id",
                    (becomes.value, was.value, account),
                ).fetchall()
                for (upload_id,) in found:
                    self._tables.sign(upload_id)

    def mark_uncertain(self, upload_id: UploadId, at: datetime) -> None:
        """Make UNSURE, through legal moves, an upload that its row calls unsent.

        Its file, whose name says that the last byte may have left, knows better.
        """
        if upload_id in self._not_believed:
            return
        with told():
            found = self._db.execute("SELECT state FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        if found is None or found[0] not in (UploadState.QUEUED.value, UploadState.SENDING.value):
            return
        with self._changing(upload_id, "row doubted"):
            for was, becomes in pairwise(_TO_DOUBT):
                self._db.execute(
                    "UPDATE uploads SET state = ?, changed_at = ?, trouble = ?, retry_at = NULL"
                    " WHERE state = ? AND id = ?",
                    (becomes.value, at.isoformat(), UploadProblem.NO_ANSWER.value, was.value, upload_id),
                )

    def keep_evidence(self, upload_id: UploadId, sealed: bytes) -> None:
        """Keep the sealed evidence of an upload."""
        with self._changing(upload_id, "evidence kept"):
            self._db.execute("UPDATE uploads SET standing = ? WHERE id = ?", (sealed, upload_id))

    def mark_dropped(self, upload_id: UploadId) -> None:
        """Note that the photo of an upload is no longer in the spool."""
        with self._changing(upload_id, "photo given up"):
            self._db.execute("UPDATE uploads SET has_photo = 0 WHERE id = ?", (upload_id,))

    def delete(self, upload_id: UploadId) -> None:
        """Delete the row of an upload; the photo stays known."""
        with self._changing(upload_id, "row deleted"):
            self._db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))

    def take_back(self, upload_id: UploadId) -> None:
        """Delete an upload that was not accepted after all, as if it had never been here."""
        with self._changing(upload_id, "row taken back"):
            self._db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
            self._marks.forget(upload_id)

    def forget_old_marks(self, now: datetime) -> None:
        """Forget the photos of long ago."""
        with told():
            old = self._marks.old(now)
        if old:
            with self._committing("old marks forgotten"):
                for upload_id in old:
                    self._marks.forget(upload_id)

    def assign_account(self, upload_id: UploadId, account: str, card: bytes) -> None:
        """Assign to `account` an upload that was found under no account."""
        with self._changing(upload_id, "upload claimed"):
            self._db.execute("UPDATE uploads SET account = ?, card = ? WHERE id = ?", (account, card, upload_id))

    def take_over(self, upload_id: UploadId, account: str, card: bytes, at: datetime, by: Person) -> None:
        """Move an upload to `account`, as a person decided. What held it back under the other account is forgotten."""
        with self._changing(upload_id, "upload taken over"):
            for was, becomes in AFTER_CRASH.items():
                self._db.execute(
                    "UPDATE uploads SET state = ? WHERE state = ? AND id = ?", (becomes.value, was.value, upload_id)
                )
            self._db.execute(
                "UPDATE uploads SET trouble = NULL, retry_at = NULL WHERE state = ? AND id = ?",
                (UploadState.QUEUED.value, upload_id),
            )
            self._db.execute("UPDATE uploads SET account = ?, card = ? WHERE id = ?", (account, card, upload_id))
            self._marks.assign(upload_id, account)
            self._tables.append(at, upload_id, Decision.TAKE_OVER.value, by)

    def record_decision(self, upload_id: UploadId, decision: Decision, at: datetime, by: Person) -> None:
        """Add a decision of a person to the chained record."""
        with self._committing("decision written down"):
            self._tables.append(at, upload_id, decision.value, by)

    # Finding and mending what another hand did.

    def examine(self) -> Damage:
        """Find out what another program did to the ledger. Rows that it changed are not believed from then on."""
        with told():
            changed, is_whole = self._tables.changed_rows(), self._tables.is_whole()
            are_decisions_whole = self._tables.are_decisions_whole()
        self._not_believed = frozenset(changed)
        return Damage(tuple(changed), self._is_older or not is_whole, not are_decisions_whole)

    def mend(self, damage: Damage, replacements: dict[UploadId, Replacement], at: datetime) -> None:
        """Make UNSURE, in one transaction, what is not believed, so that the app looks for it in Cerbo instead of
        sending it.

        Changed rows without a replacement stay as they are, and nothing is done to them or to their files.
        """
        with self._transaction():
            for upload_id, replacement in replacements.items():
                replace_row(self._db, self._tables, upload_id, replacement, at)
            if damage.is_older:
                doubt_what_seems_unsent(self._db, self._tables, at)
            if damage.are_decisions_changed:
                self._tables.begin_chain(at)
            else:
                self._tables.append_found_changed(at)
            anchor = self._tables.advance(self._anchored_before)
        self._is_older = False
        self._not_believed -= replacements.keys()
        self._publish(anchor)
        self._checkpoint("damage mended")


def _value(member: UploadProblem | CheckResult | None) -> str | None:
    return member.value if member is not None else None
