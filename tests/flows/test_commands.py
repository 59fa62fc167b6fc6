"""Commands in the whole app: single letters switched off by a person or the policy, the page of keys, Open in Cerbo."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from cerbo_desktop.config.policy import Policy
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.acts import Done, OpenedInCerbo
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.practice.patients import MARIA_LOPEZ
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.help.sheet import HelpSheet
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.kit.toggles import Switch
from tests.flows.desk import Desk
from tests.flows.reading import has_button, words_of
from tests.waiting import emitted, until

_CONTROL = Qt.KeyboardModifier.ControlModifier
_CHART = "https://charts.clinic.example/?patient={patient_id}"


class _Browser(QObject):
    """Takes what would open in the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[_Browser]:
    made = _Browser()
    method: Any = "take"  # PySide's stub asks for bytes, which it does not take
    QDesktopServices.setUrlHandler("https", made, method)
    yield made
    QDesktopServices.unsetUrlHandler("https")


def _help(desk: Desk) -> HelpSheet:
    found = open_sheet(desk.window)
    assert isinstance(found, HelpSheet)
    return found


async def _press_alone(desk: Desk, key: Qt.Key) -> None:
    """A key that types something, after which a person does nothing for a moment."""
    desk.press(key)
    await emitted(rules_of(desk.window).went_quiet)


async def test_single_letters_switched_off_in_the_settings_are_off_at_once_and_at_the_next_start(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    sheet = open_sheet(desk.window)
    assert sheet is not None
    (switch,) = sheet.findChildren(Switch)
    assert switch.isChecked()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)
    await desk.open_photo(0)
    await desk.full_quality()
    for key in (Qt.Key.Key_I, Qt.Key.Key_R, Qt.Key.Key_Question):
        await _press_alone(desk, key)
    assert not desk.pages.viewer.details.isVisible()
    assert desk.pages.viewer.stage.turns == 0
    desk.press(Qt.Key.Key_F1)
    assert "Single letters, digits and signs are switched off" in words_of(_help(desk))
    assert not SettingsFile(desk.data_dir.settings_file).current.single_letter_keys


async def test_the_policy_switches_single_letters_off(closed_desk: Desk) -> None:
    desk = closed_desk
    policy = Policy(single_letter_keys=False, server=desk.clinic.origin)
    desk.policy = replace(desk.policy, policy=policy)
    await desk.start()
    await desk.board_is_there()
    assert not rules_of(desk.window).letters_are_on
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    sheet = open_sheet(desk.window)
    assert sheet is not None
    assert not sheet.findChildren(Switch)
    assert "Commands by single letters" in words_of(sheet)


async def test_f1_shows_the_keys_of_the_screen_that_is_open(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.press(Qt.Key.Key_F1)
    assert _help(desk).rows[0].accessibleName() == "Open the photo, or try it again: Enter"
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.hasFocus())
    await desk.open_photo(0)
    await _press_alone(desk, Qt.Key.Key_Question)
    assert _help(desk).rows[0].accessibleName() == "Previous photo: ← or Page Up"


async def test_open_in_cerbo_is_the_clinics_address_with_the_id_and_no_name(
    closed_desk: Desk, browser: _Browser
) -> None:
    desk = closed_desk
    desk.policy = replace(desk.policy, policy=Policy(chart_url=_CHART))
    await desk.start()
    done: list[Done] = []
    desk.services.acts.subscribe(done.append)
    await desk.board_is_there()
    await desk.search("99999")
    await desk.click_when_there("Open Cerbo", desk.pane)
    assert browser.opened == ["https://charts.clinic.example"]
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await _press_alone(desk, Qt.Key.Key_O)
    assert browser.opened[1:] == [f"https://charts.clinic.example/?patient={MARIA_LOPEZ}"]
    desk.type("OLGA O")
    await emitted(rules_of(desk.window).went_quiet)
    assert len(browser.opened) == 2, "a burst opens nothing"
    told = [each.act for each in done if isinstance(each.act, OpenedInCerbo)]
    assert told == [OpenedInCerbo(None), OpenedInCerbo(PatientId(str(MARIA_LOPEZ)))]


async def test_where_nobody_knows_cerbos_address_there_is_nothing_to_open(desk: Desk, browser: _Browser) -> None:
    await desk.board_is_there()
    await desk.search("99999")
    assert not has_button(desk.pane, "Open Cerbo")
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await _press_alone(desk, Qt.Key.Key_O)
    assert not has_button(desk.pages.patient.banner, "Open in Cerbo")
    assert browser.opened == []


async def test_esc_takes_the_marks_away_and_then_the_search_text_from_wherever_the_focus_is(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.pages.patient.filter_bar.findChildren(QRadioButton)[0].setFocus()
    desk.press(Qt.Key.Key_A, _CONTROL)
    assert desk.album.marks.count == 23
    for marked, text in ((0, str(MARIA_LOPEZ)), (0, str(MARIA_LOPEZ)), (0, "")):
        desk.press(Qt.Key.Key_Escape)
        assert (desk.album.marks.count, desk.pane.field.text()) == (marked, text)
    assert "Maria Lopez" in desk.banner_name


async def test_alt_home_shows_today_and_ctrl_w_leaves_the_viewer_and_a_sheet(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    assert open_sheet(desk.window) is not None
    desk.press(Qt.Key.Key_W, _CONTROL)
    await until(lambda: open_sheet(desk.window) is None)
    assert desk.pages.viewer.isVisible()
    desk.press(Qt.Key.Key_W, _CONTROL)
    assert not desk.pages.viewer.isVisible()
    await desk.open_photo(0)
    desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert desk.pane.board.isVisible()
    assert desk.pane.field.hasFocus()
    assert desk.pane.field.text() == ""


async def test_the_banner_opens_the_chart_where_its_address_is_known(closed_desk: Desk, browser: _Browser) -> None:
    desk = closed_desk
    desk.policy = replace(desk.policy, policy=Policy(chart_url=_CHART))
    await desk.start()
    await desk.board_is_there()
    await desk.open(MARIA_LOPEZ)
    link = desk.pages.patient.banner.open_in_cerbo
    assert link.toolTip() == "Open the chart in the browser (O)"
    desk.click("Open in Cerbo", desk.pages.patient.banner)
    assert browser.opened == [f"https://charts.clinic.example/?patient={MARIA_LOPEZ}"]


async def test_a_practice_that_was_left_leaves_no_way_to_its_charts(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.policy = replace(desk.policy, policy=Policy(chart_url=_CHART))
    await desk.start()
    await desk.board_is_there()
    rules = rules_of(desk.window)
    assert rules.key_names(ALBUM["cerbo"]) == ("O",)
    await desk.application.session.leave()
    assert rules.key_names(ALBUM["cerbo"]) == ()


async def test_help_finds_a_key_by_what_it_does(desk: Desk) -> None:
    await desk.board_is_there()
    desk.press(Qt.Key.Key_F1)
    sheet = _help(desk)
    desk.type("rotate")
    assert [row.accessibleName() for row in sheet.rows if row.isVisible()] == ["Rotate right, on screen only: R"]
    assert "Keys that have them are shown." in words_of(sheet)
    desk.press(Qt.Key.Key_A, _CONTROL)
    desk.type("zzz")
    assert "No answer has these words. Try another word, or fewer." in words_of(sheet)


async def test_help_shows_the_uploads(desk: Desk) -> None:
    await desk.board_is_there()
    desk.window.resize(1100, 700)
    desk.press(Qt.Key.Key_F1)
    desk.click("Show me the uploads", _help(desk))
    await until(lambda: open_sheet(desk.window) is None)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.pages.tray.shown.isAncestorOf(focus)
