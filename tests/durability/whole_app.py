"""The whole program as a process that can be killed: main window, keyring, camera, decode workers, outbox.

    python -m tests.durability.whole_app DATA_DIR LIFE DIE_AT PATIENT...

Starts the program on a data folder that is set up, takes and adds photos for the patients as the dice of LIFE (a
number) fall, and tells on its standard output what a person saw:

    shutter NUMBER PATIENT     just before the key, the click or the drop
    kept ID PATIENT            the program says that it has the photo: it stands in the list of uploads
    state ID STATE             what it says of it from then on
    rest ID STATE PATIENT      at the end, when nothing moves any more
    done                       it came to its end; without it, it was killed

With DIE_AT it kills itself at a mark, counted from the first shutter: `disk:5` is the fifth checkpoint of the disk,
`screen:3` the third of the marks on the screen (the shutter, Send, every change of the uploads); `never` lets it live.
LIFE 0 takes nothing.
"""

import asyncio
import os
import random
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.app import lifecycle
from cerbo_desktop.app.application import Application
from cerbo_desktop.app.main import main
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.durability.numbered_pictures import numbered
from tests.flows.desk import Desk
from tests.ui.capture.desk import FrameSource
from tests.waiting import emitted, until

_ROUNDS = 4
_ROUND_LIMIT_S = 60.0
_REST_WITHIN_S = 8.0
_FRAMES_UNTIL_SURE = 4
"""So many frames later the camera certainly gives the new picture."""
_MOVING = frozenset({UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING, UploadState.CHECKING})


class Fate:
    """Counts marks from the first shutter on, and kills the process at the one that was told."""

    def __init__(self, die_at: str) -> None:
        kind, _, number = die_at.partition(":")
        self._left = {kind: int(number or 0)}
        self.has_begun = False

    def pass_checkpoint(self, _name: str) -> None:
        self._pass("disk")

    def pass_screen(self) -> None:
        self._pass("screen")

    def _pass(self, kind: str) -> None:
        if self.has_begun and self._left.get(kind, 0) > 0:
            self._left[kind] -= 1
            if self._left[kind] == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Person:
    """At the desk, with dice."""

    def __init__(self, desk: Desk, life: int, patients: list[int], fate: Fate, folder: Path) -> None:
        self._desk, self._life, self._patients, self._fate, self._folder = desk, life, patients, fate, folder
        self._dice = random.Random(life)
        self._shots = 0
        self._source: FrameSource | None = None
        self._camera: Camera | None = None
        self._states: dict[str, UploadState] = {}

    def give_camera(self) -> Camera:
        self._camera = Camera()
        self._source = FrameSource(numbered(0), self._camera)
        self._camera.use_frame_input(self._source.input)
        return self._camera

    def hear(self, uploads: tuple[Upload, ...]) -> None:
        self._fate.pass_screen()
        for upload in uploads:
            if upload.id not in self._states:
                say("kept", upload.id, upload.recipient.id)
            if self._states.get(upload.id) is not upload.state:
                self._states[upload.id] = upload.state
                say("state", upload.id, upload.state.name)

    async def work(self) -> None:
        for _ in range(_ROUNDS if self._life else 0):
            async with asyncio.timeout(_ROUND_LIMIT_S):
                await self._round()

    async def _round(self) -> None:
        patient = self._dice.choice(self._patients)
        await self._desk.open(patient)
        await self._dice.choice((self._use_card, self._use_sheet, self._add_files))(patient)

    async def _use_card(self, patient: int) -> None:
        """Send at once or after a moment, and now and then open somebody else meanwhile."""
        desk = self._desk
        desk.pages.patient.id_photo_chosen.emit()
        await until(lambda: desk.has_card)
        await self._new_picture(patient)
        desk.card.first_focus.setFocus()
        self._shutter(patient)
        desk.press(Qt.Key.Key_Space)
        await until(lambda: desk.card.title.text() == "Keep this ID photo?")
        is_sent = self._dice.random() < 0.7
        if is_sent:
            desk.press(Qt.Key.Key_Return)
            self._fate.pass_screen()
        if not is_sent or self._dice.random() < 0.5:
            await self._open_another(patient)
        await until(lambda: not desk.has_card or desk.card.problem.isVisible())
        if desk.has_card:
            desk.press(Qt.Key.Key_Escape)

    async def _open_another(self, patient: int) -> None:
        desk = self._desk
        other = next(each for each in self._patients if each != patient)
        await desk.search(str(other))
        desk.click_row(desk.pane.results.list, 0)
        await until(lambda: desk.is_asked or not desk.has_card)
        if desk.is_asked:
            desk.answer("Send 1")
            self._fate.pass_screen()

    async def _use_sheet(self, patient: int) -> None:
        desk = self._desk
        desk.click("Take photos", desk.pages.patient)
        await until(lambda: isinstance(open_sheet(desk.window), CaptureSheet))
        for _ in range(self._dice.randint(1, 3)):
            await self._new_picture(patient)
            live = desk.sheet.camera_tab.viewfinder.live
            count = len(desk.sheet.camera_tab.strip.shots.shots)
            self._shutter(patient)
            QTest.keyClick(live, Qt.Key.Key_Space)
            await until(lambda had=count: len(desk.sheet.camera_tab.strip.shots.shots) > had)  # type: ignore[misc]
        await self._send_from_sheet()

    async def _add_files(self, patient: int) -> None:
        files = []
        for _ in range(self._dice.randint(1, 3)):
            files.append(self._folder / f"{self._next_number(patient)}.jpg")
            numbered(int(files[-1].stem)).save(str(files[-1]))
            self._shutter(patient)
        self._desk.drop(files)
        await until(lambda: self._desk.added)
        await self._send_from_sheet()

    async def _send_from_sheet(self) -> None:
        """Now and then Esc follows, and the person lets it go on."""
        desk = self._desk
        desk.agree()
        QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
        self._fate.pass_screen()
        if self._dice.random() < 0.3:
            desk.press(Qt.Key.Key_Escape)
        await until(lambda: open_sheet(desk.window) is None or desk.is_asked or self._has_problem)
        if desk.is_asked:
            desk.press(Qt.Key.Key_Escape)
            await until(lambda: open_sheet(desk.window) is None or self._has_problem)
        if self._has_problem:
            await self._discard()

    @property
    def _has_problem(self) -> bool:
        sheet = open_sheet(self._desk.window)
        return isinstance(sheet, CaptureSheet) and bool(sheet.problem)

    async def _discard(self) -> None:
        self._desk.press(Qt.Key.Key_Escape)
        await until(lambda: self._desk.is_asked or open_sheet(self._desk.window) is None)
        if self._desk.is_asked:
            self._desk.question.buttons["discard"].click()
            await until(lambda: open_sheet(self._desk.window) is None)

    def _next_number(self, patient: int) -> int:
        """Unique among all lives, and it names the patient."""
        self._shots += 1
        return self._life << 10 | self._patients.index(patient) << 7 | self._shots

    def _shutter(self, patient: int) -> None:
        say("shutter", self._life << 10 | self._patients.index(patient) << 7 | self._shots, patient)
        self._fate.has_begun = True
        self._fate.pass_screen()

    async def _new_picture(self, patient: int) -> None:
        assert self._camera is not None
        assert self._source is not None
        await until(lambda: self._camera is not None and self._camera.state is CameraState.LIVE)
        self._source.image = numbered(self._next_number(patient))
        for _ in range(_FRAMES_UNTIL_SURE):
            await emitted(self._camera.frame_arrived)


class DrivenProgram(Application):
    """The program, with a person in front of it as soon as it has started."""

    person_at: Any = None

    def __init__(self, *parts: Any, **more: Any) -> None:
        more["make_camera"] = lambda: self._person.give_camera()
        super().__init__(*parts, **more)
        self._person: Person = DrivenProgram.person_at(self)

    async def start(self) -> None:
        await super().start()
        assert self.session.workspace is not None
        self.session.workspace.services.uploading.feed.subscribe(self._person.hear)
        self._scope.start(self._live())

    async def _live(self) -> None:
        assert self.session.workspace is not None
        uploads = self.session.workspace.services.uploading.feed
        self.window.activateWindow()
        await until(self.window.isActiveWindow)
        try:
            await self._person.work()
        except Exception:  # noqa: BLE001  # whatever it is, the judge is to hear of it
            traceback.print_exc()
        with suppress(TimeoutError):
            await until(lambda: not any(_is_moving(each) for each in uploads.latest), _REST_WITHIN_S)
        for upload in uploads.latest:
            say("rest", upload.id, upload.state.name, upload.recipient.id)
        say("done")
        self.ended.set()


def _is_moving(upload: Upload) -> bool:
    return upload.state in _MOVING and not upload.needs_person


def run(arguments: list[str]) -> int:
    data_dir, life, die_at, *patients = arguments
    fate = Fate(die_at)
    defaults = DiskOutbox.__init__.__kwdefaults__
    assert defaults is not None
    defaults["checkpoint"] = fate.pass_checkpoint

    def person_at(application: Application) -> Person:
        desk = Desk.in_front_of(application)
        files = Path(data_dir).with_suffix(".files")
        files.mkdir(exist_ok=True)
        return Person(desk, int(life), [int(each) for each in patients], fate, files)

    DrivenProgram.person_at = staticmethod(person_at)
    vars(lifecycle)["Application"] = DrivenProgram  # the one place where the program is made
    return main(["--data-dir", data_dir])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
