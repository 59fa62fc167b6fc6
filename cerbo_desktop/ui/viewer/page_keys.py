"""The keys of the viewer, of its table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from cerbo_desktop.ui.commands.command import Acts
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import VIEWER

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.page import ViewerPage

_PAN_PX = 80
_PANS = ((_PAN_PX, 0), (-_PAN_PX, 0), (0, _PAN_PX), (0, -_PAN_PX))
"""Of the four arrows, in the order of the table."""


class ViewerKeys:
    """Shortcuts, which work whatever part of the viewer has the focus; `handle` is for keys that are none."""

    def __init__(self, page: ViewerPage) -> None:
        self._guard = ScanGuard(page, VIEWER)
        self._acts = _acts(page)
        for row in VIEWER.rows:
            if row.id == "back":
                continue  # no shortcut: the window may have one of its own, and two would silence each other
            for place, key in enumerate(row.keys_here()):
                shortcut = QShortcut(QKeySequence(key), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(partial(self._guard.run, key, partial(self._acts[row.id], place)))

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key press means that was no shortcut: Esc, or a symbol that this keyboard has elsewhere. False
        where it means nothing here."""
        return self._guard.dispatch(event, self._acts)


def _acts(page: ViewerPage) -> Acts:
    stage = page.stage
    return {
        "previous": lambda _: page.previous_chosen.emit(),
        "next": lambda _: page.next_chosen.emit(),
        "first": lambda _: page.first_chosen.emit(),
        "last": lambda _: page.last_chosen.emit(),
        "zoom_in": lambda _: stage.zoom_in(stage.pointer()),
        "zoom_out": lambda _: stage.zoom_out(stage.pointer()),
        "fit": lambda _: stage.fit(),
        "actual": lambda _: stage.zoom_to_actual(stage.pointer()),
        "rotate": lambda _: page.turn_right(),
        "details": lambda _: page.toggle_details(),
        "full_screen": lambda _: page.full_screen.toggle(),
        "pan": lambda place: stage.pan(*_PANS[place]),
        "back": lambda _: page.step_back(),
    }
