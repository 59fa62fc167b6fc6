"""The neighbours of the photo on show, made quick to paint before they are asked for."""

from collections.abc import Collection

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.stage.pyramid import PyramidBuilder


class PreparedPhotos(QObject):
    """Keeps smaller copies of each photo: half its size, half of that, and so on down to a small picture."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._builder = PyramidBuilder(self)
        self._photos: dict[PhotoId, tuple[QImage, ...]] = {}

    def prepare(self, photo_id: PhotoId, raster: Raster) -> None:
        """Make a photo ready; a big one is ready some time later."""
        if photo_id not in self._photos:
            self._builder.build(raster, lambda made: self._photos.__setitem__(photo_id, made))

    def get(self, photo_id: PhotoId) -> tuple[QImage, ...] | None:
        """The smaller copies of a photo, the largest first; None where they aren't ready."""
        return self._photos.get(photo_id)

    def keep_only(self, photo_ids: Collection[PhotoId]) -> None:
        """Drop what was prepared for any other photo."""
        self._photos = {key: made for key, made in self._photos.items() if key in photo_ids}

    def clear(self) -> None:
        """Drop everything, also what is still being made."""
        self._builder.forget_all()
        self._photos.clear()
