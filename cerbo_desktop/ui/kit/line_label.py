"""A text that wraps only where one line has no room."""

from PySide6.QtCore import QSize

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.labels import Label


class LineLabel(Label):
    """Wraps, and stands in one line where there is room: other texts that wrap ask for a column only."""

    def __init__(self, text: str = "", style: TypeStyle = fonts.BODY, ink: str = "ink") -> None:
        super().__init__(text, style, ink, wraps=True)

    def sizeHint(self) -> QSize:
        width = self.width_in_lines(1)
        return QSize(width, self.heightForWidth(width))
