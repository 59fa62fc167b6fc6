"""The tables of commands: no key twice, names that stand on a keyboard, and a menu bar made of them."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.commands.command import Table
from cerbo_desktop.ui.commands.menu_bar import make_menu_bar
from cerbo_desktop.ui.commands.tables import CAPTURE, ID_CARD, LISTS, MAIN, TABLES, UPLOADS, VIEWER
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


def test_the_menu_bar_runs_the_commands_of_the_window(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    entries = {each.text(): each for each in make_menu_bar(window).findChildren(QAction)}
    for row, signal in (
        (MAIN["search"], window.search_wanted),
        (MAIN["files"], window.files_wanted),
        (MAIN["settings"], window.settings_wanted),
        (MAIN["help"], window.help_wanted),
    ):
        heard, entry = QSignalSpy(signal), entries[row.words()]
        entry.trigger()
        assert heard.count() == 1
        assert entry.shortcut().toString() == row.keys_here(on_mac=True)[0]
    assert entries[MAIN["settings"].words()].menuRole() is QAction.MenuRole.PreferencesRole
