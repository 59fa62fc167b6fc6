"""What a key press means beyond its key."""

import time
from collections.abc import Callable
from math import inf

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ACTING_KEYS = (*ENTER_KEYS, Qt.Key.Key_Space)

_SAME_PRESS_S = 0.005
"""Between the release and the next press of a key that is held down under X11: no finger is so fast."""
_MOMENT_MS = 400
"""The second press of a double one comes within it. A person who has read what is new takes longer."""


def is_held_act(event: QKeyEvent) -> bool:
    """Enter or Space that is still held down: it has acted already, maybe on the page before this one."""
    return event.isAutoRepeat() and event.key() in ACTING_KEYS


_IMPATIENT_S = 0.25
"""Nobody decides anew in so short a time."""


def is_kept_beside(event: QKeyEvent) -> bool:
    """A key that takes no early Enter back: Enter itself, those that begin photos, and Ctrl, which comes before one."""
    with_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    begins_photos = event.key() == Qt.Key.Key_F8 or (with_ctrl and event.key() in (Qt.Key.Key_O, Qt.Key.Key_V))
    return begins_photos or event.key() in (*ENTER_KEYS, Qt.Key.Key_Control)


class Moment(QObject):
    """The time after something new has come, in which a key was most likely meant for what was there before."""

    ended = Signal()

    def __init__(self, parent: QObject, lasts_ms: int = _MOMENT_MS) -> None:
        super().__init__(parent)
        self.is_running = False
        self._pressed_at_s = -inf
        self._lasts_ms = lasts_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._let_keys_come)

    def begin(self, lasts_ms: int | None = None) -> None:
        """`lasts_ms`: longer than usual, for this once."""
        self.is_running = True
        self._timer.start(max(self._timer.remainingTime(), lasts_ms or self._lasts_ms))

    def heed_press(self, at_s: float) -> None:
        """Note that a key was pressed in this moment or before: an impatient hand that goes on pressing makes it
        longer."""
        since_s, self._pressed_at_s = at_s - self._pressed_at_s, at_s
        if self.is_running and since_s < _IMPATIENT_S:
            self.begin()

    def _let_keys_come(self) -> None:
        """Keys that have waited in the queue of a busy window belong to this moment, too."""
        QTimer.singleShot(0, self, self._end)

    def _end(self) -> None:
        if not self._timer.isActive():
            self.is_running = False
            self.ended.emit()


class CommandWatch(QObject):
    """Drops commands that nobody meant. It watches a window, before its widgets.

    Those are the repeats of a key that is held down, where they are not told as repeats: under X11 each one comes as a
    release and a press in the same moment. And Enter and Space in the moment after the window has become active, or
    after a sheet has opened or closed in it: they were meant for what was there before. In a box for text they are no
    commands.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._released_at_s: dict[int, float] = {}
        self.news = Moment(self)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.news.begin()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_typing = isinstance(QApplication.focusWidget(), QLineEdit)
            is_early = event.key() in ACTING_KEYS and self._is_early(event) and not is_typing
            return is_early or (_is_command(event) and self._is_repeat(event))
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease and event.timestamp():
            self._released_at_s[event.key()] = pressed_at_s(event)
        return super().eventFilter(watched, event)

    def _is_early(self, event: QKeyEvent) -> bool:
        self.news.heed_press(pressed_at_s(event))
        return self.news.is_running

    def _is_repeat(self, event: QKeyEvent) -> bool:
        since_s = pressed_at_s(event) - self._released_at_s.get(event.key(), -inf)
        return bool(event.timestamp()) and 0 <= since_s <= _SAME_PRESS_S


AFTER_SENDING_MS = 1500
"""A hand that has sent by Enter may press it once more, seeing nothing yet; behind the sheet it would open a photo."""


def tell_of_news(window: QWidget, lasts_ms: int | None = None) -> None:
    """Tell that something to be read has opened in this window: Enter and Space wait for a moment, or for
    `lasts_ms`."""
    handle: QWindow | None = window.windowHandle()  # None until it is on the screen
    if handle is not None:
        for watch in handle.findChildren(CommandWatch):
            watch.news.begin(lasts_ms)


def pressed_at_s(event: QKeyEvent, now_s: Callable[[], float] = time.monotonic) -> float:
    """When the key was pressed, which may be long before the event is handled. A made event does not say: then it is
    `now_s`."""
    return event.timestamp() / 1000 if event.timestamp() else now_s()


def _is_command(event: QKeyEvent) -> bool:
    """What opens, takes or sends. Letters and arrows repeat as long as they are held."""
    return event.key() in (*ACTING_KEYS, Qt.Key.Key_Escape) or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


def is_written(event: QKeyEvent) -> bool:
    """A letter, a figure or a sign, and no command with Ctrl or Alt."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return event.text().isprintable() and bool(event.text()) and not event.modifiers() & commands
