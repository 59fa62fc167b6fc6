"""The setup page by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.services.connection_checks import CheckOutcome, CheckReason, CheckReport, ConnectionCheck
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.setup.view import SetupPage


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> SetupPage:
    apply_theme(qapp, Qt.ColorScheme.Light)
    made = SetupPage()
    qtbot.addWidget(made)
    made.resize(1440, 868)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("width_px", [880, 960, 1024, 1280, 1366, 1440, 1920])
def test_no_width_makes_it_scroll_sideways(page: SetupPage, qtbot: QtBot, width_px: int) -> None:
    page.resize(width_px, 700)
    pairs = [(area.widget() or page, area.viewport()) for area in page.findChildren(QScrollArea)]
    qtbot.waitUntil(lambda: all(content.minimumSizeHint().width() <= view.width() for content, view in pairs))


@pytest.mark.parametrize("can_cancel", [True, False])
def test_escape_cancels_where_cancel_is_offered(page: SetupPage, can_cancel: bool) -> None:
    told: list[bool] = []
    page.cancelled.connect(lambda: told.append(True))
    page.begin("", "", can_cancel=can_cancel, can_practise=False)
    focused = page.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert told == [True] * can_cancel


@pytest.mark.parametrize("can_practise", [True, False])
def test_the_promise_of_the_practice_clinic_goes_with_its_link(page: SetupPage, can_practise: bool) -> None:
    page.begin("", "", can_cancel=False, can_practise=can_practise)
    (promise,) = [label for label in page.findChildren(Label) if label.text() == "All its patients are fictional."]
    assert promise.isVisible() is can_practise


def test_a_locked_address_says_who_set_it_and_the_focus_goes_past_it(page: SetupPage) -> None:
    page.begin("https://relay.example", "", can_cancel=False, can_practise=False, address_set_by=SetBy.CLINIC)
    address, key, _ = page.findChildren(Field)
    assert (address.text(), address.isEnabled()) == ("https://relay.example", False)
    assert address.accessibleDescription() == "Set by your clinic’s IT"
    assert key.hasFocus()
    page.begin("", "", can_cancel=False, can_practise=False)
    assert address.isEnabled()
    assert address.accessibleDescription() == "As in your browser when you open Cerbo"


def test_where_nobody_may_practise_the_page_says_why(page: SetupPage) -> None:
    page.begin("", "", can_cancel=False, can_practise=False, practice_off_by=SetBy.CLINIC)
    (note,) = [label for label in page.findChildren(Label) if label.text().endswith("turned off by your clinic’s IT.")]
    assert note.isVisible()


@pytest.mark.parametrize("width_px", [1440, 1093, 960])
def test_every_sentence_is_whole_beside_and_below(page: SetupPage, width_px: int) -> None:
    """1093 is a screen of 1366 at 125 %."""
    page.begin("", "", can_cancel=False, can_practise=True)
    text = "For this user, on this PC only. Never in a settings file, a log or a backup of this app."
    page.show_place("The secret stays in Secret Service", text, is_safe=True)
    forbidden = CheckReason.MAY_NOT_READ_APPOINTMENTS
    page.show_result(CheckReport(ConnectionCheck.APPOINTMENTS, CheckOutcome.NOT_ALLOWED, forbidden))
    reason = "This key isn’t allowed to read them. The Today list stays empty until Cerbo allows it."
    page.resize(width_px, 590)
    wrapped = [label for label in page.findChildren(Label) if label.wordWrap() and label.isVisible() and label.text()]
    assert {text, reason} <= {label.text() for label in wrapped}
    for _ in range(3):  # laid out, scrolled, painted
        QApplication.processEvents()
    assert [label.text() for label in wrapped if label.height() < label.heightForWidth(label.width())] == []
