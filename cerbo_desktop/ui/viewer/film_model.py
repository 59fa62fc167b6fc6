"""The photos of the film strip in their order, with the thumbnails that were shown last."""

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.thumbnails import small_copy
from cerbo_desktop.ui.viewer.captions import FilmEntry

_KEPT_PIXELS_EDGE = 160
"""Enough for 64 layout pixels on a screen of scale 2, with the shorter edge to crop."""
_KEPT_THUMBS = 600

AnyIndex = QModelIndex | QPersistentModelIndex


class FilmRole(IntEnum):
    """What the delegate asks of a cell."""

    ENTRY = Qt.ItemDataRole.UserRole
    IMAGE = Qt.ItemDataRole.UserRole + 1
    HAS_FAILED = Qt.ItemDataRole.UserRole + 2


class FilmModel(QAbstractListModel):
    """Entries in order, found by photo id; the small pictures that were shown last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[FilmEntry, ...] = ()
        self._rows: dict[PhotoId, int] = {}
        self._images: OrderedDict[PhotoId, QImage] = OrderedDict()
        self._failed: set[PhotoId] = set()

    def set_entries(self, entries: Sequence[FilmEntry]) -> None:
        """Become these photos, newest first."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self._rows = {entry.photo_id: row for row, entry in enumerate(self._entries)}
        self._images = OrderedDict((key, image) for key, image in self._images.items() if key in self._rows)
        self._failed &= self._rows.keys()
        self.endResetModel()

    def forget_images(self) -> None:
        """Drop every thumbnail."""
        self._images.clear()
        self._failed.clear()

    def row_of(self, photo_id: PhotoId) -> int | None:
        """The row of a photo; None where it isn't there."""
        return self._rows.get(photo_id)

    def id_at(self, row: int) -> PhotoId:
        """The photo in a row."""
        return self._entries[row].photo_id

    def set_thumbnail(self, photo_id: PhotoId, raster: Raster | None) -> None:
        """Give a photo its picture; None says that it could not be loaded. Unknown ids are dropped."""
        row = self._rows.get(photo_id)
        if row is None:
            return
        self._failed.discard(photo_id)
        if raster is None:
            self._failed.add(photo_id)
        else:
            self._keep(photo_id, raster)
        self.dataChanged.emit(self.index(row), self.index(row), [FilmRole.IMAGE, FilmRole.HAS_FAILED])

    def set_loading(self, photo_id: PhotoId) -> None:
        """Take the mark off a photo that could not be loaded: it is tried once more."""
        if photo_id in self._failed:
            self._failed.discard(photo_id)
            row = self._rows[photo_id]
            self.dataChanged.emit(self.index(row), self.index(row), [FilmRole.HAS_FAILED])

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case FilmRole.ENTRY:
                return entry
            case FilmRole.IMAGE:
                return self._images.get(entry.photo_id)
            case FilmRole.HAS_FAILED:
                return entry.photo_id in self._failed
            case Qt.ItemDataRole.AccessibleTextRole:
                return entry.spoken
            case _:
                return None

    def _keep(self, photo_id: PhotoId, raster: Raster) -> None:
        self._images[photo_id] = small_copy(raster_to_qimage(raster), _KEPT_PIXELS_EDGE)
        self._images.move_to_end(photo_id)
        while len(self._images) > _KEPT_THUMBS:
            self._images.popitem(last=False)
