"""The menu bar of macOS, made of the tables of commands. Other systems have none: the window stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.commands.window_keys import run_row
from cerbo_desktop.ui.text import commands as words

if TYPE_CHECKING:
    from cerbo_desktop.ui.window import MainWindow

_MENUS: tuple[tuple[Callable[[], str], tuple[str, ...]], ...] = (
    (words.menu_patient, ("search", "files", "paste", "shutter")),
    (words.menu_view, ("look_again", "settings")),
    (words.menu_help, ("help",)),
)
_ROLES = {"settings": QAction.MenuRole.PreferencesRole}
"""macOS moves it into the app's own menu."""


def make_menu_bar(window: MainWindow) -> QMenuBar:
    """Make the window's menu bar. Its entries rest while a sheet is open, as their keys do."""
    bar = QMenuBar(window)
    for title, command_ids in _MENUS:
        menu = bar.addMenu(title())
        for command_id in command_ids:
            row = MAIN[command_id]
            action = menu.addAction(row.words())
            action.setShortcut(QKeySequence(row.keys_here(on_mac=True)[0]))
            action.setMenuRole(_ROLES.get(command_id, QAction.MenuRole.NoRole))
            action.triggered.connect(partial(run_row, window, row))
    window.setMenuBar(bar)
    return bar
