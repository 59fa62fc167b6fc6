"""The settings sheet by itself: what a screen reader meets, keys, and both looks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea
from pytestqt.qtbot import QtBot

from cerbo_desktop.camera.devices import CameraInfo
from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.settings.facts import SettingsFacts
from cerbo_desktop.ui.settings.sections import SettingRow
from cerbo_desktop.ui.settings.view import SettingsSheet
from cerbo_desktop.ui.text import settings as words

_PLACE = "/etc/cerbo-desktop/policy.toml"
_SET_UP = Settings(origin="https://riverbend.md-hq.com", username="pk_desk")
_FREE = Effective(PolicyReading(), _SET_UP)
_LOCKED = Effective(PolicyReading((_PLACE,), Policy(server="https://relay.example", camera=False)), _SET_UP)
_BROKEN = Effective(
    PolicyReading((_PLACE,), SAFE_SIDE, fault=PolicyFault(PolicyFaultKind.NOT_TOML, _PLACE, 3)), _SET_UP
)


def _sheet(qtbot: QtBot, facts: SettingsFacts) -> SettingsSheet:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    sheet = SettingsSheet(facts)
    sheet.open_over(window, first_focus=sheet.close_button)
    return sheet


def _names(sheet: SettingsSheet) -> list[str]:
    return [row.accessibleName() for row in sheet.findChildren(SettingRow)]


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
@pytest.mark.parametrize("effective", [_FREE, _LOCKED, _BROKEN], ids=["free", "locked", "broken"])
def test_it_draws_in_both_looks_without_a_bar_below(
    qapp: QApplication, qtbot: QtBot, scheme: Qt.ColorScheme, effective: Effective
) -> None:
    apply_theme(qapp, scheme)
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", effective, "https://riverbend.md-hq.com", "pk_desk"))
    assert not sheet.grab().toImage().allGray()
    (scroll,) = sheet.findChildren(QScrollArea)
    content = scroll.widget()
    assert content is not None
    assert content.width() <= scroll.viewport().width(), "nothing is cut off at the right"
    for row in sheet.findChildren(SettingRow):
        assert row.height() >= row.sizeHint().height()
    apply_theme(qapp, Qt.ColorScheme.Light)


def test_a_reader_hears_name_value_and_who_set_it(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _LOCKED, "https://relay.example", "pk_desk"))
    assert "Practice address, https://relay.example, Set by your clinic’s IT" in _names(sheet)
    assert "Camera, Off, Photos can be added from files., Set by your clinic’s IT" in _names(sheet)
    sheet.show_waiting(2)
    assert "Photos waiting to be sent, 2, Encrypted for this account. They will be sent when online." in _names(sheet)
    sheet.show_waiting(None)
    assert any(name.startswith("Photos waiting to be sent, Unknown") for name in _names(sheet))
    sheet.show_place(words.secret_in(SecretPlace.MAC))
    assert "Key, pk_desk, The secret is in Keychain, for this user on this PC only." in _names(sheet)


def test_while_the_file_is_not_right_nobody_is_said_to_have_set_anything(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _BROKEN, "https://riverbend.md-hq.com", "pk_desk"))
    assert not any("Set by your clinic’s IT" in name for name in _names(sheet))
    assert any("Safe defaults until the policy is fixed" in name for name in _names(sheet))
    assert any("Stays as it is until the policy is fixed" in name for name in _names(sheet))


def test_a_practice_clinic_is_called_one(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _LOCKED, "http://127.0.0.1:5", "pk_p", is_practice=True))
    assert "Practice clinic, http://127.0.0.1:5, On this PC; all its patients are fictional." in _names(sheet)


def test_cameras_come_and_go_and_the_chosen_one_stays_chosen(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _FREE, camera_id="b0"))
    (select,) = sheet.findChildren(Select)
    assert select.currentText() == "The first camera found"
    sheet.show_cameras(
        (CameraInfo("a0", "HP IR Camera"), CameraInfo("b0", "Logitech Brio"), CameraInfo("c0", "Built-in"))
    )
    assert [select.itemText(at) for at in range(select.count())] == [
        "The first camera found",
        "Logitech Brio",
        "Built-in",
    ]
    assert select.currentData() == "b0"
    chosen: list[str] = []
    sheet.camera_chosen.connect(chosen.append)
    select.setFocus()
    QTest.keyClick(select, Qt.Key.Key_Down)
    sheet.show_cameras((CameraInfo("b0", "Logitech Brio"), CameraInfo("c0", "Built-in")))
    assert (chosen, select.currentData()) == (["c0"], "c0")


def test_what_takes_no_focus_is_read_on_by_keys(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _FREE))
    bar = sheet.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(sheet.close_button, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(sheet.close_button, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(sheet.close_button, Qt.Key.Key_PageDown)
    assert bar.value() > 0


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "Fictional. They aren’t kept when you leave the practice clinic."),
        (0, "All photos have reached the practice clinic or were deleted."),
    ],
)
def test_photos_of_the_practice_clinic_are_counted_apart(qtbot: QtBot, number: int, said: str) -> None:
    sheet = _sheet(qtbot, SettingsFacts("0.1.0", _FREE, "", "", is_practice=True))
    sheet.show_practice_waiting(number)
    (row,) = [each for each in sheet.findChildren(SettingRow) if "Practice photos" in each.accessibleName()]
    assert row.isVisibleTo(sheet)
    assert f"Practice photos waiting to be sent, {number}" in row.accessibleName()
    assert said in f"{row.accessibleName()} {row.accessibleDescription()}"
