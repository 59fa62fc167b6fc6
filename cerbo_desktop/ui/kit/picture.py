"""A photo in a square of its own, beside words about it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile


class Picture(QWidget):
    """A square of `edge_px`; an empty frame until there is an image."""

    def __init__(self, edge_px: int, image: QImage | None = None) -> None:
        super().__init__()
        self.image = image
        self._edge_px = edge_px
        self.setFixedSize(edge_px, edge_px)

    def show_image(self, image: QImage | None) -> None:
        """Show this image, fitted into the widget; None shows nothing."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._edge_px, self._edge_px)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            if self.image is None:
                paint_box(painter, QRectF(self.rect()), 8, "win", "line2")
            else:
                paint_in_tile(painter, QRectF(self.rect()), self.image, 8)
