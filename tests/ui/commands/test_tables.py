"""The tables of commands: no key twice, names that stand on a keyboard, and a menu bar made of them."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.commands.command import Table
from cerbo_desktop.ui.commands.menu_bar import make_menu_bar
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import ALBUM, CAPTURE, ID_CARD, LISTS, MAIN, TABLES, UPLOADS, VIEWER
from cerbo_desktop.ui.window import MainWindow


@pytest.mark.parametrize("on_mac", [False, True])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_no_table_has_a_key_or_an_id_twice(table: Table, on_mac: bool) -> None:
    for found in (
        Counter(key for row in table.rows for key in row.keys_here(on_mac=on_mac)),
        Counter(row.id for row in table.rows),
        Counter(row.words() for row in table.rows),
    ):
        assert set(found.values()) == {1}


def test_keys_have_the_names_that_stand_on_a_keyboard() -> None:
    assert MAIN.key("search") == "Ctrl F"
    assert MAIN["settings"].key_name(on_mac=True) == "⌘,"
    assert MAIN["help"].key_names(on_mac=True) == ("⌘?", "F1", "?")
    assert VIEWER["zoom_in"].key_names() == ("+", "=", "Ctrl +", "Ctrl =")
    assert VIEWER.key("zoom_out") == "−"
    assert VIEWER.key("previous") == "←"
    assert LISTS["namesake"].key_names()[:2] == ("Alt 1", "Alt 2")
    assert (CAPTURE.key("take"), ID_CARD.key("send"), UPLOADS.key("take_back")) == ("Space", "Enter", "Delete")


def _entries(window: MainWindow) -> dict[str, QAction]:
    return {each.text(): each for menu in make_menu_bar(window).findChildren(QMenu) for each in menu.actions()}


def test_the_menu_bar_runs_the_commands_of_the_window(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    entries = _entries(window)
    for row, signal in (
        (MAIN["search"], window.search_wanted),
        (MAIN["today"], window.today_wanted),
        (MAIN["files"], window.files_wanted),
        (MAIN["paste"], window.paste_wanted),
        (MAIN["shutter"], window.shutter_pressed),
        (MAIN["look_again"], window.look_again_wanted),
        (MAIN["next_pane"], window.next_pane_wanted),
        (MAIN["previous_pane"], window.next_pane_wanted),
        (MAIN["settings"], window.settings_wanted),
        (MAIN["leave"], window.leave_wanted),
        (MAIN["help"], window.help_wanted),
        (MAIN["quit"], window.close_wanted),
    ):
        heard, entry = QSignalSpy(signal), entries[row.words()]
        entry.trigger()
        assert heard.count() == 1
        assert entry.shortcut().toString() == row.keys_here(on_mac=True)[0]
    assert entries[MAIN["settings"].words()].menuRole() is QAction.MenuRole.PreferencesRole
    assert entries[MAIN["quit"].words()].menuRole() is QAction.MenuRole.QuitRole


def test_every_command_of_the_window_but_esc_is_in_the_menu_bar(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert {row.words() for row in MAIN.rows if row.id != "back"} <= _entries(window).keys()


def test_the_menu_bar_offers_the_chart_where_it_is_known_and_takes_no_letter_for_it(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    entry = _entries(window)[ALBUM["cerbo"].words()]
    assert not entry.isVisible()
    assert entry.shortcut().isEmpty()
    rules_of(window).charts_are_linked = True
    (menu,) = [each for each in window.menuBar().findChildren(QMenu) if entry in each.actions()]
    menu.aboutToShow.emit()
    assert entry.isVisible()
    heard = QSignalSpy(window.cerbo_wanted)
    entry.trigger()
    assert heard.count() == 1
