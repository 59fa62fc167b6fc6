"""From the shutter to the outbox, disturbed at every await: each photo is stored once, or somebody is asked about it.

The presenters, the session and the uploading are real; what the outbox kept and the server stored is the judge.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.domain.verdict import Accepted, OutgoingPhoto, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.settings import SettingsFile
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.contents import Contents
from cerbo_desktop.services.reconciling import Reconciling
from cerbo_desktop.services.uploading import Uploading
from cerbo_desktop.ui.capture import words
from cerbo_desktop.ui.capture.id_presenter import IdCardPresenter
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from tests.durability.interleaving import disturbed
from tests.fakes.capture_views import PlainCamera, PlainIdCard, PlainSheet
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.fakes.outbox import MemoryOutbox

MARIA, THOMAS = Patient(PatientId("10482"), "Maria", "Lopez"), Patient(PatientId("10311"), "Thomas", "Becker")
_MANY_TURNS = 150
_CANCELLABLE = ("capture", "hand-over", "ID card", "capture sheet", "photographing")
"""Scopes whose tasks something may cancel. The others are begun work that goes to its end."""


class SlowStudio(FakeImageStudio):
    """An examination takes some turns of the loop."""

    async def encode_jpeg(self, raster: Raster) -> bytes:
        await _turns(4)
        return await super().encode_jpeg(raster)

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        await _turns(4)
        return await super().examine(data, file_name)


class SlowOutbox(MemoryOutbox):
    """As on a disk: one job after the other, each done to its end whoever still waits for it."""

    _last: "asyncio.Task[None] | None" = None

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[int] = []
        """Every picture that was ever newly kept, by its number."""

    async def accept(self, upload: Upload, photo: OutgoingPhoto) -> None:
        self._last = asyncio.get_running_loop().create_task(self._accept_after(self._last, upload, photo))
        await asyncio.shield(self._last)

    async def _accept_after(self, last: "asyncio.Task[None] | None", upload: Upload, photo: OutgoingPhoto) -> None:
        if last is not None:
            await asyncio.wait({last})
        await _turns(2)
        is_new = upload.id not in self.uploads
        await super().accept(upload, photo)
        self.taken += [_number(photo)] * is_new


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


class Front:
    """One front desk, with what a person does at it."""

    is_under_way = False
    """From the shutter until everything has come to rest."""
    is_sent = False
    """Send was pressed."""

    def __init__(self, folder: Path) -> None:
        self.failures: list[BaseException] = []
        self.server, self.outbox, self.studio = FakeCerboServer(), SlowOutbox(), SlowStudio()
        for patient in (MARIA, THOMAS):
            self.server.add_patient(patient)
        self.contents = Contents(self.server, on_failure=self.failures.append)
        reconciling = Reconciling(self.server, self.contents)
        self.uploading = Uploading(self.server, reconciling, self.outbox, HandClock(), self.failures.append)
        self.settings = SettingsFile(folder / "settings.json")
        self.scope = TaskScope("photographing", self.failures.append)
        self.camera = PlainCamera()
        self.session = CaptureSession(MARIA, self.studio, HandClock(), self.failures.append)

    async def play(self) -> None:
        raise NotImplementedError

    left: Sequence[int] = ()
    """Pictures that were still in the session when everything had come to rest, for a person to decide about."""

    async def rest(self) -> None:
        await _turns(_MANY_TURNS)

    async def aclose(self) -> None:
        await self.scope.aclose()
        await self.uploading.aclose()
        await self.contents.aclose()
        assert self.failures == []

    @property
    def kept(self) -> Counter[int]:
        """How often the outbox took each picture."""
        return Counter(self.outbox.taken)

    @property
    def stored(self) -> Counter[int]:
        """How often the server has each picture."""
        return Counter(_number(photo) for photo in self.server.queued_photos.values())

    @property
    def here(self) -> list[int]:
        """Pictures that are in the session."""
        return [_number(shot.state.photo) for shot in self.session.shots if isinstance(shot.state, Accepted)]

    def is_everything_marias(self) -> bool:
        return all(upload.recipient.id == MARIA.id for upload in self.outbox.uploads.values())


def _number(photo: OutgoingPhoto) -> int:
    return photo.data[-4]


class CardRun(Front):
    """The ID card: the shutter, and Send while the photo is still examined."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.card = PlainIdCard()
        self.questions: list[words.LeaveQuestion] = []
        self.has_left = False
        self.presenter = IdCardPresenter(
            self.card,
            self.session,
            self.camera,
            self.settings,
            accept=self.uploading.accept,
            on_closed=lambda: None,
            on_failure=self.failures.append,
        )

    def press_send(self) -> None:
        self.card.send_pressed.emit()

    async def play(self) -> None:
        self.presenter.start()
        self.card.shutter_pressed.emit()
        self.is_under_way = True
        await _turns(2)
        self.is_sent = True
        self.card.send_pressed.emit()
        await self.rest()
        self.is_under_way = False
        self.left = self.here
        await self.presenter.aclose()
        await self.rest()
        await self.aclose()

    def open_another_patient(self, _task: object) -> None:
        self.scope.start(self._leave())

    async def _leave(self) -> None:
        self.has_left = await self.presenter.may_leave(self._ask)

    async def _ask(self, question: words.LeaveQuestion) -> str:
        self.questions.append(question)
        await _turns(3)
        return "send"


Run = TypeVar("Run", bound=Front)


def _every_await(
    make: Callable[[], Run],
    act_of: Callable[[Run], Callable[[Any], object]],
    *,
    of: tuple[str, ...] = ("",),
    after_send: bool = False,
) -> list[Run]:
    """A run for each await, disturbed there. `of`: how the names of the tasks begin whose awaits count."""

    def play(run: Run, at: int) -> int:
        def is_counted(name: str) -> bool:
            return name.startswith(of) and run.is_under_way and (run.is_sent or not after_send)

        return disturbed(run.play(), act_of(run), at, is_counted)

    runs = []
    for at in range(1, play(make(), 0) + 1):
        runs.append(make())
        play(runs[-1], at)
    assert len(runs) >= 5
    print(f"\n{len(runs)} awaits")
    return runs


def _pressing_send(run: Any) -> Callable[[Any], object]:
    return lambda _: run.press_send()


def _cancelling(_run: Front) -> Callable[[Any], object]:
    return lambda task: task.cancel()


def test_the_card_sends_its_photo_once(tmp_path: Path) -> None:
    run = CardRun(tmp_path)
    disturbed(run.play(), lambda _: None, 0)
    assert (run.kept, run.stored) == ({1: 1}, {1: 1})


def test_send_twice_at_every_await_of_the_card(tmp_path: Path) -> None:
    for run in _every_await(lambda: CardRun(tmp_path), _pressing_send):
        assert (run.kept, run.stored, run.left) == ({1: 1}, {1: 1}, [])


def test_another_patient_is_opened_at_every_await_of_the_card(tmp_path: Path) -> None:
    """The second sender: the question on leaving, answered with Send. It is asked only before Send was pressed."""
    for run in _every_await(lambda: CardRun(tmp_path), lambda run: run.open_another_patient):
        assert (run.kept, run.stored, run.left) == ({1: 1}, {1: 1}, [])
        assert run.is_everything_marias()
        assert run.has_left


@pytest.mark.parametrize("key", ["dismiss_pressed", "retake_pressed"])
def test_discard_and_retake_after_send_change_nothing(tmp_path: Path, key: str) -> None:
    """Before Send the photo goes, as the button says; after it, it is sent. It is never half of both."""
    for run in _every_await(
        lambda: CardRun(tmp_path), lambda run: lambda _: getattr(run.card, key).emit(), after_send=True
    ):
        assert (run.kept, run.stored) in (({1: 1}, {1: 1}), ({}, {}))
        assert run.kept or not run.card.is_saving


def test_a_cancellation_at_every_await_of_the_card(tmp_path: Path) -> None:
    for run in _every_await(lambda: CardRun(tmp_path), _cancelling, of=_CANCELLABLE):
        assert run.kept in ({1: 1}, {})
        assert run.kept == run.stored
        # A photo whose examination was ended could not be sent, and the card said so.
        assert run.kept or run.left or "Take it again" in run.card.problem
        assert not (run.card.is_saving and run.left)
        assert run.kept.keys().isdisjoint(run.left)


def test_the_card_is_closed_by_the_program_at_every_await(tmp_path: Path) -> None:
    def closing(run: CardRun) -> Callable[[Any], object]:
        return lambda _: run.scope.start(run.presenter.aclose())

    for run in _every_await(lambda: CardRun(tmp_path), closing):
        assert run.kept == run.stored
        assert run.kept in ({1: 1}, {})


class SheetRun(Front):
    """The sheet: four shots, the last left out, and Send while they are examined."""

    def __init__(self, folder: Path, answer: str = "stay") -> None:
        super().__init__(folder)
        self.view = PlainSheet(answer)
        self.removed: set[int] = set()
        self.safe_when_asked: list[int] = []
        self.presenter = CapturePresenter(
            self.view,
            self.session,
            self.camera,
            self.settings,
            accept=self.uploading.accept,
            on_failure=self.failures.append,
        )

    def press_send(self) -> None:
        self.view.send_pressed.emit()

    async def play(self) -> None:
        self.presenter.start()
        for _ in range(4):
            self.view.shutter_pressed.emit()
            self.is_under_way = True
            await _turns(3)
        self.session.choose(self.session.shots[-1].id, False)
        self.is_sent = True
        self.view.send_pressed.emit()
        await self.rest()
        self.is_under_way = False
        self.left = self.here
        self.was_open = self.view.is_open
        await self.presenter.aclose()
        await self.rest()
        await self.aclose()

    def remove_second(self, _task: object) -> None:
        for shot in self.session.shots:
            if shot.label == "Shot 2":
                self.view.shot_removed.emit(shot.id)
                if all(each.id != shot.id for each in self.session.shots):
                    self.removed.add(2)

    def shoot(self, _task: object) -> None:
        self.view.shutter_pressed.emit()

    def leave(self, _task: object) -> None:
        self.view.leave_pressed.emit()


WHOLE = {1: 1, 2: 1, 3: 1}


def test_the_sheet_sends_what_was_chosen_once_and_closes(tmp_path: Path) -> None:
    run = SheetRun(tmp_path)
    disturbed(run.play(), lambda _: None, 0)
    assert (run.kept, run.stored, run.left, run.was_open) == (WHOLE, WHOLE, [], False)


def test_send_twice_at_every_await_of_the_sheet(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), _pressing_send, after_send=True):
        assert (run.kept, run.stored, run.left, run.was_open) == (WHOLE, WHOLE, [], False)


def test_a_shot_removed_at_every_await_is_never_sent(tmp_path: Path) -> None:
    runs = _every_await(lambda: SheetRun(tmp_path), lambda run: run.remove_second, after_send=True)
    for run in runs:
        assert run.kept == run.stored == {number: 1 for number in (1, 2, 3) if number not in run.removed}
    assert any(run.removed for run in runs)
    assert any(run.view.problem == words.BEING_SAVED for run in runs)


def test_a_shot_taken_at_every_await_after_send_stays(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), lambda run: run.shoot, after_send=True):
        assert run.kept == run.stored == WHOLE
        assert run.left == ([5] if run.camera.taken == 5 else [])
        assert run.was_open == bool(run.left)


@pytest.mark.parametrize("answer", ["stay", "discard", "send"])
def test_esc_at_every_await_after_send_says_the_truth(tmp_path: Path, answer: str) -> None:
    """The question counts what is safe, and nothing more becomes safe while it is open."""
    runs = _every_await(lambda: SheetRun(tmp_path, answer), lambda run: run.leave, after_send=True)
    for run in runs:
        assert run.kept == run.stored
        if answer == "discard" and run.view.questions:
            (question,) = run.view.questions
            said = int(question.title.split()[0]) if "already safe" in question.title else 0
            assert sum(run.kept.values()) == said
            assert question.discard == f"Discard {4 - said}"
        else:
            assert run.kept == WHOLE
    assert {len(run.kept) for run in runs} == ({0, 1, 2, 3} if answer == "discard" else {3})


def test_a_cancellation_at_every_await_of_the_sheet(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), _cancelling, of=_CANCELLABLE):
        assert run.kept == run.stored
        assert all(times == 1 for times in run.kept.values())
        assert {1, 2, 3} <= {*run.kept, *run.left, *run.view.refused_shown}
        assert run.kept.keys().isdisjoint(run.left)
        assert not any(shot.is_being_sent for shot in run.view.shots)
