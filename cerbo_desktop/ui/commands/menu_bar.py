"""The menu bar of macOS, made of the tables of commands. Other systems have none: the window stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from cerbo_desktop.ui.commands.command import Command, is_single
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import ALBUM, MAIN
from cerbo_desktop.ui.commands.window_keys import run_row
from cerbo_desktop.ui.text import command_groups as groups

if TYPE_CHECKING:
    from cerbo_desktop.ui.window import MainWindow

_MENUS: tuple[tuple[Callable[[], str], tuple[str, ...]], ...] = (
    (groups.menu_patient, ("search", "today", "files", "paste", "shutter", "cerbo", "leave", "quit")),
    (groups.menu_view, ("look_again", "next_pane", "previous_pane", "settings")),
    (groups.menu_help, ("help",)),
)
_ROLES = {"settings": QAction.MenuRole.PreferencesRole, "quit": QAction.MenuRole.QuitRole}
"""macOS moves these into the app's own menu."""


def make_menu_bar(window: MainWindow) -> QMenuBar:
    """Make the window's menu bar. Its entries rest while a sheet is open, as their keys do."""
    bar = QMenuBar(window)
    rows = {row.id: row for row in (*MAIN.rows, ALBUM["cerbo"])}
    for title, command_ids in _MENUS:
        menu = bar.addMenu(title())
        entries = {
            rows[command_id]: _entry(window, rows[command_id]) for command_id in command_ids if command_id in rows
        }
        menu.addActions(list(entries.values()))
        menu.aboutToShow.connect(partial(_show_known, window, entries.items()))
        _show_known(window, entries.items())
    window.setMenuBar(bar)
    return bar


def _entry(window: MainWindow, row: Command) -> QAction:
    action = QAction(row.words(), window)
    key = row.keys_here(on_mac=True)[0]
    if not is_single(key):  # the menu would take it from every field
        action.setShortcut(QKeySequence(key))
    action.setMenuRole(_ROLES.get(row.id, QAction.MenuRole.NoRole))
    action.triggered.connect(partial(run_row, window, row))
    return action


def _show_known(window: MainWindow, entries: Iterable[tuple[Command, QAction]]) -> None:
    """A command that does not exist for this practice has no entry."""
    for row, action in entries:
        action.setVisible(rules_of(window).has(row))
