"""What another hand changes in the folder is seen and doubted: no photo is deleted or sent for its sake."""

import shutil
import sqlite3
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Decision, RecoveryReport
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.outbox.disk import Disk
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.signatures import ANCHOR_NAME
from tests.unit.outbox.stock import DESK, edit, outbox, photo, upload, walk

S = UploadState
BELIEVED_UNSENT = [(), (S.SENDING,), (S.REFUSED,)]


async def keep(folder: Path, count: int = 1, *way: UploadState) -> None:
    async with outbox(folder) as opened:
        await opened.recover()
        for number in range(1, count + 1):
            await opened.accept(upload(number), photo())
            await walk(opened, upload(number), *way)


async def start(folder: Path) -> tuple[RecoveryReport, dict[UploadId, Upload]]:
    async with outbox(folder) as opened:
        recovered = await opened.recover()
        for each in recovered.kept:
            if not each.is_photo_missing and each.upload.is_unsent:
                assert await opened.photo(each.upload.id) == photo()
        return recovered, {each.upload.id: each.upload for each in recovered.kept}


def force(folder: Path, assignment: str) -> None:
    """Past the trigger, which whoever has the file can drop."""
    edit(folder, "DROP TRIGGER only_legal_moves")
    edit(folder, f"UPDATE uploads SET {assignment}")


@pytest.mark.parametrize(
    "assignment",
    [
        "state = 'sent'",
        "state = 'sent', queue_id = '7'",
        "state = 'sent', has_photo = 0",
        "state = 'accepted', changed_at = '2020-01-01T00:00:00+00:00'",
        "state = 'discarded'",
        "has_photo = 0",
        "account = 'somebody else'",
        "changed_at = '2020-01-01T00:00:00+00:00'",
        "retry_at = '2099-01-01T00:00:00+00:00'",
        "trouble = 'busy'",
        "queue_id = '7'",
        "sighting = 'nothing new'",
        "number = 9",
        "standing = x'00'",
        "card = x'00'",
        "signature = x'00'",
        "signature = NULL",
        "state = 'nonsense'",
    ],
)
async def test_a_row_changed_by_hand_deletes_no_photo_and_sends_none(tmp_path: Path, assignment: str) -> None:
    await keep(tmp_path)
    force(tmp_path, assignment)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    changed = found[upload(1).id]
    assert (changed.state, changed.queue_id) == (S.UNSURE, None)
    recovered, found = await start(tmp_path)
    assert not recovered.is_changed, "it is said once"
    assert found[upload(1).id].state is S.UNSURE


async def test_a_row_without_its_file_is_looked_for_too(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await opened.drop_photo(upload(1).id)
    edit(tmp_path, "UPDATE uploads SET queue_id = '12'")
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert found[upload(1).id].queue_id is None, "an id that nobody vouches for must not be withdrawn"


async def test_other_rows_go_on_as_they_were(tmp_path: Path) -> None:
    await keep(tmp_path, 3)
    edit(tmp_path, "UPDATE uploads SET queue_id = '7' WHERE id = ?", upload(2).id)
    _, found = await start(tmp_path)
    assert [each.state for each in found.values()] == [S.QUEUED, S.UNSURE, S.QUEUED]


async def test_a_row_put_in_the_place_of_another_is_doubted(tmp_path: Path) -> None:
    await keep(tmp_path, 2)
    edit(tmp_path, "UPDATE uploads SET id = ? WHERE id = ?", "f" * 32, upload(2).id)
    edit(tmp_path, "UPDATE uploads SET id = ? WHERE id = ?", upload(2).id, upload(1).id)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert {upload(1).id: S.UNSURE, upload(2).id: S.UNSURE} == {name: each.state for name, each in found.items()}


@pytest.mark.parametrize("way", BELIEVED_UNSENT)
async def test_an_older_row_of_the_same_photo_is_doubted(tmp_path: Path, way: tuple[UploadState, ...]) -> None:
    await keep(tmp_path, 1, *way)
    with sqlite3.connect(tmp_path / LEDGER_NAME) as ledger:
        older = ledger.execute("SELECT * FROM uploads").fetchone()
    ledger.close()
    async with outbox(tmp_path) as opened:
        (kept,) = (await opened.recover()).kept
        await opened.move(kept.upload.moved(S.DISCARDED, kept.upload.changed_at), kept.upload.state)
    edit(tmp_path, "DELETE FROM uploads")
    edit(tmp_path, "DROP TRIGGER only_lawful_births")
    edit(tmp_path, f"INSERT INTO uploads VALUES ({', '.join('?' * len(older))})", *older)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert found[upload(1).id].state is S.UNSURE


async def test_a_row_taken_out_is_noticed(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for number in (1, 2):
            await opened.accept(upload(number), photo())
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await opened.drop_photo(upload(1).id)
    edit(tmp_path, "DELETE FROM uploads WHERE id = ?", upload(1).id)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert found[upload(2).id].state is S.UNSURE, "it could have been put back as it was"


@pytest.mark.parametrize("way", BELIEVED_UNSENT)
async def test_an_older_ledger_put_back_is_not_believed(tmp_path: Path, way: tuple[UploadState, ...]) -> None:
    await keep(tmp_path, 2, *way)
    shutil.copy(tmp_path / LEDGER_NAME, tmp_path / "older")
    async with outbox(tmp_path) as opened:
        for kept in (await opened.recover()).kept:
            if kept.upload.state is S.REFUSED:
                await opened.move(kept.upload.moved(S.QUEUED, kept.upload.changed_at), S.REFUSED)
            else:
                await walk(opened, kept.upload, S.SENDING)
    (tmp_path / "older").replace(tmp_path / LEDGER_NAME)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert {each.state for each in found.values()} == {S.UNSURE}
    recovered, _ = await start(tmp_path)
    assert not recovered.is_changed


async def test_an_anchor_file_taken_away_is_noticed(tmp_path: Path) -> None:
    await keep(tmp_path)
    (tmp_path / ANCHOR_NAME).unlink()
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert found[upload(1).id].state is S.UNSURE


@pytest.mark.parametrize("is_torn", [False, True])
async def test_a_crash_between_a_commit_and_its_anchor_is_no_change(tmp_path: Path, is_torn: bool) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        before = (tmp_path / ANCHOR_NAME).read_bytes()
        await opened.accept(upload(1), photo())
        after = (tmp_path / ANCHOR_NAME).read_bytes()
    half = [place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new][20]
    (tmp_path / ANCHOR_NAME).write_bytes(after[:half] + before[half:] if is_torn else before)
    recovered, found = await start(tmp_path)
    assert not recovered.is_changed
    assert found[upload(1).id].state is S.QUEUED


class Killed(BaseException):
    """Stands for the end of the process."""


async def test_a_crash_at_no_point_looks_like_a_change(tmp_path: Path) -> None:
    for last in range(1, 100):
        folder, left = tmp_path / str(last), last

        def without_checkpoint(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        is_over = False
        async with outbox(folder, disk=Disk(folder, without_checkpoint), checkpoint=without_checkpoint) as opened:
            try:
                await opened.recover()
                await opened.accept(upload(1), photo())
                await opened.record_decision(upload(1).id, Decision.SEND_AGAIN, DESK)
                await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
                await opened.drop_photo(upload(1).id)
                await opened.remove(upload(1).id)
                is_over = True
            except Killed:
                pass
        async with outbox(folder) as opened:
            assert not (await opened.recover()).is_changed, last
        if is_over:
            return
    pytest.fail("there was no end of points")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE decisions SET decision = 'delete' WHERE number = 2",
        "UPDATE decisions SET at = '2020-01-01' WHERE number = 4",
        "UPDATE decisions SET decided_by = 'somebody else' WHERE number = 3",
        "UPDATE decisions SET decided_by = NULL WHERE number = 3",
        "DELETE FROM decisions WHERE number = 2",
        "DELETE FROM decisions WHERE number = (SELECT max(number) FROM decisions)",
        "DELETE FROM decisions",
        "INSERT INTO decisions (at, upload_id, decision, chain) SELECT at, upload_id, decision, chain FROM decisions",
        "UPDATE anchor SET decisions_from = 3",
    ],
)
async def test_a_changed_record_of_decisions_is_noticed_once(tmp_path: Path, tampering: str) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for decision in Decision:
            await opened.record_decision(upload().id, decision, DESK)
    assert not (await start(tmp_path))[0].is_changed
    edit(tmp_path, tampering)
    left = _decisions(tmp_path)
    assert (await start(tmp_path))[0].is_changed
    assert _decisions(tmp_path) == [*left, "found changed"]
    async with outbox(tmp_path) as opened:
        assert not (await opened.recover()).is_changed
        await opened.record_decision(upload().id, Decision.DELETE, DESK)
    assert not (await start(tmp_path))[0].is_changed


def _decisions(folder: Path) -> list[str]:
    with sqlite3.connect(folder / LEDGER_NAME) as ledger:
        found = [each[0] for each in ledger.execute("SELECT decision FROM decisions ORDER BY number")]
    ledger.close()
    return found


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE uploads SET queue_id = '7'",
        "DELETE FROM uploads WHERE id = '00000000000000000000000000000002'",
        "UPDATE anchor SET digest = x''",
    ],
)
async def test_a_change_while_the_app_runs_stops_the_queue_until_the_next_start(tmp_path: Path, tampering: str) -> None:
    await keep(tmp_path, 2)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        edit(tmp_path, tampering)
        for _ in range(2):
            with pytest.raises(NotSafe) as caught:
                await walk(opened, upload(1), S.SENDING)
            assert caught.value.reason is NotSafeReason.LIST_CHANGED
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert set(found) == {upload(1).id, upload(2).id}
    assert found[upload(1).id].state is S.UNSURE


@pytest.mark.parametrize(
    "tampering", ["DROP TABLE uploads", "DROP TABLE anchor", "DELETE FROM anchor", "PRAGMA user_version = 1"]
)
async def test_a_ledger_that_is_not_as_it_was_made_is_set_aside(tmp_path: Path, tampering: str) -> None:
    await keep(tmp_path, 2)
    edit(tmp_path, tampering)
    recovered, found = await start(tmp_path)
    assert recovered.is_changed
    assert [each.state for each in found.values()] == [S.UNSURE, S.UNSURE]
    assert list(tmp_path.glob(f"broken-*-{LEDGER_NAME}")), "set aside, not deleted"


async def test_moves_stay_quick_with_many_rows(tmp_path: Path) -> None:
    """The figure is printed; the bound is far above it, so that a busy machine does not fail it."""
    times_ms: list[float] = []
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for number in range(200):
            begun = perf_counter()
            await opened.accept(upload(number), photo())
            times_ms.append((perf_counter() - begun) * 1000)
        last = times_ms[-20:]
        begun = perf_counter()
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        move_ms = (perf_counter() - begun) * 1000 / 3
    print(f"\naccept {median(last):.1f} ms, move {move_ms:.1f} ms with 200 rows")
    assert median(last) < 400
