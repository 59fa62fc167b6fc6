"""One encoded picture out of a drop or the clipboard."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

_ENCODED = ("image/png", "image/jpeg", "image/gif")
"""The lossless one first: a program that holds only pixels offers them as JPEG too, which makes another picture of
them."""


def picture_bytes(mime: QMimeData) -> bytes | None:
    """The picture as the other program encoded it, which Qt never opens; a plain bitmap becomes a PNG."""
    for kind in _ENCODED:
        if mime.hasFormat(kind):
            return bytes(mime.data(kind).data())
    image = mime.imageData() if mime.hasImage() else None
    return _png(image) if isinstance(image, QImage) and not image.isNull() else None


def _png(image: QImage) -> bytes:
    data = QByteArray()
    target = QBuffer(data)
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide's stub asks for bytes; text is what it takes (no upstream report was found).
    image.convertToFormat(QImage.Format.Format_RGB32).save(target, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
