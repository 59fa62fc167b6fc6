"""Which key presses are no command, in every window and on every screen.

Keys of a bar-code reader, or of somebody who types a name, follow one another faster than a person presses commands:
they run none, and what they write is for the search box. Keys that type something can be switched off as commands.
What keys do beyond that is in `kit.keys`.
"""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.commands.command import Acts, Command, Table, When, is_single, place_of
from cerbo_desktop.ui.commands.typing_pace import TypingPace
from cerbo_desktop.ui.kit.keys import ACTING_KEYS, is_written, pressed_at_s

_MODIFIER_KEYS = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
)
_HOLD_MS = 80
_TYPING_OVER_MS = 310
"""Certainly later than any key that is still of the same word or burst: `typing_pace.TYPING_GAP_S`."""


class KeyRules(QObject):
    """The pace of the keys in one window, which owns it, and whether single letters are commands there."""

    switched = Signal()
    """Letters are commands from now on, or are none."""
    went_quiet = Signal()
    """Nothing was typed for a moment, and no burst goes on."""
    burst_written = Signal(str)
    """What a burst has written so far, outside of a field. Who takes it puts the focus where the rest of it goes on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._letters_are_on = True
        self.charts_are_linked = False
        """Whether it is known where Cerbo shows charts in the browser."""
        self.now_s: Callable[[], float] = time.monotonic
        """Tells when a key was pressed that does not say so itself."""
        self._pace = TypingPace()
        self._held: tuple[QWidget, Callable[[], object]] | None = None
        self._quiet = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._quiet.timeout.connect(self._be_quiet)

    @property
    def letters_are_on(self) -> bool:
        """Whether a key that types something is a command when it is pressed alone."""
        return self._letters_are_on

    @letters_are_on.setter
    def letters_are_on(self, are_on: bool) -> None:
        self._letters_are_on = are_on
        self.switched.emit()

    def has(self, row: Command) -> bool:
        """Whether the command exists in this window."""
        return row.when is not When.LINKED or self.charts_are_linked

    def key_names(self, row: Command) -> tuple[str, ...]:
        """The names of the keys that run the command here and now; none where nothing does."""
        if not self.has(row):
            return ()
        return row.key_names(with_singles=self.letters_are_on)

    def key(self, row: Command) -> str:
        """The key to name in a tooltip or hint; empty where none works."""
        return next(iter(self.key_names(row)), "")

    def hold(self, screen: QWidget, act: Callable[[], object]) -> None:
        """Run it when nothing has followed its key, if its screen is still shown then."""
        self.let_go()
        self._held = screen, act
        if not self._quiet.isActive():
            self._quiet.start(_HOLD_MS)

    def note_press(self, event: QKeyEvent) -> bool:
        """Take note of this press; return whether it belongs to a burst, which drops the command that is held."""
        sign, is_acting = event.text() if is_written(event) else "", event.key() in ACTING_KEYS
        is_of_burst = self._pace.note_press(sign, pressed_at_s(event, self.now_s), is_acting=is_acting)
        if is_of_burst or not is_acting:
            self._quiet.start(_TYPING_OVER_MS if is_of_burst or sign.isalpha() else _HOLD_MS)
        if is_of_burst:
            self._held = None
        return is_of_burst

    def emit_burst(self) -> None:
        """The key that was just taken note of is swallowed: tell what its burst has written."""
        self.burst_written.emit(self._pace.written)

    def let_go(self) -> None:
        """Run what is held, for the next command has come."""
        held, self._held = self._held, None
        if held is not None and isValid(held[0]) and held[0].isVisible():
            held[1]()

    def _be_quiet(self) -> None:
        """The window may have been busy: keys that wait in the queue are seen before a held command runs."""
        QTimer.singleShot(0, self, self._be_quiet_at_last)

    def _be_quiet_at_last(self) -> None:
        if not self._quiet.isActive():
            self._pace.forget_written()
            self.let_go()
            self.went_quiet.emit()


def rules_of(widget: QWidget) -> KeyRules:
    """The rules of the window that the widget is in."""
    window = widget.window()
    found = window.findChild(KeyRules, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else KeyRules(window)


class ScanGuard(QObject):
    """Keeps a bar-code reader's keys from the commands of a screen, by the rules of its window.

    It watches a widget, and the buttons and lists within, but for parts that have a guard of their own. Enter, Space
    and letters that follow a letter or figure at once are swallowed; a command of one letter or figure is given to
    `run` and waits until nothing has followed it.
    """

    def __init__(self, guarded: QWidget, table: Table) -> None:
        """`table` holds the commands of the screen."""
        super().__init__(guarded)
        self.table = table
        self._guarded = guarded
        self._is_repeat = False
        self._judged: tuple[int, bool] | None = None
        guarded.installEventFilter(self)
        self.watch_buttons()
        QApplication.instance().focusChanged.connect(self._watch_focused)  # type: ignore[union-attr]

    def watch_buttons(self) -> None:
        """Watch every button and list inside. Call it again after adding some that can be pressed without the focus."""
        for kind in (QAbstractButton, QAbstractItemView):
            for each in self._guarded.findChildren(kind):
                each.installEventFilter(self)

    def run(self, key: str, act: Callable[[], object]) -> None:
        """Do what the key stands for, which was just pressed: later, or not at all, where it types something."""
        rules = rules_of(self._guarded)
        if not is_single(key):
            act()
        elif rules.letters_are_on:
            act() if self._is_repeat else rules.hold(self._guarded, act)

    def dispatch(self, event: QKeyEvent, acts: Acts) -> bool:
        """Run what a key press means on this screen, as `run` does; False where `acts` has nothing for it."""
        row = self.table.row_of(event)
        if row is None or row.id not in acts:
            return False
        place = place_of(row, event) or 0
        self.run(row.keys_here()[place], partial(acts[row.id], place))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() not in kinds or not isinstance(event, QKeyEvent) or self._has_inner_guard():
            return super().eventFilter(watched, event)
        self._is_repeat = event.isAutoRepeat()
        if self._is_repeat:
            return super().eventFilter(watched, event)
        is_press, is_acting = event.type() is QEvent.Type.KeyPress, event.key() in ACTING_KEYS
        if not is_acting and (watched is not self._guarded or not is_written(event)):
            if event.key() not in _MODIFIER_KEYS and not is_written(event):
                rules_of(self._guarded).let_go()
            return False  # what a button leaves over is seen again at the guarded widget
        is_swallowed = is_press and self._note_acting(event) if is_acting else self._swallows(event, is_press=is_press)
        if is_swallowed and is_press and is_written(event):
            rules_of(self._guarded).emit_burst()
        return is_swallowed

    def _note_acting(self, event: QKeyEvent) -> bool:
        """Take note of Enter or Space, which come after whatever is held; return whether it belongs to a burst."""
        rules = rules_of(self._guarded)
        is_of_burst = rules.note_press(event)
        if not is_of_burst:
            rules.let_go()
        return is_of_burst

    def _swallows(self, event: QKeyEvent, *, is_press: bool) -> bool:
        """Before the shortcuts of the screen are looked up, and again where none has taken the key."""
        judged, self._judged = self._judged, None
        if is_press and judged is not None and judged[0] == event.key():
            return judged[1]
        is_of_burst = rules_of(self._guarded).note_press(event)
        if not is_press:
            self._judged = event.key(), is_of_burst
            if is_of_burst:
                event.accept()  # no shortcut
        return is_of_burst

    def _has_inner_guard(self) -> bool:
        """Whether the key came to a part of the screen that has a guard of its own."""
        at = QApplication.focusWidget()
        if at is None or not self._guarded.isAncestorOf(at):
            return False
        while at is not None and at is not self._guarded:
            if at.findChild(ScanGuard, options=Qt.FindChildOption.FindDirectChildrenOnly) is not None:
                return True
            at = at.parentWidget()
        return False

    def _watch_focused(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractButton | QAbstractItemView) and self._guarded.isAncestorOf(now):
            now.installEventFilter(self)


def table_at(widget: QWidget | None) -> Table | None:
    """The commands of the screen that this widget belongs to; None where the screen has no guard."""
    while widget is not None:
        guard = widget.findChild(ScanGuard, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if guard is not None:
            return guard.table
        widget = widget.parentWidget()
    return None
