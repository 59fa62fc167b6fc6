"""The stage: the canvas under a person's hand. Wheel and keys zoom, a drag pans, a double click fits."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QNativeGestureEvent, QPainterPath, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.stage.canvas import Canvas
from cerbo_desktop.ui.stage.geometry import ViewState, fit_zoom, panned, placed, stepped, zoomed_at

KEY_FACTOR = 1.25
_WHEEL_UNITS_TO_DOUBLE = 480.0
"""Four notches of an ordinary wheel."""


class Stage(Canvas):
    """Every way of zooming keeps the photo's point under the pointer, as far as the photo's edges allow."""

    moved_by_hand = Signal(object)  # ViewState: the zoom and the place that a person chose

    def __init__(self, parent: QWidget | None = None, *, corner_px: int = 0) -> None:
        """`corner_px`: radius of the corners, on a ground of the surface's colour."""
        super().__init__(parent)
        self._corner_px = corner_px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drag_from: QPointF | None = None
        self._has_ring = False
        self.zoom_changed.connect(self._show_cursor)

    def fit(self) -> None:
        """Show the whole photo."""
        self._move_to(ViewState())

    def zoom_to_actual(self, at: QPointF | None = None) -> None:
        """100 %: one photo pixel on one screen pixel, whatever the screen's scale."""
        self._zoom_to(1.0, at)

    def zoom_in(self, at: QPointF | None = None) -> None:
        """Zoom in by one step, around the point `at` or the centre."""
        self._step(KEY_FACTOR, at)

    def zoom_out(self, at: QPointF | None = None) -> None:
        """Zoom out by one step, around the point `at` or the centre."""
        self._step(1 / KEY_FACTOR, at)

    def toggle_fit(self, at: QPointF | None = None) -> None:
        """Zoom to 100 % around `at` if the photo is fitted, else fit it."""
        if self._state.zoom is None:
            self.zoom_to_actual(at)
        else:
            self.fit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo by layout pixels."""
        if self._picture is not None:
            dpr = self.devicePixelRatioF()
            self._state = panned(self._state, self._extent(), self._viewport(), dx * dpr, dy * dpr)
            self.update()
            self.moved_by_hand.emit(self._state)

    def pointer(self) -> QPointF | None:
        """Where the mouse is, if it is over the stage."""
        return QPointF(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else None

    def photo_point(self, at: QPointF) -> tuple[float, float]:
        """Which point of the photo as it stands on screen, 0..1 each way, lies under a point of the stage."""
        dpr = self.devicePixelRatioF()
        return placed(self._state, self._extent(), self._viewport()).fraction_at(at.x() * dpr, at.y() * dpr)

    # Qt.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = QRectF(self.rect())
        with painting(self) as painter:
            if self._corner_px:
                painter.fillPath(_outside_of(rect, self._corner_px), color("surface"))
            if self._has_ring:
                paint_box(painter, rect, self._corner_px, None, "accent", 2)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_to(self.zoom * (1.0 + event.value()), event.position())
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        units = event.angleDelta().y()
        if units:
            self._zoom_to(self.zoom * 2.0 ** (units / _WHEEL_UNITS_TO_DOUBLE), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton) and self._can_pan():
            self._drag_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is not None:
            moved = event.position() - self._drag_from
            self._drag_from = event.position()
            self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drag_from = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_fit(event.position())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._has_ring = False
        self.update()

    # Within.

    def _step(self, factor: float, at: QPointF | None) -> None:
        if self._picture is not None:
            self._zoom_to(stepped(self.zoom, fit_zoom(self._extent(), self._viewport()), factor), at)

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        if self._picture is None:
            return
        dpr, point = self.devicePixelRatioF(), at or QRectF(self.rect()).center()
        self._move_to(zoomed_at(self._state, self._extent(), self._viewport(), zoom, point.x() * dpr, point.y() * dpr))

    def _move_to(self, state: ViewState) -> None:
        self.set_view_state(state)
        self.moved_by_hand.emit(state)

    def _show_cursor(self) -> None:
        if self._drag_from is None:
            shape = Qt.CursorShape.OpenHandCursor if self._can_pan() else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def _can_pan(self) -> bool:
        if self._picture is None:
            return False
        at, room = placed(self._state, self._extent(), self._viewport()), self._viewport()
        return at.width > room.width + 0.5 or at.height > room.height + 0.5


def _outside_of(rect: QRectF, corner_px: int) -> QPainterPath:
    """The four corners that a rounded box leaves free."""
    path = QPainterPath()
    path.addRect(rect.adjusted(-1, -1, 1, 1))  # beyond the edge, which may lie within a pixel of the screen
    path.addRoundedRect(rect, corner_px, corner_px)
    return path
