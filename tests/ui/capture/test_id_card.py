"""The ID photo card: Space, Enter do the whole job."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.capture.id_presenter import IdCardPresenter
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.text import camera as camera_words
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.ui.capture.desk import MARIA, FrameSource, Sent, halves, plain, take_down
from tests.waiting import emitted, until


class SquareStudio(FakeImageStudio):
    """Remembers the frames it was asked to encode."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.frames: list[Raster] = []
        self.refuses = False
        self.may_examine = asyncio.Event()
        self.may_examine.set()

    async def examine_frame(self, frame: Raster) -> Verdict:
        self.frames.append(frame)
        return await super().examine_frame(frame)

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        await self.may_examine.wait()
        return Refused(RefusalReason.TOO_BIG) if self.refuses else await super().examine(data, file_name)


@dataclass
class Front:
    card: IdCard
    presenter: IdCardPresenter
    session: CaptureSession
    camera: Camera
    studio: SquareStudio
    sent: Sent
    source: FrameSource
    closed: list[bool] = field(default_factory=list)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    async def live(self) -> None:
        await until(lambda: self.card.live.has_picture and self.camera.state is CameraState.LIVE)

    async def shoot(self) -> None:
        await self.live()
        self.press(Qt.Key.Key_Space)
        await until(lambda: self.session.shots)


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(900, 600)
    card = IdCard(MARIA)
    column = QVBoxLayout(window)
    column.addWidget(card)
    column.addStretch(1)
    window.show()
    camera, source, studio, sent = Camera(), FrameSource(halves()), SquareStudio(), Sent()
    camera.use_frame_input(source.input)
    session = CaptureSession(MARIA, studio, HandClock(), TaskScope("test", failures.append))
    closed: list[bool] = []
    presenter = IdCardPresenter(
        card,
        session,
        camera,
        SettingsFile(tmp_path / "settings.json"),
        accept=sent.accept,
        on_closed=lambda: closed.append(True),
        scope=TaskScope("test", failures.append),
    )
    presenter.start()
    card.first_focus.setFocus()
    yield Front(card, presenter, session, camera, studio, sent, source, closed)
    await presenter.aclose()
    await take_down(window)
    assert failures == []


async def test_nothing_says_that_the_picture_is_black_once_it_is_back(front: Front) -> None:
    bright = front.source.image
    front.source.image = plain(4)
    await until(lambda: front.camera.state is CameraState.BLACK)
    front.press(Qt.Key.Key_Space)
    assert camera_words.black() in front.card.live.accessibleName()
    assert front.session.shots == ()
    front.source.image = bright
    await front.live()
    assert camera_words.black() not in front.card.live.accessibleName()
    assert not front.card.problem.isVisible()


async def test_space_enter_sends_the_centre_square(front: Front) -> None:
    await front.shoot()
    assert front.card.title.text() == "Keep this ID photo?"
    assert front.camera.state is CameraState.OFF
    front.press(Qt.Key.Key_Return)
    await until(lambda: front.sent.photos)
    frame = front.studio.frames[0]
    assert (frame.width_px, frame.height_px) == (720, 720)
    assert front.sent.patients == [MARIA]
    await until(lambda: front.closed == [True])


async def test_a_reader_hears_what_the_keys_do_after_the_shot_and_the_camera_again_after_retake(front: Front) -> None:
    await front.shoot()
    assert front.card.live.accessibleName() == "ID photo taken; Enter sends, R retakes"
    front.press(Qt.Key.Key_R)
    await front.live()
    assert front.card.live.accessibleName().startswith("Live camera")


async def test_a_second_space_does_not_send(front: Front) -> None:
    await front.shoot()
    front.press(Qt.Key.Key_Space)
    front.press(Qt.Key.Key_Space)
    await settled(front.session)
    assert front.sent.photos == []
    assert len(front.session.shots) == 1


async def test_enter_before_the_shot_does_nothing(front: Front) -> None:
    await front.live()
    front.press(Qt.Key.Key_Return)
    assert front.session.shots == ()
    assert front.closed == []


async def test_retake_goes_back_to_the_camera(front: Front) -> None:
    await front.shoot()
    front.press(Qt.Key.Key_R)
    await until(lambda: not front.session.shots)
    assert front.card.title.text() == "ID photo"
    await front.shoot()
    assert len(front.session.shots) == 1


async def test_a_scanners_keys_take_and_send_nothing(front: Front) -> None:
    await front.live()
    for scanned in ("LOPEZ MARIA", "10482", "R"):
        front.type(scanned)
        front.press(Qt.Key.Key_Return)
    assert not front.session.shots
    guard = rules_of(front.card)
    await emitted(guard.went_quiet)
    guard.now_s = lambda: time.monotonic() + 1.0  # until then an Enter or a Space may be a reader's
    await front.shoot()
    front.type("R2 1")
    front.press(Qt.Key.Key_Return)
    await emitted(guard.went_quiet)
    front.card.buttons.send.setFocus()
    QTest.keyClicks(front.card.buttons.send, "10482")
    front.press(Qt.Key.Key_Return)
    await emitted(guard.went_quiet)
    await settled(front.session)
    assert len(front.session.shots) == 1
    assert front.sent.photos == []


async def test_a_held_enter_sends_nothing(front: Front) -> None:
    """It opened the patient, and the card came by itself."""
    await front.shoot()
    for target in (front.card.live, front.card.buttons.send):
        target.setFocus()
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(target, held)
    await settled(front.session)
    assert front.sent.photos == []


@pytest.mark.parametrize("is_after_shot", [False, True])
async def test_esc_closes_and_sends_nothing(front: Front, is_after_shot: bool) -> None:
    if is_after_shot:
        await front.shoot()
    front.press(Qt.Key.Key_Escape)
    assert front.closed == [True]
    assert front.camera.state is CameraState.OFF
    assert not front.presenter.has_unsent_shots
    assert front.sent.photos == []


async def test_a_refused_photo_goes_back_to_the_camera_and_says_why(front: Front) -> None:
    front.studio.refuses = True
    await front.shoot()
    front.press(Qt.Key.Key_Return)
    await until(lambda: front.card.problem.isVisible())
    assert front.card.problem.text().startswith("Too big.")
    assert front.card.title.text() == "ID photo"
    await front.live()


async def test_a_photo_that_was_refused_is_not_left_without_a_word(front: Front) -> None:
    front.studio.refuses = True
    await front.shoot()
    await settled(front.session)

    async def answer(_question: object) -> str:
        raise AssertionError

    assert not await front.presenter.may_leave(answer)
    assert front.card.problem.text().endswith("Take it again.")
    assert front.closed == []


async def test_send_in_the_leave_question_keeps_the_card_where_the_photo_was_refused_meanwhile(front: Front) -> None:
    front.studio.refuses = True
    front.studio.may_examine.clear()
    await front.shoot()

    async def answer_late(_question: object) -> str:
        front.studio.may_examine.set()
        await settled(front.session)
        return "send"

    assert not await front.presenter.may_leave(answer_late)
    assert front.closed == []
    assert front.card.problem.text().endswith("Take it again.")
    assert front.sent.photos == []


async def test_a_scan_sends_nothing_where_the_window_was_busy_before_its_enter(front: Front) -> None:
    """The keys say when they were pressed; they are handled when the window has time."""
    await front.shoot()
    pressed_at_ms = 1_000_000
    for at, sign in enumerate("10233"):
        _press_at(front.card.live, Qt.Key(ord(sign)), sign, pressed_at_ms + 5 * at)
    time.sleep(0.1)
    _press_at(front.card.live, Qt.Key.Key_Return, "\r", pressed_at_ms + 25)
    _press_at(front.card.live, Qt.Key.Key_R, "R", pressed_at_ms + 5000)
    _press_at(front.card.live, Qt.Key.Key_1, "1", pressed_at_ms + 5005)
    guard = rules_of(front.card)
    await emitted(guard.went_quiet)
    for at, sign in enumerate("10233"):
        _press_at(front.card.live, Qt.Key(ord(sign)), sign, pressed_at_ms + 9000 + 5 * at)
    _press_at(front.card.live, Qt.Key.Key_Return, "\r", pressed_at_ms + 9150)
    await settled(front.session)
    assert front.sent.photos == []
    assert len(front.session.shots) == 1


def _press_at(target: QWidget, key: Qt.Key, text: str, at_ms: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(target, event)


async def test_the_pedal_works_wherever_the_focus_is(front: Front) -> None:
    await front.live()
    front.card.press_shutter()
    await until(lambda: front.session.shots)
    front.card.press_shutter()
    assert len(front.session.shots) == 1


def test_the_card_has_the_designed_size(qtbot: QtBot) -> None:
    card = IdCard(MARIA)
    qtbot.addWidget(card)
    card.resize(720, 600)
    card.resize(720, card.sizeHint().height())
    card.show()
    frame = card.viewfinder.parentWidget()
    assert frame is not None
    assert frame.size() == QSize(720, 384)
    assert card.viewfinder.size() == QSize(336, 336)
    card.set_compact(True)
    assert card.viewfinder.size() == QSize(256, 256)


@pytest.mark.parametrize("width_px", [644, 672, 620, 600, 580])
def test_nothing_of_the_card_is_cut_in_a_narrow_place(qtbot: QtBot, width_px: int) -> None:
    """644: between both panes of a window of 1366."""
    place = QWidget()
    card = IdCard(replace(MARIA, first_name="Maria Fernanda", last_name="Villanueva-Castellanos"))
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    qtbot.addWidget(place)
    place.resize(width_px, 500)
    place.show()
    card.show_kept(Raster(4, 4, bytes(64), 4, 4))
    for shown in (card.buttons.send, card.buttons.retake, card.buttons.discard, card.text, card.title):
        assert shown.isVisible()
        assert shown.mapTo(place, shown.rect().topRight()).x() < width_px - 24
        assert shown.width() >= shown.minimumSizeHint().width()
    assert card.viewfinder.width() in (208, 256)
    assert place.width() == width_px


def test_the_words_of_the_card(qtbot: QtBot) -> None:
    card = IdCard(MARIA)
    qtbot.addWidget(card)
    assert card.text.text() == "Ask: “Please tell me your name and date of birth.” Check both above."
    assert card.buttons.send.accessibleName() == "Send 1 photo to Maria Lopez, born 4 March 1981"


def test_a_chooser_shows_only_when_there_is_a_choice(qtbot: QtBot) -> None:
    card = IdCard(MARIA)
    qtbot.addWidget(card)
    brio, built_in, infrared = CameraInfo("b", "Brio"), CameraInfo("c", "Built-in"), CameraInfo("d", "IR Camera")
    card.show_camera(CameraFacts(CameraState.LIVE, brio, (brio, infrared)))
    assert not card.camera.isVisibleTo(card)
    card.show_camera(CameraFacts(CameraState.LIVE, brio, (brio, infrared, built_in)))
    assert card.camera.isVisibleTo(card)


def test_trouble_switches_the_shutter_off(qtbot: QtBot) -> None:
    card = IdCard(MARIA)
    qtbot.addWidget(card)
    card.show_camera(CameraFacts(CameraState.BUSY, CameraInfo("b", "Brio")))
    assert not card.buttons.take.isEnabled()
    assert card.viewfinder.currentWidget() is card.viewfinder.trouble


@pytest.mark.parametrize("state", CameraState)
def test_only_where_there_is_a_camera_it_is_said_when_it_is_on(qtbot: QtBot, state: CameraState) -> None:
    card = IdCard(MARIA)
    qtbot.addWidget(card)
    card.show_camera(CameraFacts(state))
    is_said = "The camera is on only while this card is open." in {
        each.text() for each in card.findChildren(QLabel) if each.isVisibleTo(card)
    }
    assert is_said is (state not in (CameraState.NO_CAMERA, CameraState.TURNED_OFF))


def test_without_a_camera_esc_still_closes_the_card(qtbot: QtBot) -> None:
    window, field, card = QWidget(), QLineEdit(), IdCard(MARIA)
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(card)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    card.show_camera(CameraFacts(CameraState.NO_CAMERA))
    card.first_focus.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert card.isAncestorOf(focused)
    with qtbot.waitSignal(card.dismiss_pressed):
        QTest.keyClick(focused, Qt.Key.Key_Escape)
