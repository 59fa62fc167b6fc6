"""The main window: which page is shown, how the three panes share the width, and the keys that work everywhere."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QKeyCombination, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.icons import app_icon
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.search.pane import SearchPane

TITLE = "Cerbo Desktop"
"""Always this: no patient's name in a task bar or a shared screen."""
_SIZE_PX = QSize(1440, 900)
_SMALLEST_PX = QSize(1024, 700)
TRAY_FOLDS_UNDER_PX = 1360
COMPACT_UNDER_PX = 1120
_FRAME_KNOWN_MS = 200
"""By then a window manager has put its frame around the window."""


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
    width_changed = Signal(int)
    first_painted = Signal()
    """Once: the window is on the screen, not only drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setWindowIcon(app_icon())
        self.setMinimumSize(_SMALLEST_PX)
        self.resize(_SIZE_PX)
        self._is_fitted = self._is_painted = False
        self._may_close = False
        self._strips = QVBoxLayout()
        self._strips.setSpacing(0)
        self.pages = QStackedWidget()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strips)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self._keys = self._global_keys()

    def add_strip(self, strip: QWidget) -> None:
        """A strip over the full width, above every page; it pushes content down and never covers it."""
        self._strips.addWidget(strip)

    def add_page(self, page: QWidget) -> None:
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)

    def is_showing(self, page: QWidget) -> bool:
        return self.pages.currentWidget() is page

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
        if not self._is_fitted:
            self._is_fitted = True
            self.fit_into_screen()
            QTimer.singleShot(_FRAME_KNOWN_MS, self, self.fit_into_screen)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)  # children are painted and shown in this same turn

    def fit_into_screen(self) -> None:
        """Keep the window with its frame on one screen: a desk's screen may be smaller, or gone since last time."""
        if self.isMaximized() or self.isFullScreen():
            return
        screen = QGuiApplication.screenAt(self.frameGeometry().center()) or self.screen()
        room = screen.availableGeometry()
        if room.width() < self.minimumWidth() or room.height() < self.minimumHeight():
            return  # no size would fit, as on the made-up screen that a screenshot is drawn on
        inside = fitted(self.frameGeometry(), room)
        if inside != self.frameGeometry():
            frame = self.frameGeometry().size() - self.size()
            self.resize(inside.size() - frame)
            self.move(inside.topLeft())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.width_changed.emit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody with the focus wanted. A sheet keeps its own, and a text field its Ctrl V."""
        pressed = event.keyCombination()
        if open_sheet(self) is None and (react := self._keys.get(pressed)) is not None:
            react()
            return
        super().keyPressEvent(event)

    def _global_keys(self) -> dict[QKeyCombination, Callable[[], None]]:
        control, shift, alt = Qt.Modifier.CTRL, Qt.Modifier.SHIFT, Qt.Modifier.ALT
        keys: dict[QKeyCombination, Callable[[], None]] = {
            control | Qt.Key.Key_F: self.search_wanted.emit,
            control | Qt.Key.Key_O: self.files_wanted.emit,
            control | Qt.Key.Key_V: self.paste_wanted.emit,
            QKeyCombination(Qt.Key.Key_F8): self.shutter_pressed.emit,
            QKeyCombination(Qt.Key.Key_F6): lambda: self.next_pane_wanted.emit(1),
            shift | Qt.Key.Key_F6: lambda: self.next_pane_wanted.emit(-1),
        }
        for place in range(1, 10):
            keys[alt | Qt.Key(Qt.Key.Key_0 + place)] = lambda place=place: self.namesake_wanted.emit(place)  # type: ignore[misc]
        return keys


def fitted(frame: QRect, room: QRect) -> QRect:
    """The frame no larger than the room, and moved inside it no further than it takes."""
    size = frame.size().boundedTo(room.size())
    left = max(room.left(), min(frame.left(), room.left() + room.width() - size.width()))
    top = max(room.top(), min(frame.top(), room.top() + room.height() - size.height()))
    return QRect(QPoint(left, top), size)


class MainPage(QWidget):
    """Search pane, centre, tray. The outer two keep their width: the same place on every desk.

    Tab goes through them in this order, and to Settings, in the left one's foot, after everything else.
    """

    def __init__(self, left: SearchPane, centre: QStackedWidget, tray: QWidget) -> None:
        super().__init__()
        self.left, self.centre, self.tray = left, centre, tray
        self._last_stop = left.footer.settings
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(centre, 1)
        row.addWidget(tray)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Cards come and go, and Qt puts each new one at the end of the chain: the last stop goes behind it again."""
        at = self.window().previousInFocusChain()
        while at is not None and at is not self and (at is self._last_stop or not self.isAncestorOf(at)):
            at = at.previousInFocusChain()
        if at is not None:
            QWidget.setTabOrder(at, self._last_stop)
        return super().focusNextPrevChild(next)

    def focus_pane(self, step: int) -> None:
        """Move the focus to the pane after (+1) or before (-1) the one that has it."""
        panes: list[QWidget] = [self.left, self.centre, self.tray]
        here = next((place for place, pane in enumerate(panes) if _has_focus(pane)), 0)
        for offset in range(1, len(panes) + 1):
            if _focus_first(panes[(here + step * offset) % len(panes)]):
                return


def _focus_first(pane: QWidget) -> bool:
    for child in pane.findChildren(QWidget):
        takes_focus = child.focusPolicy() in (
            Qt.FocusPolicy.StrongFocus,
            Qt.FocusPolicy.TabFocus,
            Qt.FocusPolicy.WheelFocus,
        )
        if takes_focus and child.isVisible() and child.isEnabled():
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False


def _has_focus(pane: QWidget) -> bool:
    return any(child.hasFocus() for child in pane.findChildren(QWidget))
