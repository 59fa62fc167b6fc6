"""The outbox knows photos again that it accepted, for this patient and for another, after a restart and long after."""

from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.sent_before import EarlierUpload
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.sent_marks import KEPT_FOR
from tests.fakes.hand_clock import HandClock
from tests.unit.outbox.stock import CANARY, DESK, KEY, NOW, edit, everything_below, outbox, photo, upload, walk

S = UploadState
FILE = frozenset({"bytes:5f5f", "pixels:aa11"})
OTHER = PatientId("20002")
_SENT = (S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)


async def found(
    folder: Path, marks: frozenset[str] = FILE, patient_id: PatientId = CANARY.id, **more: object
) -> list[tuple[UploadState | None, bool]]:
    """Of each earlier upload of the file, after a start: its state, and whether it is the patient's."""
    async with outbox(folder, **more) as opened:  # type: ignore[arg-type]  # whatever an outbox is made with
        await opened.recover()
        return [(each.state, each.is_for_patient) for each in await opened.earlier_uploads(patient_id, marks)]


async def accepted(folder: Path, *states: UploadState) -> None:
    """A photo that was made from the file, moved through these states."""
    async with outbox(folder) as opened:
        await opened.recover()
        await opened.accept(upload(), photo(), FILE)
        await walk(opened, upload(), *states)


async def test_a_photo_is_known_by_any_of_its_marks_and_after_a_restart(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo(), FILE)
        known = await opened.earlier_uploads(CANARY.id, frozenset({"pixels:aa11", "bytes:of another file"}))
        assert known == (EarlierUpload(upload().id, NOW, S.QUEUED, is_for_patient=True),)
    assert await found(tmp_path) == [(S.QUEUED, True)]
    assert await found(tmp_path, frozenset({"pixels:bb22"})) == []


async def test_a_photo_of_another_patient_is_known_as_such(tmp_path: Path) -> None:
    await accepted(tmp_path)
    assert await found(tmp_path, patient_id=OTHER) == [(S.QUEUED, False)]


async def test_each_account_knows_its_own_photos(tmp_path: Path) -> None:
    await accepted(tmp_path)
    other = "pk_other at https://riverbend.md-hq.com"
    assert await found(tmp_path, account=other) == []
    async with outbox(tmp_path, account=other) as opened:
        await opened.recover()
        await opened.take_over(upload().id, DESK)
    assert await found(tmp_path, account=other) == [(S.QUEUED, True)]


async def test_another_key_knows_nothing(tmp_path: Path) -> None:
    await accepted(tmp_path, *_SENT)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.remove(upload().id)  # no sealed photo is left that would ask for its key
    assert await found(tmp_path, key=bytes(reversed(KEY))) == []


async def test_neither_hashes_nor_patients_are_in_clear(tmp_path: Path) -> None:
    await accepted(tmp_path)
    below = everything_below(tmp_path)
    for canary in ("5f5f", "aa11", CANARY.id):
        assert canary.encode() not in below


@pytest.mark.parametrize(
    ("states", "is_known"),
    [
        ((S.DISCARDED,), False),
        ((*_SENT, S.DISCARDED), False),
        ((S.SENDING, S.COMMITTING, S.UNSURE, S.NEEDS_REVIEW, S.DISCARDED), False),
        ((*_SENT, S.ACCEPTED, S.DISCARDED), True),
    ],
    ids=["deleted before it went", "withdrawn", "deleted in doubt", "taken out of the list, in the chart"],
)
async def test_a_photo_that_cerbo_does_not_have_is_forgotten(
    tmp_path: Path, states: tuple[UploadState, ...], is_known: bool
) -> None:
    await accepted(tmp_path, *states)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.remove(upload().id)
    assert await found(tmp_path) == ([(None, True)] if is_known else [])


async def test_a_photo_is_known_long_after_its_upload_has_left_the_list(tmp_path: Path) -> None:
    await accepted(tmp_path, *_SENT, S.ACCEPTED)
    clock = HandClock(NOW + KEPT_FOR - timedelta(days=1))
    assert await found(tmp_path, clock=clock) == [(None, True)]
    assert await found(tmp_path, clock=HandClock(NOW + KEPT_FOR + timedelta(days=1))) == []
    assert await found(tmp_path, clock=clock) == [], "forgotten for good"


async def test_a_photo_that_could_not_be_kept_is_not_known(tmp_path: Path) -> None:
    def fail(name: str) -> None:
        if name == "row inserted":
            raise NotSafe(NotSafeReason.DISK_FULL)

    async with outbox(tmp_path, checkpoint=fail) as opened:
        await opened.recover()
        with pytest.raises(NotSafe):
            await opened.accept(upload(), photo(), FILE)
    assert await found(tmp_path) == []


async def test_without_its_tables_the_ledger_is_set_aside_and_every_photo_is_kept(tmp_path: Path) -> None:
    await accepted(tmp_path)
    edit(tmp_path, "DROP TABLE sent_marks")
    async with outbox(tmp_path) as opened:
        assert [each.upload.id for each in (await opened.recover()).kept] == [upload().id]
        assert await opened.photo(upload().id) == photo()
