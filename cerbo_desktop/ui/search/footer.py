"""The foot of the pane: which practice, whether Cerbo can be reached, and the way to the settings."""

from enum import Enum
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.services.connection import (
    Busy,
    ConnectionState,
    Intercepted,
    KeyRefused,
    NotTrusted,
    Offline,
    Online,
)
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import common, connection as text

_HEIGHT_PX = 56


class Line(Enum):
    """The connection as the foot names it."""

    CONNECTED = "connected"
    SLOW = "slow"
    OFFLINE = "offline"
    KEY_NOT_ACCEPTED = "key not accepted"
    NOT_SECURE = "not secure"
    BUSY = "busy"
    NOT_CERBO = "not Cerbo"


_LOOKS = {
    Line.CONNECTED: ("check", "ink3"),
    Line.SLOW: ("waiting", "warn"),
    Line.OFFLINE: ("offline", "warn"),
    Line.KEY_NOT_ACCEPTED: ("key", "bad"),
    Line.NOT_SECURE: ("shield", "bad"),
    Line.BUSY: ("waiting", "warn"),
    Line.NOT_CERBO: ("globe", "warn"),
}
"""Icon and colour."""


def line_of(state: ConnectionState) -> Line:
    """The line of the foot for a state of the connection."""
    match state:
        case Online(is_slow=True):
            return Line.SLOW
        case Online():
            return Line.CONNECTED
        case Offline():
            return Line.OFFLINE
        case Intercepted():
            return Line.NOT_CERBO
        case Busy():
            return Line.BUSY
        case KeyRefused():
            return Line.KEY_NOT_ACCEPTED
        case NotTrusted():
            return Line.NOT_SECURE
        case _:
            assert_never(state)


def _words_of(line: Line) -> str:
    match line:
        case Line.CONNECTED:
            return text.connected()
        case Line.SLOW:
            return text.slow()
        case Line.OFFLINE:
            return text.is_offline()
        case Line.KEY_NOT_ACCEPTED:
            return text.key_not_accepted()
        case Line.NOT_SECURE:
            return text.not_secure()
        case Line.BUSY:
            return common.cerbo_is_busy()
        case Line.NOT_CERBO:
            return text.not_cerbo()
        case _:
            assert_never(line)


class PaneFooter(QWidget):
    """Which practice this is, whether Cerbo can be reached, and the way to the settings."""

    settings_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self._face = FaceLabel(32)
        self._name = Label("", fonts.SECOND_STRONG, elides=True)
        self._icon = IconLabel("check", "ink3", 16)
        self._words = Label("", fonts.HINT, "ink3", elides=True)
        self.settings = IconButton("settings", text.settings())
        self.settings.clicked.connect(self.settings_opened)
        self._lay_out()
        self.set_line(Line.CONNECTED)

    @property
    def words(self) -> str:
        """The connection in words."""
        return self._words.text()

    def set_practice(self, name: str) -> None:
        """Show the name of the practice."""
        shown = plain(name, 80) or "Cerbo"
        self._name.setText(shown)
        self._face.set_initials("".join(word[0] for word in shown.split()[:2]))

    def set_line(self, line: Line) -> None:
        """Show whether Cerbo can be reached."""
        (icon, ink), words = _LOOKS[line], _words_of(line)
        if self._words.text() and self._words.text() != words:
            announce(self, words)
        self._icon.set_icon(icon, ink)
        self._words.set_ink(ink)
        self._words.setText(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, color("line"))

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(4)
        state.addWidget(self._icon)
        state.addWidget(self._words, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addLayout(state)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._face)
        row.addLayout(words, 1)
        row.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignVCenter)
