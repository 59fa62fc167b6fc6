"""The Qt multimedia objects of one camera, wired once. Importing this module loads QtMultimedia: do it late."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QImageCapture,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrameFormat,
    QVideoFrameInput,
    QVideoSink,
)

from cerbo_desktop.camera.devices import CameraInfo, PictureSize, sorted_sizes

_FLUENT_FPS = 15.0


class Pipeline(QObject):
    """Device or frame input -> capture session -> sink for the live view, still for the shot."""

    device_failed = Signal(bool)  # True when the system says that another program holds the device
    devices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        # Queued, as whatever of Qt multimedia's leads to a report: whoever hears it may close the camera, and Qt dies
        # when that happens inside its own signal (no upstream report was found).
        self._devices.videoInputsChanged.connect(self.devices_changed, Qt.ConnectionType.QueuedConnection)
        self.sink = QVideoSink(self)
        self.still = QImageCapture(self)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._session.setImageCapture(self.still)
        self._camera: QCamera | None = None
        self._input: QVideoFrameInput | None = None

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        return tuple(_info_of(device) for device in self._devices.videoInputs())

    @property
    def is_running(self) -> bool:
        return self._camera is not None or self._input is not None

    def sizes_of(self, info: CameraInfo) -> tuple[PictureSize, ...]:
        """Each size the camera gives, the largest first; empty for one that is gone."""
        device = self._device(info)
        return sorted_sizes(_size_of(each) for each in device.videoFormats()) if device is not None else ()

    def start_device(self, info: CameraInfo, size: PictureSize | None) -> bool:
        """False when the device vanished meanwhile."""
        device = self._device(info)
        if device is None:
            return False
        self._camera = camera = QCamera(device, self)
        if (chosen := _best_format(device.videoFormats(), size)) is not None:
            camera.setCameraFormat(chosen)
        camera.errorOccurred.connect(self._on_error, Qt.ConnectionType.QueuedConnection)
        self._session.setCamera(camera)
        camera.start()
        return True

    def start_input(self, frames: QVideoFrameInput) -> None:
        self._input = frames
        self._session.setVideoFrameInput(frames)

    def stop(self) -> None:
        """Let go of the device; its light goes out."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.errorOccurred.disconnect(self._on_error)
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # Qt takes null here; the stub does not say so
            camera.deleteLater()
        if self._input is not None:
            self._input = None
            self._session.setVideoFrameInput(None)  # type: ignore[arg-type]  # as above

    def _device(self, info: CameraInfo) -> QCameraDevice | None:
        return next((each for each in self._devices.videoInputs() if _info_of(each) == info), None)

    def _on_error(self, error: QCamera.Error, words: str) -> None:
        if error is not QCamera.Error.NoError:
            self.device_failed.emit(any(sign in words.lower() for sign in ("in use", "busy")))


def _info_of(device: QCameraDevice) -> CameraInfo:
    return CameraInfo(bytes(device.id().data()).hex(), device.description())


def _size_of(camera_format: QCameraFormat) -> PictureSize:
    resolution = camera_format.resolution()
    return PictureSize(resolution.width(), resolution.height())


def _best_format(formats: list[QCameraFormat], size: PictureSize | None) -> QCameraFormat | None:
    """Choose a fluent format of this size; among fluent ones, prefer one that the camera doesn't compress."""

    def worth(each: QCameraFormat) -> tuple[float, bool]:
        is_raw = each.pixelFormat() is not QVideoFrameFormat.PixelFormat.Format_Jpeg
        return min(each.maxFrameRate(), _FLUENT_FPS), is_raw

    return max((each for each in formats if _size_of(each) == size), key=worth, default=None)
