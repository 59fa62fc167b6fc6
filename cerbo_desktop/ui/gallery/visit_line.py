"""The last line of the banner: today's visit, and the way to the chart."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from cerbo_desktop.ui.commands.key_tips import KeyNameUpdater
from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.kit.buttons import LinkButton
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.labels import IconLabel
from cerbo_desktop.ui.kit.line_label import LineLabel
from cerbo_desktop.ui.text import keys, patient_page

_VISIT = TypeStyle(13, 24, 400)
_GAP_PX = 12


class VisitLine(QWidget):
    """Side by side; where they don't fit on one line, the link below the visit."""

    def __init__(self) -> None:
        super().__init__()
        self.open_in_cerbo = LinkButton(ALBUM["cerbo"].words(), "open-out", size_px=13)
        self.open_in_cerbo.hide()
        self._text = LineLabel(style=_VISIT, ink="ink3")
        self._visit = QWidget()
        visit = QHBoxLayout(self._visit)
        visit.setContentsMargins(0, 0, 0, 0)
        visit.setSpacing(4)
        visit.addWidget(IconLabel("calendar", "ink3", 16))
        visit.addWidget(self._text, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)
        self._row.addWidget(self._visit)
        self._row.addWidget(self.open_in_cerbo)
        self._row.addStretch(1)
        self._show()
        KeyNameUpdater(self, self._name_key)

    def set_visit(self, text: str) -> None:
        """Empty for none."""
        self._text.setText(text)
        self._show()

    def text(self) -> str:
        """The visit."""
        return self._text.text()

    def offer_cerbo(self, is_possible: bool) -> None:
        """Show the link."""
        self.open_in_cerbo.setVisible(is_possible)
        self._show()

    def _name_key(self, rules: KeyRules) -> None:
        key = rules.key(ALBUM["cerbo"])
        self.open_in_cerbo.setToolTip(patient_page.open_in_cerbo_tip(key))
        self.open_in_cerbo.setAccessibleDescription(keys.hint(key) if key else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show(self) -> None:
        self._visit.setVisible(bool(self._text.text()))
        self.setVisible(bool(self._text.text()) or not self.open_in_cerbo.isHidden())
        self._arrange()

    def _arrange(self) -> None:
        needed = self._visit.sizeHint().width() + _GAP_PX + self.open_in_cerbo.sizeHint().width()
        is_apart = self._visit.isHidden() or self.open_in_cerbo.isHidden() or needed <= self.width()
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if is_apart else ways.TopToBottom)
        self._row.setSpacing(_GAP_PX if is_apart else 0)
