"""A picture of a widget beside the one that was looked at and kept."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.theme import color

PICTURES = Path(__file__).parent / "pictures"
_NEAR = 12
"""How far a channel of a pixel may be from what was kept: rounding differs between processors."""
_LAYOUTS_WITHIN_LAYOUTS = 5
_MOST_OTHER = 0.002
"""The share of pixels that may be further away."""


def picture_of(widget: QWidget) -> QImage:
    """As it is painted off the screen, one pixel a point, once every layout has had its say."""
    for _ in range(_LAYOUTS_WITHIN_LAYOUTS):
        QCoreApplication.sendPostedEvents()
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(color("surface"))
    widget.render(image)
    return image


def difference(shown: QImage, kept: QImage) -> str:
    """What differs, for people; empty where the two look the same."""
    if shown.size() != kept.size():
        return f"{shown.width()} x {shown.height()} pixels, and {kept.width()} x {kept.height()} before"
    other = sum(abs(one - two) > _NEAR for one, two in zip(_bytes(shown), _bytes(kept), strict=True))
    share = other / (shown.width() * shown.height())
    return f"{share:.2%} of the pixels" if share > _MOST_OTHER else ""


def _bytes(image: QImage) -> bytes:
    return bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
