"""The commands that work on every page: what the window tells when one of their keys was left over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent

from cerbo_desktop.ui.commands.command import Act, Acts, Command, When, is_single, place_of
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import ALBUM, LISTS, MAIN
from cerbo_desktop.ui.kit.sheet import open_sheet

if TYPE_CHECKING:
    from cerbo_desktop.ui.window import MainWindow


def act_of(window: MainWindow, event: QKeyEvent) -> Act | None:
    """What to do for this key; None where it is no command here. While a sheet is open most of them rest."""
    for row, act in _acts(window).items():
        place = place_of(row, event)
        if place is None or not rules_of(window).has(row):
            continue
        if row.when is not When.ALWAYS and open_sheet(window) is not None:
            continue
        return partial(_run, window, row.keys_here()[place], partial(act, place))
    return None


def run_row(window: MainWindow, row: Command) -> None:
    """As if its key was pressed: for a menu."""
    if row.when is When.ALWAYS or open_sheet(window) is None:
        _acts(window)[row](0)


def _run(window: MainWindow, key: str, act: Act) -> None:
    rules = rules_of(window)
    if not is_single(key):
        act()
    elif rules.letters_are_on:
        rules.hold(window, act)


def _leave(window: MainWindow) -> None:
    """The sheet on top asks first where something would be lost, as for Esc."""
    sheet = open_sheet(window)
    (window.leave_wanted.emit if sheet is None else sheet.on_escape)()


def _acts(window: MainWindow) -> dict[Command, Callable[[int], object]]:
    """Each is told which of the row's keys was pressed, from 0."""
    acts: Acts = {
        "search": lambda _: window.search_wanted.emit(),
        "files": lambda _: window.files_wanted.emit(),
        "paste": lambda _: window.paste_wanted.emit(),
        "shutter": lambda _: window.shutter_pressed.emit(),
        "next_pane": lambda _: window.next_pane_wanted.emit(1),
        "previous_pane": lambda _: window.next_pane_wanted.emit(-1),
        "look_again": lambda _: window.look_again_wanted.emit(),
        "settings": lambda _: window.settings_wanted.emit(),
        "help": lambda _: window.help_wanted.emit(),
        "today": lambda _: window.today_wanted.emit(),
        "back": lambda _: window.back_wanted.emit(),
        "leave": lambda _: _leave(window),
        "quit": lambda _: window.close(),
    }
    return {
        **{row: acts[row.id] for row in MAIN.rows},
        ALBUM["cerbo"]: lambda _: window.cerbo_wanted.emit(),
        LISTS["namesake"]: lambda place: window.namesake_wanted.emit(place + 1),
    }
