"""The rows: one table, moves guarded by the database itself, every commit on the disk when it returns.

All of it runs on the one thread that opened it.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import QueueId, UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.upload import (
    AFTER_CRASH,
    LEGAL_MOVES,
    IllegalMoveError,
    Sighting,
    Trouble,
    Upload,
    UploadState,
)
from cerbo_desktop.outbox.disk import Checkpoint, pass_by

VERSION = 1
_BUSY_WAIT_MS = 3_000
_REASONS = {
    "SQLITE_FULL": NotSafeReason.DISK_FULL,
    "SQLITE_READONLY": NotSafeReason.DISK_READ_ONLY,
    "SQLITE_CANTOPEN": NotSafeReason.DISK_READ_ONLY,
    "SQLITE_BUSY": NotSafeReason.DISK_BUSY,
    "SQLITE_LOCKED": NotSafeReason.DISK_BUSY,
}
_TO_DOUBT = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE)
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class BrokenLedgerError(Exception):
    """The file is no database, or one whose inside is damaged."""


@dataclass(frozen=True, slots=True)
class Row:
    id: UploadId
    state: UploadState
    changed_at: datetime
    trouble: Trouble | None
    retry_at: datetime | None
    queue_id: QueueId | None
    sighting: Sighting | None
    card: bytes
    standing: bytes | None


class Ledger:
    """Raises `NotSafe` where the disk fails, `IllegalMoveError` where the table of moves forbids."""

    def __init__(self, file: Path, checkpoint: Checkpoint = pass_by) -> None:
        """Raises `BrokenLedgerError` for a file that cannot be trusted."""
        self._checkpoint = checkpoint
        with _told():
            self._db = sqlite3.connect(file, isolation_level=None, timeout=_BUSY_WAIT_MS / 1000)
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

    def move(self, upload: Upload, was: UploadState) -> None:
        with self._committing(f"moved to {upload.state.value}"):
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
                self._db.execute(
                    "UPDATE uploads SET state = ?, retry_at = NULL WHERE state = ? AND account = ?",
                    (becomes.value, was.value, account),
                )

    def doubt(self, upload_id: UploadId, at: datetime) -> None:
        """Its file knows better than a row that says that the last byte has not left; by the lawful way."""
        with _told():
            found = self._db.execute("SELECT state FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        if found is None or found[0] not in (UploadState.QUEUED.value, UploadState.SENDING.value):
            return
        with self._committing("row doubted"):
            for was, becomes in pairwise(_TO_DOUBT):
                self._db.execute(
                    "UPDATE uploads SET state = ?, changed_at = ?, trouble = ?, retry_at = NULL"
                    " WHERE state = ? AND id = ?",
                    (becomes.value, at.isoformat(), Trouble.NO_ANSWER.value, was.value, upload_id),
                )

    def keep_standing(self, upload_id: UploadId, sealed: bytes) -> None:
        with self._committing("standing kept"):
            self._db.execute("UPDATE uploads SET standing = ? WHERE id = ?", (sealed, upload_id))

    def mark_dropped(self, upload_id: UploadId) -> None:
        with self._committing("photo given up"):
            self._db.execute("UPDATE uploads SET has_photo = 0 WHERE id = ?", (upload_id,))

    def delete(self, upload_id: UploadId) -> None:
        with self._committing("row deleted"):
            self._db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))

    def claim(self, upload_id: UploadId, account: str, card: bytes) -> None:
        """Whose it is turned out later."""
        with self._committing("upload claimed"):
            self._db.execute("UPDATE uploads SET account = ?, card = ? WHERE id = ?", (account, card, upload_id))

    def write_down(self, upload_id: UploadId, decision: Decision, at: datetime) -> None:
        with self._committing("decision written down"):
            last = self._db.execute("SELECT chain FROM decisions ORDER BY number DESC LIMIT 1").fetchone()
            entry = (at.isoformat(), upload_id, decision.value)
            self._db.execute(
                "INSERT INTO decisions (at, upload_id, decision, chain) VALUES (?, ?, ?, ?)",
                (*entry, _linked(last[0] if last is not None else "", *entry)),
            )

    def are_decisions_whole(self) -> bool:
        """False when an entry was changed or taken out of the middle since it was written."""
        chain = ""
        with _told():
            found = self._db.execute("SELECT at, upload_id, decision, chain FROM decisions ORDER BY number").fetchall()
        for at, upload_id, decision, link in found:
            chain = _linked(chain, at, upload_id, decision)
            if chain != link:
                return False
        return True

    def rows(self, account: str) -> tuple[list[Row], int]:
        """Of one account, in the order in which they were accepted, and how many more hold what is not understood."""
        with _told():
            found = self._db.execute(
                "SELECT id, state, changed_at, trouble, retry_at, queue_id, sighting, card, standing"
                " FROM uploads WHERE account = ? ORDER BY number",
                (account,),
            ).fetchall()
        rows = [row for row in map(_row, found) if row is not None]
        return rows, len(found) - len(rows)

    def owned_by(self, account: str) -> list[UploadId]:
        with _told():
            found = self._db.execute("SELECT id FROM uploads WHERE account = ?", (account,)).fetchall()
        return [UploadId(each[0]) for each in found]

    def given_up(self, account: str) -> list[UploadId]:
        """Photos that a crash kept from leaving: each was found in the chart."""
        with _told():
            found = self._db.execute(
                "SELECT id FROM uploads WHERE account = ? AND has_photo = 1 AND state = ?",
                (account, UploadState.ACCEPTED.value),
            ).fetchall()
        return [UploadId(each[0]) for each in found]

    def card(self, upload_id: UploadId) -> bytes | None:
        with _told():
            found = self._db.execute("SELECT card FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        return bytes(found[0]) if found is not None else None

    def photo_owners(self) -> dict[UploadId, bool]:
        """Every upload of every account, and whether its photo has to be there."""
        with _told():
            return {UploadId(name): bool(has) for name, has in self._db.execute("SELECT id, has_photo FROM uploads")}

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
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise NotSafe(NotSafeReason.DISK_FAILED)  # made by a later release: not ours to touch
        with self._committing("schema ready"):
            if version == 0:
                for statement in _statements():
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            moves = {(was.value, becomes.value) for was, ends in LEGAL_MOVES.items() for becomes in ends}
            # Written only when they changed: a start must do on a disk that is full.
            if moves != set(self._db.execute("SELECT was, becomes FROM legal_moves")):
                self._db.execute("DELETE FROM legal_moves")
                self._db.executemany("INSERT INTO legal_moves (was, becomes) VALUES (?, ?)", sorted(moves))

    @contextmanager
    def _committing(self, checkpoint: str) -> Iterator[None]:
        with _told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        self._checkpoint(checkpoint)


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


def _linked(chain: str, *entry: str) -> str:
    return hashlib.sha256("\n".join((chain, *entry)).encode()).hexdigest()


def _statements() -> Iterator[str]:
    """Of the schema, one by one, so that they run inside one transaction."""
    statement = ""
    for line in resources.files("cerbo_desktop.outbox").joinpath("schema.sql").read_text("utf-8").splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _row(found: tuple[object, ...]) -> Row | None:
    """None for one that another hand, or a later release, wrote."""
    name, state, changed_at, trouble, retry_at, queue_id, sighting, card, standing = found
    try:
        return Row(
            UploadId(str(name)),
            UploadState(state),
            _moment(changed_at),
            Trouble(trouble) if trouble is not None else None,
            _moment(retry_at) if retry_at is not None else None,
            QueueId(str(queue_id)) if queue_id is not None else None,
            Sighting(sighting) if sighting is not None else None,
            bytes(card) if isinstance(card, bytes) else b"",
            bytes(standing) if isinstance(standing, bytes) else None,
        )
    except ValueError:
        return None


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment


def _value(member: Trouble | Sighting | None) -> str | None:
    return member.value if member is not None else None
