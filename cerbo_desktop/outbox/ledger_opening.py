"""How the ledger is opened: with the key of the photos alone, and never over a file that is damaged."""

import time
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.outbox.database import BrokenLedgerError
from cerbo_desktop.outbox.disk import Checkpoint, Disk, map_os_errors
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.migrations import is_signed
from cerbo_desktop.outbox.recovery import opens_any
from cerbo_desktop.outbox.signatures import AnchorFile, Signer
from cerbo_desktop.outbox.spool import Spool


def open_ledger(file: Path, disk: Disk, spool: Spool, sealer: Sealer, checkpoint: Checkpoint) -> Ledger:
    """The ledger in `file`, on the thread that calls; a new one where there is none, or where it is damaged.

    Raises `NotSafe(KEY_GONE)`, with nothing changed, where the key of `sealer` opens none of the sealed photos.
    """
    signer = Signer(sealer)
    try:
        if not is_signed(file):  # one with signatures tells by itself whether this is its key
            _check_key(spool, sealer)
        return Ledger(file, signer, AnchorFile(disk, signer), checkpoint)
    except BrokenLedgerError:
        _check_key(spool, sealer)
        _set_aside(file)
        return Ledger(file, signer, AnchorFile(disk, signer), checkpoint)


def _check_key(spool: Spool, sealer: Sealer) -> None:
    if not opens_any(spool, sealer):
        raise NotSafe(NotSafeReason.KEY_GONE)


def _set_aside(file: Path) -> None:
    """Kept for whoever can still read it, with what SQLite keeps beside it."""
    mark = f"broken-{time.time_ns()}"
    with map_os_errors():
        for ending in ("", "-wal", "-shm"):
            part = file.with_name(file.name + ending)
            if part.exists():
                part.replace(part.with_name(f"{mark}-{part.name}"))
