"""The main window: which page is shown, and the keys that work everywhere.

It is on the screen before most of the app is loaded, so that nothing is imported here that a first painting can miss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QDeadlineTimer, QEvent, QEventLoop, QRect, QSize, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.panes import SEARCH_WIDTH_PX, TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.screen_fit import keep_on_screen

if TYPE_CHECKING:
    from cerbo_desktop.ui.early_keys import EarlyKeys, Typed

TITLE = "Cerbo Desktop"
"""Always this: no patient's name in a task bar or a shared screen."""
_SIZE_PX = QSize(1440, 900)
_SMALLEST_PX = QSize(880, 500)
TRAY_FOLDS_UNDER_PX = 1360
COMPACT_UNDER_PX = 1120
_EARLY_LIMIT_MS = 150
"""A window manager that shows the window later than this gets no more of the start."""


class MainWindow(QMainWindow):
    """Holds the pages; knows nothing of what they show.

    `close_wanted` fires on every attempt to close; only `close_for_good` lets the window go.
    """

    close_wanted = Signal()
    search_wanted = Signal()
    files_wanted = Signal()
    paste_wanted = Signal()
    shutter_pressed = Signal()
    next_pane_wanted = Signal(int)  # +1 or -1
    namesake_wanted = Signal(int)  # from 1
    settings_wanted = Signal()
    look_again_wanted = Signal()
    help_wanted = Signal()
    uploads_wanted = Signal()
    cerbo_wanted = Signal()
    today_wanted = Signal()
    back_wanted = Signal()
    """Esc, where nothing that has the focus has a step to go back."""
    leave_wanted = Signal()
    """Leave what is shown over the main page; on macOS the window, where nothing is."""
    width_changed = Signal(int)
    view_changed = Signal()
    """Another page is shown, or the window came into view or left it."""
    activated = Signal()
    """A person came back to this window from another program."""
    first_painted = Signal()
    """Once: the window is on the screen, not only drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(_SMALLEST_PX)
        self.resize(_SIZE_PX)
        self._is_fitted = self._is_painted = False
        self._may_close = False
        self.is_close_wanted = False
        """Somebody has tried, maybe before there was anybody to hear of it."""
        self._strips = QVBoxLayout()
        self._strips.setSpacing(0)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(lambda _: self.view_changed.emit())
        self.pages.addWidget(Ground())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strips)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self._early_keys: EarlyKeys | None = None

    def add_strip(self, strip: QWidget) -> None:
        """A strip over the full width, above every page; it pushes content down and never covers it."""
        self._strips.addWidget(strip)

    def add_page(self, page: QWidget) -> None:
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)

    def is_showing(self, page: QWidget) -> bool:
        return self.pages.currentWidget() is page

    @property
    def is_seen(self) -> bool:
        """On the screen, as far as the window system tells: not closed and not minimised."""
        return self.isVisible() and not self.isMinimized()

    def show_early(self, app: QApplication) -> None:
        """Show the empty window and let it be painted, before the event loop runs; keys and clicks wait."""
        self.show()
        deadline = QDeadlineTimer(_EARLY_LIMIT_MS)
        while not (self._is_painted or deadline.hasExpired()):
            app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, _EARLY_LIMIT_MS)
        self.collect_keys()
        app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def collect_keys(self) -> None:
        """Collect what is typed, waiting keys too, until `end_early_typing`: for a search box that is still to come."""
        from cerbo_desktop.ui.early_keys import EarlyKeys  # after the first painting

        self._early_keys = EarlyKeys(self)
        self.search_wanted.connect(self._early_keys.selectAll)

    def end_early_typing(self) -> Typed | None:
        """What was typed before there was a page; None where that is over, or nothing was collected."""
        ending, self._early_keys = self._early_keys, None
        return ending.finish() if ending is not None else None

    def drop_early_typing(self) -> None:
        """A page without a search box has come, and its first field has the focus."""
        ending, self._early_keys = self._early_keys, None
        if ending is not None:
            ending.drop()

    def close_for_good(self) -> None:
        self._may_close = True
        self.close()

    def place(self, geometry: str) -> None:
        """Restore a geometry that `placement` gave; anything else is ignored."""
        try:
            self.restoreGeometry(QByteArray(bytes.fromhex(geometry)))
        except ValueError:
            return

    def placement(self) -> str:
        return bytes(self.saveGeometry().data()).hex()

    def showEvent(self, event: QShowEvent) -> None:
        """Once, as soon as the window system has told how wide its frame is."""
        super().showEvent(event)
        self.view_changed.emit()
        if not self._is_fitted:
            self._is_fitted = True
            keep_on_screen(self, _SMALLEST_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._after_painting)  # children are painted and shown in this same turn

    def _after_painting(self) -> None:
        """What the first painting need not wait for."""
        from cerbo_desktop.ui.kit.clicks import ClickWatch
        from cerbo_desktop.ui.kit.focus_keeper import FocusKeeper
        from cerbo_desktop.ui.kit.icons import app_icon
        from cerbo_desktop.ui.kit.keys import CommandWatch

        self.first_painted.emit()
        self.setWindowIcon(app_icon())
        if (handle := self.windowHandle()) is not None:
            CommandWatch(handle)
            ClickWatch(handle, self.pages)
        FocusKeeper(self, self.pages)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.is_close_wanted = True
        self.close_wanted.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.view_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.view_changed.emit()
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.width_changed.emit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody with the focus wanted. A sheet keeps its own, and a text field its Ctrl V."""
        from cerbo_desktop.ui.commands.window_keys import act_of  # after the first painting

        if event.isAutoRepeat():
            return  # a key that is held acts once, whatever page it brings
        if (act := act_of(self, event)) is not None:
            act()
            return
        super().keyPressEvent(event)


class Ground(QWidget):
    """The panes' colours where there is no page yet: what comes then changes nothing around it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        left = QRect(0, 0, SEARCH_WIDTH_PX, self.height())
        tray = QRect(self.width() - TRAY_WIDTH_PX, 0, TRAY_WIDTH_PX, self.height())
        for pane, line in ((left, left.right()), (tray, tray.left())):
            if pane is left or self.width() >= TRAY_FOLDS_UNDER_PX:
                painter.fillRect(pane, color("win"))
                painter.fillRect(QRect(line, 0, 1, self.height()), color("line"))
        painter.end()
