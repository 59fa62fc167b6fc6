"""One camera: the list of devices, the live frames, a still, and what is wrong when there is no picture.

Qt's multimedia module loads with the first `open`, not with the app. Stills stay in memory and are never mirrored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPermission, Qt, Signal

from cerbo_desktop.camera import permission
from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize, find_again, pick_camera, pick_size
from cerbo_desktop.camera.live_frames import LiveFrames
from cerbo_desktop.camera.still import Still
from cerbo_desktop.runtime.events import Event, event

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput

    from cerbo_desktop.camera.pipeline import Pipeline

_ENDED = (CameraState.OFF, CameraState.NO_CAMERA, CameraState.UNPLUGGED)


class Camera(QObject):
    """Opens at most one device. `open` and `close` may be called at any time and in any state."""

    state_changed = Signal(object)  # CameraState
    frame_arrived = Signal(object)  # QVideoFrame, at the camera's own rate
    devices_changed = Signal(object)  # tuple[CameraInfo, ...], infrared ones included
    shot_taken = Signal(object)  # Raster: the whole upright frame, or its centre square
    shot_failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = CameraState.OFF
        self._wanted_id = self._wanted_size = ""
        self._info: CameraInfo | None = None
        self._sizes: tuple[PictureSize, ...] = ()
        self._size: PictureSize | None = None
        self._pipeline: Pipeline | None = None
        self._input: QVideoFrameInput | None = None
        self._is_turned_off = False
        self._frames = LiveFrames(self)
        self._frames.due.connect(self._on_frame)
        self._frames.pulse.connect(self._look)
        self._still = Still(self._frames.fresh_image, self)
        self._still.taken.connect(self.shot_taken)
        self._still.failed.connect(self.shot_failed)

    @property
    def state(self) -> CameraState:
        return self._state

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """Every camera of the machine, in the system's order; empty before the first `open`."""
        return self._pipeline.cameras if self._pipeline is not None else ()

    @property
    def current(self) -> CameraInfo | None:
        """The camera in use, or the one that was unplugged."""
        return self._info

    @property
    def sizes(self) -> tuple[PictureSize, ...]:
        """What the camera in use gives, the largest first."""
        return self._sizes

    @property
    def size(self) -> PictureSize | None:
        return self._size

    @property
    def is_taking(self) -> bool:
        """The shutter was pressed and the photo is still on its way."""
        return self._still.is_underway

    def list_cameras(self) -> tuple[CameraInfo, ...]:
        """As `cameras`, without opening one; `devices_changed` tells of later ones."""
        return self._loaded().cameras

    def turn_off(self) -> None:
        """Never ask for a device, since the clinic wants no cameras here: `open` only says so."""
        self._is_turned_off = True

    def use_frame_input(self, frames: QVideoFrameInput) -> None:
        """Take the picture from a `QVideoFrameInput` in place of a device: same session, sink and still."""
        self._input = frames

    def open(self, camera_id: str = "", size_key: str = "") -> None:
        """Start the remembered camera, or the first fit one, in the remembered size, or the largest."""
        self._wanted_id, self._wanted_size = camera_id, size_key
        if self._is_turned_off:
            self._to(CameraState.TURNED_OFF)
        else:
            self._start(self._loaded())

    def choose(self, camera_id: str) -> None:
        """Switch to another camera, in its largest size."""
        self.open(camera_id, "")

    def choose_size(self, size_key: str) -> None:
        self.open(self._info.id if self._info else self._wanted_id, size_key)

    def try_again(self) -> None:
        self.open(self._wanted_id, self._wanted_size)

    def close(self) -> None:
        """Switch the camera off; its light goes out. A photo that is on its way is delivered first."""
        self._stop()
        self._to(CameraState.OFF)

    def take(self, *, is_square: bool = False) -> bool:
        """Take the next frame. False when there is no picture to take, or the last shot is still on its way."""
        if self._state is not CameraState.LIVE or self.is_taking or self._pipeline is None:
            return False
        self._still.take(self._pipeline.still, is_square=is_square)
        return True

    def finish_shot(self) -> None:
        """Deliver a photo that is on its way now, from the latest frame. Nothing happens where none is."""
        self._still.finish()

    # Starting and stopping

    def _loaded(self) -> Pipeline:
        if self._pipeline is None:
            from cerbo_desktop.camera.pipeline import Pipeline

            self._pipeline = made = Pipeline(self)
            made.device_failed.connect(self._on_device_failed)
            made.devices_changed.connect(self._on_devices_changed)
            made.sink.videoFrameChanged.connect(self._keep_frame)
            self._still.listen_to(made.still)
            permission.follow_app(self._on_app_state)
        return self._pipeline

    def _start(self, pipeline: Pipeline) -> None:
        self._stop()
        self._frames.begin()
        if self._input is not None:
            self._info = CameraInfo("", "Frame input")
            pipeline.start_input(self._input)
            self._wait_for_frames()
            return
        self._info = pick_camera(pipeline.cameras, self._wanted_id)
        self._sizes, self._size = (), None
        if permission.is_blocked():
            self._to(CameraState.BLOCKED)
        elif self._info is None:
            self._to(CameraState.NO_CAMERA)
        elif permission.must_ask():
            self._to(CameraState.STARTING)
            permission.ask(self, self._on_permission)
        else:
            self._start_device(pipeline, self._info)

    def _start_device(self, pipeline: Pipeline, info: CameraInfo) -> None:
        self._sizes = pipeline.sizes_of(info)
        self._size = pick_size(self._sizes, self._wanted_size)
        self._wait_for_frames()
        if self._state is not CameraState.STARTING:
            return  # whoever heard of the start closed the camera again
        if not pipeline.start_device(info, self._size):
            self._end_as(CameraState.UNPLUGGED)

    def _wait_for_frames(self) -> None:
        self._to(CameraState.STARTING)
        self._frames.watch()

    def _stop(self) -> None:
        """What was taken is not lost: a camera that goes away has left its latest frame."""
        self.finish_shot()
        self._frames.end()
        if self._pipeline is not None:
            self._pipeline.stop()

    def _end_as(self, state: CameraState) -> None:
        self._stop()
        if self._state is not CameraState.OFF:  # a late report, or whoever got the last photo closed the camera
            self._to(state)

    def _to(self, state: CameraState) -> None:
        if state is self._state:
            return
        self._state = state
        event(Event.CAMERA, what=state)
        self.state_changed.emit(state)

    # What the camera reports

    def _keep_frame(self, frame: QVideoFrame) -> None:
        """Inside Qt's own signal: only note the frame."""
        if self._pipeline is not None and self._pipeline.is_running and frame.isValid():
            self._frames.keep(frame)

    def _on_frame(self) -> None:
        frame = self._frames.latest
        if frame is None:
            return
        if not self._state.has_picture:
            if self._input is not None:
                self._size = PictureSize(frame.width(), frame.height())
                self._sizes = (self._size,)
            self._look()
        if self._frames.latest is not None:  # whoever heard of the picture may have closed the camera again
            self.frame_arrived.emit(frame)

    def _look(self) -> None:
        judged = self._frames.judge()
        if judged is CameraState.STALLED and self._state is not judged and permission.is_blocked():
            # The system took the camera away meanwhile; Qt says nothing of it (no upstream report was found).
            self._end_as(CameraState.BLOCKED)
        else:
            self._to(judged)

    def _on_device_failed(self, is_held: bool) -> None:
        if self._info not in self.cameras:
            self._end_as(CameraState.UNPLUGGED)
        elif permission.is_blocked():
            self._end_as(CameraState.BLOCKED)
        else:
            self._end_as(CameraState.BUSY if is_held else CameraState.STALLED)

    def _on_devices_changed(self) -> None:
        cameras = self.cameras
        if self._input is None and self._state is not CameraState.OFF:
            self._follow(cameras)
        self.devices_changed.emit(cameras)

    def _follow(self, cameras: tuple[CameraInfo, ...]) -> None:
        if self._state in (CameraState.NO_CAMERA, CameraState.BLOCKED):
            self.try_again()
        elif self._state is CameraState.UNPLUGGED and (back := find_again(cameras, self._info)) is not None:
            self.open(back.id, self._size.key if self._size else self._wanted_size)
        elif self._state not in _ENDED and self._info not in cameras:
            self._end_as(CameraState.UNPLUGGED)

    def _on_app_state(self, state: Qt.ApplicationState) -> None:
        """Coming back from the system's settings, or from closing the other program, starts the picture."""
        if state is Qt.ApplicationState.ApplicationActive and self._state in (CameraState.BLOCKED, CameraState.BUSY):
            self.try_again()

    def _on_permission(self, _answer: QPermission) -> None:
        if self._state is CameraState.STARTING:
            self.try_again()
