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

_HEIGHT_PX, _LOW_PX = 88, 48
_ICON_PX, _LOW_ICON_PX = 32, 20


class DropZone(QWidget):
    """The dashed box with the button that opens the window for choosing files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.choose = Button(words.choose_files(), key_hint=CAPTURE.key("files"))
        self.choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Label(words.drop_here(), fonts.NAME))
        self._limits = Label(words.limits(), fonts.SECOND, "ink2", wraps=True)
        said.addWidget(self._limits)
        said.addStretch(1)
        self._icon = IconLabel("photos", "accent", _ICON_PX)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addWidget(self._icon)
        self._row.addLayout(said, 1)
        self._row.addWidget(self.choose)
        self.be_low(False)

    def be_low(self, is_low: bool) -> None:
        """Take one line only, and say no more what is taken: somebody has chosen already."""
        self.setMinimumHeight(_LOW_PX if is_low else _HEIGHT_PX)
        self._limits.setVisible(not is_low)
        side_px = _LOW_ICON_PX if is_low else _ICON_PX
        self._icon.setFixedSize(side_px, side_px)
        self._row.setContentsMargins(16 if is_low else 24, 4 if is_low else 8, 4 if is_low else 24, 4 if is_low else 8)

    def set_lit(self, is_lit: bool) -> None:
        """Stand out while files hover above the sheet."""
        self._is_lit = is_lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line, fill = ("accent", "tint") if self._is_lit else ("edge", "win")
        with painting(self) as painter:
            paint_dashed(painter, QRectF(self.rect()), 12, line, fill)
