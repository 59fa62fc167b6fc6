"""Two pictures side by side: the photo that was sent and the new one in the chart."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.picture import Picture


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
