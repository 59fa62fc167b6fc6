"""Keeps a window on one screen."""

from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME_KNOWN_MS = 200
"""By then a window manager has put its frame around the window."""


def keep_on_screen(window: QWidget, smallest: QSize) -> None:
    """Fit the window that is being shown into its screen. It gets no smaller than `smallest`, unless the screen is."""
    fit_into_screen(window, smallest)
    QTimer.singleShot(_FRAME_KNOWN_MS, window, lambda: fit_into_screen(window, smallest))
    if (handle := window.windowHandle()) is not None:
        handle.screenChanged.connect(lambda _: limit_to_screen(window, smallest))


def fit_into_screen(window: QWidget, smallest: QSize) -> None:
    """Keep the window with its frame on one screen: a desk's screen may be smaller, or gone since last time."""
    if (room := _room_around(window)) is not None:
        fit_into(window, room, smallest)


def limit_to_screen(window: QWidget, smallest: QSize) -> None:
    """Let the window be made as small as the screen that a person has moved it to."""
    if (room := _room_around(window)) is not None:
        window.setMinimumSize(_smallest_in(window, room, smallest))


def fit_into(window: QWidget, room: QRect, smallest: QSize) -> None:
    """Keep the window with its frame inside `room`, and let it fill a room that is smaller than `smallest`.

    A smallest size that no screen holds would keep its lower edge, and the buttons there, out of view: maximised too.
    """
    window.setMinimumSize(_smallest_in(window, room, smallest))
    if window.isMaximized() or window.isFullScreen():
        return
    inside = fitted(window.frameGeometry(), room)
    if inside != window.frameGeometry():
        frame = window.frameGeometry().size() - window.size()
        window.resize(inside.size() - frame)
        window.move(inside.topLeft())


def fitted(frame: QRect, room: QRect) -> QRect:
    """The frame no larger than the room, and moved inside it no further than it takes."""
    size = frame.size().boundedTo(room.size())
    left = max(room.left(), min(frame.left(), room.left() + room.width() - size.width()))
    top = max(room.top(), min(frame.top(), room.top() + room.height() - size.height()))
    return QRect(QPoint(left, top), size)


def _smallest_in(window: QWidget, room: QRect, smallest: QSize) -> QSize:
    frame = window.frameGeometry().size() - window.size()
    return smallest.boundedTo(room.size() - frame)


def _room_around(window: QWidget) -> QRect | None:
    """The screen without its task bar; None on the made-up screen that a screenshot is drawn on: it limits nothing."""
    if QGuiApplication.platformName() == "offscreen":
        return None
    screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
    return screen.availableGeometry()
