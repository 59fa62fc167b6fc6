"""What a click means beyond its place."""

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QPointF
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_Target = tuple[QWidget | None, QPersistentModelIndex | None]


class ClickWatch(QObject):
    """Drops the second click of a double one where the first has put something else under the pointer.

    A card that was acted on goes away, and the next one takes its place: its button was pressed for another patient
    (seen). The same goes for the rows of a list. It watches a window, before its widgets.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._pressed: _Target | None = None
        self._pressed_at, self._pressed_at_ms = QPointF(), 0
        self._is_dropping = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                self._is_dropping = self._is_second(event) and _target(event) != self._pressed
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
