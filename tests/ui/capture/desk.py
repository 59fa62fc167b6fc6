"""What the capture tests share: a patient, a window, and pictures to feed the camera with."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoFrameInput
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.domain.verdict import Accepted
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4), sex=Sex.FEMALE)
TODAY = date(2025, 11, 12)
LEFT, RIGHT = QColor(200, 40, 40), QColor(30, 60, 200)


def halves(width: int = 1280, height: int = 720) -> QImage:
    """Red on the left, blue on the right: a mirrored photo would show the other way round."""
    image = QImage(width, height, QImage.Format.Format_RGBX8888)
    image.fill(RIGHT)
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, LEFT)
    painter.end()
    return image


def plain(shade: int, width: int = 1280, height: int = 720) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGBX8888)
    image.fill(QColor(shade, shade, shade))
    return image


class FrameSource(QObject):
    """Sends one picture 30 times a second into a real `QVideoFrameInput`, until told to be silent."""

    def __init__(self, image: QImage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.image = image
        layout = QVideoFrameFormat(QSize(image.width(), image.height()), QVideoFrameFormat.PixelFormat.Format_RGBX8888)
        self.input = QVideoFrameInput(layout, self)
        self._beat = QTimer(self, interval=33)
        self._beat.timeout.connect(lambda: self.input.sendVideoFrame(QVideoFrame(self.image)))
        self._beat.start()

    def be_silent(self) -> None:
        self._beat.stop()

    def go_on(self) -> None:
        self._beat.start()


@dataclass
class Sent:
    """What was handed over for sending, and to whom."""

    photos: list[Accepted] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=list)
    room_for: int = 100
    """How many photos the disk takes before it is full."""

    async def accept(self, patient: Patient, accepted: Accepted) -> None:
        if len(self.photos) == self.room_for:
            raise NotSafe(NotSafeReason.DISK_FULL)
        self.patients.append(patient)
        self.photos.append(accepted)


async def take_down(window: QWidget) -> None:
    """Let Qt delete the window while Python still holds it, as at the end of the app."""
    window.close()
    window.deleteLater()
    await until(lambda: not isValid(window))
