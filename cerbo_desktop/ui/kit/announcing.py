"""Saying something to a screen reader without moving the focus."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QListView, QWidget


def announce(widget: QWidget, text: str, assertive: bool = False) -> None:
    """Let a screen reader say `text`: politely after what it says now, or at once for a failure."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
    QAccessible.updateAccessibility(event)


def announce_current(view: QListView) -> None:
    """Let a screen reader say a list's current row when the focus comes into it; Qt does so only when the row
    changes."""
    # Qt reports the list itself once focusInEvent has returned, and readers follow the last report.
    QTimer.singleShot(0, view, lambda: _focus_current(view))


def _focus_current(view: QListView) -> None:
    if view.hasFocus() and view.currentIndex().isValid() and QAccessible.isActive():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(view.currentIndex().row())
        QAccessible.updateAccessibility(event)
