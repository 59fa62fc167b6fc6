"""The card: a raised ground with a 1-pixel edge and 12-pixel corners. No shadow."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from cerbo_desktop.ui.kit.painting import paint_box, painting


class Card(QFrame):
    """Put a layout on it. `line`: the edge's token; "warn_line" or "bad_line" where a person is needed."""

    def __init__(self, line: str = "line", fill: str = "raised", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line, self._fill = line, fill

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, self._fill, self._line)
