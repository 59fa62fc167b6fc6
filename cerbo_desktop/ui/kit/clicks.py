"""What a click means beyond its place."""

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget


class ClickWatch(QObject):
    """Drops the second click of a double one where the first has put something else under the pointer.

    A card that was acted on goes away, and the next one takes its place: its button was pressed for another patient
    (seen). It watches a window, before its widgets.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._pressed: QWidget | None = None
        self._pressed_at, self._pressed_at_ms = QPointF(), 0
        self._is_dropping = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                self._is_dropping = self._is_second(event) and self._under(event) is not self._pressed
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
            self._pressed = self._under(event)
        self._pressed_at, self._pressed_at_ms = event.globalPosition(), event.timestamp()

    def _under(self, event: QMouseEvent) -> QWidget | None:
        return QApplication.widgetAt(event.globalPosition().toPoint())
