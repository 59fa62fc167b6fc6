"""The buttons that zoom a stage."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.button_looks import ButtonLook
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import viewer


class ModeButton(IconButton):
    """A button for a way of seeing that shows itself chosen without colour: the photo is the only colourful thing."""

    def __init__(self, icon: str, accessible_name: str) -> None:
        super().__init__(icon, accessible_name, size=40)
        self.setCheckable(True)

    def look(self) -> ButtonLook:
        return (
            ButtonLook("press" if self.isDown() else "hover", "edge", "ink")
            if self.isChecked() and self.isEnabled()
            else super().look()
        )


class ZoomGroup(QWidget):
    """Minus, the zoom in percent, plus, in one box."""

    def __init__(self) -> None:
        super().__init__()
        self.out = IconButton("minus", viewer.zoom_out())
        self.into = IconButton("plus", viewer.zoom_in())
        self.percent = Label("", fonts.SECOND_STRONG)
        self.percent.setFixedWidth(52)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(1)
        for part in (self.out, self.percent, self.into):
            row.addWidget(part)

    def show_zoom(self, zoom: float) -> None:
        """`zoom`: screen pixels for one photo pixel."""
        self.percent.setText(f"{round(zoom * 100)}%")

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, None, "line2")
