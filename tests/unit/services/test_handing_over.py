"""From the session to the outbox: marked at the press, once each, and in words that are true meanwhile."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.shots import HandOverStage, ShotName, ShotSource
from cerbo_desktop.ui.text import shots as shot_words
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez")


class Receiver:
    """An outbox that takes what it is told to take."""

    def __init__(self) -> None:
        self.taken: list[bytes | bytearray] = []
        self.begun = 0
        self.room = 100
        self.gate = asyncio.Event()
        self.gate.set()

    async def accept(self, patient: Patient, photo: Accepted) -> None:
        self.begun += 1
        await self.gate.wait()
        if len(self.taken) == self.room:
            raise NotSafe(NotSafeReason.DISK_FULL)
        assert patient is MARIA
        self.taken.append(photo.photo.data)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def studio() -> FakeImageStudio:
    return FakeImageStudio()


@pytest.fixture
async def session(studio: FakeImageStudio) -> AsyncIterator[CaptureSession]:
    failures: list[BaseException] = []
    made = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    yield made
    await made.aclose()
    assert failures == []


async def _with_shots(session: CaptureSession, count: int = 3) -> None:
    for shade in range(count):
        session.add_frame(Raster(1, 1, bytes([shade, shade, shade, 255]), 1, 1))
    await settled(session)


async def test_marked_before_anything_is_awaited(session: CaptureSession, receiver: Receiver) -> None:
    await _with_shots(session)
    session.hand_over(receiver.accept)
    assert all(shot.hand_over is HandOverStage.WAITING for shot in session.shots)
    assert session.is_handing_over
    session.hand_over(receiver.accept)
    assert (await session.hand_over_ended()).is_whole
    assert (len(receiver.taken), session.shots, session.safe_count) == (3, (), 3)


async def test_what_is_examined_when_send_is_pressed_goes_out_too(
    session: CaptureSession, receiver: Receiver, studio: FakeImageStudio
) -> None:
    studio.gate.clear()
    session.add_frame(Raster(1, 1, bytes(4), 1, 1))
    session.hand_over(receiver.accept)
    assert session.shots[0].is_being_sent
    studio.gate.set()
    assert (await session.hand_over_ended()).is_whole
    assert len(receiver.taken) == 1


async def test_one_refused_and_nothing_is_handed_over(session: CaptureSession, receiver: Receiver) -> None:
    await _with_shots(session, 1)
    session.add_bytes(b"broken")
    session.hand_over(receiver.accept)
    end = await session.hand_over_ended()
    assert [shot.state for shot in end.refused] == [Refused(RefusalReason.DAMAGED, size_bytes=6)]
    assert not end.is_whole
    assert receiver.taken == []
    assert not any(shot.is_being_sent for shot in session.shots)


async def test_a_disk_that_fails_leaves_it_and_those_after_it(session: CaptureSession, receiver: Receiver) -> None:
    await _with_shots(session)
    receiver.room = 1
    session.hand_over(receiver.accept)
    end = await session.hand_over_ended()
    assert end.failure is not None
    assert end.failure.reason is NotSafeReason.DISK_FULL
    assert [shot_words.name(shot.name) for shot in session.shots] == ["Shot 2", "Shot 3"]
    assert not any(shot.is_being_sent for shot in session.shots)
    assert session.safe_count == 1


async def test_in_the_outboxes_hands_it_is_neither_removed_nor_left_out(
    session: CaptureSession, receiver: Receiver
) -> None:
    await _with_shots(session, 2)
    receiver.gate.clear()
    session.hand_over(receiver.accept)
    await until(lambda: receiver.begun)
    held, waiting = session.shots
    assert not session.remove(held.id)
    session.choose(held.id, False)
    session.clear()
    assert [shot.id for shot in session.shots] == [held.id]
    assert session.shots[0].is_chosen
    assert session.has_unsent_shots
    receiver.gate.set()
    await session.hand_over_ended()
    assert (len(receiver.taken), session.shots) == (1, ())
    assert waiting.id not in [shot.id for shot in session.shots]


async def test_added_meanwhile_stays_and_left_out_before_goes(session: CaptureSession, receiver: Receiver) -> None:
    await _with_shots(session)
    session.choose(session.shots[1].id, False)
    session.hand_over(receiver.accept)
    session.add_bytes(b"new")
    assert (await session.hand_over_ended()).is_whole
    assert [shot_words.name(shot.name) for shot in session.shots] == ["Pasted photo 1"]
    assert not session.shots[0].is_being_sent
    assert len(receiver.taken) == 2


async def test_a_pause_waits_for_the_one_in_hand_and_begins_none(session: CaptureSession, receiver: Receiver) -> None:
    await _with_shots(session)
    receiver.gate.clear()
    session.hand_over(receiver.accept)
    await until(lambda: receiver.begun)
    receiver.gate.set()
    async with session.hand_over_paused():
        assert session.safe_count == len(receiver.taken) == 1
        for _ in range(20):
            await asyncio.sleep(0)
        assert receiver.begun == 1
        assert [shot.hand_over for shot in session.shots] == [HandOverStage.WAITING] * 2
    assert (await session.hand_over_ended()).is_whole
    assert len(receiver.taken) == 3


async def test_closing_hands_over_what_was_sent(studio: FakeImageStudio, receiver: Receiver) -> None:
    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", lambda failure: None))
    await _with_shots(session)
    session.hand_over(receiver.accept)
    await session.aclose()
    assert len(receiver.taken) == 3


async def test_whoever_waits_for_the_end_ends_nothing_when_cancelled(
    session: CaptureSession, receiver: Receiver
) -> None:
    await _with_shots(session)
    session.hand_over(receiver.accept)
    waiting = asyncio.get_running_loop().create_task(session.hand_over_ended())
    await asyncio.sleep(0)
    waiting.cancel()
    assert (await session.hand_over_ended()).is_whole
    assert len(receiver.taken) == 3


async def test_a_defect_of_the_outbox_lets_send_be_pressed_again(studio: FakeImageStudio, receiver: Receiver) -> None:
    failures: list[BaseException] = []

    async def defective(_patient: Patient, _photo: Accepted) -> None:
        raise ZeroDivisionError

    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    await _with_shots(session, 1)
    session.hand_over(defective)
    assert (await session.hand_over_ended()).is_broken_off
    assert isinstance(failures[0], ZeroDivisionError)
    session.hand_over(receiver.accept)
    assert (await session.hand_over_ended()).is_whole
    await session.aclose()


async def test_a_repeat_that_shows_while_it_is_sent_is_left_out(
    session: CaptureSession, receiver: Receiver, studio: FakeImageStudio
) -> None:
    studio.gate.clear()
    session.add_bytes(b"same")
    session.add_bytes(b"same")
    session.hand_over(receiver.accept)
    studio.gate.set()
    assert (await session.hand_over_ended()).is_whole
    assert (len(receiver.taken), session.shots) == (1, ())


async def test_what_is_safe_already_is_a_repeat_when_it_comes_again(
    session: CaptureSession, receiver: Receiver
) -> None:
    session.add_bytes(b"same")
    session.hand_over(receiver.accept)
    await session.hand_over_ended()
    session.add_bytes(b"same")
    await settled(session)
    assert [(shot.repeats, shot.is_chosen) for shot in session.shots] == [(ShotName(ShotSource.PASTE, 1), False)]
