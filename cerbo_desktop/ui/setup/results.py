"""What the connection test found: a row for each check, and the button that asks for it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.services.connection_checks import CheckOutcome, CheckReport, ConnectionCheck
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import setup_checks
from cerbo_desktop.ui.text.lists import spoken

_WIDTH_PX = 400
_OUTCOMES = {
    CheckOutcome.OK: ("done", "ok"),
    CheckOutcome.NOT_ALLOWED: ("failed", "bad"),
    CheckOutcome.FAILED: ("failed", "bad"),
    CheckOutcome.NOT_TESTED: ("scheduled", "ink3"),
}


class Results(QWidget):
    """The checks of the connection test, each with how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH_PX)
        self.test = Button(setup_checks.test_connection(), icon="retry")
        self._rows = {check: _Row(check) for check in ConnectionCheck}
        head = QHBoxLayout()
        head.addWidget(Label(setup_checks.title(), fonts.GROUP, wraps=True), 1)
        head.addWidget(self.test)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 56, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(_Card(tuple(self._rows.values())))

    def clear(self) -> None:
        """Show no check as done."""
        self.test.setText(setup_checks.test_connection())
        self.test.setEnabled(True)
        for row in self._rows.values():
            row.clear()

    def offer_again(self) -> None:
        """The test has ended and may be repeated."""
        self.test.setText(setup_checks.test_again())
        self.test.setEnabled(True)

    def show_result(self, result: CheckReport) -> None:
        """Show how one check ended."""
        self._rows[result.check].show_result(result)


class _Row(QWidget):
    def __init__(self, check: ConnectionCheck) -> None:
        super().__init__()
        self._check = check
        self._icon = IconLabel("scheduled", "ink3", 20)
        self._reason = Label("", fonts.SECOND, "ink2", wraps=True)
        self._outcome = Label("", fonts.SECOND_STRONG)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(setup_checks.check_name(check), fonts.BODY, wraps=True))
        words.addWidget(self._reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._outcome, 0, Qt.AlignmentFlag.AlignTop)
        self.clear()

    def clear(self) -> None:
        self._show("scheduled", "ink3", "", setup_checks.outcome(CheckOutcome.NOT_TESTED))

    def show_result(self, result: CheckReport) -> None:
        self._show(*_OUTCOMES[result.outcome], setup_checks.reason(result.reason), setup_checks.outcome(result.outcome))

    def _show(self, icon: str, ink: str, reason: str, outcome: str) -> None:
        self._icon.set_icon(icon, ink)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._outcome.setText(outcome)
        self._outcome.set_ink(ink)
        self.setAccessibleName(spoken(setup_checks.check_name(self._check), outcome, reason))


class _Card(QFrame):
    def __init__(self, rows: Sequence[QWidget]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, "raised", "line2")
