"""What another program did to the ledger, and how the rows that it touched are made UNSURE."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.outbox.signed_tables import SignedTables

_BELIEVED_UNSENT = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.REFUSED)
"""States from which a photo can be sent without another look in Cerbo."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What another program did to the ledger. False where that is nothing."""

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
    evidence: bytes | None


def replace_row(
    db: sqlite3.Connection, tables: SignedTables, upload_id: UploadId, new: Replacement, at: datetime
) -> None:
    """Write the row anew as UNSURE: no legal move leads there from whatever it says now."""
    (number,) = db.execute("SELECT number FROM uploads WHERE id = ?", (upload_id,)).fetchone()
    db.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
    db.execute(
        "INSERT INTO uploads (number, id, account, state, changed_at, has_photo, trouble, card, standing)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(number, upload_id, new.account, UploadState.UNSURE.value, at.isoformat(), int(new.has_photo)),
            *(UploadProblem.NO_ANSWER.value, new.card, new.evidence),
        ),
    )
    tables.sign(upload_id)


def doubt_what_seems_unsent(db: sqlite3.Connection, tables: SignedTables, at: datetime) -> None:
    """Make UNSURE every upload that the ledger calls unsent: an older ledger may not know that it was sent since."""
    for upload_id in tables.authentic_rows():
        state, account, card, has_photo, evidence = db.execute(
            "SELECT state, account, card, has_photo, standing FROM uploads WHERE id = ?", (upload_id,)
        ).fetchone()
        if state in [each.value for each in _BELIEVED_UNSENT]:
            replace_row(db, tables, upload_id, Replacement(account, card, bool(has_photo), evidence), at)
