"""The rows: one table, moves guarded by the database itself, every commit on the disk when it returns.

Each commit first checks that nobody else has changed rows or decisions, and then signs and anchors what it wrote
(signatures.py). All of it runs on the one thread that opened it.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.upload import (
    AFTER_CRASH,
    UNSENT_STATES,
    IllegalMoveError,
    Sighting,
    Trouble,
    Upload,
    UploadState,
)
from cerbo_desktop.outbox import migrations
from cerbo_desktop.outbox.disk import Checkpoint, pass_by
from cerbo_desktop.outbox.row import COLUMNS, Row, row_of
from cerbo_desktop.outbox.signatures import Anchor, AnchorFile, Signer
from cerbo_desktop.outbox.signed_tables import SignedTables

_BUSY_WAIT_MS = 3_000
_REASONS = {
    "SQLITE_FULL": NotSafeReason.DISK_FULL,
    "SQLITE_READONLY": NotSafeReason.DISK_READ_ONLY,
    "SQLITE_CANTOPEN": NotSafeReason.DISK_READ_ONLY,
    "SQLITE_BUSY": NotSafeReason.DISK_BUSY,
    "SQLITE_LOCKED": NotSafeReason.DISK_BUSY,
}
_TO_DOUBT = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE)
_BELIEVED_UNSENT = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.REFUSED)
"""States from which a photo can be sent without another look in Cerbo."""
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class BrokenLedgerError(Exception):
    """The file is no database, or one whose inside is damaged, or one that was written with another key."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What somebody else than the app did to the ledger."""

    changed: tuple[UploadId, ...] = ()
    """Rows that are not as the app wrote them."""
    is_older: bool = False
    """Not the latest state: an older file was put back, the file was lost, or rows or decisions were taken out."""
    are_decisions_changed: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed) or self.is_older or self.are_decisions_changed


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the sealed file says of an upload whose row is not believed."""

    account: str
    card: bytes
    has_photo: bool
    standing: bytes | None


class Ledger:
    """Raises `NotSafe` where the disk fails, `IllegalMoveError` where the table of moves forbids."""

    def __init__(self, file: Path, signer: Signer, anchor_file: AnchorFile, checkpoint: Checkpoint = pass_by) -> None:
        """Raises `BrokenLedgerError` for a file that cannot be trusted."""
        self._checkpoint, self._anchor_file = checkpoint, anchor_file
        with _told():
            if migrations.version_of(file) > migrations.newest_version():
                raise NotSafe(NotSafeReason.NEWER_VERSION)
            self._db = sqlite3.connect(file, isolation_level=None, timeout=_BUSY_WAIT_MS / 1000)
        self._tables = SignedTables(self._db, signer)
        self._is_older = False
        self._anchored_before = 0
        self._not_believed: frozenset[UploadId] = frozenset()
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def insert(self, upload_id: UploadId, state: UploadState, at: datetime, account: str, card: bytes) -> None:
        with self._committing("row inserted"):
            self._db.execute(
                "INSERT INTO uploads (id, account, state, changed_at, has_photo, card) VALUES (?, ?, ?, ?, 1, ?)",
                (upload_id, account, state.value, at.isoformat(), card),
            )
            self._tables.sign(upload_id)

    def move(self, upload: Upload, was: UploadState) -> None:
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

    def settle_crash(self, account: str) -> None:
        """What was on the line when the last session ended: nothing left for certain, or only looking can tell."""
        with self._committing("crash settled"):
            for was, becomes in AFTER_CRASH.items():
                found = self._db.execute(
                    "UPDATE uploads SET state = ?, retry_at = NULL WHERE state = ? AND account = ? RETURNING id",
                    (becomes.value, was.value, account),
                ).fetchall()
                for (upload_id,) in found:
                    self._tables.sign(upload_id)

    def doubt(self, upload_id: UploadId, at: datetime) -> None:
        """Its file knows better than a row that says that the last byte has not left; through legal moves."""
        if upload_id in self._not_believed:
            return
        with _told():
            found = self._db.execute("SELECT state FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        if found is None or found[0] not in (UploadState.QUEUED.value, UploadState.SENDING.value):
            return
        with self._changing(upload_id, "row doubted"):
            for was, becomes in pairwise(_TO_DOUBT):
                self._db.execute(
                    "UPDATE uploads SET state = ?, changed_at = ?, trouble = ?, retry_at = NULL"
                    " WHERE state = ? AND id = ?",
                    (becomes.value, at.isoformat(), Trouble.NO_ANSWER.value, was.value, upload_id),
                )

    def keep_standing(self, upload_id: UploadId, sealed: bytes) -> None:
        with self._changing(upload_id, "standing kept"):
            self._db.execute("UPDATE uploads SET standing = ? WHERE id = ?", (sealed, upload_id))

    def mark_dropped(self, upload_id: UploadId) -> None:
        with self._changing(upload_id, "photo given up"):
            self._db.execute("UPDATE uploads SET has_photo = 0 WHERE id = ?", (upload_id,))

    def delete(self, upload_id: UploadId) -> None:
        with self._changing(upload_id, "row deleted"):
            self._db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))

    def claim(self, upload_id: UploadId, account: str, card: bytes) -> None:
        """Assigns an upload whose account was not known."""
        with self._changing(upload_id, "upload claimed"):
            self._db.execute("UPDATE uploads SET account = ?, card = ? WHERE id = ?", (account, card, upload_id))

    def take_over(self, upload_id: UploadId, account: str, card: bytes, at: datetime) -> None:
        """A person moves an upload to this account. What held it back under the other one is forgotten."""
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
            self._append(at, upload_id, Decision.TAKE_OVER.value)

    def write_down(self, upload_id: UploadId, decision: Decision, at: datetime) -> None:
        with self._committing("decision written down"):
            self._append(at, upload_id, decision.value)

    # Finding and mending what another hand did.

    def examine(self) -> Damage:
        with _told():
            changed, is_whole = self._tables.changed_rows(), self._tables.is_whole()
            are_decisions_whole = self._tables.are_decisions_whole()
        self._not_believed = frozenset(changed)
        return Damage(tuple(changed), self._is_older or not is_whole, not are_decisions_whole)

    def mend(self, damage: Damage, replacements: dict[UploadId, Replacement], at: datetime) -> None:
        """Doubt what is not believed, in one transaction, so that the app looks for it in Cerbo instead of sending it.

        Changed rows without a replacement stay as they are, and nothing is done to them or to their files.
        """
        with self._transaction():
            for upload_id, replacement in replacements.items():
                self._replace(upload_id, replacement, at)
            if damage.is_older:
                self._doubt_what_seems_unsent(at)
            if damage.are_decisions_changed:
                self._tables.begin_chain(at.isoformat())
            else:
                self._append(at, UploadId(""), "found changed")
            anchor = self._tables.advance(self._anchored_before)
        self._is_older = False
        self._not_believed -= replacements.keys()
        self._publish(anchor)
        self._checkpoint("damage mended")

    def _replace(self, upload_id: UploadId, new: Replacement, at: datetime) -> None:
        """The row begins anew as UNSURE: no legal move leads there from whatever it says now."""
        (number,) = self._db.execute("SELECT number FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        self._db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
        self._db.execute(
            "INSERT INTO uploads (number, id, account, state, changed_at, has_photo, trouble, card, standing)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, upload_id, new.account, UploadState.UNSURE.value, at.isoformat(), int(new.has_photo)),
                *(Trouble.NO_ANSWER.value, new.card, new.standing),
            ),
        )
        self._tables.sign(upload_id)

    def _doubt_what_seems_unsent(self, at: datetime) -> None:
        for upload_id in self._tables.authentic_rows():
            state, account, card, has_photo, standing = self._db.execute(
                "SELECT state, account, card, has_photo, standing FROM uploads WHERE id = ?", (upload_id,)
            ).fetchone()
            if state in [each.value for each in _BELIEVED_UNSENT]:
                self._replace(upload_id, Replacement(account, card, bool(has_photo), standing), at)

    def _append(self, at: datetime, upload_id: UploadId, decision: str) -> None:
        entry = (at.isoformat(), upload_id, decision)
        self._db.execute(
            "INSERT INTO decisions (at, upload_id, decision, chain) VALUES (?, ?, ?, ?)",
            (*entry, self._tables.next_link(*entry)),
        )

    # Reading. Rows that are not believed are counted and never acted on.

    def rows(self, account: str) -> tuple[list[Row], int]:
        """Of one account, in the order in which they were accepted, and how many more hold what is not understood."""
        with _told():
            found = self._db.execute(
                f"SELECT {COLUMNS} FROM uploads WHERE account = ? ORDER BY number",  # noqa: S608  # a constant
                (account,),
            ).fetchall()
        rows = [row for row in map(row_of, found) if row is not None and row.id not in self._not_believed]
        return rows, len(found) - len(rows)

    def unsent_elsewhere(self, account: str) -> list[UploadId]:
        """Unsent uploads of other accounts, oldest first."""
        states = [state.value for state in UNSENT_STATES]
        marks = ", ".join("?" * len(states))
        with _told():
            found = self._db.execute(
                f"SELECT id FROM uploads WHERE account <> ? AND state IN ({marks}) ORDER BY number",  # noqa: S608
                (account, *states),
            ).fetchall()
        return [UploadId(each[0]) for each in found if each[0] not in self._not_believed]

    def row(self, upload_id: UploadId) -> Row | None:
        with _told():
            query = f"SELECT {COLUMNS} FROM uploads WHERE id = ?"  # noqa: S608  # a constant
            found = self._db.execute(query, (upload_id,)).fetchone()
        return row_of(found) if found is not None else None

    def owned_by(self, account: str) -> list[UploadId]:
        with _told():
            found = self._db.execute("SELECT id FROM uploads WHERE account = ?", (account,)).fetchall()
        return [UploadId(each[0]) for each in found if each[0] not in self._not_believed]

    def given_up(self, account: str) -> list[UploadId]:
        """Photos that a crash kept from leaving: each was found in the chart."""
        with _told():
            found = self._db.execute(
                "SELECT id FROM uploads WHERE account = ? AND has_photo = 1 AND state = ?",
                (account, UploadState.ACCEPTED.value),
            ).fetchall()
        return [UploadId(each[0]) for each in found if each[0] not in self._not_believed]

    def card(self, upload_id: UploadId) -> bytes | None:
        return self._sealed("card", upload_id)

    def standing(self, upload_id: UploadId) -> bytes | None:
        return self._sealed("standing", upload_id)

    def _sealed(self, column: str, upload_id: UploadId) -> bytes | None:
        with _told():
            query = f"SELECT {column} FROM uploads WHERE id = ?"  # noqa: S608  # one of the two names above
            found = self._db.execute(query, (upload_id,)).fetchone()
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def photo_owners(self) -> dict[UploadId, bool]:
        """Every upload of every account, and whether its photo has to be there."""
        with _told():
            found = self._db.execute("SELECT id, has_photo FROM uploads").fetchall()
        return {UploadId(name): bool(has) or name in self._not_believed for name, has in found}

    def count_elsewhere(self, account: str, states: frozenset[UploadState]) -> int:
        marks = ", ".join("?" * len(states))
        with _told():
            found = self._db.execute(
                f"SELECT count(*) FROM uploads WHERE account <> ? AND state IN ({marks})",  # noqa: S608  # marks alone
                (account, *(state.value for state in states)),
            )
            return int(found.fetchone()[0])

    def close(self) -> None:
        self._db.close()

    def _open(self) -> None:
        with _told():
            self._db.execute(f"PRAGMA busy_timeout = {_BUSY_WAIT_MS}")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA secure_delete = ON")
            if self._db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise BrokenLedgerError
            found = self._anchor_found()
            self._anchored_before = found.sequence if found is not None else 0
            is_new_here = migrations.version_in(self._db) < migrations.SIGNED_VERSION
            self._is_older = is_new_here and found is not None
            self._take_steps(found)
            if not self._tables.has_this_key:
                raise BrokenLedgerError
            self._is_older = self._is_older or (not is_new_here and self._is_behind(found))
            with self._transaction():
                migrations.update_legal_moves(self._db)
        self._publish(self._tables.anchor())
        self._checkpoint("schema ready")

    def _anchor_found(self) -> Anchor | None:
        try:
            return self._anchor_file.read()
        except OSError:
            raise NotSafe(NotSafeReason.DISK_FAILED) from None

    def _is_behind(self, found: Anchor | None) -> bool:
        """Whether the database is not the latest. One commit ahead of the file is what a crash leaves."""
        anchor = self._tables.anchor()
        return anchor != found and anchor.sequence != (found.sequence if found is not None else 0) + 1

    def _take_steps(self, found: Anchor | None) -> None:
        for number in migrations.steps_due(self._db):
            with self._transaction():
                resign = self._signing_again(number, found)
                migrations.run_step(self._db, number)
                resign()
            if number >= migrations.SIGNED_VERSION:
                self._publish(self._tables.anchor())
            self._checkpoint(f"step {number} taken")

    def _signing_again(self, number: int, found: Anchor | None) -> Callable[[], None]:
        """What has to be done after the step so that what was authentic before it still is."""
        if number < migrations.SIGNED_VERSION:
            return lambda: None
        if number == migrations.SIGNED_VERSION:
            return lambda: self._sign_all_first(found)
        authentic, was_whole = self._tables.authentic_rows(), self._tables.is_whole()

        def resign() -> None:
            for upload_id in authentic:
                self._tables.sign(upload_id)
            if was_whole:
                self._tables.advance()

        return resign

    def _sign_all_first(self, found: Anchor | None) -> None:
        """Trust what the version without signatures left, unless this folder has had signatures before."""
        self._tables.create_anchor(found)
        if found is None:
            for (upload_id,) in self._db.execute("SELECT id FROM uploads").fetchall():
                self._tables.sign(upload_id)
        if found is None and self._is_plain_chain_whole():
            self._tables.chain_again()
        self._tables.advance()

    def _is_plain_chain_whole(self) -> bool:
        """Of the version without keys: each link the hash of the entry and of the link before it."""
        chain = ""
        for *entry, link in self._db.execute("SELECT at, upload_id, decision, chain FROM decisions ORDER BY number"):
            chain = hashlib.sha256("\n".join((chain, *entry)).encode()).hexdigest()
            if chain != link:
                return False
        return True

    @contextmanager
    def _changing(self, upload_id: UploadId, checkpoint: str) -> Iterator[None]:
        with self._committing(checkpoint):
            if self._tables.is_changed(upload_id):
                raise NotSafe(NotSafeReason.LIST_CHANGED)
            yield
            self._tables.sign(upload_id)

    @contextmanager
    def _committing(self, checkpoint: str) -> Iterator[None]:
        with self._transaction():
            if not self._tables.is_whole():
                raise NotSafe(NotSafeReason.LIST_CHANGED)
            yield
            anchor = self._tables.advance()
        self._checkpoint(checkpoint)
        self._publish(anchor)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _publish(self, anchor: Anchor) -> None:
        """Not over what shows that the ledger is older, before that was mended.

        A disk that fails here is behind by one commit, which is accepted, until the next commit.
        """
        if not self._is_older:
            with suppress(OSError):
                self._anchor_file.write(anchor)


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's failures in our words."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "illegal move" in str(error):
            raise IllegalMoveError("refused by the ledger") from None
        raise
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(_BROKEN):
            raise BrokenLedgerError from None
        reason = next((reason for start, reason in _REASONS.items() if name.startswith(start)), None)
        raise NotSafe(reason or NotSafeReason.DISK_FAILED) from None


def _value(member: Trouble | Sighting | None) -> str | None:
    return member.value if member is not None else None
