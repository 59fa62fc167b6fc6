"""What waits is counted for everybody, without a key, beside a running app, and never too low."""

import signal
import subprocess
import sys
from pathlib import Path

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.survey import OutboxCounts, survey
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.unit.outbox.stock import KEY, edit, outbox, photo, upload, walk
from tests.unit.outbox.test_leftovers import _ACCEPT_AND_DIE

S = UploadState


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_where_nothing_was_ever_kept_nothing_waits_and_nothing_is_made(tmp_path: Path) -> None:
    assert survey(tmp_path / "outbox") == OutboxCounts()
    assert not (tmp_path / "outbox").exists()
    assert survey(tmp_path) == OutboxCounts()
    assert list(tmp_path.iterdir()) == []


async def test_every_account_is_counted_by_state_while_the_outbox_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "out box %41"
    async with outbox(folder) as opened, outbox(folder, account="somebody else") as other:
        await opened.recover()
        for number in (1, 2, 3):
            await opened.accept(upload(number), photo())
        await walk(opened, upload(2), S.SENDING, S.COMMITTING, S.UNSURE)
        await walk(opened, upload(3), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.ACCEPTED)
        await opened.drop_photo(upload(3).id)
        await other.recover()
        await other.accept(upload(4), photo())
        found = survey(folder)
    assert found == OutboxCounts({S.QUEUED: 2, S.UNSURE: 1, S.ACCEPTED: 1}, 0, 3)
    assert found.unsent_count == 3
    before = _files(folder)
    assert survey(folder) == found
    assert _files(folder) == before, "counting changes nothing"


def test_a_photo_kept_just_before_a_crash_is_counted(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", _ACCEPT_AND_DIE, str(tmp_path)], cwd=Path.cwd())
    assert died.returncode == -signal.SIGKILL
    assert survey(tmp_path).unsent_count == 1


async def test_photos_without_a_row_count_as_unsent(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await opened.accept(upload(2), photo())
    edit(tmp_path, "DELETE FROM uploads WHERE id = ?", upload(2).id)
    assert survey(tmp_path) == OutboxCounts({S.QUEUED: 1}, 1, 2)
    assert survey(tmp_path).unsent_count == 2


async def test_a_ledger_that_is_gone_or_damaged_hides_no_photo(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
    ledger = tmp_path / LEDGER_NAME
    ledger.write_bytes(b"no database at all" * 100)
    assert survey(tmp_path).unsent_count == 1
    ledger.unlink()
    assert survey(tmp_path).unsent_count == 1


async def test_a_state_of_a_later_version_counts_as_unsent(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
    edit(tmp_path, "DROP TRIGGER only_legal_moves")
    edit(tmp_path, "UPDATE uploads SET state = 'invented later'")
    assert survey(tmp_path) == OutboxCounts({}, 1, 1)


async def test_with_the_key_a_row_set_to_sent_by_another_hand_still_counts(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for number in (1, 2):
            await opened.accept(upload(number), photo())
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        edit(tmp_path, "DROP TRIGGER only_legal_moves")
        edit(tmp_path, "UPDATE uploads SET state = 'sent' WHERE id = ?", upload(2).id)
        assert survey(tmp_path, AesGcmSealer(KEY)).unsent_count == 1


_LATER_VERSION_THAT_DIES = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("ALTER TABLE uploads ADD COLUMN later TEXT")
db.execute("PRAGMA user_version = 99")
os._exit(0)
"""


async def test_counting_leaves_the_ledger_of_a_later_version_as_it_is(tmp_path: Path) -> None:
    """Also the write-ahead log that a crash of that version left: it is for that version to settle."""
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await opened.accept(upload(2), photo())
    subprocess.run([sys.executable, "-c", _LATER_VERSION_THAT_DIES, str(tmp_path / LEDGER_NAME)], check=True)
    before = _files(tmp_path)
    assert any(name.endswith("-wal") for name in before)
    assert survey(tmp_path).unsent_count == 2
    assert survey(tmp_path, AesGcmSealer(KEY)).unsent_count == 2
    after = _files(tmp_path)
    assert {name: content for name, content in after.items() if not name.endswith("-shm")} == {
        name: content for name, content in before.items() if not name.endswith("-shm")
    }
