"""The camera's picture, painted: overlay, thirds and flash in one pass, no child widgets over the video."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.ui.capture.camera_problem import live_name
from cerbo_desktop.ui.capture.overlay import (
    PILL_HEIGHT_PX,
    SHUTTER_PX,
    paint_line,
    paint_note,
    paint_oval,
    paint_pill,
    paint_shutter,
    paint_thirds,
    pill_width,
)
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import CAPTURE, ID_CARD
from cerbo_desktop.ui.kit import fonts, motion
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.key_hint import ButtonWithKey, PassesKeysOn
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import camera as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_RADIUS = 12.0
_EDGE = 16
_FLASH_MS = 120
_FRAME_GAP_S = 1 / 30


class LiveView(RingsOnFocus, PassesKeysOn, ButtonWithKey):
    """A button to the keyboard and to readers: pressing it is the shutter (`clicked`).

    Shows frames at most at 30 a second, and at most half of the time goes into converting them. `is_square`: the
    ID photo's view, which shows the centre square with the oval guide.
    """

    ring_radius = _RADIUS

    def __init__(self, *, is_square: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_square = is_square
        self._state = CameraState.OFF
        self._camera: CameraInfo | None = None
        self._next: QVideoFrame | None = None
        self._image, self._kept = QImage(), QImage()
        self._note = ""
        self._shows_grid, self._is_mirrored = not is_square, False
        self._shown_at, self._cost_s, self._flash = 0.0, 0.0, 0.0
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self.update)
        self._flashing = QVariantAnimation(self, startValue=0.8, endValue=0.0, duration=_FLASH_MS)
        self._flashing.valueChanged.connect(self._set_flash)
        self.show_state(CameraState.OFF, None)

    @property
    def has_picture(self) -> bool:
        """A frame of the camera is in view."""
        return not self._image.isNull()

    def show_state(self, state: CameraState, camera: CameraInfo | None) -> None:
        """Show that the camera starts or runs, or why there is no picture."""
        is_new = state is not self._state
        self._state, self._camera = state, camera
        if not state.has_picture:
            self._image, self._next = QImage(), None
        self._name_it()
        if is_new and self._kept.isNull():
            announce(self, self.accessibleName(), assertive=state.is_trouble or state is CameraState.BLACK)
        self.update()

    def show_frame(self, frame: QVideoFrame) -> None:
        """Show this frame unless a later one comes before the next paint."""
        self._next = frame
        if not self._due.isActive():
            gap_s = max(_FRAME_GAP_S, 2 * self._cost_s)
            self._due.start(max(0, round(1000 * (self._shown_at + gap_s - time.monotonic()))))

    def show_still(self, image: QImage) -> None:
        """Keep showing this picture instead of the camera's; a null image goes back to the camera."""
        self._kept = image
        self._name_it()
        self.update()

    def set_grid(self, shows_grid: bool) -> None:
        """Show the rule of thirds over the picture."""
        self._shows_grid = shows_grid
        self.update()

    def set_mirrored(self, is_mirrored: bool) -> None:
        """Turn the view about, as a mirror would; never the photo."""
        self._is_mirrored = is_mirrored
        self.update()

    def set_note(self, note: str) -> None:
        """A warning over the picture, such as a size too small for records."""
        self._note = note
        self.update()

    def flash(self) -> None:
        """The shutter's flash, so that the eye sees that the photo was taken."""
        if motion.duration_ms(_FLASH_MS):
            self._flashing.start()

    def sizeHint(self) -> QSize:
        return QSize(336, 336) if self._is_square else QSize(896, 504)

    def hitButton(self, pos: QPoint) -> bool:
        if self._is_square or self._state is not CameraState.LIVE:
            return False
        shutter = QPointF(pos) - self._shutter_centre()
        is_in_ring = shutter.x() ** 2 + shutter.y() ** 2 <= (SHUTTER_PX / 2) ** 2
        return is_in_ring or self._take_pill().contains(QPointF(pos))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys are the sheet's or the card's: the shutter must not fire a second time on release."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        started = time.monotonic()
        self._convert()
        rect = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(rect, _RADIUS, _RADIUS)
        with painting(self) as painter:
            painter.setClipPath(outline)
            painter.fillPath(outline, color("stage"))
            self._paint_picture(painter, rect)
            self._paint_over(painter, rect)
        self._shown_at = time.monotonic()
        self._cost_s = self._shown_at - started

    def _name_it(self) -> None:
        is_live = self._kept.isNull()
        self.setAccessibleName(
            live_name(self._state, self._camera)
            if is_live
            else words.id_photo_taken_spoken(ID_CARD.key("send"), rules_of(self).key(ID_CARD["retake"]))
        )

    def _convert(self) -> None:
        frame, self._next = self._next, None
        if frame is None or not self._kept.isNull():
            return
        image = frame.toImage()
        if image.isNull():
            return
        dpr = self.devicePixelRatioF()
        aspect = (
            Qt.AspectRatioMode.KeepAspectRatioByExpanding if self._is_square else Qt.AspectRatioMode.KeepAspectRatio
        )
        self._image = image.scaled(self.size() * dpr, aspect, Qt.TransformationMode.SmoothTransformation)
        self._image.setDevicePixelRatio(dpr)

    def _paint_picture(self, painter: QPainter, rect: QRectF) -> None:
        image = self._image if self._kept.isNull() else self._kept
        if image.isNull():
            return
        painter.save()
        if self._is_mirrored and self._kept.isNull():
            painter.translate(rect.width(), 0)
            painter.scale(-1, 1)
        painter.drawImage(self._target(image), image)
        painter.restore()

    def _target(self, image: QImage) -> QRectF:
        """Where the picture lies: inside the view, or covering a square one, centred."""
        pick = max if self._is_square else min
        scale = pick(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint_over(self, painter: QPainter, rect: QRectF) -> None:
        if not self._kept.isNull():
            return
        if self._image.isNull():
            paint_line(painter, rect, self._waiting_words(), fonts.BODY, "ink2")
            return
        is_black = self._state is CameraState.BLACK
        if self._is_square and not is_black:
            paint_oval(painter, rect)
        elif self._shows_grid and not is_black:
            paint_thirds(painter, self._target(self._image))
        self._paint_pills(painter, rect)
        if self._flash > 0:
            white = QColor(255, 255, 255)
            white.setAlphaF(self._flash)
            painter.fillRect(rect, white)

    def _waiting_words(self) -> str:
        return words.starting(self._camera) if self._state is CameraState.STARTING else ""

    def _paint_pills(self, painter: QPainter, rect: QRectF) -> None:
        if self._is_square:
            at = QPointF(12, rect.height() - 12 - PILL_HEIGHT_PX)
            paint_pill(painter, at, words.live_from(self._camera), "camera")
        else:
            paint_pill(painter, QPointF(_EDGE, _EDGE), words.live(), "camera")
        if self._state is CameraState.BLACK:
            paint_note(painter, rect, words.black())
            return
        if self._note:
            width = pill_width(self._note, "warn")
            paint_pill(painter, QPointF(rect.width() - _EDGE - width, _EDGE), self._note, "warn")
        if not self._is_square:
            paint_shutter(painter, self._shutter_centre())
            paint_pill(painter, self._take_pill().topLeft(), words.take_photo(), "", self._take_key)

    def _shutter_centre(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() - _EDGE - SHUTTER_PX / 2)

    @property
    def _take_key(self) -> str:
        return CAPTURE.key("take") if self._shows_key else ""

    def _take_pill(self) -> QRectF:
        width = pill_width(words.take_photo(), "", self._take_key)
        return QRectF(self.width() - _EDGE - width, self.height() - _EDGE - PILL_HEIGHT_PX, width, PILL_HEIGHT_PX)

    def _set_flash(self, alpha: float) -> None:
        self._flash = alpha
        self.update()
