"""Beside the setup page: what it takes, and where else one can go from here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import LinkButton
from cerbo_desktop.ui.kit.icons import app_icon
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import painting, set_pane
from cerbo_desktop.ui.text import setup as words

_RAIL_PX, _NARROW_RAIL_PX = 352, 304
_EDGE_PX, _NARROW_RAIL_EDGE_PX = 40, 24


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(64, 64)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            app_icon().paint(painter, self.rect())


class SetupRail(QScrollArea):
    """What it takes, and the ways to the practice clinic and to the settings. Scrolls in a low window."""

    def __init__(self) -> None:
        super().__init__()
        set_pane(self, "win")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("pane", "clear")
        self.practice = LinkButton(words.try_practice())
        self.settings = LinkButton(words.settings_and_support())
        column = self._column = QVBoxLayout(content)
        column.setSpacing(8)
        column.addWidget(_Mark())
        column.addSpacing(24)
        column.addWidget(Label(words.title(), fonts.PATIENT_NAME, wraps=True))
        column.addWidget(Label(words.what_it_takes(), fonts.BODY, "ink2", wraps=True))
        column.addSpacing(24)
        column.addWidget(Label(words.where_keys_are_made(), fonts.SECOND, "ink3", wraps=True))
        column.addStretch(1)
        column.addWidget(self.practice)
        self._promise = Label(words.all_fictional(), fonts.SECOND, "ink3", wraps=True)
        column.addWidget(self._promise)
        column.addSpacing(8)
        column.addWidget(self.settings)
        self.setWidget(content)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave more of a narrow window to the form."""
        self.setFixedWidth(_NARROW_RAIL_PX if is_narrow else _RAIL_PX)
        edge_px = _NARROW_RAIL_EDGE_PX if is_narrow else _EDGE_PX
        self._column.setContentsMargins(edge_px, 48, edge_px, 32)

    def offer_practice(self, is_possible: bool, note: str) -> None:
        """Whether there is a practice clinic; `note` says why there is none."""
        self.practice.setVisible(is_possible)
        self._promise.setText(note or words.all_fictional())
        self._promise.setVisible(is_possible or bool(note))
