"""A ledger of an earlier version opens with nothing lost; one of a later version is left exactly as it is."""

import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.person import NOBODY
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import LEGAL_MOVES, UploadProblem, UploadState
from cerbo_desktop.outbox import migrations
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.survey import survey
from tests.unit.outbox.stock import DESK, NOW, edit, outbox, photo, upload, walk

S = UploadState
VERSION_1 = Path(__file__).with_name("ledger-1.zip")
"""From the version without signatures: `closed` after a proper end, `killed` with all rows in the write-ahead log."""
VERSION_2 = Path(__file__).with_name("ledger-2.zip")
"""The same from the version with signatures, whose decisions do not say who. The last photo was taken over."""


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(params=["closed", "killed"])
def version_1(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with zipfile.ZipFile(VERSION_1) as archive:
        archive.extractall(tmp_path)
    return tmp_path / str(request.param)


@pytest.fixture(params=["closed", "killed"])
def version_2(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with zipfile.ZipFile(VERSION_2) as archive:
        archive.extractall(tmp_path)
    return tmp_path / str(request.param)


async def assert_nothing_is_lost(folder: Path) -> None:
    async with outbox(folder) as opened:
        recovered = await opened.recover()
        kept = {each.upload.id: each for each in recovered.kept}
        states = {number: kept[upload(number).id].upload.state for number in range(1, 9)}
        assert states == {
            1: S.QUEUED,
            2: S.UNSURE,
            3: S.SENT,
            4: S.NEEDS_REVIEW,
            5: S.REFUSED,
            6: S.ACCEPTED,
            7: S.QUEUED,
            8: S.QUEUED,
        }
        assert kept[upload(2).id].evidence == Evidence(
            ServerSnapshot(frozenset({PhotoId("50001")}), frozenset({QueueId("9")}))
        )
        assert kept[upload(3).id].upload.queue_id == "77"
        waiting = kept[upload(7).id].upload
        assert (waiting.trouble, waiting.retry_at) == (UploadProblem.BUSY, NOW + timedelta(seconds=40))
        assert (recovered.unreadable_count, recovered.foreign_count, recovered.is_changed) == (0, 1, False)
        for number in (1, 2, 4, 5, 7, 8):
            assert await opened.photo(upload(number).id) == photo()


async def test_a_version_1_ledger_opens_with_nothing_lost(version_1: Path) -> None:
    await assert_nothing_is_lost(version_1)
    assert migrations.version_of(version_1 / LEDGER_NAME) == migrations.newest_version()
    await assert_nothing_is_lost(version_1)


async def test_its_photos_can_be_sent_and_its_record_of_decisions_is_carried_on(version_1: Path) -> None:
    async with outbox(version_1) as opened:
        await opened.recover()
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await opened.drop_photo(upload(1).id)
    with sqlite3.connect(version_1 / LEDGER_NAME) as ledger:
        found = ledger.execute("SELECT decision FROM decisions ORDER BY number").fetchall()
    ledger.close()
    assert found == [("send again",), ("delete",)]


async def test_a_version_2_ledger_opens_whole_and_its_photos_can_be_sent(version_2: Path) -> None:
    await assert_nothing_is_lost(version_2)
    async with outbox(version_2) as opened:
        kept = {each.upload.id: each.upload for each in (await opened.recover()).kept}
        assert {each.sent_by for each in kept.values()} == {NOBODY}
        await walk(opened, kept[upload(1).id], S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await opened.drop_photo(upload(1).id)
        await opened.record_decision(upload(4).id, Decision.CONFIRM_ARRIVED, DESK)
        await opened.take_over(upload(9).id, DESK)
    async with outbox(version_2) as opened:
        assert not (await opened.recover()).is_changed
    assert decided(version_2) == [
        ("take over", None),
        ("send again", None),
        ("delete", None),
        ("it is there", DESK.name),
        ("take over", DESK.name),
    ]


@pytest.mark.parametrize("number", [1, 3, 4])
async def test_who_decided_cannot_be_written_into_an_older_record_or_out_of_a_newer_one(
    version_2: Path, number: int
) -> None:
    async with outbox(version_2) as opened:
        await opened.recover()
        await opened.record_decision(upload(4).id, Decision.CONFIRM_ARRIVED, DESK)
    is_older = number < 4
    edit(version_2, "UPDATE decisions SET decided_by = ? WHERE number = ?", DESK.name if is_older else None, number)
    async with outbox(version_2) as opened:
        assert (await opened.recover()).is_changed
    assert decided(version_2)[-1] == ("found changed", "")


async def test_an_earlier_version_s_photos_keep_no_sender_and_new_ones_do(version_2: Path) -> None:
    async with outbox(version_2) as opened:
        await opened.recover()
        await opened.accept(replace(upload(11), sent_by=DESK), photo())
    async with outbox(version_2) as opened:
        kept = {each.upload.id: each.upload.sent_by for each in (await opened.recover()).kept}
    assert (kept[upload(1).id], kept[upload(11).id]) == (NOBODY, DESK)


def decided(folder: Path) -> list[tuple[str, str | None]]:
    with sqlite3.connect(folder / LEDGER_NAME) as ledger:
        found = ledger.execute("SELECT decision, decided_by FROM decisions ORDER BY number").fetchall()
    ledger.close()
    return found


async def test_a_crash_in_the_middle_of_a_step_is_harmless(version_1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, count = migrations._statements, 0

    def statements(name: str) -> Iterator[str]:
        nonlocal count
        for statement in plain(name):
            if count == 0:
                raise Killed
            count -= 1
            yield statement

    monkeypatch.setattr(migrations, "_statements", statements)
    for survived in range(20):
        count = survived
        async with outbox(version_1) as opened:
            try:
                await opened.recover()
            except Killed:
                assert migrations.version_of(version_1 / LEDGER_NAME) < migrations.newest_version()
            else:
                break
    else:
        pytest.fail("the steps never ended")
    assert survived >= 3
    await assert_nothing_is_lost(version_1)


async def test_a_crash_after_each_step_is_harmless(version_1: Path, tmp_path: Path) -> None:
    for number in range(2, migrations.newest_version() + 1):
        folder = tmp_path / f"step {number}"
        shutil.copytree(version_1, folder)

        def die(name: str, last: str = f"step {number} taken") -> None:
            if name == last:
                raise Killed

        async with outbox(folder, checkpoint=die) as opened:
            with pytest.raises(Killed):
                await opened.recover()
        assert migrations.version_of(folder / LEDGER_NAME) == number
        await assert_nothing_is_lost(folder)


async def test_another_key_does_not_take_a_step(version_1: Path) -> None:
    async with outbox(version_1, key=bytes(32)) as stranger:
        with pytest.raises(NotSafe) as caught:
            await stranger.recover()
        assert caught.value.reason is NotSafeReason.KEY_GONE
    await assert_nothing_is_lost(version_1)


async def test_a_version_1_ledger_put_back_over_a_signed_one_is_not_believed(version_1: Path) -> None:
    """Else whoever can write the file could have any row signed by going back to before signatures."""
    old = version_1 / LEDGER_NAME
    async with outbox(version_1) as opened:  # folds the write-ahead log of the killed one into the file
        await opened.recover()
    with zipfile.ZipFile(VERSION_1) as archive:
        old.write_bytes(archive.read(f"closed/{LEDGER_NAME}"))
    async with outbox(version_1) as opened:
        recovered = await opened.recover()
        assert recovered.is_changed
        by_id = {each.upload.id: each.upload.state for each in recovered.kept}
        assert not {S.QUEUED, S.SENT, S.REFUSED} & set(by_id.values())


@pytest.mark.parametrize("is_running", [False, True], ids=["closed", "killed"])
async def test_a_ledger_of_a_later_version_is_not_touched(tmp_path: Path, is_running: bool) -> None:
    async with outbox(tmp_path / "used") as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        edit(tmp_path / "used", "ALTER TABLE uploads ADD COLUMN of_a_later_version TEXT")
        edit(tmp_path / "used", f"PRAGMA user_version = {migrations.newest_version() + 1}")
        if is_running:
            shutil.copytree(tmp_path / "used", tmp_path / "found")
            (tmp_path / "found" / f"{LEDGER_NAME}-shm").unlink()
    if not is_running:
        shutil.copytree(tmp_path / "used", tmp_path / "found")
    folder = tmp_path / "found"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    async with outbox(folder) as older:
        for act in (older.recover(), older.accept(upload(2), photo())):
            with pytest.raises(NotSafe) as caught:
                await act
            assert caught.value.reason is NotSafeReason.NEWER_VERSION
    assert {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")} == before
    assert survey(folder).unsent_count == 1


async def test_the_moves_that_the_database_allows_follow_the_table(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
    edit(tmp_path, "DELETE FROM legal_moves WHERE was = 'queued'")
    edit(tmp_path, "INSERT INTO legal_moves VALUES ('accepted', 'queued')")
    async with outbox(tmp_path) as opened:
        await opened.recover()
    with sqlite3.connect(tmp_path / LEDGER_NAME) as ledger:
        found = set(ledger.execute("SELECT was, becomes FROM legal_moves"))
    ledger.close()
    assert found == {(was.value, becomes.value) for was, ends in LEGAL_MOVES.items() for becomes in ends}


def test_every_file_among_the_steps_is_taken_in_order() -> None:
    names = sorted(each.name for each in resources.files("cerbo_desktop.outbox").joinpath("steps").iterdir())
    assert tuple(names) == migrations.STEPS


async def test_a_step_that_adds_columns_keeps_rows_authentic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for number in (1, 2):
            await opened.accept(upload(number), photo())
    edit(tmp_path, "UPDATE uploads SET queue_id = '9' WHERE id = ?", upload(2).id)
    plain = migrations._statements
    added = "ALTER TABLE uploads ADD COLUMN later INTEGER NOT NULL DEFAULT 3"
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, "added"))
    monkeypatch.setattr(migrations, "_statements", lambda name: iter([added]) if name == "added" else plain(name))
    async with outbox(tmp_path) as opened:
        found = {each.upload.id: each.upload.state for each in (await opened.recover()).kept}
    assert found == {upload(1).id: S.QUEUED, upload(2).id: S.UNSURE}, (
        "what another hand changed is not signed by a step"
    )
