"""Tile pictures ready to paint: cropped to a square or, where they are long, whole, at the screen's own resolution."""

from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QImage, QPixmap, QTransform

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.thumbnail_states import Ready
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.thumbnails import is_long, paint_whole, small_copy
from cerbo_desktop.ui.text import album

RADIUS_PX = 8
BUDGET_BYTES = 64_000_000
"""Three screenfuls of a 4K display at the largest tile."""


class TilePicture(NamedTuple):
    """A picture that is ready to be painted on a tile."""

    pixmap: QPixmap
    source_px: int
    """Longer edge of what it was made from: a larger one makes a better picture."""
    mark: str
    """Words to paint on it; empty for none."""
    is_final: bool = True
    is_whole: bool = False
    """It does not fill its tile: the ground is to be painted beneath."""

    @property
    def rank(self) -> tuple[bool, int]:
        """The higher, the better: the photo itself beats any picture that a camera put in front of it."""
        return self.is_final, self.source_px


class TilePictures:
    """Keeps pictures of one tile size, the most lately painted ones, within `budget_bytes`. GUI thread only."""

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self._budget_bytes = budget_bytes
        self._pictures: OrderedDict[PhotoId, TilePicture] = OrderedDict()
        self._look = (0, 1.0)

    def use(self, edge_px: int, dpr: float) -> None:
        """Make pictures of this size from now on, and drop those of another."""
        if self._look != (edge_px, dpr):
            self._look = (edge_px, dpr)
            self._pictures.clear()

    def get(self, photo_id: PhotoId) -> TilePicture | None:
        """The picture of a photo, made where it isn't ready yet; None where nothing has come."""
        picture = self._pictures.get(photo_id)
        if picture is not None:
            self._pictures.move_to_end(photo_id)
        return picture

    def of(self, photo_id: PhotoId, state: Ready) -> TilePicture:
        """The picture to paint for this state, made unless one as good is here."""
        source_px = max(state.raster.width_px, state.raster.height_px)
        found = self.get(photo_id)
        if found is not None and found.rank >= (state.is_final, source_px):
            return found
        pixmap = tile_pixmap(state.raster, *self._look)
        is_whole = is_long(QSize(state.raster.width_px, state.raster.height_px))
        picture = TilePicture(pixmap, source_px, album.mark(state), state.is_final, is_whole)
        self._pictures[photo_id] = picture
        while self.used_bytes > self._budget_bytes and len(self._pictures) > 1:
            self._pictures.popitem(last=False)
        return picture

    def forget(self, photo_id: PhotoId) -> None:
        """Drop the picture of one photo."""
        self._pictures.pop(photo_id, None)

    def clear(self) -> None:
        """Drop every picture."""
        self._pictures.clear()

    @property
    def used_bytes(self) -> int:
        """What the pictures take of memory."""
        edge_px, dpr = self._look
        return len(self._pictures) * 4 * round(edge_px * dpr) ** 2


def tile_pixmap(raster: Raster, edge_px: int, dpr: float) -> QPixmap:
    """The middle square of a picture as a tile `edge_px` wide in layout pixels on a screen of scale `dpr`.

    A long picture is whole, with nothing beside it.
    """
    side, radius = round(edge_px * dpr), RADIUS_PX * dpr
    image, tile = raster_to_qimage(raster), QRectF(0, 0, side, side)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with painting(pixmap) as painter:
        if is_long(image.size()):
            paint_whole(painter, tile, small_copy(image, side), radius)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_brush(_middle(image), side))
            painter.drawRoundedRect(tile, radius, radius)
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def _brush(image: QImage, side: int) -> QBrush:
    if image.width() > 2 * side:  # the painter's own filter looks at four pixels only
        image = image.scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)
    brush = QBrush(image)
    brush.setTransform(QTransform.fromScale(side / image.width(), side / image.height()))
    return brush


def _middle(image: QImage) -> QImage:
    side = min(image.width(), image.height())
    corner = (QSizeF(image.size()) - QSizeF(side, side)) / 2
    return image.copy(int(corner.width()), int(corner.height()), side, side)
