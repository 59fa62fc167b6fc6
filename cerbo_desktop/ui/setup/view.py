"""The setup page: address, key and secret on the left, what works on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.services.connection_checks import CheckReport
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.fields import Field, FieldColumn
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.painting import set_pane
from cerbo_desktop.ui.setup.rail import SetupRail
from cerbo_desktop.ui.setup.results import Results
from cerbo_desktop.ui.text import common, policy, setup as words, setup_checks

_FORM_PX = 480
_EDGE_PX, _NARROW_EDGE_PX = 64, 40
_NARROW_UNDER_PX, _BESIDE_FROM_PX = 976, 1424


class SetupPage(QWidget):
    """Address, key and secret of a practice, and the test of them."""

    test_wanted = Signal(str, str, str)  # address, key, secret
    save_wanted = Signal(str, str, str)
    cancelled = Signal()
    edited = Signal()  # one of the three is another from now on
    practice_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_pane(self, "surface")
        self._rail = SetupRail()
        self._form, self._results = _Form(), Results()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._verdict = Label("", fonts.SECOND, "ink2", wraps=True)
        self._cancel = Button(common.cancel(), "quiet", size=48)
        self._save = Button(words.save_and_start(), "primary", size=48)
        self._lay_out()
        self._rail.practice.clicked.connect(self.practice_wanted)
        self._rail.settings.clicked.connect(self.settings_wanted)
        self._results.test.clicked.connect(lambda: self.test_wanted.emit(*self._form.typed()))
        self._save.clicked.connect(lambda: self.save_wanted.emit(*self._form.typed()))
        self._cancel.clicked.connect(self.cancelled)
        self._form.edited.connect(self.edited)
        self._form.submitted.connect(lambda: self.test_wanted.emit(*self._form.typed()))

    def begin(
        self,
        address: str,
        username: str,
        *,
        can_cancel: bool,
        can_practise: bool,
        address_set_by: SetBy = SetBy.PERSON,
        practice_off_by: SetBy | None = None,
    ) -> None:
        """Fill in what is known; the secret is always typed anew. `address_set_by` says whose the address is
        to set, `practice_off_by` who turned the practice clinic off."""
        self._form.fill(address, username, policy.address_lock(address_set_by))
        self._cancel.setVisible(can_cancel)
        self._rail.offer_practice(can_practise, policy.practice_off(practice_off_by))
        self.forget_test()
        self._form.first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, title: str, text: str, *, is_safe: bool) -> None:
        """Say where the secret will be kept."""
        self._form.show_place(title, text, is_safe=is_safe)

    def show_faults(self, address: str | None, username: str | None, secret: str | None) -> None:
        """Show a sentence beneath each field that is wrong, and move the focus to the first."""
        self._form.show_faults(address, username, secret)

    def show_testing(self) -> None:
        """Say that the connection is being tested."""
        self.forget_test()
        self._results.test.setEnabled(False)
        self._verdict.setText(setup_checks.testing())

    def forget_test(self) -> None:
        """Clear all results: what is typed now hasn't been tested."""
        self._results.clear()
        self._verdict.setText("")

    def show_saving(self) -> None:
        """Say that the typed values are being saved. Saving ends a running test, so that a person can start another."""
        self._results.test.setEnabled(True)
        self._verdict.setText(words.saving())

    def show_result(self, result: CheckReport) -> None:
        """Show how one check of the test ended."""
        self._results.show_result(result)

    def show_verdict(self, text: str) -> None:
        """Show what the checks came to; the test can be asked for again."""
        self._results.offer_again()
        self._verdict.setText(text)
        announce(self, text)

    def show_not_saved(self) -> None:
        """Say that what was typed could not be saved; it may be tried again."""
        self._verdict.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._cancel.isHidden():
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() >= _BESIDE_FROM_PX
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if self._body.direction() != direction:
            self._body.setDirection(direction)
        is_narrow = self.width() < _NARROW_UNDER_PX
        self._rail.set_narrow(is_narrow)
        edge_px = _NARROW_EDGE_PX if is_narrow else _EDGE_PX
        self._body.setContentsMargins(edge_px, 48, edge_px, 32)
        self._foot.setContentsMargins(edge_px, 16, edge_px, 16)

    def _lay_out(self) -> None:
        self._body.setSpacing(48)
        for part in (self._form, self._results):
            self._body.addLayout(_of_its_own_width(part))
        self._body.addStretch(1)
        content = QWidget()
        content.setLayout(self._body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        foot = self._foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._verdict, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._save)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(scroll, 1)
        right.addWidget(Rule())
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)


def _of_its_own_width(part: QWidget) -> QHBoxLayout:
    """A column asks each part for its height at the column's width, where text takes fewer lines; a row does not."""
    row = QHBoxLayout()
    row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    return row


class _Form(QWidget):
    edited = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_FORM_PX)
        self._address = Field(icon="globe")
        self._username = Field(icon="key")
        self._secret = Field(icon="lock", secret=True)
        self._columns = (
            FieldColumn(words.practice_address(), self._address, words.address_hint()),
            FieldColumn(words.api_key(), self._username, words.key_hint()),
            FieldColumn(words.secret(), self._secret),
        )
        self._place = Notice("info", "", icon="shield")
        warning = Notice("warn", words.advice_title(), words.advice())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Label(words.connect(), fonts.PAGE_TITLE))
        column.addSpacing(8)
        for part in (*self._columns, self._place, warning):
            column.addWidget(part)
        for of_field, field in zip(self._columns, self._fields(), strict=True):
            field.returnPressed.connect(self.submitted)
            field.textEdited.connect(lambda _, of_field=of_field: self._edit(of_field))

    def typed(self) -> tuple[str, str, str]:
        address, username, secret = self._fields()
        return address.text(), username.text().strip(), secret.text().strip()

    def fill(self, address: str, username: str, address_lock: str) -> None:
        self._address.setText(address)
        self._address.setEnabled(not address_lock)
        self._address.set_icon("lock" if address_lock else "globe")
        self._columns[0].set_hint(address_lock or words.address_hint())
        self._username.setText(username)
        self._secret.clear()
        self.show_faults(None, None, None)

    def _edit(self, of_field: FieldColumn) -> None:
        """What was said of a field was said of its text before."""
        of_field.set_error(None)
        self.edited.emit()

    def first_empty(self) -> Field:
        return next((field for field in self._fields() if not field.text()), self._secret)

    def show_place(self, title: str, text: str, *, is_safe: bool) -> None:
        self._place.set_tone("info" if is_safe else "warn", "shield")
        self._place.set_words(title, text)

    def show_faults(self, *sentences: str | None) -> None:
        for column, sentence in zip(self._columns, sentences, strict=True):
            column.set_error(sentence)
        wrong = [column.field for column, sentence in zip(self._columns, sentences, strict=True) if sentence]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> tuple[Field, Field, Field]:
        return self._address, self._username, self._secret
