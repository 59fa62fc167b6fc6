"""A real `QCamera` on the test camera. Not collected by itself: `test_real_camera.py` runs it under LD_PRELOAD."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState, PictureSize
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.text import shots as shot_words
from tests.fakes.image_studio import FakeImageStudio
from tests.ui.capture.desk import MARIA, TODAY, Sent, take_down
from tests.waiting import emitted, until


class TestCamera:
    """The mood and the plug of the camera that the library under LD_PRELOAD plays."""

    __test__ = False

    def __init__(self, mood_file: Path, watched: Path) -> None:
        self._mood_file, self._watched = mood_file, watched
        self.plug_in()

    def be(self, mood: str) -> None:
        replacement = self._mood_file.with_suffix(".new")
        replacement.write_text(mood)
        replacement.replace(self._mood_file)

    def unplug(self) -> None:
        self.be("gone")
        self._touch()

    def deny(self) -> None:
        self.be("denied")
        self._touch()

    def plug_in(self) -> None:
        self.be("ok")
        self._touch()

    def _touch(self) -> None:
        node = self._watched / "video0"
        node.touch()
        node.unlink()


@pytest.fixture
def device(tmp_path: Path) -> TestCamera:
    return TestCamera(Path(os.environ["FAKECAM_CTL"]), Path(os.environ["FAKECAM_WATCHED"]))


@pytest.fixture
def camera(device: TestCamera) -> Iterator[Camera]:
    made = Camera()
    yield made
    made.close()


async def live(camera: Camera) -> None:
    await until(lambda: camera.state is CameraState.LIVE)


async def test_the_largest_size_is_taken_and_the_still_is_whole(camera: Camera) -> None:
    camera.open()
    await live(camera)
    assert camera.current is not None
    assert camera.current.name == "Test Camera"
    assert camera.sizes == (PictureSize(1600, 1200), PictureSize(1280, 720), PictureSize(640, 480))
    assert camera.size == camera.sizes[0]
    assert camera.take()
    assert not camera.take()
    (shot,) = await emitted(camera.shot_taken)
    assert isinstance(shot, Raster)
    assert (shot.width_px, shot.height_px) == (1600, 1200)
    blue, green, red = shot.pixels[:3]
    assert abs(red - 180) < 12
    assert abs(green - 90) < 12
    assert abs(blue - 60) < 12


async def test_the_chosen_size_is_remembered_and_a_square_is_cut_from_the_middle(camera: Camera) -> None:
    camera.open("", "1280x720")
    await live(camera)
    camera.take(is_square=True)
    (shot,) = await emitted(camera.shot_taken)
    assert (shot.width_px, shot.height_px) == (720, 720)


async def test_an_unknown_remembered_camera_falls_back_to_the_one_there_is(camera: Camera) -> None:
    camera.open("00ff00ff", "9999x9999")
    await live(camera)
    assert camera.size == PictureSize(1600, 1200)


async def test_a_busy_camera_says_so_and_starts_again_when_asked(camera: Camera, device: TestCamera) -> None:
    device.be("busy")
    camera.open()
    await until(lambda: camera.state is CameraState.BUSY)
    assert not camera.take()
    device.be("ok")
    camera.try_again()
    await live(camera)


async def test_a_camera_that_falls_silent_is_noticed_and_comes_back(camera: Camera, device: TestCamera) -> None:
    camera.open("", "640x480")
    await live(camera)
    device.be("stall")
    await until(lambda: camera.state is CameraState.STALLED)
    assert not camera.take()
    device.be("ok")
    await live(camera)


async def test_a_closed_shutter_is_told_from_a_picture(camera: Camera, device: TestCamera) -> None:
    device.be("black")
    camera.open("", "640x480")
    await until(lambda: camera.state is CameraState.BLACK)
    assert not camera.take()
    device.be("ok")
    await live(camera)


async def test_unplugging_is_noticed_and_plugging_in_starts_the_picture(camera: Camera, device: TestCamera) -> None:
    camera.open()
    await live(camera)
    device.unplug()
    await until(lambda: camera.state is CameraState.UNPLUGGED)
    assert camera.cameras == ()
    device.plug_in()
    await live(camera)


async def test_no_camera_waits_for_one(camera: Camera, device: TestCamera) -> None:
    inputs = QMediaDevices()
    device.unplug()
    await until(lambda: not inputs.videoInputs())
    camera.open()
    assert camera.state is CameraState.NO_CAMERA
    device.plug_in()
    await live(camera)


async def test_closing_switches_off_and_hears_no_more(camera: Camera) -> None:
    camera.open()
    await live(camera)
    frames: list[object] = []
    camera.close()
    camera.frame_arrived.connect(frames.append)
    assert camera.state is CameraState.OFF
    assert not camera.take()
    camera.open()
    await live(camera)
    assert frames


@pytest.mark.parametrize("has_files", [False, True])
async def test_a_camera_plugged_in_late_starts_by_itself_unless_files_were_added(
    camera: Camera, device: TestCamera, tmp_path: Path, has_files: bool
) -> None:
    inputs = QMediaDevices()
    device.unplug()
    await until(lambda: not inputs.videoInputs())
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, FakeImageStudio(), SystemClock(), TaskScope("test", failures.append))
    settings = SettingsFile(tmp_path / "settings.json")
    presenter = CapturePresenter(
        sheet, session, camera, settings, accept=Sent().accept, scope=TaskScope("test", failures.append)
    )
    sheet.open_over(window, first_focus=sheet.first_focus)
    presenter.start()
    assert sheet.tab == "files"
    if has_files:
        sheet.picture_pasted.emit(b"pasted")
    device.plug_in()
    if has_files:
        await until(lambda: not sheet.files_tab.reason.isVisibleTo(sheet))
        assert (sheet.tab, camera.state) == ("files", CameraState.OFF)
    else:
        await until(lambda: sheet.camera_tab.viewfinder.live.has_picture)
        assert sheet.tab == "camera"
    await presenter.aclose()
    await take_down(window)
    assert failures == []


@pytest.mark.parametrize("comes_first", ["shutter", "plug"])
async def test_unplugged_at_the_shutter_the_frame_that_was_taken_is_kept(
    camera: Camera, device: TestCamera, tmp_path: Path, comes_first: str
) -> None:
    async with opened_sheet(camera, tmp_path) as (sheet, session):
        device.be("stall")  # no still comes any more: only the frame that was on the screen is there
        if comes_first == "plug":
            device.unplug()
        QTest.keyClick(sheet.camera_tab.viewfinder.live, Qt.Key.Key_Space)
        if comes_first == "shutter":
            device.unplug()
        await until(lambda: camera.state is CameraState.UNPLUGGED)
        await until(lambda: session.shots)
        assert [shot_words.name(shot.name) for shot in session.shots] == ["Shot 1"]
        live = sheet.camera_tab.viewfinder.live
        assert live.accessibleName() == "The camera was unplugged. Plug it in again."
        assert sheet.problem == ""
        device.plug_in()
        await until(lambda: live.has_picture)
        assert len(session.shots) == 1


async def test_denied_at_the_shutter_the_frame_is_kept_and_the_reason_shown(
    camera: Camera, device: TestCamera, tmp_path: Path
) -> None:
    async with opened_sheet(camera, tmp_path) as (sheet, session):
        QTest.keyClick(sheet.camera_tab.viewfinder.live, Qt.Key.Key_Space)
        device.be("denied")
        await until(lambda: camera.state is CameraState.BLOCKED)
        await until(lambda: session.shots)
        said = sheet.camera_tab.viewfinder.live.accessibleName()
        assert said.startswith("This PC is blocking the camera. Your user account isn’t allowed to use the camera")
        assert sheet.camera_tab.viewfinder.trouble.retry.isVisible()
        assert not camera.take()


async def test_denied_from_the_start_is_not_called_missing(camera: Camera, device: TestCamera) -> None:
    inputs = QMediaDevices()
    device.deny()
    await until(lambda: not inputs.videoInputs())
    camera.open()
    assert camera.state is CameraState.BLOCKED
    device.plug_in()
    await live(camera)


@asynccontextmanager
async def opened_sheet(camera: Camera, tmp_path: Path) -> AsyncIterator[tuple[CaptureSheet, CaptureSession]]:
    """The sheet with a picture in it."""
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, FakeImageStudio(), SystemClock(), TaskScope("test", failures.append))
    settings = SettingsFile(tmp_path / "settings.json")
    presenter = CapturePresenter(
        sheet, session, camera, settings, accept=Sent().accept, scope=TaskScope("test", failures.append)
    )
    sheet.open_over(window, first_focus=sheet.first_focus)
    presenter.start()
    await until(lambda: sheet.camera_tab.viewfinder.live.has_picture)
    yield sheet, session
    await presenter.aclose()
    await take_down(window)
    assert failures == []


async def test_space_then_enter_hands_the_photo_over(camera: Camera, tmp_path: Path) -> None:
    failures: list[BaseException] = []
    window, sent, studio = QWidget(), Sent(), WorkerStudio(worker_count=1)
    window.resize(1440, 900)
    window.show()
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, studio, SystemClock(), TaskScope("test", failures.append))
    settings = SettingsFile(tmp_path / "settings.json")
    presenter = CapturePresenter(
        sheet, session, camera, settings, accept=sent.accept, scope=TaskScope("test", failures.append)
    )
    sheet.open_over(window, first_focus=sheet.first_focus)
    presenter.start()
    await until(lambda: sheet.camera_tab.viewfinder.live.has_picture)
    sheet.foot.consent.box.setChecked(True)
    QTest.keyClick(sheet.camera_tab.viewfinder.live, Qt.Key.Key_Space)
    await until(lambda: session.shots)
    QTest.keyClick(sheet.camera_tab.viewfinder.live, Qt.Key.Key_Return)
    await until(lambda: sent.photos)
    photo = sent.photos[0].photo
    assert sent.patients == [MARIA]
    assert (photo.width_px, photo.height_px) == (1600, 1200)
    file = tmp_path / "sent.jpg"
    file.write_bytes(photo.data)
    with Image.open(file) as opened:
        assert opened.format == "JPEG"
        assert opened.size == (1600, 1200)
    assert camera.current is not None
    assert settings.current.camera_id == camera.current.id
    await until(lambda: not sheet.is_open)
    assert camera.state is CameraState.OFF
    await presenter.aclose()
    await studio.aclose()
    assert failures == []
    await take_down(window)
