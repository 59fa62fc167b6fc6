"""What a key press means beyond its key."""

import time
from collections.abc import Callable
from math import inf

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ACTING_KEYS = (*ENTER_KEYS, Qt.Key.Key_Space)

_SCAN_GAP_S = 0.06
"""Readers send a key every 1 to 30 ms; the fastest typists need 70."""
_HOLD_MS = 80


def is_held_act(event: QKeyEvent) -> bool:
    """Enter or Space that is still held down: it has acted already, maybe on the page before this one."""
    return event.isAutoRepeat() and event.key() in _ACTING_KEYS


class ScanGuard(QObject):
    """Keeps a bar-code reader's keys from commands: they follow one another faster than a person types.

    It watches a widget and the buttons within. Enter, Space and letters that follow a letter or figure at once are
    swallowed; a command of one letter or figure is given to `hold` and runs when nothing has followed it.
    """

    went_quiet = Signal()
    """Nothing was typed for a moment."""

    def __init__(self, guarded: QWidget) -> None:
        super().__init__(guarded)
        self._guarded = guarded
        self._last_at_s = -inf
        self._held: Callable[[], None] | None = None
        self._quiet = QTimer(self, singleShot=True, interval=_HOLD_MS)
        self._quiet.timeout.connect(self._be_quiet)
        guarded.installEventFilter(self)
        self.watch_buttons()

    def watch_buttons(self) -> None:
        """Once more when buttons have come."""
        for button in self._guarded.findChildren(QAbstractButton):
            button.installEventFilter(self)

    def hold(self, act: Callable[[], None]) -> None:
        self._let_go()
        self._held = act
        self._quiet.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return super().eventFilter(watched, event)
        is_acting = event.key() in _ACTING_KEYS
        if watched is not self._guarded and not is_acting:
            return False  # what a button leaves over is seen again at the guarded widget
        if not is_acting and not _is_written(event):
            return False
        return self._follows_at_once(is_acting=is_acting)

    def _follows_at_once(self, *, is_acting: bool) -> bool:
        now_s = time.monotonic()
        is_fast = now_s - self._last_at_s < _SCAN_GAP_S
        if is_fast or not is_acting:  # Space and Enter alone begin no scan
            self._last_at_s = now_s
            self._quiet.start()
        if is_fast:
            self._held = None
        return is_fast

    def _let_go(self) -> None:
        act, self._held = self._held, None
        if act is not None:
            act()

    def _be_quiet(self) -> None:
        self._let_go()
        self.went_quiet.emit()


def _is_written(event: QKeyEvent) -> bool:
    """A letter, a figure or a sign, and no command with Ctrl or Alt."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return event.text().isprintable() and bool(event.text()) and not event.modifiers() & commands
