"""The grid of months with what is painted in it: headings, and the tiles with their pictures and spinners."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.services.photos.thumbnail_states import Failed, ThumbnailState
from cerbo_desktop.ui.gallery.delegate import TileDelegate
from cerbo_desktop.ui.gallery.grid_view import MonthGrid
from cerbo_desktop.ui.gallery.headings import paint_heading, paint_menu_arrow, paint_stuck_heading
from cerbo_desktop.ui.gallery.layout import MARGIN_PX, STUCK_PX
from cerbo_desktop.ui.gallery.model import AlbumModel
from cerbo_desktop.ui.gallery.pixmaps import RADIUS_PX, TilePictures
from cerbo_desktop.ui.gallery.waiting import WaitingTiles
from cerbo_desktop.ui.kit import theme
from cerbo_desktop.ui.kit.painting import RING_REACH_PX, paint_ring

_RING_EDGE_PX = 4
"""From the edge of the view to the ring around it."""


class PaintedGrid(MonthGrid):
    """Paints what of an album model is in view, and nothing else."""

    def __init__(self, album: AlbumModel, parent: QWidget | None = None, *, now_s: Callable[[], float]) -> None:
        """`now_s` counts seconds for the spinners."""
        super().__init__(album, parent)
        self._pictures = TilePictures()
        self._waiting = WaitingTiles(self, now_s)
        self._tiles = TileDelegate(self._pictures, self._waiting)
        self.setItemDelegate(self._tiles)
        self.viewport().setAutoFillBackground(False)
        self.stuck_words = QRectF()
        """Where the heading over the tiles stands, in the viewport: it opens the menu of years."""
        self.first_words = QRectF()
        """Where the heading of the first month stands, which opens it too in an album of several years."""
        self._waiting.turned.connect(self._repaint)
        theme.changes.theme_changed.connect(self.viewport().update)

    @property
    def pictures_bytes(self) -> int:
        """What the tiles that are ready to paint take."""
        return self._pictures.used_bytes

    def set_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        if isinstance(state, Failed):
            self._pictures.forget(photo_id)
        self._album.set_thumbnail(photo_id, state)

    def forget_pictures(self) -> None:
        """Drop every picture that is ready to paint, and every spinner."""
        self._pictures.clear()
        self._waiting.clear()

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        super().doItemsLayout()
        self._pictures.use(self._places.tile_px, self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        exposed, top = event.region(), self.verticalOffset()
        area = exposed.boundingRect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            exposed_sections = self._places.sections_between(top + area.top(), top + area.bottom() + 1)
            first_month, self.first_words = self._first_of_years, QRectF()
            for section in {*exposed_sections, *first_month}:
                self._paint_heading(painter, section, has_menu=section in first_month)
            first = top + area.top() - RING_REACH_PX
            for row in self._places.rows_between(first, top + area.bottom() + 1 + RING_REACH_PX):
                self._paint_tile(painter, row, exposed)
            self._paint_stuck_heading(painter)
            if self.hasFocus() and not self._album.rowCount():
                self._paint_ring(painter)
        finally:
            painter.end()

    def _paint_tile(self, painter: QPainter, row: int, exposed: QRegion) -> None:
        option = QStyleOptionViewItem()
        option.rect = self.tile_rect(row)
        reach = RING_REACH_PX
        if not exposed.intersects(option.rect.adjusted(-reach, -reach, reach, 0)):
            return
        index = self._album.index(row)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        self._tiles.paint(painter, option, index)

    def _paint_ring(self, painter: QPainter) -> None:
        """Around the place of the photos: there is no tile yet that could show where the focus is."""
        edge = RING_REACH_PX + _RING_EDGE_PX
        paint_ring(painter, QRectF(self.viewport().rect()).adjusted(edge, edge, -edge, -edge), RADIUS_PX)

    def _repaint(self, photo_ids: frozenset[PhotoId]) -> None:
        in_view = self.rows_in_view()
        for row in map(self._album.row_of, photo_ids):
            if row in in_view:
                self.viewport().update(self.tile_rect(row))

    def _paint_stuck_heading(self, painter: QPainter) -> None:
        """The month that the view is in, over the tiles: in a long month its own heading is far above."""
        self.stuck_words = QRectF()
        if (stuck := self._places.stuck_header(self.verticalOffset())) is None:
            return
        section, pushed_px = stuck
        band = QRectF(0, -pushed_px, self.viewport().width(), STUCK_PX)
        words = self._sections[section]
        count = None if self._album.is_partial else words.photo_count
        self.stuck_words = paint_stuck_heading(painter, band, MARGIN_PX, words.title, count)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The heading over the tiles does not move with them."""
        super().scrollContentsBy(dx, dy)
        reach = STUCK_PX + abs(dy)
        self.viewport().update(0, 0, self.viewport().width(), reach)

    def years_heading_at(self, point: QPointF) -> QRectF:
        """The heading there that opens the menu of years; empty where there is none."""
        return next((words for words in (self.stuck_words, self.first_words) if words.contains(point)), QRectF())

    @property
    def _first_of_years(self) -> tuple[int, ...]:
        """The section of the first month, where it offers the other years: none does with one year."""
        if len(self.years) < 2:
            return ()
        return (next(at for at, section in enumerate(self._sections) if section.year is not None),)

    def _paint_heading(self, painter: QPainter, section: int, *, has_menu: bool) -> None:
        box, words = self._places.header(section), self._sections[section]
        line = QRectF(box.x, box.y - self.verticalOffset() + 16, box.width, 24)
        end = paint_heading(painter, line, words.title, None if self._album.is_partial else words.photo_count)
        if has_menu:
            self.first_words = paint_menu_arrow(painter, line, end)
