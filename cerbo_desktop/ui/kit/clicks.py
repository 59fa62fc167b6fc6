"""What a click means beyond its place."""

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QPersistentModelIndex, QPointF
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_AIMED_BEFORE_MS = 300
"""Nobody sees that what lay under the pointer has moved, and holds a click back, in less."""

_Target = tuple[QWidget | None, QPersistentModelIndex | None]


class ClickWatch(QObject):
    """Drops a click that was meant for what has just gone from under the pointer.

    That is the second click of a double one, where the first has put something else there: a card that was acted on
    goes away, the next one takes its place, and its button was pressed for another patient (seen). The same goes for
    the rows of a list. And it is a click just after a strip has come or gone above everything, which moves a list by a
    row: another patient was opened (seen). It watches a window, before its widgets.
    """

    def __init__(self, window: QWindow, content: QWidget) -> None:
        """`content`: what strips push up and down."""
        super().__init__(window)
        self._content = content
        self._moved = QDeadlineTimer(0)
        self._pressed: _Target | None = None
        self._pressed_at, self._pressed_at_ms = QPointF(), 0
        self._is_dropping = False
        window.installEventFilter(self)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content:
            if event.type() is QEvent.Type.Move:
                self._moved.setRemainingTime(_AIMED_BEFORE_MS)
        elif isinstance(event, QMouseEvent):
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                is_other = self._is_second(event) and _target(event) != self._pressed
                self._is_dropping = is_other or not self._moved.hasExpired()
                self._note(event)
                return self._is_dropping
            if event.type() is QEvent.Type.MouseButtonRelease and self._is_dropping:
                self._is_dropping = False
                return True
        return super().eventFilter(watched, event)

    def _is_second(self, event: QMouseEvent) -> bool:
        is_soon = event.timestamp() - self._pressed_at_ms <= QApplication.doubleClickInterval()
        way = (event.globalPosition() - self._pressed_at).manhattanLength()
        return self._pressed is not None and is_soon and way < QApplication.startDragDistance()

    def _note(self, event: QMouseEvent) -> None:
        """Of a series of clicks the first says what was meant."""
        if not self._is_dropping:
            self._pressed = _target(event)
        self._pressed_at, self._pressed_at_ms = event.globalPosition(), event.timestamp()


def _target(event: QMouseEvent) -> _Target:
    """What is under the pointer: a widget or, in a list, a row of it. A row that has gone equals no other."""
    at = event.globalPosition().toPoint()
    widget = QApplication.widgetAt(at)
    view = widget.parentWidget() if widget is not None else None
    if widget is None or not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return widget, None
    return widget, QPersistentModelIndex(view.indexAt(widget.mapFromGlobal(at)))
