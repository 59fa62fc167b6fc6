"""The pictures of shots at the size in which a list paints them: scaled once, and not at each painting."""

from PySide6.QtGui import QImage

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot, ShotId
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.thumbnails import small_copy

_MOST = 128
"""As many as a list has rows; at 48 pixels and a scale of 2 they take 5 MB."""


class SmallPictures:
    """Those of one list."""

    def __init__(self) -> None:
        self._kept: dict[ShotId, tuple[Raster, int, QImage]] = {}

    def of(self, shot: Shot, edge_px: float) -> QImage | None:
        """For a tile of `edge_px` device pixels; None where the shot has no picture."""
        if not isinstance(shot.state, Accepted):
            return None
        preview, edge = shot.state.preview, round(edge_px)
        kept = self._kept.get(shot.id)
        if kept is None or kept[0] is not preview or kept[1] != edge:
            kept = self._kept[shot.id] = preview, edge, _scaled(preview, edge)
            if len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return kept[2]


def _scaled(preview: Raster, edge_px: int) -> QImage:
    """Without the preview's own pixels."""
    image = raster_to_qimage(preview)
    return image.copy() if min(preview.width_px, preview.height_px) <= edge_px else small_copy(image, edge_px)
