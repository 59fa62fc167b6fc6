"""Two scenes of taking photos, from the shutter to the outbox, for a loop that is disturbed at every await.

The presenters, the session and the uploading are real; studio, outbox and server are in memory and take their turns.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.sent_before import Marks
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.domain.verdict import Accepted, OutgoingPhoto, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.ui.capture.id_presenter import IdCardPresenter
from cerbo_desktop.ui.capture.leave_question import LeaveQuestion
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from cerbo_desktop.ui.text import shots as shot_words
from tests.fakes.capture_views import PlainCamera, PlainIdCard, PlainSheet
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.fakes.outbox import MemoryOutbox

MARIA, THOMAS = Patient(PatientId("10482"), "Maria", "Lopez"), Patient(PatientId("10311"), "Thomas", "Becker")
_MANY_TURNS = 150


class SlowStudio(FakeImageStudio):
    """An examination takes some turns of the loop."""

    async def examine_frame(self, frame: Raster) -> Verdict:
        await _turns(4)
        return await super().examine_frame(frame)

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

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        self._last = asyncio.get_running_loop().create_task(self._accept_after(self._last, upload, photo, marks))
        await asyncio.shield(self._last)

    async def _accept_after(
        self, last: "asyncio.Task[None] | None", upload: Upload, photo: OutgoingPhoto, marks: Marks
    ) -> None:
        if last is not None:
            await asyncio.wait({last})
        await _turns(2)
        is_new = upload.id not in self.uploads
        await super().accept(upload, photo, marks)
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
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        reconciling = ServerLookup(self.server, self.contents)
        self.uploading = Uploading(
            self.server, reconciling, self.outbox, HandClock(), TaskScope("test", self.failures.append)
        )
        self.settings = SettingsFile(folder / "settings.json")
        self.scope = TaskScope("photographing", self.failures.append)
        self.camera = PlainCamera()
        self.session = CaptureSession(MARIA, self.studio, HandClock(), TaskScope("test", self.failures.append))

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
        self.questions: list[LeaveQuestion] = []
        self.has_left = False
        self.presenter = IdCardPresenter(
            self.card,
            self.session,
            self.camera,
            self.settings,
            accept=self.uploading.accept,
            on_closed=lambda: None,
            scope=TaskScope("test", self.failures.append),
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

    async def _ask(self, question: LeaveQuestion) -> str:
        self.questions.append(question)
        await _turns(3)
        return "send"


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
            scope=TaskScope("test", self.failures.append),
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
            if shot_words.name(shot.name) == "Shot 2":
                self.view.shot_removed.emit(shot.id)
                if all(each.id != shot.id for each in self.session.shots):
                    self.removed.add(2)

    def shoot(self, _task: object) -> None:
        self.view.shutter_pressed.emit()

    def leave(self, _task: object) -> None:
        self.view.leave_pressed.emit()
