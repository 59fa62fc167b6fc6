"""Brings a ledger of an earlier version up to date: numbered steps, each in one transaction.

`PRAGMA user_version` says how many steps a file has been through. To change the schema, add the next file to `steps/`
and its name to `STEPS`; never edit a step that was released. A step is plain SQL: afterwards every row that was
authentic before is signed again by the caller, in the same transaction, so a step may add or change columns freely.
A crash in the middle of a step leaves the file as it was before it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

from cerbo_desktop.domain.upload import LEGAL_MOVES

STEPS = ("0001_tables.sql", "0002_signatures.sql", "0003_who_decided.sql", "0004_sent_marks.sql")
SIGNED_VERSION = 2
"""The first version with signatures."""


def newest_version() -> int:
    """The version of this release: how many steps there are."""
    return len(STEPS)


def version_of(file: Path) -> int:
    """How many steps `file` has been through; 0 where there is no file. Changes nothing in it.

    Raises `sqlite3.Error`.
    """
    if not file.exists():
        return 0
    with closing(opened_to_read(file)) as db:
        return version_in(db)


def opened_to_read(file: Path, wait_s: float = 5.0) -> sqlite3.Connection:
    """A connection that writes nothing, neither as it reads nor as it closes. Raises `sqlite3.Error`."""
    # Where nothing waits in a write-ahead log, SQLite need not make one to read the file.
    how = "mode=ro" if file.with_name(f"{file.name}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, timeout=wait_s)


def is_signed(file: Path) -> bool:
    """Whether the rows of `file` carry signatures; False also for a file that cannot be read."""
    try:
        return version_of(file) >= SIGNED_VERSION
    except sqlite3.Error:
        return False


def version_in(db: sqlite3.Connection) -> int:
    """How many steps `db` has been through."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def steps_due(db: sqlite3.Connection) -> range:
    """The numbers of the steps that `db` has not been through yet."""
    return range(version_in(db) + 1, newest_version() + 1)


def run_step(db: sqlite3.Connection, number: int) -> None:
    """Carry out one step, inside a transaction of the caller."""
    for statement in _statements(STEPS[number - 1]):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {number}")


def update_legal_moves(db: sqlite3.Connection) -> None:
    """Have the table that the trigger reads say the same as `LEGAL_MOVES`.

    It is only written when it differs: a start has to succeed on a full disk too.
    """
    moves = {(was.value, becomes.value) for was, ends in LEGAL_MOVES.items() for becomes in ends}
    if moves != set(db.execute("SELECT was, becomes FROM legal_moves")):
        db.execute("DELETE FROM legal_moves")
        db.executemany("INSERT INTO legal_moves (was, becomes) VALUES (?, ?)", sorted(moves))


def _statements(name: str) -> Iterator[str]:
    """The statements of a step one by one, so that they run inside one transaction."""
    statement = ""
    for line in resources.files("cerbo_desktop.outbox").joinpath("steps", name).read_text("utf-8").splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
