"""The same photo twice in one list: the earlier one stays, whichever is examined first."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.shots import Shot
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio

MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4))


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
async def session(failures: list[BaseException]) -> AsyncIterator[CaptureSession]:
    made = CaptureSession(MARIA, FakeImageStudio(), HandClock(), TaskScope("test", failures.append))
    yield made
    await made.aclose()
    assert not failures


def add(session: CaptureSession, folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
        session.add_files([folder / name])


def rows(session: CaptureSession) -> list[tuple[str, str | None, bool]]:
    """The name of each, of the one that it repeats, and whether it is chosen."""
    return [_row(shot) for shot in session.shots]


def _row(shot: Shot) -> tuple[str, str | None, bool]:
    return shot.name.file_name, shot.repeats.file_name if shot.repeats is not None else None, shot.is_chosen


class EarlierIsLate(FakeImageStudio):
    """The examination of the file "one" ends after that of the next one."""

    def __init__(self) -> None:
        super().__init__()
        self._is_next_done = asyncio.Event()

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        if file_name == "one":
            await self._is_next_done.wait()
        self._is_next_done.set()
        return await super().examine(data, file_name)


async def test_of_two_files_that_came_together_the_earlier_one_stays(
    failures: list[BaseException], tmp_path: Path
) -> None:
    session = CaptureSession(MARIA, EarlierIsLate(), HandClock(), TaskScope("test", failures.append))
    add(session, tmp_path, one=b"same", two=b"same")
    await settled(session)
    assert rows(session) == [("one", None, True), ("two", "one", False)]
    await session.aclose()
    assert not failures


async def test_the_same_pixels_in_other_bytes_are_the_same_photo(session: CaptureSession, tmp_path: Path) -> None:
    add(session, tmp_path, one=b"arm|saved", two=b"arm|saved again", three=b"leg|saved")
    await settled(session)
    assert rows(session) == [("one", None, True), ("two", "one", False), ("three", None, True)]


async def test_when_the_one_that_stays_is_removed_the_next_copy_takes_its_place(
    session: CaptureSession, tmp_path: Path
) -> None:
    add(session, tmp_path, one=b"same", two=b"same", three=b"same")
    await settled(session)
    session.remove(session.shots[0].id)
    assert rows(session) == [("two", None, True), ("three", "two", False)]
    session.remove(session.shots[0].id)
    assert rows(session) == [("three", None, True)]


async def test_a_copy_of_a_photo_that_is_safe_repeats_it(session: CaptureSession, tmp_path: Path) -> None:
    async def accept(_patient: Patient, _photo: Accepted) -> None:
        pass

    add(session, tmp_path, one=b"arm|saved")
    await settled(session)
    session.hand_over(accept)
    await session.hand_over_ended()
    add(session, tmp_path, two=b"arm|saved again")
    await settled(session)
    assert rows(session) == [("two", "one", False)]


async def test_camera_shots_repeat_nothing(session: CaptureSession) -> None:
    for _ in range(2):
        session.add_frame(Raster(1, 1, b"\x10\x10\x10\xff", 1, 1))
    await settled(session)
    assert [shot.repeats for shot in session.shots] == [None, None]


class SentBeforeSession:
    """Files that were all sent before, for another patient."""

    def __init__(self, failures: list[BaseException]) -> None:
        scope = TaskScope("test", failures.append)
        self.session = CaptureSession(MARIA, FakeImageStudio(), HandClock(), scope, find_earlier=self._find)

    async def _find(self, _patient_id: PatientId, _photo: Accepted) -> SentBefore:
        return SentBefore(SentWhere.OTHER_PATIENT)

    def choose(self, place: int, is_chosen: bool = True) -> None:
        self.session.choose(self.session.shots[place].id, is_chosen)


@pytest.mark.parametrize(("wanted", "other"), [(0, 1), (1, 0)], ids=["the first", "the second"])
async def test_one_photo_of_two_names_that_was_sent_before_goes_once_for_each_word(
    failures: list[BaseException], tmp_path: Path, wanted: int, other: int
) -> None:
    of = SentBeforeSession(failures)
    names = ("one", "two")
    add(of.session, tmp_path, one=b"same", two=b"same")
    await settled(of.session)
    assert rows(of.session) == [("one", None, False), ("two", None, False)]
    of.choose(wanted)
    assert rows(of.session)[other] == (names[other], names[wanted], False)
    of.choose(other)
    assert rows(of.session)[wanted] == (names[wanted], None, True)
    assert rows(of.session)[other] == (names[other], names[wanted], True)
    of.choose(other, False)
    of.choose(wanted, False)
    assert rows(of.session) == [("one", None, False), ("two", None, False)]
    await of.session.aclose()


async def test_a_copy_of_one_that_a_person_left_out_stays_out(session: CaptureSession, tmp_path: Path) -> None:
    add(session, tmp_path, one=b"same")
    await settled(session)
    session.choose(session.shots[0].id, False)
    add(session, tmp_path, two=b"same")
    await settled(session)
    assert rows(session) == [("one", None, False), ("two", "one", False)]
