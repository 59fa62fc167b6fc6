"""Keeps a window on one screen."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def fit_into_screen(window: QWidget) -> None:
    """Keep the window with its frame on one screen: a desk's screen may be smaller, or gone since last time."""
    if window.isMaximized() or window.isFullScreen():
        return
    screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
    room = screen.availableGeometry()
    if room.width() < window.minimumWidth() or room.height() < window.minimumHeight():
        return  # no size would fit, as on the made-up screen that a screenshot is drawn on
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
