"""Two pictures side by side: the photo that was sent and the new one in the chart."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import paint_box, painting


class Picture(QWidget):
    """A square of `edge_px`; an empty frame until there is an image."""

    def __init__(self, edge_px: int, image: QImage | None = None) -> None:
        super().__init__()
        self.image = image
        self._edge_px = edge_px
        self.setFixedSize(edge_px, edge_px)

    def show_image(self, image: QImage | None) -> None:
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._edge_px, self._edge_px)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            if self.image is None:
                paint_box(painter, QRectF(self.rect()), 8, "win", "line2")
            else:
                paint_picture(painter, QRectF(self.rect()), self.image, 8)


class TwoPictures(QWidget):
    def __init__(self, ours: QImage) -> None:
        super().__init__()
        self.new = Picture(112)
        self.new.setAccessibleName("The new photo in the chart")
        sent = Picture(112, ours)
        sent.setAccessibleName("The photo that was sent")
        self._lay_out(sent)

    @property
    def has_new(self) -> bool:
        """The new photo is shown."""
        return self.new.image is not None

    def _lay_out(self, sent: Picture) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for picture, words in ((sent, "Sent from here"), (self.new, "New in the chart")):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(picture)
            column.addWidget(Label(words, fonts.LABEL, "ink2"))
            row.addLayout(column)
        row.addStretch(1)
