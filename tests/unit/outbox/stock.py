"""Photos, people and outboxes for the tests of the outbox."""

import hashlib
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, OutgoingPhoto
from cerbo_desktop.outbox.disk import Disk
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME, DiskOutbox
from cerbo_desktop.outbox.signatures import AnchorFile, Signer
from cerbo_desktop.outbox.signed_tables import SignedTables
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.fakes.hand_clock import HandClock

KEY = bytes(range(32))
ACCOUNT = "pk_desk at https://riverbend.md-hq.com"
NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
CANARY = Recipient(PatientId("7736519"), "Canary Birdsong", date(1987, 6, 5))
DESK = Person("desk")
PREVIEW = Raster(2, 2, b"\x01\x02\x03\xff" * 4, 4, 4)


def photo(data: bytes = b"the photo's bytes, a canary of their own") -> OutgoingPhoto:
    return OutgoingPhoto(data, MediaType.JPEG, 4, 4, hashlib.sha256(data).hexdigest())


def upload(number: int = 1, outgoing: OutgoingPhoto | None = None, recipient: Recipient = CANARY) -> Upload:
    facts = (outgoing or photo()).facts
    return Upload(UploadId(f"{number:032x}"), recipient, facts, PREVIEW, NOW, NOW)


@asynccontextmanager
async def outbox(
    folder: Path, *, key: bytes = KEY, account: str = ACCOUNT, clock: HandClock | None = None, **more: Any
) -> AsyncIterator[DiskOutbox]:
    opened = DiskOutbox(folder, AesGcmSealer(key), account, clock or HandClock(NOW), **more)
    try:
        yield opened
    finally:
        await opened.aclose()


async def walk(opened: DiskOutbox, start: Upload, *states: UploadState) -> Upload:
    """Move through the states, one legal step at a time."""
    for state in states:
        moved = start.moved(state, NOW)
        await opened.move(moved, start.state)
        start = moved
    return start


def everything_below(folder: Path) -> bytes:
    """Names and contents of all files, in one."""
    found = b""
    for root, folders, files in os.walk(folder):
        found += "\n".join((*folders, *files)).encode()
        for name in files:
            found += (Path(root) / name).read_bytes()
    return found


def edit(folder: Path, statement: str, *values: object) -> None:
    """Change the ledger by another hand: without the key."""
    with sqlite3.connect(folder / LEDGER_NAME) as ledger:
        ledger.execute(statement, values)
    ledger.close()


def rewrite(folder: Path, statement: str, *values: object) -> None:
    """Change the ledger as the app, or a later version of it, would have: with signatures that fit."""
    edit(folder, statement, *values)
    signer = Signer(AesGcmSealer(KEY))
    with sqlite3.connect(folder / LEDGER_NAME) as ledger:
        tables = SignedTables(ledger, signer)
        for (upload_id,) in ledger.execute("SELECT id FROM uploads").fetchall():
            tables.sign(upload_id)
        anchor = tables.advance()
    ledger.close()
    AnchorFile(Disk(folder), signer).write(anchor)
