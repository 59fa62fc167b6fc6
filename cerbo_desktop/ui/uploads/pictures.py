"""Two pictures side by side: the photo that was sent and the new one in the chart."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.picture import Picture
from cerbo_desktop.ui.text import tray


class TwoPictures(QWidget):
    """The photo that was sent beside the one that was found, to be compared."""

    def __init__(self, ours: QImage) -> None:
        super().__init__()
        self.new = Picture(112)
        self.new.setAccessibleName(tray.new_photo_spoken())
        sent = Picture(112, ours)
        sent.setAccessibleName(tray.sent_photo_spoken())
        self._lay_out(sent)

    @property
    def has_new(self) -> bool:
        """The new photo is shown."""
        return self.new.image is not None

    def _lay_out(self, sent: Picture) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for picture, words in ((sent, tray.sent_from_here()), (self.new, tray.new_in_chart())):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(picture)
            column.addWidget(Label(words, fonts.LABEL, "ink2", wraps=True))
            column.addStretch(1)
            row.addLayout(column, 1)
