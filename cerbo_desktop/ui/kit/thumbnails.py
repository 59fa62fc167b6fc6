"""Small pictures in their tiles: covering them or, where much would be cut off, whole."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.painting import paint_box

_LONG_FROM = 2.0
"""A longer picture, such as a panorama or a screenshot of a whole page, can't be told from its middle square."""


def is_long(size: QSize) -> bool:
    """Whether a picture of this size is shown whole, with its ground beside it."""
    shorter, longer = sorted((size.width(), size.height()))
    return longer > _LONG_FROM * shorter


def whole_in(size: QSize, room: QSize) -> QSize:
    """The size of a picture that just fits into `room`; at least one pixel each way, however long it is."""
    fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(QSize(1, 1))


def paint_in_tile(painter: QPainter, tile: QRectF, picture: QPixmap | QImage, radius: float) -> None:
    """Paint a picture in its rounded tile: covering it or, where the picture is long, whole upon a ground."""
    if not is_long(picture.size()):
        paint_picture(painter, tile, picture, radius)
        return
    paint_box(painter, tile, radius, "sunken")
    paint_whole(painter, tile, picture, radius)


def paint_whole(painter: QPainter, tile: QRectF, picture: QPixmap | QImage, radius: float) -> None:
    """Paint all of a picture in the middle of its rounded tile, and nothing beside it."""
    corners = QPainterPath()
    corners.addRoundedRect(tile, radius, radius)
    size = whole_in(picture.size(), tile.size().toSize())
    left = tile.x() + (round(tile.width()) - size.width()) // 2  # on a whole pixel: a line of one stays one
    top = tile.y() + (round(tile.height()) - size.height()) // 2
    painter.save()
    painter.setClipPath(corners, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = QRectF(left, top, size.width(), size.height())
    if isinstance(picture, QPixmap):
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
    else:
        painter.drawImage(place, picture, QRectF(picture.rect()))
    painter.restore()


def small_copy(image: QImage, edge_px: int) -> QImage:
    """The picture as a tile of this edge needs it: its shorter edge so long or, where it is long, its longer one."""
    size, room = image.size(), QSize(edge_px, edge_px)
    wanted = whole_in(size, room) if is_long(size) else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    return image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
