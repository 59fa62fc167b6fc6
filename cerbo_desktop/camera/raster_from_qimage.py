"""A camera's frame as a raster of the domain."""

from PySide6.QtGui import QImage

from cerbo_desktop.domain.raster import Raster


def qimage_to_raster(image: QImage) -> Raster:
    """The image's pixels as a full-size raster; one copy. Raises ValueError for an empty image."""
    if image.isNull():
        raise ValueError("no pixels")
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = plain.width(), plain.height()
    return Raster(width, height, bytes(plain.constBits()), width, height)
