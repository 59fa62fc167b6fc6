"""The one photo that is being taken: from the shutter until it is there, or is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from cerbo_desktop.camera.raster_from_qimage import qimage_to_raster

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QImageCapture

_DEADLINE_MS = 1500
"""A still of a failing camera never comes (measured, 7.2; no upstream report was found); then the latest live frame
serves."""


class Still(QObject):
    """Ends every `take` with `taken` or `failed`. `fresh_frame` gives the live frame, or a null image without one."""

    taken = Signal(object)  # Raster: the whole upright frame, or its centre square
    failed = Signal()

    def __init__(self, fresh_frame: Callable[[], QImage], parent: QObject) -> None:
        super().__init__(parent)
        self._fresh_frame = fresh_frame
        self._is_square: bool | None = None
        """The shape of the photo being taken; None when none is."""
        self._request = 0
        """The number of the still that was asked for last: a late one is not taken for it."""
        self._deadline = QTimer(self, singleShot=True, interval=_DEADLINE_MS)
        self._deadline.timeout.connect(self.finish)

    @property
    def is_underway(self) -> bool:
        return self._is_square is not None

    def listen_to(self, capture: QImageCapture) -> None:
        """Hear of the stills of `capture`; queued, since whoever gets one may close the camera."""
        capture.imageCaptured.connect(self._on_captured, Qt.ConnectionType.QueuedConnection)
        capture.errorOccurred.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def take(self, capture: QImageCapture, *, is_square: bool) -> None:
        self._is_square = is_square
        self._deadline.start()
        self._request = capture.capture()
        if self._request < 0:
            self.finish()

    def finish(self) -> None:
        """Use the live frame as the photo. Nothing happens where no photo is being taken."""
        if self.is_underway:
            self._deliver(self._fresh_frame())

    def _on_captured(self, request: int, image: QImage) -> None:
        if request == self._request:
            self._deliver(image)

    def _on_failed(self, request: int, *_report: object) -> None:
        if request == self._request:
            self.finish()

    def _deliver(self, image: QImage) -> None:
        if self._is_square is None:
            return
        is_square, self._is_square = self._is_square, None
        self._deadline.stop()
        if image.isNull():
            self.failed.emit()
        else:
            self.taken.emit(qimage_to_raster(_centre_square(image) if is_square else image))


def _centre_square(image: QImage) -> QImage:
    """The largest square about the middle."""
    side = min(image.width(), image.height())
    return image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
