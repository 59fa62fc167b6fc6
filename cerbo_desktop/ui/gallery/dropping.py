"""Photos dragged onto the page. Files alone are taken: Qt itself would decode a picture that has none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.painting import paint_box, painting


def dropped_files(data: QMimeData) -> list[Path]:
    """The files on this machine, in the order they were dragged; folders and web addresses left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [path for path in paths if path.is_file()]


class DropOutline(QWidget):
    """Laid over the page while files hover above it: they may be let go here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self, page: QWidget) -> None:
        self.setGeometry(page.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()).adjusted(8, 8, -8, -8), 12, None, "accent", 2)
