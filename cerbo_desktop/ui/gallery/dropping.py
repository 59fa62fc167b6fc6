"""Files that are dropped on the page, and the line around it while they hover above it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.dragged import is_web_link, local_files
from cerbo_desktop.ui.kit.painting import paint_box, painting


class DropOutline(QWidget):
    """Laid over the page while files hover above it: they may be let go here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self, page: QWidget) -> None:
        """Show the line around the page."""
        self.setGeometry(page.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()).adjusted(8, 8, -8, -8), 12, None, "accent", 2)


class FileDrops(QObject):
    """Takes files that are dropped on a page, and shows the line while they hover above it."""

    files_dropped = Signal(object)  # list[Path]
    link_dropped = Signal()
    """It only names a page or a picture on the web."""

    def __init__(self, page: QWidget, is_wanted: Callable[[], bool]) -> None:
        """`is_wanted` says whether the page takes files now."""
        super().__init__(page)
        self._page, self._is_wanted = page, is_wanted
        self._outline = DropOutline(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragLeaveEvent):
            self._outline.hide()
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._drop(event)
            return True
        elif isinstance(event, QDragEnterEvent):
            self._enter(event)
            return True
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> None:
        # Files alone are taken: Qt itself would decode a picture that has none. A link is told what to do about.
        if self._is_wanted() and (local_files(event.mimeData()) or is_web_link(event.mimeData())):
            self._outline.show_over(self._page)
            event.acceptProposedAction()

    def _drop(self, event: QDropEvent) -> None:
        self._outline.hide()
        files = local_files(event.mimeData())
        if not self._is_wanted():
            return
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)
        elif is_web_link(event.mimeData()):
            self.link_dropped.emit()
