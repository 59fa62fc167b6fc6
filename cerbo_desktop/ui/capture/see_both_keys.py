"""The keys of See both, of its table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from cerbo_desktop.ui.commands.command import Acts
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import CAPTURE, SEE_BOTH

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.see_both import SeeBoth

_PAN_PX = 80
_PANS = ((_PAN_PX, 0), (-_PAN_PX, 0), (0, _PAN_PX), (0, -_PAN_PX))
"""Of the four arrows, in the order of the table."""
_REPEATING = frozenset({"zoom_in", "zoom_out", "pan"})
_OF_THE_SHEET = frozenset({"files", "paste", "leave"})
"""What the keys of the sheet still do while the list is out of sight."""


class SeeBothKeys:
    """Shortcuts, which work whatever part of the page has the focus; `handle` is for Enter, which presses the button
    that has it, and for symbols that this keyboard has elsewhere."""

    def __init__(self, page: SeeBoth) -> None:
        self._guard = ScanGuard(page, SEE_BOTH)
        self._acts = _acts(page)
        for row in SEE_BOTH.rows:
            if row.id in ("use", "back"):
                continue  # Esc is the sheet's, which closes what lies over it first
            for place, key in enumerate(row.keys_here()):
                shortcut = QShortcut(QKeySequence(key), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.setAutoRepeat(row.id in _REPEATING)
                shortcut.activated.connect(partial(self._guard.run, key, partial(self._acts[row.id], place)))

    def is_use(self, event: QKeyEvent) -> bool:
        """Whether this key uses what will be sent."""
        row = SEE_BOTH.row_of(event)
        return row is not None and row.id == "use"

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key press means that was no shortcut. True, too, for keys of the sheet that mean nothing here."""
        if event.isAutoRepeat():
            return event.key() != Qt.Key.Key_Escape
        if self._guard.dispatch(event, self._acts):
            return True
        row = CAPTURE.row_of(event)
        return row is not None and row.id not in _OF_THE_SHEET


def _acts(page: SeeBoth) -> Acts:
    stages = page.stages
    return {
        "use": lambda _: page.go_on(),
        "leave_out": lambda _: page.leave_out_pressed.emit(),
        "next": lambda _: page.next_pressed.emit(),
        "previous": lambda _: page.previous_pressed.emit(),
        "link": lambda _: page.head.link.toggle(),
        "zoom_in": lambda _: stages.acted_on.zoom_in(),
        "zoom_out": lambda _: stages.acted_on.zoom_out(),
        "fit": lambda _: stages.acted_on.fit(),
        "actual": lambda _: stages.acted_on.zoom_to_actual(),
        "pan": lambda place: stages.acted_on.pan(*_PANS[place]),
    }
