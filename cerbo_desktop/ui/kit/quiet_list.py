"""A list without type-ahead of its own: letters are commands of its screen, or nobody's."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from cerbo_desktop.ui.kit.keys import is_written


class QuietList(QListView):
    """Leaves what is typed to whatever it lies in. It has no frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QListView.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_written(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
