"""Qt's whole capture pipeline fed by `QVideoFrameInput`: every system, no device."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.capture.live_view import LiveView
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from tests.ui.capture.desk import LEFT, RIGHT, FrameSource, halves, plain
from tests.waiting import emitted, until


@pytest.fixture
def camera() -> Iterator[Camera]:
    made = Camera()
    yield made
    made.close()


@pytest.fixture
def view(camera: Camera) -> Iterator[LiveView]:
    """What the camera shows. Its window is closed at the end: it would lie above those of later tests."""
    made = LiveView()
    made.resize(640, 360)
    made.show()
    camera.frame_arrived.connect(made.show_frame)
    camera.state_changed.connect(lambda state: made.show_state(state, camera.current))
    yield made
    camera.close()
    made.close()
    made.deleteLater()


def colours(image: QImage) -> tuple[str, str]:
    middle = image.height() // 2
    return image.pixelColor(20, middle).name(), image.pixelColor(image.width() - 20, middle).name()


async def taken(camera: Camera, *, is_square: bool = False) -> Raster:
    await until(lambda: camera.take(is_square=is_square))
    (shot,) = await emitted(camera.shot_taken)
    assert isinstance(shot, Raster)
    return shot


async def test_a_shot_is_the_whole_frame_and_never_mirrored(camera: Camera) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.open()
    shot = await taken(camera)
    assert (shot.width_px, shot.height_px) == (1280, 720)
    assert colours(raster_to_qimage(shot)) == (LEFT.name(), RIGHT.name())


async def test_a_square_shot_is_cut_about_the_middle(camera: Camera) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.open()
    shot = await taken(camera, is_square=True)
    image = raster_to_qimage(shot)
    assert (shot.width_px, shot.height_px) == (720, 720)
    assert image.pixelColor(350, 300).name() == LEFT.name()
    assert image.pixelColor(370, 300).name() == RIGHT.name()


async def test_silence_is_noticed_and_forgiven(camera: Camera) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.open()
    await until(lambda: camera.state is CameraState.LIVE)
    source.be_silent()
    await until(lambda: camera.state is CameraState.STALLED)
    source.go_on()
    await until(lambda: camera.state is CameraState.LIVE)


async def test_black_is_told_from_a_dark_room(camera: Camera) -> None:
    source = FrameSource(plain(8))
    camera.use_frame_input(source.input)
    camera.open()
    await until(lambda: camera.state is CameraState.BLACK)
    assert not camera.take()
    source.image = plain(40)
    await until(lambda: camera.state is CameraState.LIVE)


async def test_the_view_mirrors_only_itself(camera: Camera, view: LiveView) -> None:
    source = FrameSource(halves())
    view.set_grid(False)
    camera.use_frame_input(source.input)
    camera.open()
    await until(lambda: view.has_picture)
    assert colours(view.grab().toImage()) == (LEFT.name(), RIGHT.name())
    view.set_mirrored(True)
    assert colours(view.grab().toImage()) == (RIGHT.name(), LEFT.name())
    shot = await taken(camera)
    assert colours(raster_to_qimage(shot)) == (LEFT.name(), RIGHT.name())


async def test_the_view_forgets_the_picture_when_the_camera_goes_off(camera: Camera, view: LiveView) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.open()
    await until(lambda: view.has_picture)
    camera.close()
    assert not view.has_picture
    assert view.accessibleName() == "Camera is off"


async def test_whoever_hears_of_the_picture_may_close_the_camera(camera: Camera) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.state_changed.connect(lambda state: camera.close() if state is CameraState.LIVE else None)
    states: list[CameraState] = []
    camera.state_changed.connect(states.append)
    camera.open()
    await until(lambda: CameraState.OFF in states)
    assert camera.state is CameraState.OFF


async def test_nobody_hears_anything_while_qt_hands_over_a_frame(camera: Camera) -> None:
    source = FrameSource(halves())
    camera.use_frame_input(source.input)
    camera.open()
    await until(lambda: camera.state is CameraState.LIVE)
    pipeline = camera._pipeline
    assert pipeline is not None
    seen: list[object] = []
    camera.frame_arrived.connect(seen.append)
    pipeline.sink.setVideoFrame(QVideoFrame(halves()))
    assert seen == []
    await until(lambda: seen)
