"""What the outbox took stays, opens for its own patient alone, and leaves nothing readable on the disk."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.outbox import SealContext, SentElsewhere
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot
from cerbo_desktop.domain.upload import IllegalMoveError, Recipient, UploadProblem, UploadState
from cerbo_desktop.outbox import cards, sealed_evidence
from cerbo_desktop.outbox.disk import Disk
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.fakes.hand_clock import HandClock
from tests.unit.outbox.stock import ACCOUNT, CANARY, KEY, NOW, everything_below, outbox, photo, rewrite, upload, walk

S = UploadState
BEFORE = ServerSnapshot(frozenset({PhotoId("50001")}), frozenset({QueueId("9")}), queue=Reading.CUT)
EVIDENCE = Evidence(
    BEFORE,
    Answer.QUEUE_ID,
    QueueId("10"),
    answered_at=NOW,
    told_at=NOW,
    entry=SeenEntry(QueueId("10"), NOW, can_be_withdrawn=True, is_seen_twice=True),
    photo_id=PhotoId("50002"),
    other_photo_ids=frozenset({PhotoId("50003")}),
    tries=3,
    other_entry_at=NOW,
    approved_ids=frozenset({QueueId("8")}),
)


async def test_what_was_accepted_is_there_after_a_restart(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(1), photo())
        await first.keep_evidence(upload(1).id, EVIDENCE)
        assert (await first.photo(upload(1).id)).data == photo().data
    async with outbox(tmp_path) as second:
        (kept,) = (await second.recover()).kept
        assert kept.upload == upload(1)
        assert kept.evidence == EVIDENCE
        assert await second.photo(upload(1).id) == photo()


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ((S.SENDING,), S.QUEUED),
        ((S.SENDING, S.COMMITTING), S.UNSURE),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.CHECKING), S.UNSURE),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.CHECKING, S.NEEDS_REVIEW), S.NEEDS_REVIEW),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.SENT), S.SENT),
        ((S.REFUSED,), S.REFUSED),
    ],
)
async def test_a_start_settles_what_was_on_the_line(tmp_path: Path, way: tuple[UploadState, ...], found: S) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        await walk(first, upload(), *way)
    async with outbox(tmp_path) as second:
        (kept,) = (await second.recover()).kept
        assert kept.upload.state is found


async def test_details_of_a_move_are_kept(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        sending = await walk(first, upload(), S.SENDING)
        waiting = replace(
            sending.moved(S.QUEUED, NOW, trouble=UploadProblem.BUSY), retry_at=NOW + timedelta(seconds=40)
        )
        await first.move(waiting, S.SENDING)
    async with outbox(tmp_path) as second:
        assert (await second.recover()).kept[0].upload == waiting


async def test_the_database_itself_refuses_illegal_moves(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo())
        with pytest.raises(IllegalMoveError):
            await opened.move(replace(upload(), state=S.ACCEPTED), S.QUEUED)
        with pytest.raises(IllegalMoveError):
            await opened.move(replace(upload(), state=S.SENDING), S.SENT)
    with sqlite3.connect(tmp_path / LEDGER_NAME) as ledger:
        for statement in ("UPDATE uploads SET state = 'accepted'", "INSERT INTO uploads SELECT * FROM uploads"):
            with pytest.raises(sqlite3.IntegrityError):
                ledger.execute(statement)
    ledger.close()


async def test_nothing_of_a_patient_is_readable_on_the_disk(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo())
        await opened.keep_evidence(upload().id, EVIDENCE)
        await walk(opened, upload(), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        disk = everything_below(tmp_path)
    disk += everything_below(tmp_path)
    for canary in (CANARY.name, "Birdsong", CANARY.id, "1987", "pk_desk", "riverbend", "the photo", "50001"):
        assert canary.encode() not in disk
    assert (tmp_path / f"{upload().id}.doubtful").stat().st_mode & 0o077 == 0


async def test_a_row_moved_to_another_patient_does_not_open(tmp_path: Path) -> None:
    other = replace(CANARY, id=type(CANARY.id)("1"), name="Somebody Else")
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(1), photo())
        await first.accept(upload(2, recipient=other), photo(b"another photo"))
    rewrite(tmp_path, "UPDATE uploads SET card = (SELECT card FROM uploads WHERE id = ?)", upload(2).id)
    async with outbox(tmp_path) as second:
        recovered = await second.recover()
        assert [kept.upload.id for kept in recovered.kept] == [upload(2).id]
        assert recovered.unreadable_count == 1
        with pytest.raises(NotSafe):
            await second.photo(upload(1).id)


async def test_files_changed_for_one_another_do_not_open(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo(b"first"))
        await opened.accept(upload(2), photo(b"second"))
        shutil.copy(tmp_path / f"{upload(2).id}.photo", tmp_path / f"{upload(1).id}.photo")
        with pytest.raises(NotSafe) as caught:
            await opened.photo(upload(1).id)
        assert caught.value.reason is NotSafeReason.SEAL_BROKEN


async def test_another_key_opens_nothing_and_touches_nothing(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    async with outbox(tmp_path, key=bytes(32)) as stranger:
        for act in (stranger.recover(), stranger.accept(upload(2), photo()), stranger.remove(upload().id)):
            with pytest.raises(NotSafe) as caught:
                await act
            assert caught.value.reason is NotSafeReason.KEY_GONE
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    async with outbox(tmp_path) as again:
        assert len((await again.recover()).kept) == 1
        assert await again.photo(upload().id) == photo()


async def test_where_no_photo_is_sealed_another_key_begins_anew(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        await walk(first, upload(), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await first.drop_photo(upload().id)
    async with outbox(tmp_path, key=bytes(32)) as second:
        assert (await second.recover()).kept == ()
        await second.accept(upload(2), photo())
    assert list(tmp_path.glob(f"broken-*-{LEDGER_NAME}")), "set aside, not deleted"


async def test_another_account_counts_and_does_not_see(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(1), photo())
        await first.accept(upload(2), photo())
        await walk(first, upload(2), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await first.drop_photo(upload(2).id)
    async with outbox(tmp_path, account="pk_other at https://other.md-hq.com") as other:
        recovered = await other.recover()
        assert recovered.kept == ()
        assert recovered.foreign_count == 1


async def test_what_another_account_has_in_the_queue_is_known_as_this_pcs(tmp_path: Path) -> None:
    grace = Recipient(PatientId("10203"), "Grace Adeyemi", None)
    async with outbox(tmp_path) as first:
        await first.recover()
        for number in (1, 2, 3):
            await first.accept(upload(number, recipient=grace if number == 2 else CANARY), photo())
        seen = await walk(first, upload(1), S.SENDING, S.COMMITTING, S.UNSURE)
        await first.move(replace(seen.moved(S.SENT, NOW), queue_id=QueueId("8801")), S.UNSURE)
        await walk(first, upload(2, recipient=grace), S.SENDING, S.COMMITTING, S.UNSURE)
        assert (await first.recover()).elsewhere == SentElsewhere()
    async with outbox(tmp_path, account="pk_other at https://other.md-hq.com") as other:
        elsewhere = (await other.recover()).elsewhere
        assert elsewhere == SentElsewhere(frozenset({QueueId("8801")}), frozenset({grace.id}))


async def test_an_id_photo_is_known_as_one_after_a_restart_and_older_cards_still_open(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(replace(upload(1), is_id_photo=True), photo())
        await first.accept(upload(2), photo())
    async with outbox(tmp_path) as second:
        assert [each.upload.is_id_photo for each in (await second.recover()).kept] == [True, False]
    sealer, context = AesGcmSealer(KEY), SealContext("card", upload().id)
    card = msgspec.msgpack.decode(sealer.open(cards.seal_card(sealer, upload(), ACCOUNT), context))
    del card["is_id_photo"]
    older = sealer.seal(msgspec.msgpack.encode(card), context)
    assert not cards.open_card(sealer, upload().id, older).is_id_photo


@pytest.mark.parametrize("sealed_name", ["", "No name"])
def test_a_patient_without_a_name_has_none_whichever_release_sealed_the_card(sealed_name: str) -> None:
    sealer, nameless = AesGcmSealer(KEY), upload(recipient=replace(CANARY, name=sealed_name))
    assert cards.open_card(sealer, nameless.id, cards.seal_card(sealer, nameless, ACCOUNT)).recipient.name == ""


async def test_what_cerbo_has_leaves_the_disk(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await opened.accept(upload(2), photo())
        await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
        await opened.drop_photo(upload(1).id)
        await opened.remove(upload(2).id)
        assert not list(tmp_path.glob("*.photo"))
    async with outbox(tmp_path) as second:
        (kept,) = (await second.recover()).kept
        assert kept.upload.state is S.SENT


async def test_found_photos_leave_the_list_after_a_day(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        await walk(first, upload(), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.ACCEPTED)
    async with outbox(tmp_path, clock=HandClock(NOW + timedelta(hours=23))) as same_day:
        assert len((await same_day.recover()).kept) == 1
    async with outbox(tmp_path, clock=HandClock(NOW + timedelta(hours=25))) as next_day:
        assert (await next_day.recover()).kept == ()
    assert not list(tmp_path.glob("*.photo"))


async def test_a_found_photo_that_was_sent_twice_stays_until_a_person_takes_it_out(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        await walk(first, upload(), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.ACCEPTED)
        await first.keep_evidence(upload().id, Evidence(tries=2))
    async with outbox(tmp_path, clock=HandClock(NOW + timedelta(days=30))) as later:
        (kept,) = (await later.recover()).kept
        assert kept.evidence.is_sent_again
        await later.move(replace(kept.upload, state=S.DISCARDED), S.ACCEPTED)
        assert (await later.recover()).kept == ()


@pytest.mark.parametrize("damage", ["lost", "garbage", "torn"])
async def test_a_lost_ledger_loses_no_photo_and_sends_none_twice(tmp_path: Path, damage: str) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        for number in range(3):
            await first.accept(upload(number, photo(b"%d" % number)), photo(b"%d" % number))
    ledger = tmp_path / LEDGER_NAME
    for beside in tmp_path.glob(f"{LEDGER_NAME}-*"):
        beside.unlink()
    if damage == "lost":
        ledger.unlink()
    else:
        data = ledger.read_bytes()
        ledger.write_bytes(b"\xff" * len(data) if damage == "garbage" else data[: len(data) // 2])
    async with outbox(tmp_path) as second:
        kept = (await second.recover()).kept
        assert {each.upload.id for each in kept} == {upload(number).id for number in range(3)}
        assert {each.upload.state for each in kept} == {S.UNSURE}, "any of them may have been sent"
        assert (await second.photo(upload(2).id)).data == b"2"
    if damage != "lost":
        assert list(tmp_path.glob("broken-*")), "set aside, not deleted"


async def test_a_lost_ledger_leaves_photos_of_others_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    async with outbox(elsewhere, key=bytes(32)) as stranger:
        await stranger.recover()
        await stranger.accept(upload(2), photo(b"sealed by another key"))
    async with outbox(tmp_path, account="pk_other at https://other.md-hq.com") as first:
        await first.recover()
        await first.accept(upload(1), photo())
    for sealed in elsewhere.glob("*.photo"):
        sealed.rename(tmp_path / sealed.name)
    (tmp_path / LEDGER_NAME).unlink()
    async with outbox(tmp_path) as second:
        recovered = await second.recover()
        assert recovered.kept == ()
        assert recovered.foreign_count == 2
    async with outbox(tmp_path) as third:
        await third.recover()
    assert len(list(tmp_path.glob("*.photo"))) == 2


class FailingDisk(Disk):
    """Fails the n-th step, whichever that is, and every one after it when it is `for_good`."""

    def __init__(self, folder: Path, failing: int, number: int, *, for_good: bool) -> None:
        super().__init__(folder, self._step)
        self._left, self._errno, self._for_good = failing, number, for_good

    def _step(self, _: str = "") -> None:
        self._left -= 1
        if self._left == 0 or (self._left < 0 and self._for_good):
            raise OSError(self._errno, "made to fail")

    def write(self, descriptor: int, data: bytes) -> None:
        self._step()
        super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._step()
        super().sync(descriptor)

    def sync_folder(self) -> None:
        self._step()
        super().sync_folder()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EBUSY])
@pytest.mark.parametrize("for_good", [False, True])
async def test_a_disk_that_fails_at_any_step_accepts_wholly_or_not_at_all(
    tmp_path: Path, number: int, for_good: bool
) -> None:
    for failing in range(1, 40):
        folder = tmp_path / str(failing)
        folder.mkdir()
        was_accepted = False
        async with outbox(folder, disk=FailingDisk(folder, failing, number, for_good=for_good)) as opened:
            try:
                await opened.recover()
                await opened.accept(upload(), photo())
                was_accepted = True
            except NotSafe:
                pass
        async with outbox(folder) as after:
            kept = (await after.recover()).kept
            assert len(kept) == was_accepted
            if was_accepted:
                assert await after.photo(upload().id) == photo()
        assert len(list(folder.glob("*.photo"))) == was_accepted
        if failing > 20 and was_accepted:
            return
    pytest.fail("the disk never stopped failing")


def locked(file: Path) -> Iterator[sqlite3.Connection]:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield holder
    holder.close()


async def test_a_busy_database_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cerbo_desktop.outbox.database._BUSY_WAIT_MS", 50)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        holding = locked(tmp_path / LEDGER_NAME)
        next(holding)
        with pytest.raises(NotSafe) as caught:
            await opened.accept(upload(), photo())
        assert caught.value.reason is NotSafeReason.DISK_BUSY
        assert not list(tmp_path.glob("*.photo"))
        next(holding, None)
        await opened.accept(upload(), photo())


async def test_a_folder_that_cannot_be_made_is_noticed_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    opened: Any
    async with outbox(tmp_path / "file" / "inside") as opened:
        with pytest.raises(NotSafe):
            await opened.recover()


async def test_a_tampered_file_never_opens(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        large = photo(bytes(range(256)) * 8)
        await opened.accept(upload(1, large), large)
        file = tmp_path / f"{upload().id}.photo"
        good = file.read_bytes()
        for place in range(0, len(good), max(1, len(good) // 200)):
            file.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
            try:
                found = await opened.photo(upload().id)
            except NotSafe:
                continue
            # The copy of the card in the file is not read while the ledger has its own.
            assert found == large
        for length in range(0, len(good), len(good) // 50):
            file.write_bytes(good[:length])
            with pytest.raises(NotSafe):
                await opened.photo(upload().id)


def test_what_was_sealed_by_the_first_version_still_opens() -> None:
    """It held the two lists alone."""
    sealer = AesGcmSealer(bytes(range(32)))
    for queue_ids, reading in ((["9"], Reading.COMPLETE), (None, Reading.UNREADABLE)):
        plain = msgspec.msgpack.encode({"photo_ids": ["50001"], "queue_ids": queue_ids})
        sealed = sealer.seal(plain, SealContext("standing", upload().id))
        opened = sealed_evidence.open_evidence(sealer, upload().id, sealed)
        before = ServerSnapshot(frozenset({PhotoId("50001")}), frozenset(map(QueueId, queue_ids or ())), queue=reading)
        assert opened == Evidence(before)


@pytest.mark.parametrize("days", [400, -400])
async def test_a_wrong_clock_deletes_no_photo_that_cerbo_took(tmp_path: Path, days: int) -> None:
    """Only a look gives up its sealed bytes, and then the row leaves the list in time."""
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
        await walk(first, upload(), S.SENDING, S.COMMITTING, S.UNSURE, S.TAKEN)
    wrong = HandClock(NOW + timedelta(days=days))
    async with outbox(tmp_path, clock=wrong) as second:
        assert [each.upload.id for each in (await second.recover()).kept] == [upload().id]
        assert await second.photo(upload().id) == photo()
        await second.drop_photo(upload().id)
    async with outbox(tmp_path, clock=wrong) as third:
        assert (await third.recover()).kept == ()
