"""What floats over the stage: the round buttons at its sides and the pills at its foot."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.buttons import IconButton, LinkButton
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.stage.pill import Pill

_ROUND_PX = 48
_OFF_OPACITY = 0.4
PROGRESS_LINE_PX = 2


class RoundButton(IconButton):
    """48 pixels across. Reached by the arrow keys, so it takes no place in the tab order."""

    ring_radius = 24.0

    def __init__(self, icon: str, accessible_name: str, tooltip: str, parent: QWidget) -> None:
        super().__init__(icon, accessible_name, tooltip, size=40, has_edge=True, parent=parent)
        self.setFixedSize(_ROUND_PX, _ROUND_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look()
        with painting(self) as painter:
            painter.setOpacity(1.0 if self.isEnabled() else _OFF_OPACITY)
            paint_box(painter, QRectF(self.rect()), _ROUND_PX / 2, look.fill, "line2")
            paint_icon(painter, self._icon_name, QRectF(14, 14, 20, 20), look.ink)


class ActionPill(Pill):
    """A pill with a link at its end."""

    action_chosen = Signal()

    def __init__(self, icon: str, ink: str, action: str, parent: QWidget) -> None:
        super().__init__(icon, ink, parent)
        self.action = LinkButton(action, size_px=13)
        self.action.clicked.connect(self.action_chosen)
        self._row.addWidget(self.action)


class DownloadLine(QWidget):
    """Two pixels: how much of the full picture has arrived."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fraction = 0.0
        self.setFixedHeight(PROGRESS_LINE_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_fraction(self, fraction: float) -> None:
        """Show how much has arrived, 0 to 1."""
        self._fraction = min(1.0, max(0.0, fraction))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("line2"))
            painter.fillRect(QRectF(0, 0, self.width() * self._fraction, self.height()), color("accent"))
