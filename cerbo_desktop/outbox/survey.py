"""Counting what waits on this PC, of every account, without a key and without changing anything."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.domain.upload import UNSENT_STATES, UploadState
from cerbo_desktop.outbox.disk import Disk
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.migrations import SIGNED_VERSION, newest_version, opened_to_read, version_in
from cerbo_desktop.outbox.signatures import Signer
from cerbo_desktop.outbox.signed_tables import SignedTables
from cerbo_desktop.outbox.spool import Spool
from cerbo_desktop.runtime.deadlines import in_time

_WAIT_S = 3.0
_NOT_BELIEVED = "not believed"
_ANSWER_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """What was counted."""

    counts: Mapping[UploadState, int] = field(default_factory=dict)
    """Rows of the ledger by their state."""
    unlisted_count: int = 0
    """Sealed photos that no row of a readable ledger knows, and rows that are not believed or are in a state that this
    version does not know: the next start may take them up again."""
    sealed_count: int = 0
    """Sealed photos on this PC, whatever has become of them."""

    @property
    def unsent_count(self) -> int:
        """How many photos Cerbo does not certainly have. Never too low."""
        return sum(self.counts.get(state, 0) for state in UNSENT_STATES) + self.unlisted_count


def survey(folder: Path, sealer: Sealer | None = None) -> OutboxCounts:
    """Count the photos in an outbox's folder by state, whether the app runs or not. Blocks for some milliseconds.

    With a `sealer` it checks the signature of each row, and does not trust rows that another program changed. Raises
    `NotSafe` where the ledger can't be read.
    """
    if not folder.is_dir():
        return OutboxCounts()
    photos = set(Spool(Disk(folder)).photos())
    states = _states(folder / LEDGER_NAME, Signer(sealer) if sealer is not None else None)
    known = {each.value for each in UploadState}
    counts = Counter(UploadState(state) for state in states.values() if state in known)
    not_understood = sum(state not in known for state in states.values())
    return OutboxCounts(dict(counts), len(photos - states.keys()) + not_understood, len(photos))


async def survey_in_time(folder: Path, sealer: Sealer | None = None) -> OutboxCounts:
    """As `survey`, off the event loop. Raises `NotSafe` also where the disk does not answer."""
    try:
        return await in_time(_ANSWER_WITHIN_S, lambda: survey(folder, sealer))
    except TimeoutError:
        raise NotSafe(NotSafeReason.DISK_FAILED) from None


def _states(file: Path, signer: Signer | None) -> dict[UploadId, str]:
    """Nothing of a ledger that is not there or cannot be read: every sealed photo then counts as unlisted."""
    if not file.exists():
        return {}
    try:
        with closing(opened_to_read(file, _WAIT_S)) as db:
            found = {UploadId(str(name)): str(state) for name, state in db.execute("SELECT id, state FROM uploads")}
            if signer is not None and SIGNED_VERSION <= version_in(db) <= newest_version():
                tables = SignedTables(db, signer)
                found |= dict.fromkeys(tables.changed_rows() if tables.has_this_key else (), _NOT_BELIEVED)
            return found
    except sqlite3.DatabaseError:
        return {}
