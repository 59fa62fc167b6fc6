"""Where in a window a sheet may lie."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

STAYS_IN_VIEW = "stays-in-view"
"""The object name of a strip at the top of a window that no sheet covers."""


def room_in(window: QWidget) -> QRect:
    """All of the window but a strip that has to stay in view."""
    room, strip = window.rect(), window.findChild(QWidget, STAYS_IN_VIEW)
    if strip is not None and strip.isVisible():
        room.setTop(strip.mapTo(window, strip.rect().bottomLeft()).y() + 1)
    return room
