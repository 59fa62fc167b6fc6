"""A photo changes its account wholly or not at all, keeps what is known of it, and a person's word is written down."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from tests.fakes.hand_clock import HandClock
from tests.unit.outbox.stock import ACCOUNT, CANARY, DESK, NOW, edit, outbox, photo, rewrite, upload, walk

S = UploadState
OTHER = "pk_second at https://riverbend.md-hq.com"


async def keep(folder: Path, *way: UploadState) -> None:
    async with outbox(folder) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await walk(opened, upload(1), *way)


@pytest.mark.parametrize(
    ("way", "becomes"),
    [
        ((), S.QUEUED),
        ((S.SENDING,), S.QUEUED),
        ((S.SENDING, S.COMMITTING), S.UNSURE),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.CHECKING), S.UNSURE),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.CHECKING, S.NEEDS_REVIEW), S.NEEDS_REVIEW),
        ((S.REFUSED,), S.REFUSED),
        # Sent, and its photo is still here: under the other account nobody looks for it any more.
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.SENT), S.SENT),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.TAKEN), S.TAKEN),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.GONE), S.GONE),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.LEFT_QUEUE), S.LEFT_QUEUE),
    ],
)
async def test_a_photo_goes_over_with_what_is_known_of_it(tmp_path: Path, way: tuple[S, ...], becomes: S) -> None:
    await keep(tmp_path, *way)
    async with outbox(tmp_path, account=OTHER) as opened:
        assert (await opened.recover()).foreign_count == 1
        (stranded,) = await opened.stranded()
        assert (stranded.id, stranded.recipient, stranded.account_name) == (upload(1).id, CANARY, ACCOUNT)
        assert stranded.was_sent == (becomes not in (S.QUEUED, S.REFUSED))
        kept = await opened.take_over(stranded.id, DESK)
        assert kept.upload.state is becomes
        assert await opened.photo(stranded.id) == photo()
        assert await opened.stranded() == ()
    async with outbox(tmp_path, account=OTHER) as opened:
        assert [each.upload.state for each in (await opened.recover()).kept] == [becomes]
    async with outbox(tmp_path) as before:
        assert (await before.recover()).kept == ()
    with sqlite3.connect(tmp_path / LEDGER_NAME) as ledger:
        found = ledger.execute("SELECT upload_id, decision, decided_by FROM decisions").fetchall()
        assert found == [(upload(1).id, "take over", DESK.name)]
    ledger.close()


async def test_what_held_it_back_under_the_other_key_is_forgotten(tmp_path: Path) -> None:
    await keep(tmp_path)
    async with outbox(tmp_path) as opened:
        sending = await walk(opened, upload(1), S.SENDING)
        held = replace(
            sending.moved(S.QUEUED, NOW, trouble=UploadProblem.SIGNED_OUT), retry_at=NOW + timedelta(minutes=1)
        )
        await opened.move(held, S.SENDING)
    async with outbox(tmp_path, account=OTHER) as opened:
        await opened.recover()
        taken = (await opened.take_over(upload(1).id, DESK)).upload
        assert (taken.state, taken.trouble, taken.retry_at) == (S.QUEUED, None, None)


@pytest.mark.parametrize("name", ["given up", "own", "unknown", "changed"])
async def test_nothing_else_can_be_taken_over(tmp_path: Path, name: str) -> None:
    await keep(tmp_path)
    async with outbox(tmp_path, account=OTHER) as opened:
        await opened.recover()
        await opened.accept(upload(2), photo())
        if name == "given up":
            rewrite(tmp_path, "UPDATE uploads SET state = 'sending' WHERE id = ?", upload(1).id)
            rewrite(tmp_path, "UPDATE uploads SET state = 'committing' WHERE id = ?", upload(1).id)
            rewrite(tmp_path, "UPDATE uploads SET state = 'unsure' WHERE id = ?", upload(1).id)
            rewrite(tmp_path, "UPDATE uploads SET state = 'sent', has_photo = 0 WHERE id = ?", upload(1).id)
        if name == "changed":
            edit(tmp_path, "UPDATE uploads SET queue_id = '7' WHERE id = ?", upload(1).id)
        with pytest.raises(NotSafe):
            await opened.take_over(upload({"own": 2, "unknown": 3}.get(name, 1)).id, DESK)
    async with outbox(tmp_path) as before:
        assert [each.upload.id for each in (await before.recover()).kept] == [upload(1).id]


async def test_the_first_version_did_not_keep_the_name_of_the_account(tmp_path: Path) -> None:
    """Its card still opens, and the digest tells the same accounts apart."""
    await keep(tmp_path)
    async with outbox(tmp_path, account=OTHER) as opened:
        await opened.recover()
        (named,) = await opened.stranded()
    assert named.account != "" and ACCOUNT.encode() not in (tmp_path / LEDGER_NAME).read_bytes()


IN_CERBO = [
    (S.SENT,),
    (S.TAKEN,),
    (S.SENT, S.LEFT_QUEUE),
    (S.SENT, S.GONE),
]


def sealed(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.suffix in (".photo", ".doubtful", ".leaving")]


@pytest.mark.parametrize("way", IN_CERBO, ids=lambda way: way[-1].value)
async def test_a_copy_of_a_photo_that_the_other_account_sent_is_counted_and_goes_over(
    tmp_path: Path, way: tuple[S, ...]
) -> None:
    await keep(tmp_path, S.SENDING, S.COMMITTING, S.UNSURE, *way)
    async with outbox(tmp_path, account=OTHER) as opened:
        assert (await opened.recover()).foreign_count == 1
        (stranded,) = await opened.stranded()
        assert stranded.was_sent
        kept = await opened.take_over(stranded.id, DESK)
        assert kept.upload.state is way[-1]
        await opened.drop_photo(stranded.id)
    async with outbox(tmp_path) as before:
        assert (await before.recover()).foreign_count == 0, "without its bytes nothing is left to be done"


def evidence(*, is_seen_twice: bool, answer: Answer = Answer.CONFIRMED) -> Evidence:
    entry = SeenEntry(QueueId("7"), NOW, is_seen_twice=is_seen_twice)
    return Evidence(ServerSnapshot(), answer, answered_at=NOW, entry=entry)


@pytest.mark.parametrize(("answer", "left"), [(Answer.CONFIRMED, 0), (Answer.EMPTY, 1)])
async def test_a_copy_whose_entry_was_seen_twice_goes_at_the_next_start_of_any_account(
    tmp_path: Path, answer: Answer, left: int
) -> None:
    """Not after an answer that says nothing: the entry may be somebody else's."""
    await keep(tmp_path, S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
    async with outbox(tmp_path) as opened:
        await opened.keep_evidence(upload(1).id, evidence(is_seen_twice=True, answer=answer))
    async with outbox(tmp_path, account=OTHER) as opened:
        assert (await opened.recover()).foreign_count == left
    assert len(sealed(tmp_path)) == left


@pytest.mark.parametrize(("state", "goes"), [(S.SENT, True), (S.GONE, False)])
async def test_a_copy_that_nobody_takes_over_goes_after_a_fortnight_of_starts(
    tmp_path: Path, state: S, goes: bool
) -> None:
    """Not by one jump of the clock, and not where a person would be asked."""
    await keep(tmp_path, S.SENDING, S.COMMITTING, S.UNSURE, *([S.SENT, S.GONE] if state is S.GONE else [S.SENT]))
    async with outbox(tmp_path) as opened:
        await opened.keep_evidence(upload(1).id, evidence(is_seen_twice=False))
    for day in range(1, 14):
        async with outbox(tmp_path, account=OTHER, clock=HandClock(NOW + timedelta(days=day * 100))) as opened:
            assert (await opened.recover()).foreign_count == 1
    assert len(sealed(tmp_path)) == 1
    async with outbox(tmp_path, account=OTHER, clock=HandClock(NOW + timedelta(days=1400))) as opened:
        assert (await opened.recover()).foreign_count == (0 if goes else 1)
    assert len(sealed(tmp_path)) == (0 if goes else 1)


async def test_what_a_crash_kept_from_leaving_goes_at_the_next_start_of_any_account(tmp_path: Path) -> None:
    await keep(tmp_path, S.SENDING, S.COMMITTING, S.UNSURE, S.SENT, S.ACCEPTED)
    assert len(sealed(tmp_path)) == 1
    async with outbox(tmp_path, account=OTHER) as opened:
        assert (await opened.recover()).foreign_count == 0
    assert sealed(tmp_path) == []
