"""The canvas: one photo at its zoom and place, painted device pixel for device pixel."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.stage import pyramid
from cerbo_desktop.ui.stage.geometry import Extent, Placement, Viewport, ViewState, placed
from cerbo_desktop.ui.stage.photo_painting import paint_photo
from cerbo_desktop.ui.stage.pyramid import Pyramid, PyramidBuilder

FIT_MARGIN_PX = 24
_REST_MS = 40
_MAX_FITTED_PIXELS = 12_000_000


class Canvas(QWidget):
    """Paints one photo, preview or full, at the same place; knows nothing of where it came from.

    Zoom and centre stay from photo to photo; a quarter turn belongs to the photo on show.
    """

    zoom_changed = Signal(float, bool)  # screen pixels for one photo pixel; whether that fits the photo to the stage
    full_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._state = ViewState()
        self._turns = 0
        self._picture: Pyramid | None = None
        self._growth: Pyramid | None = None
        self._before: tuple[Pyramid, ...] = ()
        self._builder = PyramidBuilder(self)
        self._building = self._fitting = 0
        self._fitted: QImage | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._fit_now)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._fade.valueChanged.connect(self.update)
        self._fade.finished.connect(self._end_fade)

    # What is shown.

    def show_preview(self, raster: Raster) -> None:
        """Show these pixels, stretched to the whole photo's size, below whatever is sharper."""
        preview, shown = pyramid.preview(raster), self._picture
        if shown is None:
            self._settle(preview)
        elif not shown.is_full:
            self._growth = shown if shown.share < 1 else self._growth
            self._picture = preview
            self.update()

    def show_growing(self, raster: Raster, known_rows: int) -> None:
        """Show the top rows of this raster over the preview, at the same place; with no preview, for themselves."""
        growth = pyramid.growth(raster, known_rows)
        if self._picture is None or self._picture.share < 1:
            self._settle(growth)
        elif not self._picture.is_full:
            self._growth = growth
            self.update()

    def show_full(self, raster: Raster, smaller: tuple[QImage, ...] | None = None) -> None:
        """Show every pixel, by a short cross-fade where a preview stands.

        smaller: the halves, where they were made before (`pyramid.halves`); else the preview stays until they are.
        """
        self._builder.forget(self._building)
        image = pyramid.flat(raster)
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
    def share(self) -> float:
        """How much of the photo's height is shown at all, from the top."""
        return self._picture.share if self._picture is not None else 0.0

    @property
    def turns(self) -> int:
        """Quarter turns clockwise, 0 to 3."""
        return self._turns

    def set_turns(self, turns: int) -> None:
        """Show the photo rotated by so many quarter turns to the right."""
        self._turns = turns % 4
        self._changed()

    def turn_right(self) -> None:
        """Turn the view a quarter clockwise about the same place; the photo itself is not changed."""
        self._state = self._state.turned_right()
        self.set_turns(self._turns + 1)

    # Zoom and place.

    @property
    def view_state(self) -> ViewState:
        """The zoom, and the point of the photo in the centre."""
        return self._state

    def set_view_state(self, state: ViewState) -> None:
        """Change the zoom, and the point of the photo in the centre."""
        self._state = state
        self._changed()

    @property
    def zoom(self) -> float:
        """Screen pixels for one photo pixel; 0 with no photo."""
        return placed(self._state, self._extent(), self._viewport()).zoom if self._picture else 0.0

    # Qt.

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._changed()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(event.rect(), color("stage"))
            if self._before:
                self._paint_stack(painter, self._before)
                painter.setOpacity(float(self._fade.currentValue()))
            self._paint_stack(painter, self._shown)

    # Within.

    def _settle(self, picture: Pyramid | None) -> None:
        self._builder.forget(self._building)
        self._fade.stop()
        self._picture, self._growth, self._before, self._fitted = picture, None, (), None
        self._changed()

    @property
    def _shown(self) -> tuple[Pyramid, ...]:
        """What is painted, the lowest first."""
        return tuple(each for each in (self._picture, self._growth) if each is not None)

    def _show_built(self, image: Pyramid, smaller: tuple[QImage, ...]) -> None:
        before, length_ms = self._shown, motion.duration_ms(motion.CROSS_FADE_MS)
        self._settle(Pyramid(image.source, image.levels + smaller))
        if before and not before[0].is_full and before[0].source == image.source and length_ms:
            self._before = before
            self._fade.setDuration(length_ms)
            self._fade.start()
        self.full_shown.emit()

    def _end_fade(self) -> None:
        self._before = ()
        self.update()

    def _changed(self) -> None:
        self._fit_soon()
        self.update()
        if self._picture is not None:
            self.zoom_changed.emit(self.zoom, self._state.zoom is None)

    def _extent(self) -> Extent:
        whole = self._picture.source if self._picture else Extent(1, 1)
        return whole.turned if self._turns % 2 else whole

    def _viewport(self) -> Viewport:
        dpr = self.devicePixelRatioF()
        return Viewport(self.width() * dpr, self.height() * dpr, FIT_MARGIN_PX * dpr)

    def _paint_stack(self, painter: QPainter, stack: tuple[Pyramid, ...]) -> None:
        """The lowest first; where not even that shows the whole photo, its frame tells that more will come."""
        at, dpr = self._snapped(placed(self._state, self._extent(), self._viewport())), self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / dpr, 1 / dpr)
        if stack and stack[0].share < 1:
            painter.fillRect(QRectF(at.x, at.y, at.width, at.height), color("line2"))
        for picture in stack:
            self._paint(painter, picture, at)
        painter.restore()

    def _paint(self, painter: QPainter, picture: Pyramid, at: Placement) -> None:
        if picture is self._picture and self._fitted is not None and self._fitted.size() == _unturned(at, self._turns):
            shown = Extent(self._fitted.width(), self._fitted.height())
            shown = shown.turned if self._turns % 2 else shown
            at = replace(at, width=shown.width, height=shown.height)
            paint_photo(painter, self._fitted, at, self._turns, self._viewport(), is_exact=True)
        else:
            image = picture.level_for(at.height if self._turns % 2 else at.width)
            is_exact = at.zoom == 1.0 and image.width() == picture.source.width
            paint_photo(painter, image, at, self._turns, self._viewport(), is_exact=is_exact, share=picture.share)

    def _snapped(self, at: Placement) -> Placement:
        """Put the photo's corner on a whole pixel of the screen: half a pixel off blurs 100 %."""
        dpr, corner = self.devicePixelRatioF(), self.mapTo(self.window(), QPoint())
        x = round(at.x + corner.x() * dpr) - corner.x() * dpr
        y = round(at.y + corner.y() * dpr) - corner.y() * dpr
        return replace(at, x=x, y=y)

    def _fit_soon(self) -> None:
        """Once the zoom rests, have the photo shrunk to exactly its size on screen: crisper than any level."""
        self._builder.forget(self._fitting)
        picture = self._picture
        if picture is None or not picture.is_full:
            self._rest.stop()
            return
        size = self._wanted_size()
        if self._fitted is None or self._fitted.size() != size:
            self._rest.start()

    def _fit_now(self) -> None:
        picture, size = self._picture, self._wanted_size()
        if picture is None or size.width() >= picture.levels[0].width():
            return
        if 0 < size.width() * size.height() <= _MAX_FITTED_PIXELS:
            self._fitting = self._builder.shrink(picture.level_for(2 * size.width()), size, self._show_fitted)

    def _show_fitted(self, image: QImage) -> None:
        self._fitted = image
        self.update()

    def _wanted_size(self) -> QSize:
        return _unturned(placed(self._state, self._extent(), self._viewport()), self._turns)


def _unturned(at: Placement, turns: int) -> QSize:
    """How large the unturned photo is on screen, in whole device pixels."""
    width, height = (at.height, at.width) if turns % 2 else (at.width, at.height)
    return QSize(round(width), round(height))
