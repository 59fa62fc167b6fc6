"""One patient's shots, from the camera, from files and from the clipboard."""

import os
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from cerbo_desktop.domain.acts import Act, FileRefused, ShotDiscarded, ShotTaken
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_FILE_BYTES
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import MAX_SHOTS, CaptureSession
from cerbo_desktop.services.shots import Examining, Shot, ShotId, ShotName, ShotSource
from cerbo_desktop.ui.text import shots as shot_words
from tests.capturing import chosen, settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4))


def frame(shade: int) -> Raster:
    return Raster(1, 1, bytes([shade, shade, shade, 255]), 1, 1)


@pytest.fixture
def studio() -> FakeImageStudio:
    return FakeImageStudio()


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
async def session(studio: FakeImageStudio, failures: list[BaseException]) -> AsyncIterator[CaptureSession]:
    made = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    yield made
    await made.aclose()


def labels(session: CaptureSession) -> list[str]:
    return [shot_words.name(shot.name) for shot in session.shots]


def only(session: CaptureSession) -> Shot:
    assert len(session.shots) == 1
    return session.shots[0]


async def test_a_frame_is_examined_and_then_goes_out(session: CaptureSession, studio: FakeImageStudio) -> None:
    studio.gate.clear()
    session.add_frame(frame(10))
    assert only(session).state == Examining()
    assert only(session).goes_out
    assert chosen(session) == ()
    studio.gate.set()
    await settled(session)
    shot = only(session)
    assert (shot_words.name(shot.name), shot.source) == ("Shot 1", ShotSource.CAMERA)
    assert isinstance(shot.state, Accepted)
    assert chosen(session) == (shot.state,)
    assert shot.size_bytes == shot.state.photo.size_bytes > 0


async def test_chosen_photos_keep_the_order_in_which_they_were_taken(session: CaptureSession) -> None:
    for shade in (10, 20, 30):
        session.add_frame(frame(shade))
    await settled(session)
    session.choose(session.shots[1].id, False)
    sent = [accepted.photo.data for accepted in chosen(session)]
    assert sent == [b"jpeg of " + frame(10).pixels, b"jpeg of " + frame(30).pixels]
    assert session.has_unsent_shots


async def test_retake_drops_the_last_camera_shot_and_its_number_comes_again(
    session: CaptureSession, tmp_path: Path
) -> None:
    session.add_frame(frame(10))
    session.add_frame(frame(20))
    file = tmp_path / "arm.jpg"
    file.write_bytes(b"arm")
    session.add_files([file])
    assert session.retake()
    assert labels(session) == ["Shot 1", "arm.jpg"]
    session.add_frame(frame(30))
    assert labels(session) == ["Shot 1", "arm.jpg", "Shot 2"]
    await settled(session)


async def test_retake_without_a_camera_shot_does_nothing(session: CaptureSession) -> None:
    session.add_bytes(b"pasted")
    assert not session.retake()
    assert labels(session) == ["Pasted photo 1"]


async def test_a_file_is_read_and_accepted_as_it_is(session: CaptureSession, tmp_path: Path) -> None:
    file = tmp_path / "IMG_2041.jpg"
    file.write_bytes(b"the photo")
    session.add_files([file])
    await settled(session)
    shot = only(session)
    assert (shot_words.name(shot.name), shot.source, shot.size_bytes) == ("IMG_2041.jpg", ShotSource.FILE, 9)
    assert isinstance(shot.state, Accepted)
    assert shot.state.photo.data == b"the photo"


async def test_a_file_name_cannot_pretend_another_ending(session: CaptureSession, tmp_path: Path) -> None:
    file = tmp_path / "photo\u202egpj.exe"
    file.write_bytes(b"x")
    session.add_files([file])
    await settled(session)
    assert labels(session) == ["photogpj.exe"]


async def refusal_of(session: CaptureSession, path: Path) -> Refused:
    session.add_files([path])
    await settled(session)
    shot = only(session)
    assert isinstance(shot.state, Refused)
    assert not shot.goes_out
    assert not session.has_unsent_shots
    return shot.state


async def test_an_empty_file_is_refused(session: CaptureSession, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert (await refusal_of(session, tmp_path / "empty.jpg")).reason is RefusalReason.EMPTY


async def test_an_empty_folder_is_refused(session: CaptureSession, tmp_path: Path) -> None:
    assert (await refusal_of(session, tmp_path)).reason is RefusalReason.NO_PHOTOS_INSIDE


async def test_a_file_that_is_refused_again_has_one_row(session: CaptureSession, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "a", tmp_path / "gone.jpg", tmp_path / "a"):
        session.add_files([path])
        await settled(session)
    assert [shot_words.name(shot.name) for shot in session.shots] == ["gone.jpg", "a"]
    (tmp_path / "gone.jpg").write_bytes(b"there again")
    session.add_files([tmp_path / "gone.jpg"])
    await settled(session)
    assert [shot.is_refused for shot in session.shots] == [True, True, False], "the photo is no refusal"


async def test_a_pipe_is_refused_and_never_opened(session: CaptureSession, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert (await refusal_of(session, tmp_path / "pipe.jpg")).reason is RefusalReason.NOT_A_FILE


async def test_a_file_that_went_away_is_refused(session: CaptureSession, tmp_path: Path) -> None:
    assert (await refusal_of(session, tmp_path / "gone.jpg")).reason is RefusalReason.UNREADABLE


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right of its own there")
async def test_a_link_that_leads_nowhere_is_refused_as_one(session: CaptureSession, tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    assert (await refusal_of(session, tmp_path / "gone.jpg")).reason is RefusalReason.BROKEN_LINK


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
async def test_a_name_that_is_no_utf8_is_read(session: CaptureSession, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/fot\xe9.jpg"))
    path.write_bytes(b"a photo")
    session.add_files([path])
    await settled(session)
    assert isinstance(only(session).state, Accepted)
    assert labels(session) == ["fot.jpg"]


async def test_an_impossible_name_is_refused(session: CaptureSession) -> None:
    assert (await refusal_of(session, Path("a\0b.jpg"))).reason is RefusalReason.UNREADABLE


async def test_a_huge_file_is_refused_by_its_size_alone(session: CaptureSession, tmp_path: Path) -> None:
    file = tmp_path / "huge.tif"
    with file.open("wb") as target:
        target.truncate(MAX_FILE_BYTES + 1)
    refused = await refusal_of(session, file)
    assert (refused.reason, refused.size_bytes) == (RefusalReason.TOO_BIG, MAX_FILE_BYTES + 1)
    assert only(session).size_bytes == MAX_FILE_BYTES + 1


async def test_pasted_bytes_pass_the_same_size_gates(session: CaptureSession) -> None:
    session.add_bytes(b"")
    session.add_bytes(bytes(MAX_FILE_BYTES + 1))
    await settled(session)
    reasons = [shot.state.reason for shot in session.shots if isinstance(shot.state, Refused)]
    assert reasons == [RefusalReason.EMPTY, RefusalReason.TOO_BIG]


async def test_a_damaged_photo_cannot_be_chosen(session: CaptureSession, tmp_path: Path) -> None:
    file = tmp_path / "broken.jpg"
    file.write_bytes(b"broken bytes")
    refused = await refusal_of(session, file)
    assert refused.reason is RefusalReason.DAMAGED
    session.choose(only(session).id, True)
    assert not only(session).is_chosen


async def test_the_same_photo_twice_is_left_out_until_chosen(session: CaptureSession, tmp_path: Path) -> None:
    for name in ("one.jpg", "copy.jpg"):
        (tmp_path / name).write_bytes(b"same")
        session.add_files([tmp_path / name])
        await settled(session)
    copy = session.shots[1]
    assert (copy.repeats, copy.is_chosen) == (ShotName(ShotSource.FILE, file_name="one.jpg"), False)
    assert len(chosen(session)) == 1
    session.choose(copy.id, True)
    assert len(chosen(session)) == 2


async def test_a_repeat_is_none_any_more_once_the_first_is_removed(session: CaptureSession, tmp_path: Path) -> None:
    for name in ("one.jpg", "copy.jpg"):
        (tmp_path / name).write_bytes(b"same")
        session.add_files([tmp_path / name])
        await settled(session)
    session.remove(session.shots[0].id)
    assert only(session).repeats is None


async def test_removing_ends_the_examination(session: CaptureSession, studio: FakeImageStudio) -> None:
    studio.gate.clear()
    session.add_frame(frame(10))
    session.remove(only(session).id)
    studio.gate.set()
    await settled(session)
    assert session.shots == ()
    assert session.add_frame(frame(20)) is not None
    await settled(session)
    assert labels(session) == ["Shot 1"]


async def test_a_full_session_takes_no_more(session: CaptureSession) -> None:
    for shade in range(MAX_SHOTS):
        assert session.add_frame(frame(shade)) is not None
    assert session.is_full
    assert session.add_frame(frame(200)) is None
    assert session.add_bytes(b"any") is None
    await settled(session)
    assert len(chosen(session)) == MAX_SHOTS


async def test_a_defect_refuses_the_shot_and_reaches_the_owner(
    session: CaptureSession, studio: FakeImageStudio, failures: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def defective(_raster: Raster) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(studio, "examine_frame", defective)
    session.add_frame(frame(10))
    await until(lambda: failures)
    assert only(session).state == Refused(RefusalReason.OUT_OF_ORDER)
    assert isinstance(failures[0], ZeroDivisionError)


async def test_closing_ends_every_examination(studio: FakeImageStudio, failures: list[BaseException]) -> None:
    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    studio.gate.clear()
    for shade in range(5):
        session.add_frame(frame(shade))
    await session.aclose()
    assert session.shots == ()
    assert failures == []


async def test_unknown_ids_change_nothing(session: CaptureSession) -> None:
    session.add_frame(frame(10))
    await settled(session)
    before = session.shots
    session.choose(ShotId(999), False)
    session.remove(ShotId(999))
    assert session.shots == before


async def test_what_is_taken_refused_and_dropped_is_told(
    studio: FakeImageStudio, failures: list[BaseException], tmp_path: Path
) -> None:
    told: list[Act] = []
    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append), told.append)
    session.add_frame(frame(10))
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    session.add_files([empty])
    await until(lambda: session.shots[1].is_refused)
    assert told == [ShotTaken(MARIA.id), ShotTaken(MARIA.id), FileRefused(MARIA.id, RefusalReason.EMPTY)]
    del told[:]
    assert session.remove(session.shots[1].id)
    assert session.retake()
    session.add_frame(frame(10))
    await session.aclose()
    assert told == [ShotDiscarded(MARIA.id), ShotTaken(MARIA.id), ShotDiscarded(MARIA.id)], (
        "a file that was refused is no photo that is lost"
    )
