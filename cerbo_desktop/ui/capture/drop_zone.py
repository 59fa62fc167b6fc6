"""Where photos are dropped: says what is taken before anybody chooses."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_dashed, painting
from cerbo_desktop.ui.text import added_files as words

_HEIGHT_PX = 88


class DropZone(QWidget):
    """The dashed box with the button that opens the window for choosing files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.setMinimumHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.choose = Button(words.choose_files(), key_hint=CAPTURE.key("files"))
        self.choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Label(words.drop_here(), fonts.NAME))
        said.addWidget(Label(words.limits(), fonts.SECOND, "ink2", wraps=True))
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(IconLabel("photos", "accent", 32))
        row.addLayout(said, 1)
        row.addWidget(self.choose)

    def set_lit(self, is_lit: bool) -> None:
        """Stand out while files hover above the sheet."""
        self._is_lit = is_lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line, fill = ("accent", "tint") if self._is_lit else ("edge", "win")
        with painting(self) as painter:
            paint_dashed(painter, QRectF(self.rect()), 12, line, fill)
