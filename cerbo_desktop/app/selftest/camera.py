"""Self-test: Qt's media back end, and one picture through the same camera that the app uses."""

import asyncio
from typing import Any

from PySide6.QtCore import QSize, QTimer, SignalInstance
from PySide6.QtGui import QColor, QImage

from cerbo_desktop.app.selftest.outcomes import CheckFailedError, CheckSkippedError
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.raster import Raster

_LIMIT_S = 15.0
_FRAME_MS = 33
_DRAWN_SIZE = QSize(640, 360)
_NO_FAULT_OF_OURS = {
    CameraState.BUSY: "another program uses it",
    CameraState.BLACK: "its image is black; is the lens covered?",
    CameraState.BLOCKED: "this program isn’t allowed to use it",
}


async def media_back_end() -> str:
    """Says what Qt Multimedia can decode. Raises `CheckFailedError` where a camera's usual format is missing."""
    from PySide6.QtMultimedia import QMediaFormat

    formats = QMediaFormat()
    found = formats.supportedVideoCodecs(QMediaFormat.ConversionMode.Decode)
    if QMediaFormat.VideoCodec.MotionJPEG not in found:
        raise CheckFailedError("it is missing, or can’t decode webcam video")
    return f"reads {', '.join(sorted(codec.name for codec in found))}"


async def picture_from_drawn_frames() -> str:
    """The whole pipeline on every PC: drawn frames in, a still out."""
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoFrameInput

    image = QImage(_DRAWN_SIZE, QImage.Format.Format_RGBX8888)
    image.fill(QColor(180, 90, 60))
    frames = QVideoFrameInput(QVideoFrameFormat(_DRAWN_SIZE, QVideoFrameFormat.PixelFormat.Format_RGBX8888))
    beat = QTimer(interval=_FRAME_MS)
    beat.timeout.connect(lambda: frames.sendVideoFrame(QVideoFrame(image)))
    beat.start()
    camera = Camera()
    camera.use_frame_input(frames)
    try:
        shot = await _shot(camera)
    finally:
        beat.stop()
        camera.close()
    if (shot.width_px, shot.height_px) != _DRAWN_SIZE.toTuple():
        raise CheckFailedError("the still differs from what was filmed")
    return "synthetic frames captured"


async def picture_from_camera() -> str:
    """Take a picture with the camera that the app would use, and say its name and size. The picture is kept in memory
    alone, until the check ends."""
    camera = Camera()
    try:
        shot = await _shot(camera)
        name = camera.current.name if camera.current is not None else ""
    finally:
        camera.close()
    return f"{name}, {shot.width_px} × {shot.height_px} pixels"


async def _shot(camera: Camera) -> Raster:
    """One still, as soon as the camera is live. Raises `CheckSkippedError` where there is no camera to use."""
    state = await _settled(camera)
    if state is CameraState.NO_CAMERA:
        raise CheckSkippedError("no camera here")
    if state in _NO_FAULT_OF_OURS:
        raise CheckSkippedError(_NO_FAULT_OF_OURS[state])
    if state is not CameraState.LIVE:
        raise CheckFailedError(f"the camera is {state.value}")
    taken = _next(camera.shot_taken)
    failed = _next(camera.shot_failed)
    camera.take()
    await asyncio.wait({taken, failed}, timeout=_LIMIT_S, return_when=asyncio.FIRST_COMPLETED)
    if not taken.done():
        raise CheckFailedError("the camera is on but sends no video")
    shot: Raster = taken.result()[0]
    return shot


async def _settled(camera: Camera) -> CameraState:
    """Open it and wait until it is anything but starting; STALLED where it never is."""
    camera.open()
    try:
        async with asyncio.timeout(_LIMIT_S):
            while camera.state is CameraState.STARTING:
                await _next(camera.state_changed)
    except TimeoutError:
        return CameraState.STALLED
    return camera.state


def _next(signal: SignalInstance) -> "asyncio.Future[tuple[Any, ...]]":
    """What the signal brings when it comes next."""
    coming: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()

    def hear(*brought: Any) -> None:
        signal.disconnect(hear)
        if not coming.done():
            coming.set_result(brought)

    signal.connect(hear)
    return coming
