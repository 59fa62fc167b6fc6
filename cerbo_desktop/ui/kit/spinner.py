"""The waiting ring. It appears only after 300 ms, so that quick answers never flash."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color

_FRAME_MS = 40
_STEPS = 25  # one turn a second


def paint_spinner(painter: QPainter, rect: QRectF, turn: float) -> None:
    """Paint the ring with its arc, `turn` 0..1 of a revolution. For delegates; give 0 where motion is unwanted."""
    width = max(2.0, rect.width() / 9)
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("line2"), width))
    painter.drawEllipse(inner)
    painter.setPen(QPen(color("accent"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(inner, int((90 - 360 * turn) * 16), -110 * 16)


class Spinner(QLabel):
    """Shows itself 300 ms after `start()`; `stop()` hides it. Stands still under reduced motion."""

    def __init__(self, accessible_name: str, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFixedSize(size, size)
        self._step, self._is_shown = 0, False
        self._delay = QTimer(self, singleShot=True, interval=motion.SPINNER_DELAY_MS)
        self._delay.timeout.connect(self._appear)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._turn)
        self.hide()  # until it turns: readers must not meet a name of something that is not going on

    @property
    def is_spinning(self) -> bool:
        """True once the ring is on screen."""
        return self._is_shown

    def start(self) -> None:
        """Turn, and show it after a moment."""
        if not self._is_shown:
            self._delay.start()

    def stop(self) -> None:
        """Stand still and disappear."""
        self._delay.stop()
        self._frames.stop()
        self._is_shown = False
        self.hide()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_shown:
            with painting(self) as painter:
                paint_spinner(painter, QRectF(self.rect()), self._step / _STEPS)

    def _appear(self) -> None:
        self._is_shown = True
        self.show()

    def _run_if_seen(self) -> None:
        if self._is_shown and self.isVisible() and motion.duration_ms(1):
            self._frames.start()

    def _turn(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()
