"""The stage: one photo, zoomed and panned, painted device pixel for device pixel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.viewer.geometry import (
    Extent,
    Placement,
    Viewport,
    ViewState,
    fit_zoom,
    panned,
    placed,
    stepped,
    zoomed_at,
)
from cerbo_desktop.ui.viewer.pyramid import Pyramid, PyramidBuilder, flat, halves

FIT_MARGIN_PX = 24
KEY_FACTOR = 1.25
_WHEEL_UNITS_TO_DOUBLE = 480.0
"""Four notches of an ordinary wheel."""


class Stage(QWidget):
    """Paints one photo, preview or full, at the same place; knows nothing of where it came from.

    Zoom and centre stay from photo to photo; a quarter turn belongs to the photo on show.
    """

    zoom_changed = Signal(float, bool)  # screen pixels for one photo pixel; whether that fits the photo to the stage
    full_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._state = ViewState()
        self._turns = 0
        self._picture: Pyramid | None = None
        self._before: Pyramid | None = None
        self._builder = PyramidBuilder(self)
        self._building = 0
        self._drag_from: QPointF | None = None
        self._has_ring = False
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._fade.valueChanged.connect(self.update)
        self._fade.finished.connect(self._end_fade)

    # What is shown.

    def show_preview(self, raster: Raster) -> None:
        """Show these pixels, stretched to the whole photo's size, in place of whatever is shown."""
        image = flat(raster)
        self._settle(Pyramid(image.source, image.levels + halves(image.levels[0])))

    def show_full(self, raster: Raster, smaller: tuple[QImage, ...] | None = None) -> None:
        """Show every pixel, by a short cross-fade where a preview stands.

        smaller: the halves, where they were made before (`pyramid.halves`); else the preview stays until they are.
        """
        self._builder.forget(self._building)
        image = flat(raster)
        if smaller is not None:
            self._show_built(image, smaller)
        elif self._picture is None:
            self._settle(image)
            self._building = self._builder.build(raster, lambda made: self._show_built(image, made))
        else:
            self._building = self._builder.build(raster, lambda made: self._show_built(image, made))

    def clear(self) -> None:
        """Show no photo."""
        self._settle(None)

    @property
    def has_photo(self) -> bool:
        return self._picture is not None

    @property
    def turns(self) -> int:
        """Quarter turns clockwise, 0 to 3."""
        return self._turns

    def set_turns(self, turns: int) -> None:
        self._turns = turns % 4
        self._changed()

    def turn_right(self) -> None:
        """A quarter turn clockwise about the same place; the photo itself is not changed."""
        self._state = self._state.turned_right()
        self.set_turns(self._turns + 1)

    # Zoom and place.

    @property
    def view_state(self) -> ViewState:
        return self._state

    def set_view_state(self, state: ViewState) -> None:
        self._state = state
        self._changed()

    @property
    def zoom(self) -> float:
        """Screen pixels for one photo pixel; 0 with no photo."""
        return placed(self._state, self._extent(), self._viewport()).zoom if self._picture else 0.0

    def fit(self) -> None:
        self.set_view_state(ViewState())

    def zoom_to_actual(self, at: QPointF | None = None) -> None:
        """100 %: one photo pixel on one screen pixel, whatever the screen's scale."""
        self._zoom_to(1.0, at)

    def zoom_in(self, at: QPointF | None = None) -> None:
        self._step(KEY_FACTOR, at)

    def zoom_out(self, at: QPointF | None = None) -> None:
        self._step(1 / KEY_FACTOR, at)

    def toggle_fit(self, at: QPointF | None = None) -> None:
        """From fit to 100 % at this point, and from anything else to fit."""
        self.zoom_to_actual(at) if self._state.zoom is None else self.fit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo by layout pixels."""
        if self._picture is not None:
            dpr = self.devicePixelRatioF()
            self._state = panned(self._state, self._extent(), self._viewport(), dx * dpr, dy * dpr)
            self.update()

    def pointer(self) -> QPointF | None:
        """Where the mouse is, if it is over the stage."""
        return QPointF(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else None

    def photo_point(self, at: QPointF) -> tuple[float, float]:
        """Which point of the photo as it stands on screen, 0..1 each way, lies under a point of the stage."""
        dpr = self.devicePixelRatioF()
        return placed(self._state, self._extent(), self._viewport()).fraction_at(at.x() * dpr, at.y() * dpr)

    # Qt.

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(event.rect(), color("stage"))
            if self._before is not None:
                self._paint(painter, self._before)
                painter.setOpacity(float(self._fade.currentValue()))
            if self._picture is not None:
                self._paint(painter, self._picture)
            if self._has_ring:
                painter.setOpacity(1.0)
                paint_box(painter, QRectF(self.rect()), 0, None, "accent", 2)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_to(self.zoom * (1.0 + event.value()), event.position())
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._changed()
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

    def _settle(self, picture: Pyramid | None) -> None:
        self._builder.forget(self._building)
        self._fade.stop()
        self._picture, self._before = picture, None
        self._changed()

    def _show_built(self, image: Pyramid, smaller: tuple[QImage, ...]) -> None:
        before, length_ms = self._picture, motion.duration_ms(motion.CROSS_FADE_MS)
        self._settle(Pyramid(image.source, image.levels + smaller))
        if before is not None and before.source == image.source and length_ms:
            self._before = before
            self._fade.setDuration(length_ms)
            self._fade.start()
        self.full_shown.emit()

    def _end_fade(self) -> None:
        self._before = None
        self.update()

    def _step(self, factor: float, at: QPointF | None) -> None:
        if self._picture is not None:
            self._zoom_to(stepped(self.zoom, fit_zoom(self._extent(), self._viewport()), factor), at)

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        if self._picture is None:
            return
        dpr, point = self.devicePixelRatioF(), at or QRectF(self.rect()).center()
        state = zoomed_at(self._state, self._extent(), self._viewport(), zoom, point.x() * dpr, point.y() * dpr)
        self.set_view_state(state)

    def _changed(self) -> None:
        self._show_cursor()
        self.update()
        if self._picture is not None:
            self.zoom_changed.emit(self.zoom, self._state.zoom is None)

    def _show_cursor(self) -> None:
        if self._drag_from is None:
            shape = Qt.CursorShape.OpenHandCursor if self._can_pan() else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def _can_pan(self) -> bool:
        if self._picture is None:
            return False
        at, room = placed(self._state, self._extent(), self._viewport()), self._viewport()
        return at.width > room.width + 0.5 or at.height > room.height + 0.5

    def _extent(self) -> Extent:
        whole = self._picture.source if self._picture else Extent(1, 1)
        return whole.turned if self._turns % 2 else whole

    def _viewport(self) -> Viewport:
        dpr = self.devicePixelRatioF()
        return Viewport(self.width() * dpr, self.height() * dpr, FIT_MARGIN_PX * dpr)

    def _paint(self, painter: QPainter, picture: Pyramid) -> None:
        at = self._snapped(placed(self._state, self._extent(), self._viewport()))
        level = picture.level_for(at.height if self._turns % 2 else at.width)
        onto_stage = _transform(at, self._turns, level)
        room = QRectF(0, 0, self._viewport().width, self._viewport().height)
        inverse, _ = onto_stage.inverted()
        seen = inverse.mapRect(room).adjusted(-1, -1, 1, 1).toAlignedRect() & QRect(QPoint(), level.size())
        is_exact = at.zoom == 1.0 and level is picture.levels[0] and level.width() == picture.source.width
        dpr = self.devicePixelRatioF()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_exact)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.scale(1 / dpr, 1 / dpr)
        painter.setTransform(onto_stage, True)
        painter.drawImage(seen.topLeft(), level, seen)
        painter.restore()

    def _snapped(self, at: Placement) -> Placement:
        """Put the photo's corner on a whole pixel of the screen: half a pixel off blurs 100 %."""
        dpr, corner = self.devicePixelRatioF(), self.mapTo(self.window(), QPoint())
        snap: Callable[[float, int], float] = lambda value, offset: round(value + offset * dpr) - offset * dpr  # noqa: E731
        return Placement(snap(at.x, corner.x()), snap(at.y, corner.y()), at.width, at.height, at.zoom)


def _transform(at: Placement, turns: int, level: QImage) -> QTransform:
    """From the level's pixels to the stage's device pixels."""
    corner_x = at.x + (at.width if turns in (1, 2) else 0.0)
    corner_y = at.y + (at.height if turns in (2, 3) else 0.0)
    across, down = (at.height, at.width) if turns % 2 else (at.width, at.height)
    made = QTransform.fromTranslate(corner_x, corner_y)
    made.rotate(90.0 * turns)
    return made.scale(across / level.width(), down / level.height())
