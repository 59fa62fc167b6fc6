"""What a crash, a damaged disk or another hand left in the folder is sorted out at the start, and costs no photo."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.services.uploads.upload_store import UploadStore
from tests.fakes.hand_clock import HandClock
from tests.unit.outbox.stock import NOW, outbox, photo, rewrite, upload, walk

S = UploadState
WAL_NAME = f"{LEDGER_NAME}-wal"

_ACCEPT_AND_DIE = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.unit.outbox.stock import outbox, photo, upload

async def accept_and_die():
    async with outbox(Path(sys.argv[1])) as opened:
        await opened.recover()
        await opened.accept(upload(2), photo())
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(accept_and_die())
"""


async def keep_one(folder: Path) -> None:
    async with outbox(folder) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("ledger."))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("damage", ["lost", "flipped bits"])
async def test_rows_lost_with_the_write_ahead_log_lose_no_photo(tmp_path: Path, damage: str) -> None:
    await keep_one(tmp_path)
    died = subprocess.run([sys.executable, "-c", _ACCEPT_AND_DIE, str(tmp_path)], check=False)
    assert died.returncode == -signal.SIGKILL
    log = tmp_path / WAL_NAME
    if damage == "lost":
        log.unlink()
    else:
        data = bytearray(log.read_bytes())
        data[60] ^= 1
        log.write_bytes(data)
    async with outbox(tmp_path) as opened:
        states = {each.upload.id: each.upload.state for each in (await opened.recover()).kept}
        assert states == {upload(1).id: S.UNSURE, upload(2).id: S.UNSURE}, "which commits are lost, nobody can tell"
        assert await opened.photo(upload(2).id) == photo()


async def test_an_older_ledger_put_back_loses_no_photo(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    shutil.copy(tmp_path / LEDGER_NAME, tmp_path / "older")
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(2), photo())
    (tmp_path / "older").replace(tmp_path / LEDGER_NAME)
    async with outbox(tmp_path) as opened:
        assert {each.upload.id for each in (await opened.recover()).kept} == {upload(1).id, upload(2).id}


async def test_without_ledger_and_key_nothing_is_made_until_the_key_is_back(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    (tmp_path / LEDGER_NAME).unlink()
    async with outbox(tmp_path, key=bytes(32)) as stranger:
        with pytest.raises(NotSafe) as caught:
            await stranger.recover()
        assert caught.value.reason is NotSafeReason.KEY_GONE
    assert files(tmp_path) == [f"{upload(1).id}.photo"], "nothing was made or set aside"
    async with outbox(tmp_path) as again:
        (kept,) = (await again.recover()).kept
        assert kept.upload.state is S.UNSURE
        assert await again.photo(kept.upload.id) == photo()


async def test_an_unfinished_file_is_kept_if_its_row_was_written(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    kept = tmp_path / f"{upload(1).id}.photo"
    shutil.copy(kept, tmp_path / f"{upload(7).id}.unfinished")
    kept.rename(kept.with_suffix(".unfinished"))
    async with outbox(tmp_path) as opened:
        assert [each.upload.id for each in (await opened.recover()).kept] == [upload(1).id]
    assert files(tmp_path) == [kept.name]


async def test_a_leaving_file_comes_back_if_its_row_still_wants_it(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    kept = tmp_path / f"{upload(1).id}.photo"
    shutil.copy(kept, tmp_path / f"{upload(7).id}.leaving")
    kept.rename(kept.with_suffix(".leaving"))
    async with outbox(tmp_path) as opened:
        await opened.recover()
        assert await opened.photo(upload(1).id) == photo()
        assert files(tmp_path) == [f"{upload(1).id}.doubtful"]
    async with outbox(tmp_path) as opened:
        (found,) = (await opened.recover()).kept
        assert found.upload.state is S.UNSURE


async def test_a_leaving_file_goes_if_its_row_let_it_go(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
    rewrite(tmp_path, "UPDATE uploads SET has_photo = 0")
    kept = tmp_path / f"{upload(1).id}.doubtful"
    kept.rename(kept.with_suffix(".leaving"))
    async with outbox(tmp_path) as opened:
        assert len((await opened.recover()).kept) == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize("is_ledger_lost", [False, True])
async def test_files_of_other_names_are_left_alone(tmp_path: Path, is_ledger_lost: bool) -> None:
    await keep_one(tmp_path)
    if is_ledger_lost:
        (tmp_path / LEDGER_NAME).unlink()
    strangers = ["holiday.photo", "notes.unfinished", "x.leaving"]
    for name in strangers:
        (tmp_path / name).write_bytes(b"not ours")
    async with outbox(tmp_path) as opened:
        assert len((await opened.recover()).kept) == 1
    assert files(tmp_path) == sorted([*strangers, f"{upload(1).id}.photo"])


@pytest.mark.parametrize(
    ("column", "value"),
    [("trouble", "of a later release"), ("sighting", "?"), ("changed_at", "yesterday"), ("changed_at", "2025-11-12")],
)
async def test_a_row_that_is_not_understood_counts_and_blocks_no_other(tmp_path: Path, column: str, value: str) -> None:
    await keep_one(tmp_path)
    rewrite(tmp_path, f"UPDATE uploads SET {column} = ?", value)  # names from the list above
    async with outbox(tmp_path) as opened:
        await opened.accept(upload(2), photo())
        recovered = await opened.recover()
        assert [each.upload.id for each in recovered.kept] == [upload(2).id]
        assert recovered.unreadable_count == 1
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize("way", [(), (S.SENDING,)])
async def test_a_row_from_before_the_last_byte_is_not_believed_over_its_file(
    tmp_path: Path, way: tuple[S, ...]
) -> None:
    """An older ledger put back, or one whose latest words were lost: the photo may have arrived."""
    await keep_one(tmp_path)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        sending = await walk(opened, upload(1), *way)
    shutil.copy(tmp_path / LEDGER_NAME, tmp_path / "older")
    async with outbox(tmp_path) as opened:
        await walk(opened, sending, *(S.SENDING, S.COMMITTING)[len(way) :])
    (tmp_path / "older").replace(tmp_path / LEDGER_NAME)
    async with outbox(tmp_path) as opened:
        (found,) = (await opened.recover()).kept
        assert (found.upload.state, found.upload.trouble) == (S.UNSURE, UploadProblem.NO_ANSWER)
        assert await opened.photo(upload(1).id) == photo()


async def test_what_is_known_not_to_have_arrived_is_sent_again_by_itself(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.QUEUED)
    assert files(tmp_path) == [f"{upload(1).id}.photo"]
    async with outbox(tmp_path) as opened:
        (found,) = (await opened.recover()).kept
        assert found.upload.state is S.QUEUED


@pytest.mark.parametrize(
    ("way", "becomes"), [((S.SENDING,), S.QUEUED), ((S.SENDING, S.COMMITTING), S.UNSURE)], ids=["sending", "committing"]
)
async def test_a_start_on_a_full_disk_shows_what_is_there_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[S, ...], becomes: S
) -> None:
    await keep_one(tmp_path)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await walk(opened, upload(1), *way)
    clock = HandClock(NOW)
    async with outbox(tmp_path, clock=clock) as opened:
        with monkeypatch.context() as full:
            full.setattr(Ledger, "settle_crash", _on_a_full_disk)
            (found,) = (await opened.recover()).kept
        assert (found.upload.state, found.on_disk) == (becomes, way[-1])
        book = UploadStore(opened, clock)
        book.open((found,))
        async with book.hold(found.upload.id) as held:
            assert held is not None
            await book.record(held, S.DISCARDED)  # there is room again: the disk follows by the lawful way
    async with outbox(tmp_path) as opened:
        assert (await opened.recover()).kept == ()


def _on_a_full_disk(*_: object) -> None:
    raise NotSafe(NotSafeReason.DISK_FULL)


async def test_a_start_tells_whose_file_is_missing(tmp_path: Path) -> None:
    await keep_one(tmp_path)
    (tmp_path / f"{upload(1).id}.photo").unlink()
    async with outbox(tmp_path) as opened:
        (found,) = (await opened.recover()).kept
        assert found.is_photo_missing
