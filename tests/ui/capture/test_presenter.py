"""Sheet, session and camera together: the pictures come through Qt's own pipeline."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services import judging
from cerbo_desktop.services.capturing import MAX_SHOTS, CaptureSession
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.text import added_files, camera as camera_words, shots as shot_words
from tests.capturing import chosen, settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.ui.capture.desk import MARIA, TODAY, FrameSource, Sent, halves, plain, take_down
from tests.waiting import until


@dataclass
class Desk:
    window: QWidget
    sheet: CaptureSheet
    session: CaptureSession
    presenter: CapturePresenter
    camera: Camera
    source: FrameSource
    studio: FakeImageStudio
    sent: Sent
    settings: SettingsFile

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        QTest.keyClick(self.sheet.focusWidget() if widget is None else widget, key)

    async def shoot(self, count: int = 1) -> None:
        for _ in range(count):
            taken = len(self.session.shots)
            await until(lambda: self.sheet.camera_tab.viewfinder.live.has_picture)
            self.press(Qt.Key.Key_Space, self.sheet.camera_tab.viewfinder.live)
            await until(lambda expected=taken + 1: len(self.session.shots) == expected)  # type: ignore[misc]

    @property
    def question(self) -> Question | None:
        found = open_sheet(self.window)
        return found if isinstance(found, Question) else None


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    camera, source, studio, sent = Camera(), FrameSource(halves()), FakeImageStudio(), Sent()
    camera.use_frame_input(source.input)
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    settings = SettingsFile(tmp_path / "settings.json")
    presenter = CapturePresenter(
        sheet, session, camera, settings, accept=sent.accept, scope=TaskScope("test", failures.append)
    )
    sheet.open_over(window, first_focus=sheet.first_focus)
    yield Desk(window, sheet, session, presenter, camera, source, studio, sent, settings)
    await presenter.aclose()
    await take_down(window)
    assert failures == []


async def test_space_space_enter_space_enter(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot(2)
    desk.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.sheet.foot.consent.box
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: len(desk.sent.photos) == 2)
    assert set(desk.sent.patients) == {MARIA}
    await until(lambda: not desk.sheet.is_open)
    assert desk.camera.state is CameraState.OFF
    assert not desk.presenter.has_unsent_shots


@pytest.mark.parametrize("answer", ["send", "discard"])
async def test_the_sheet_that_goes_does_not_say_that_there_was_nothing(desk: Desk, answer: str) -> None:
    """Its last picture stays for the fade."""
    shown: list[str] = []
    desk.sheet.dismissed.connect(lambda: shown.extend(_words_of(desk.sheet)))
    desk.presenter.start()
    await desk.shoot(2)
    if answer == "send":
        desk.sheet.foot.consent.box.setChecked(True)
        desk.sheet.foot.send.click()
    else:
        desk.presenter.ask_to_leave()
        await until(lambda: desk.question)
        assert desk.question is not None
        desk.question.buttons["discard"].click()
    await until(lambda: not desk.sheet.is_open)
    shown += _words_of(desk.sheet)
    assert shown
    assert not [text for text in shown if text.startswith(("No shots yet", "Nothing to send"))]


async def test_a_sheet_that_stays_says_that_it_is_empty(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot()
    desk.session.remove(desk.session.shots[0].id)
    assert any(text == "No shots yet" for text in _words_of(desk.sheet))


def _words_of(sheet: CaptureSheet) -> list[str]:
    return [sheet.foot.send.text(), *(label.text() for label in sheet.findChildren(QLabel))]


async def test_send_waits_for_the_last_examination(desk: Desk) -> None:
    desk.presenter.start()
    desk.studio.gate.clear()
    await desk.shoot()
    desk.sheet.foot.consent.box.setChecked(True)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert desk.sent.photos == []
    desk.studio.gate.set()
    await until(lambda: desk.sent.photos)
    assert len(desk.sent.patients) == 1


async def test_a_photo_refused_after_send_was_pressed_keeps_the_sheet_open(desk: Desk, tmp_path: Path) -> None:
    for name, data in (("good.jpg", b"good"), ("bad.jpg", b"broken")):
        (tmp_path / name).write_bytes(data)
    desk.studio.gate.clear()
    desk.presenter.start(files=[tmp_path / "good.jpg", tmp_path / "bad.jpg"])
    assert desk.sheet.tab == "files"
    desk.sheet.foot.consent.box.setChecked(True)
    desk.sheet.foot.press_send()
    desk.studio.gate.set()
    await until(lambda: desk.sheet.problem)
    assert desk.sheet.problem == "Damaged. It can’t be opened. Not added. Review, then send."
    assert desk.sent.photos == []
    await asyncio.sleep(0)  # the sending that ended with this problem is still on its way out
    desk.sheet.foot.press_send()
    await until(lambda: desk.sent.photos)
    assert [accepted.photo.data for accepted in desk.sent.photos] == [b"good"]


async def test_a_photo_the_disk_does_not_take_stays_in_the_sheet(desk: Desk, tmp_path: Path) -> None:
    for name, data in (("one.jpg", b"one"), ("two.jpg", b"two")):
        (tmp_path / name).write_bytes(data)
    desk.sent.room_for = 1
    desk.presenter.start(files=[tmp_path / "one.jpg", tmp_path / "two.jpg"])
    desk.sheet.foot.consent.box.setChecked(True)
    await until(lambda: len(chosen(desk.session)) == 2)
    desk.sheet.foot.press_send()
    await until(lambda: desk.sheet.problem)
    assert desk.sheet.problem.startswith("This PC’s disk is full. The photo was not saved.")
    assert [shot_words.name(shot.name) for shot in desk.session.shots] == ["two.jpg"], (
        "the first is safe and must not go out twice"
    )
    desk.sent.room_for = 2
    await asyncio.sleep(0)
    desk.sheet.foot.press_send()
    await until(lambda: not desk.sheet.is_open)
    assert [accepted.photo.data for accepted in desk.sent.photos] == [b"one", b"two"]


async def test_a_file_that_went_away_since_it_was_seen_is_told_and_the_others_are_safe(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large batch only previews are kept, and the files are read again."""
    monkeypatch.setattr(judging, "MOST_HELD_BYTES", 0)
    for name in ("one.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    desk.presenter.start(files=[tmp_path / "one.jpg", tmp_path / "two.jpg"])
    desk.sheet.foot.consent.box.setChecked(True)
    await until(lambda: len(chosen(desk.session)) == 2)
    (tmp_path / "one.jpg").unlink()
    desk.sheet.foot.press_send()
    await until(lambda: desk.sheet.problem)
    assert desk.sheet.problem.startswith("Can’t be read. It was moved, or you don’t have permission to open it.")
    assert desk.sheet.problem.endswith("Review, then send. 1 photo is already safe on this PC.")
    assert [accepted.photo.data for accepted in desk.sent.photos] == [b"two.jpg"]
    assert desk.sheet.is_open


async def test_the_next_files_come_after_send_and_what_was_refused_stays_to_the_end(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(MAX_SHOTS + 2)]
    for file in files:
        file.write_bytes(file.name.encode())
    files[0].write_bytes(b"broken")
    desk.presenter.start(files=files)
    desk.sheet.foot.consent.box.setChecked(True)
    await settled(desk.session)
    assert desk.sheet.foot.send.text() == "Send 60 to Maria Lopez, 4 Mar 1981"
    desk.presenter.ask_to_leave()
    await until(lambda: desk.question)
    assert desk.question is not None
    assert desk.question.accessibleName().startswith("61 files are for Maria Lopez")
    desk.question.buttons["stay"].click()
    await until(lambda: desk.question is None)
    desk.sheet.foot.press_send()
    await until(lambda: desk.sheet.strips.news == added_files.next_files_here(60, 0))
    await settled(desk.session)
    current = desk.sheet.files_tab.files.current_shot()
    assert current is not None
    assert current.name.file_name == files[-1].name
    desk.sheet.foot.press_send()
    await until(lambda: desk.sheet.strips.news == added_files.rest_not_sent(61, 0, 1))
    assert [shot.name.file_name for shot in desk.session.shots] == ["0.jpg"]
    assert desk.sheet.foot.cancel.text() == "Close"
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sheet.is_open


async def test_a_file_that_is_still_checked_says_so_when_somebody_wants_to_see_it_large(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    desk.studio.gate.clear()
    desk.presenter.start(files=[tmp_path / "a.jpg"])
    await until(lambda: desk.sheet.files_tab.files.current_shot() is not None)
    desk.press(Qt.Key.Key_V, desk.sheet.files_tab.files)
    await until(lambda: desk.sheet.strips.note == added_files.large_once_checked())
    assert not desk.sheet.see_both.is_shown
    desk.studio.gate.set()
    await settled(desk.session)
    assert desk.sheet.strips.note == ""


async def test_once_all_is_sent_the_sheet_says_what_is_left_and_enter_closes_it(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jpg", "same.jpg", "out.jpg", "broken.jpg")]
    for file, data in zip(files, (b"a", b"a", b"c", b"broken"), strict=True):
        file.write_bytes(data)
    desk.presenter.start(files=files)
    await settled(desk.session)
    desk.session.choose(desk.session.shots[2].id, False)
    foot = desk.sheet.foot
    assert (foot.cancel.text(), foot.send.isVisible()) == ("Cancel", True)
    foot.consent.box.setChecked(True)
    foot.press_send()
    await until(lambda: desk.sheet.strips.news)
    assert desk.sheet.strips.news == (
        "1 photo is safe on this PC and listed in Uploads. 2 were left out. 1 file below was not added."
    )
    await until(lambda: not foot.send.isVisible())
    assert (foot.cancel.text(), foot.cancel.is_primary) == ("Close", True)
    desk.press(Qt.Key.Key_Return, desk.sheet.files_tab.files)
    assert not desk.sheet.is_open


async def test_the_camera_runs_only_on_its_tab(desk: Desk) -> None:
    desk.presenter.start()
    await until(lambda: desk.camera.state is CameraState.LIVE)
    QTest.mouseClick(desk.sheet.head.segments[1], Qt.MouseButton.LeftButton)
    assert desk.camera.state is CameraState.OFF
    QTest.mouseClick(desk.sheet.head.segments[0], Qt.MouseButton.LeftButton)
    await until(lambda: desk.camera.state is CameraState.LIVE)


async def test_leaving_without_shots_asks_nothing(desk: Desk) -> None:
    desk.presenter.start()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sheet.is_open
    assert desk.camera.state is CameraState.OFF


async def test_leaving_with_shots_asks_and_staying_keeps_them(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.question)
    question = desk.question
    assert question is not None
    assert question.accessibleName() == "1 photo is for Maria Lopez, 4\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}1981."
    question.buttons["stay"].click()
    await until(lambda: desk.question is None)
    assert desk.sheet.is_open
    assert len(desk.session.shots) == 1


async def test_discarding_closes(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot()
    desk.presenter.ask_to_leave()
    await until(lambda: desk.question)
    assert desk.question is not None
    desk.question.buttons["discard"].click()
    await until(lambda: not desk.sheet.is_open)
    assert desk.session.shots == ()
    assert desk.sent.photos == []


async def test_sending_from_the_question_still_needs_the_consent(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot()
    desk.presenter.ask_to_leave()
    await until(lambda: desk.question)
    assert desk.question is not None
    desk.question.buttons["send"].click()
    await until(lambda: QApplication.focusWidget() is desk.sheet.foot.consent.box)
    assert desk.sent.photos == []
    desk.sheet.foot.consent.box.setChecked(True)
    desk.sheet.foot.press_send()
    await until(lambda: desk.sent.photos)


async def test_retake_and_choose(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot(2)
    desk.press(Qt.Key.Key_1)
    await until(lambda: [shot.is_chosen for shot in desk.session.shots] == [False, True])
    desk.press(Qt.Key.Key_R)
    await until(lambda: [shot_words.name(shot.name) for shot in desk.session.shots] == ["Shot 1"])


async def test_a_paste_turns_to_the_files(desk: Desk) -> None:
    desk.presenter.start()
    desk.sheet.picture_pasted.emit(b"pasted bytes")
    assert desk.sheet.tab == "files"
    await settled(desk.session)
    assert [shot_words.name(shot.name) for shot in desk.session.shots] == ["Pasted photo 1"]
    assert isinstance(desk.session.shots[0].state, Accepted)
    assert desk.camera.state is CameraState.OFF


async def test_a_black_picture_is_not_taken(desk: Desk) -> None:
    desk.source.image = plain(4)
    desk.presenter.start()
    await until(lambda: desk.camera.state is CameraState.BLACK)
    desk.press(Qt.Key.Key_Space)
    live = desk.sheet.camera_tab.viewfinder.live
    assert live.accessibleName() == f"Live camera, Frame input. {camera_words.black()}"
    assert desk.session.shots == ()


async def test_the_switches_are_remembered(desk: Desk) -> None:
    desk.presenter.start()
    desk.sheet.camera_tab.side.grid.switch.click()
    desk.sheet.camera_tab.side.mirror.switch.click()
    assert (desk.settings.current.shows_grid, desk.settings.current.mirrors_view) == (False, True)


async def test_a_closed_presenter_hears_the_camera_no_more(desk: Desk) -> None:
    desk.presenter.start()
    await desk.shoot()
    await desk.presenter.aclose()
    desk.camera.open()
    await until(lambda: desk.camera.take())
    await until(lambda: desk.camera.take())
    assert desk.session.shots == ()
    desk.camera.close()


async def test_without_a_camera_the_files_open_by_themselves_and_say_why(tmp_path: Path) -> None:
    camera = Camera()
    camera.open()
    is_bare = not camera.cameras
    camera.close()
    if not is_bare:
        pytest.skip("this machine has a camera")
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, FakeImageStudio(), HandClock(), TaskScope("test", failures.append))
    settings = SettingsFile(tmp_path / "settings.json")
    presenter = CapturePresenter(
        sheet, session, camera, settings, accept=Sent().accept, scope=TaskScope("test", failures.append)
    )
    sheet.open_over(window, first_focus=sheet.first_focus)
    presenter.start()
    assert sheet.tab == "files"
    reason = sheet.files_tab.reason
    assert reason.isVisible()
    assert reason.accessibleName() == "No camera found. Plug one in; video starts automatically."
    await until(lambda: QApplication.focusWidget() is sheet.files_tab.zone.choose)
    await presenter.aclose()
    await take_down(window)
    assert failures == []
