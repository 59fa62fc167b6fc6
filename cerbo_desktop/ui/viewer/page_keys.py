"""The keys of the viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.page import ViewerPage

_PAN_PX = 80


def bind_keys(page: ViewerPage) -> None:
    """Esc is not among them: the page takes it as a key press."""
    stage = page.stage
    bindings: tuple[tuple[str, Callable[[], object]], ...] = (
        *((key, page.previous_chosen.emit) for key in ("Left", "PgUp")),
        *((key, page.next_chosen.emit) for key in ("Right", "PgDown")),
        ("Home", page.first_chosen.emit),
        ("End", page.last_chosen.emit),
        *((key, lambda: stage.zoom_in(stage.pointer())) for key in ("+", "=", "Ctrl++", "Ctrl+=")),
        *((key, lambda: stage.zoom_out(stage.pointer())) for key in ("-", "Ctrl+-")),
        *((key, stage.fit) for key in ("0", "Ctrl+0")),
        ("Z", lambda: stage.zoom_to_actual(stage.pointer())),
        ("R", page.turn_right),
        ("I", page.toggle_details),
        *((key, page.full_screen.toggle) for key in ("F", "F11")),
        ("Shift+Left", lambda: stage.pan(_PAN_PX, 0)),
        ("Shift+Right", lambda: stage.pan(-_PAN_PX, 0)),
        ("Shift+Up", lambda: stage.pan(0, _PAN_PX)),
        ("Shift+Down", lambda: stage.pan(0, -_PAN_PX)),
    )
    for keys, act in bindings:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
