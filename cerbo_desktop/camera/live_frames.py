"""The frames of a camera as they come: the latest one, and what they tell of the camera."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.camera.frame_watch import FrameWatch

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_PULSE_MS = 250
_BRIGHTNESS_EVERY = 3
"""Judgements between two looks at the brightness: each converts a whole frame."""


class LiveFrames(QObject):
    """Keeps the latest frame. Frames that come before the next turn of the loop are passed over."""

    due = Signal()  # there is a new frame
    pulse = Signal()  # it is time to judge, while frames are waited for or come

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._latest: QVideoFrame | None = None
        self._watch = FrameWatch(0.0)
        self._judgements = 0
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self.due)
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.timeout.connect(self.pulse)

    @property
    def latest(self) -> QVideoFrame | None:
        """None while there is none."""
        return self._latest

    def begin(self) -> None:
        """A camera starts now."""
        self._watch = FrameWatch(time.monotonic())

    def watch(self) -> None:
        """Its frames are waited for from now on."""
        self._pulse.start()

    def end(self) -> None:
        """The camera is gone, and its latest frame with it."""
        self._pulse.stop()
        self._due.stop()
        self._latest = None

    def keep(self, frame: QVideoFrame) -> None:
        """A valid frame came."""
        self._latest = frame
        self._watch.frame_arrived(time.monotonic())
        if not self._due.isActive():
            self._due.start()

    def judge(self) -> CameraState:
        """STARTING, LIVE, BLACK or STALLED."""
        self._judgements += 1
        now = time.monotonic()
        if self._latest is not None and self._judgements % _BRIGHTNESS_EVERY == 0:
            self._watch.brightness_seen(_brightest_luma(self._latest.toImage()), now)
        return self._watch.judge(now)

    def fresh_image(self) -> QImage:
        """The latest frame; a null image where the camera gave none for a while."""
        is_fresh = self._watch.judge(time.monotonic()).has_picture
        return self._latest.toImage() if self._latest is not None and is_fresh else QImage()


def _brightest_luma(image: QImage) -> int:
    """0 to 255: brighter than this are only a twentieth of the picture's spots. Single hot pixels do not count."""
    if image.isNull():
        return 255
    small = image.scaled(64, 36).convertToFormat(QImage.Format.Format_Grayscale8)
    lumas = sorted(bytes(small.constBits()))
    return lumas[-max(1, len(lumas) // 20)]
