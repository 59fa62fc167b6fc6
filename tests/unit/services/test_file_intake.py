"""Many files and whole folders in one session: sixty at a time, within a bound of memory."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted, FileKind, RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services import chosen_files, folder_walk, judging
from cerbo_desktop.services.capturing import MAX_SHOTS, CaptureSession
from cerbo_desktop.services.file_intake import IntakeFacts
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
_NOW = datetime(2025, 11, 5, 15, 40, tzinfo=UTC)
_EARLIER = SentBefore(SentWhere.CERBO, _NOW)


class Studio(FakeImageStudio):
    """Files whose bytes begin with "%PDF" are none; it counts how many it is given at once."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.running, self.most_running = 0, 0

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            if data.startswith(b"%PDF"):
                return Refused(RefusalReason.NOT_A_PHOTO, FileKind.PDF)
            return await super().examine(data, file_name)
        finally:
            self.running -= 1


class Desk:
    """A session, and what was handed over from it."""

    def __init__(self) -> None:
        self.studio, self.failures = Studio(), list[BaseException]()
        self.known: dict[bytes, SentBefore] = {}
        self.sent: list[bytes] = []
        scope = TaskScope("test", self.failures.append)
        self.session = CaptureSession(MARIA, self.studio, HandClock(), scope, find_earlier=self._find)

    async def _find(self, _patient_id: PatientId, photo: Accepted) -> SentBefore | None:
        return self.known.get(bytes(photo.photo.data))

    async def accept(self, _patient: Patient, photo: Accepted) -> None:
        self.sent.append(bytes(photo.photo.data))

    async def send(self) -> None:
        self.session.hand_over(self.accept)
        await self.session.hand_over_ended()
        await settled(self.session)

    @property
    def names(self) -> list[str]:
        return [shot.name.file_name for shot in self.session.shots]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.session.aclose()
    assert made.failures == []


def _files(folder: Path, count: int, first: int = 0) -> list[Path]:
    files = [folder / f"{number}.jpg" for number in range(first, first + count)]
    for file in files:
        file.write_bytes(file.name.encode())
    return files


async def test_three_hundred_files_come_sixty_at_a_time(desk: Desk, tmp_path: Path) -> None:
    files = _files(tmp_path, 300)
    desk.session.add_files(files)
    assert (len(desk.session.shots), desk.session.waiting_count) == (MAX_SHOTS, 240)
    await settled(desk.session)
    assert desk.session.is_full
    for left in (180, 120, 60, 0, 0):
        await desk.send()
        assert desk.session.waiting_count == left
    assert desk.sent == [file.name.encode() for file in files]
    assert desk.session.shots == ()


async def test_a_place_is_taken_by_the_next_file(desk: Desk, tmp_path: Path) -> None:
    """Of what was refused, was sent before or is taken out; not of what a person left out."""
    files = _files(tmp_path, MAX_SHOTS + 4)
    files[0].write_bytes(b"broken")
    desk.known[files[1].name.encode()] = _EARLIER
    desk.session.add_files(files)
    await settled(desk.session)
    assert desk.session.waiting_count == 2
    desk.session.choose(desk.session.shots[5].id, False)
    assert desk.session.waiting_count == 2
    desk.session.remove(desk.session.shots[6].id)
    assert desk.session.waiting_count == 1


async def test_files_that_wait_are_unsent_and_are_dropped_with_the_rest(desk: Desk, tmp_path: Path) -> None:
    desk.session.add_files(_files(tmp_path, MAX_SHOTS + 1))
    await settled(desk.session)
    for shot in desk.session.shots:
        desk.session.choose(shot.id, False)
    assert desk.session.has_unsent_shots
    desk.session.clear()
    assert (desk.session.has_unsent_shots, desk.session.shots) == (False, ())


async def test_left_out_or_refused_files_are_not_unsent_but_a_pasted_picture_is(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"broken")
    desk.session.add_files([tmp_path / "bad.jpg", *_files(tmp_path, 1)])
    await settled(desk.session)
    desk.session.choose(desk.session.shots[1].id, False)
    assert not desk.session.has_unsent_shots
    pasted = desk.session.add_bytes(b"pasted")
    assert pasted is not None
    await settled(desk.session)
    desk.session.choose(pasted, False)
    assert desk.session.has_unsent_shots


async def test_a_folder_becomes_its_photos_and_the_others_are_only_counted(desk: Desk, tmp_path: Path) -> None:
    _files(tmp_path, 3)
    (tmp_path / "letter").write_bytes(b"%PDF")
    (tmp_path / "notes.txt").touch()
    (alone := tmp_path.parent / "alone.jpg").write_bytes(b"%PDF")
    desk.session.add_files([alone, tmp_path])
    await until(lambda: len(desk.session.shots) > 3)
    await settled(desk.session)
    assert desk.names == ["alone.jpg", "0.jpg", "1.jpg", "2.jpg"]
    assert desk.session.intake.latest == IntakeFacts(other_count=2)
    assert {shot.folder_name for shot in desk.session.shots[1:]} == {tmp_path.name}


async def test_a_folder_that_does_not_answer_is_told_in_its_row(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(folder_walk, "_listed", lambda _folder: answers.wait())
    monkeypatch.setattr(chosen_files, "ANSWER_WITHIN_S", 0.05)
    desk.session.add_files([tmp_path])
    await settled(desk.session)
    answers.set()
    assert [shot.state for shot in desk.session.shots] == [Refused(RefusalReason.NO_ANSWER)]


async def test_of_large_files_one_is_examined_at_a_time_and_small_ones_pass(desk: Desk, tmp_path: Path) -> None:
    large = [tmp_path / f"large{number}.jpg" for number in range(3)]
    for number, file in enumerate(large):
        file.write_bytes(bytes([number]) * 5_000_001)
    desk.session.add_files(large)
    await settled(desk.session)
    assert desk.studio.most_running == 1
    desk.studio.gate.clear()
    desk.session.clear()
    desk.session.add_files([*large, *_files(tmp_path, 1)])
    await until(lambda: desk.studio.running == 2)
    desk.studio.gate.set()
    await settled(desk.session)


async def test_bytes_beyond_the_bound_are_made_again_at_send(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MOST_HELD_BYTES", 12)
    files = _files(tmp_path, 4)
    desk.session.add_files(files)
    await settled(desk.session)
    held = [len(shot.state.photo.data) for shot in desk.session.shots if isinstance(shot.state, Accepted)]
    assert sorted(held) == [0, 0, 5, 5]
    assert [shot.size_bytes for shot in desk.session.shots] == [5] * 4
    whole = [await desk.session.whole_photo(shot.id) for shot in desk.session.shots]
    assert [each.photo.size_bytes for each in whole if isinstance(each, Accepted)] == [5] * 4
    await desk.send()
    assert desk.sent == [file.name.encode() for file in files]


async def test_a_file_that_changed_meanwhile_is_not_sent_in_place_of_what_was_seen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MOST_HELD_BYTES", 0)
    files = _files(tmp_path, 3)
    desk.session.add_files(files)
    await settled(desk.session)
    files[0].write_bytes(b"another")
    files[1].unlink()
    await desk.send()
    assert desk.sent == [files[2].name.encode()]
    reasons = [shot.state.reason for shot in desk.session.shots if isinstance(shot.state, Refused)]
    assert reasons == [RefusalReason.CHANGED, RefusalReason.UNREADABLE]


async def test_what_was_sent_before_is_left_out_until_a_person_says_so(desk: Desk, tmp_path: Path) -> None:
    files = _files(tmp_path, 2)
    desk.known[files[0].name.encode()] = _EARLIER
    desk.session.add_files(files)
    await settled(desk.session)
    first, second = desk.session.shots
    assert (first.is_chosen, first.sent_before) == (False, replace(_EARLIER, at=HandClock().local(_NOW)))
    assert second.goes_out
    desk.session.choose(first.id, True)
    await desk.send()
    assert len(desk.sent) == 2


async def test_what_became_known_since_is_left_out_at_send_and_stays_in_view(desk: Desk, tmp_path: Path) -> None:
    files = _files(tmp_path, 2)
    desk.session.add_files(files)
    await settled(desk.session)
    desk.known[files[1].name.encode()] = _EARLIER
    desk.session.hand_over(desk.accept)
    end = await desk.session.hand_over_ended()
    assert [shot.name.file_name for shot in end.kept_back] == ["1.jpg"]
    assert (desk.names, desk.sent) == (["1.jpg"], [b"0.jpg"])


async def test_what_was_refused_stays_after_send(desk: Desk, tmp_path: Path) -> None:
    files = _files(tmp_path, 2)
    files[0].write_bytes(b"broken")
    desk.session.add_files(files)
    await settled(desk.session)
    await desk.send()
    assert desk.names == ["0.jpg"]
    assert not desk.session.has_unsent_shots


async def test_a_session_that_ends_examines_nothing_more(desk: Desk, tmp_path: Path) -> None:
    desk.studio.gate.clear()
    desk.session.add_files(_files(tmp_path, MAX_SHOTS + 5))
    await asyncio.sleep(0)
    await desk.session.aclose()
    assert (desk.session.shots, desk.session.waiting_count) == ((), 0)


async def test_a_batch_is_told_once_and_each_of_its_files_twice(desk: Desk, tmp_path: Path) -> None:
    """With its size once it is read, and with its verdict: each telling costs the window some milliseconds."""
    files = [tmp_path / f"{number}.jpg" for number in range(6)]
    for number, file in enumerate(files):
        file.write_bytes(b"%PDF" if number == 0 else bytes([number]) * 100)
    told: list[int] = []
    desk.session.feed.subscribe(lambda shots: told.append(len(shots)), replay=False)
    desk.session.add_files(files)
    await settled(desk.session)
    assert told == [6] * (1 + 2 * len(files))
