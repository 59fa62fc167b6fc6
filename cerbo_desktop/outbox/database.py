"""The ledger's file: opened, brought up to date, and changed in commits that are signed, anchored and on the disk."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import IllegalMoveError
from cerbo_desktop.outbox import migrations
from cerbo_desktop.outbox.disk import Checkpoint, without_checkpoint
from cerbo_desktop.outbox.sent_marks import SentMarks
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
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")
"""The last one: a table or a column is not there, so that this is not the file that the app made."""


class BrokenLedgerError(Exception):
    """The file is no database, or one whose inside is damaged, or one that was written with another key."""


class LedgerDatabase:
    """The ledger's open file. Raises `NotSafe` where the disk fails, and where something else has changed the file."""

    def __init__(
        self, file: Path, signer: Signer, anchor_file: AnchorFile, checkpoint: Checkpoint = without_checkpoint
    ) -> None:
        """Raises `BrokenLedgerError` for a file that cannot be trusted."""
        self._checkpoint, self._anchor_file = checkpoint, anchor_file
        with told():
            if migrations.version_of(file) > migrations.newest_version():
                raise NotSafe(NotSafeReason.NEWER_VERSION)
            self._db = sqlite3.connect(file, isolation_level=None, timeout=_BUSY_WAIT_MS / 1000)
        self._tables, self._marks = SignedTables(self._db, signer), SentMarks(self._db)
        self._is_older = False
        self._anchored_before = 0
        self._not_believed: frozenset[UploadId] = frozenset()
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    def _open(self) -> None:
        with told():
            self._db.execute(f"PRAGMA busy_timeout = {_BUSY_WAIT_MS}")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA secure_delete = ON")
            if self._db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise BrokenLedgerError
            found = self._anchor_found()
            self._anchored_before = found.sequence if found is not None else 0
            self._is_older = self._is_older_than(found)
            self._take_steps(found)
            self._tables.is_whole()  # a table that is not there shows now
            self._marks.check()
            with self._transaction():
                migrations.update_legal_moves(self._db)
        self._publish(self._tables.anchor())
        self._checkpoint("schema ready")

    def _anchor_found(self) -> Anchor | None:
        try:
            return self._anchor_file.read()
        except OSError:
            raise NotSafe(NotSafeReason.DISK_FAILED) from None

    def _is_older_than(self, found: Anchor | None) -> bool:
        """Whether the database is not the latest, before any step is taken. One commit ahead of the file is what a
        crash leaves. Raises `BrokenLedgerError` where it was written with another key."""
        if migrations.version_in(self._db) < migrations.SIGNED_VERSION:
            return found is not None
        if not self._tables.has_this_key:
            raise BrokenLedgerError
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
        with told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _publish(self, anchor: Anchor) -> None:
        """Write `anchor`, which tells how new the ledger is, to the anchor file.

        Where the ledger turned out to be an older copy, the file is left as it is: it alone proves that, until the
        ledger is mended. A failing disk is ignored: the file is then one commit behind, as after a crash, and the next
        commit writes it again.
        """
        if not self._is_older:
            with suppress(OSError):
                self._anchor_file.write(anchor)


@contextmanager
def told() -> Iterator[None]:
    """Raise SQLite's failures as ours: `IllegalMoveError`, `BrokenLedgerError` or `NotSafe`."""
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
