"""The tables of the ledger with their signatures: what is authentic, and what the anchor says of all of it.

The caller provides the transactions.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.outbox.signatures import Anchor, Scalar, Signer

_FOUND_CHANGED = "found changed"
"""Stands in the record as the first entry of the chain that follows a broken one."""


class SignedTables:
    """Signs rows and decisions, and tells which of them the app wrote itself."""

    def __init__(self, db: sqlite3.Connection, signer: Signer) -> None:
        self._db, self._signer = db, signer

    # Rows.

    def sign(self, upload_id: UploadId) -> None:
        """Sign the row as it stands now. Nothing happens where there is no such row."""
        for columns in self._columns("WHERE id = ?", upload_id):
            signature = self._signer.row(_unsigned(columns))
            self._db.execute("UPDATE uploads SET signature = ? WHERE id = ?", (signature, upload_id))

    def is_changed(self, upload_id: UploadId) -> bool:
        """Whether the row is there and is not as the app wrote it."""
        return any(not self._is_authentic(columns) for columns in self._columns("WHERE id = ?", upload_id))

    def changed_rows(self) -> list[UploadId]:
        """The rows that are not as the app wrote them."""
        return [UploadId(str(each["id"])) for each in self._columns() if not self._is_authentic(each)]

    def authentic_rows(self) -> list[UploadId]:
        """The rows that are as the app wrote them."""
        return [UploadId(str(each["id"])) for each in self._columns() if self._is_authentic(each)]

    # Decisions.

    def append(self, at: datetime, upload_id: UploadId, decision: str, by: Person = NOBODY) -> None:
        """Add a decision of a person to the chain."""
        entry = (at.isoformat(), upload_id, decision, by.name)
        self._db.execute(
            "INSERT INTO decisions (at, upload_id, decision, decided_by, chain) VALUES (?, ?, ?, ?, ?)",
            (*entry, self._signer.link(self._head()[2], *entry)),
        )

    def append_found_changed(self, at: datetime) -> None:
        """Add to the chain that a change by another program was found."""
        self.append(at, UploadId(""), _FOUND_CHANGED)

    def are_decisions_whole(self) -> bool:
        """Whether no entry of the present chain was changed, or taken out of its middle."""
        chain = ""
        found = self._db.execute(
            "SELECT chain, at, upload_id, decision, decided_by FROM decisions WHERE number >= ? ORDER BY number",
            (self._first(),),
        )
        for link, *entry, by in found:
            chain = self._signer.link(chain, *entry, *(() if by is None else (by,)))  # None: of an earlier version
            if chain != link:
                return False
        return True

    def chain_again(self) -> None:
        """Give every entry of the present chain its link: they come from a version that used no key."""
        chain = ""
        for number, *entry in self._db.execute(
            "SELECT number, at, upload_id, decision FROM decisions ORDER BY number"
        ).fetchall():
            chain = self._signer.link(chain, *entry)
            self._db.execute("UPDATE decisions SET chain = ? WHERE number = ?", (chain, number))

    def begin_chain(self, at: datetime) -> None:
        """Begin a new chain after a broken one. The old entries stay as they were found."""
        last = self._db.execute("SELECT max(number) FROM decisions").fetchone()[0] or 0
        self._db.execute("UPDATE anchor SET decisions_from = ?", (last + 1,))
        self.append_found_changed(at)

    # The anchor.

    def create_anchor(self, after: Anchor | None) -> None:
        """Make the anchor row. Its sequence goes on from `after`, which is what the anchor file knows already."""
        self._db.execute(
            "INSERT INTO anchor (place, key_mark, sequence, decisions_from, digest) VALUES (1, ?, ?, 1, x'')",
            (self._signer.key_mark, after.sequence if after is not None else 0),
        )

    @property
    def has_this_key(self) -> bool:
        """Whether the ledger was written with the key of the signer."""
        found = self._db.execute("SELECT key_mark FROM anchor").fetchone()
        return found is not None and found[0] == self._signer.key_mark

    def anchor(self) -> Anchor:
        """The anchor in the anchor row."""
        return Anchor(*self._db.execute("SELECT sequence, digest FROM anchor").fetchone())

    def is_whole(self) -> bool:
        """Whether rows and decisions are those that were committed last."""
        anchor = self.anchor()
        return anchor.digest == self._digest(anchor.sequence)

    def advance(self, beyond: int = 0) -> Anchor:
        """Anchor what the tables hold now, with the next sequence number."""
        sequence = max(self.anchor().sequence, beyond) + 1
        anchor = Anchor(sequence, self._digest(sequence))
        self._db.execute("UPDATE anchor SET sequence = ?, digest = ?", anchor)
        return anchor

    def _digest(self, sequence: int) -> bytes:
        rows = self._db.execute("SELECT id, signature FROM uploads ORDER BY number").fetchall()
        return self._signer.digest(sequence, rows, self._head())

    def _head(self) -> tuple[int, int, str]:
        """First number, count and last link of the present chain."""
        first = self._first()
        count, last = self._db.execute(
            "SELECT count(*), max(number) FROM decisions WHERE number >= ?", (first,)
        ).fetchone()
        found = self._db.execute("SELECT chain FROM decisions WHERE number = ?", (last,)).fetchone()
        return first, count, found[0] if found is not None else ""

    def _first(self) -> int:
        return int(self._db.execute("SELECT decisions_from FROM anchor").fetchone()[0])

    def _is_authentic(self, columns: Mapping[str, Scalar]) -> bool:
        return columns["signature"] == self._signer.row(_unsigned(columns))

    def _columns(self, where: str = "", *values: object) -> list[dict[str, Scalar]]:
        found = self._db.execute(f"SELECT * FROM uploads {where} ORDER BY number", values)  # noqa: S608  # ours alone
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _unsigned(columns: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: value for name, value in columns.items() if name != "signature"}
