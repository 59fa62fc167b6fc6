"""Slider and progress line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSlider, QWidget

from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.painting import paint_box, painting

_HANDLE_PX = 16
_LINE_PX = 4


class Slider(RingsOnFocus, QSlider):
    """A horizontal slider 32 high with a 4-pixel groove and a 16-pixel handle."""

    def __init__(
        self, accessible_name: str, minimum: int = 0, maximum: int = 100, value: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(accessible_name)
        self.setRange(minimum, maximum)
        self.setValue(value)
        self.setFixedHeight(32)

    def sizeHint(self) -> QSize:
        return QSize(96, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        span = max(1, self.maximum() - self.minimum())
        centre = _HANDLE_PX / 2 + (self.width() - _HANDLE_PX) * (self.sliderPosition() - self.minimum()) / span
        middle = self.height() / 2
        accent = "accent" if self.isEnabled() else "edge"
        with painting(self) as painter:
            paint_box(painter, QRectF(0, middle - 2, self.width(), _LINE_PX), 2, "line2")
            paint_box(painter, QRectF(0, middle - 2, centre, _LINE_PX), 2, accent)
            handle = QRectF(centre - 8, middle - 8, _HANDLE_PX, _HANDLE_PX)
            paint_box(painter, handle, 8, "press" if self.isSliderDown() else "raised", accent, 2)


def paint_progress(painter: QPainter, rect: QRectF, fraction: float, ink: str = "accent") -> None:
    """Paint the 4-pixel line, for delegates; `fraction` 0..1. Print the number beside it."""
    paint_box(painter, rect, rect.height() / 2, "line2")
    width = rect.width() * min(1.0, max(0.0, fraction))
    if width >= 1:
        paint_box(painter, QRectF(rect.x(), rect.y(), max(width, rect.height()), rect.height()), rect.height() / 2, ink)


class ProgressLine(QProgressBar):
    """A 4-pixel line; a reader hears the percentage. The number is printed beside it by whoever uses it."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setFixedHeight(_LINE_PX)

    def set_fraction(self, fraction: float) -> None:
        """Show how much is done, from 0 to 1."""
        self.setValue(round(100 * min(1.0, max(0.0, fraction))))

    def sizeHint(self) -> QSize:
        return QSize(96, _LINE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_progress(painter, QRectF(self.rect()), self.value() / 100)
