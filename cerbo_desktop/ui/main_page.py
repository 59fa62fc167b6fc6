"""The main page: how the three panes share the width, and how the focus goes through them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.uploads.view import UploadTray


class MainPage(QWidget):
    """Search pane, centre, tray. The outer two keep their width: the same place on every desk.

    Tab goes through them in this order, but for photos that need a person: those come right after the left one, and
    Settings, in its foot, after everything else.
    """

    def __init__(self, left: SearchPane, centre: QStackedWidget, tray: UploadTray) -> None:
        super().__init__()
        self.left, self.centre, self.tray = left, centre, tray
        self._last_stop = left.footer.settings
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(centre, 1)
        row.addWidget(tray)
        self.step_back_in_centre: Callable[[], bool] = lambda: False
        """Take away what lies in the centre for a moment; False where nothing does."""
        self.focus_centre: Callable[[], bool] = lambda: False
        """Put the focus where the work of the centre is; False where its first control will do."""
        self._keys_of: QWindow | None = None
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def showEvent(self, event: QShowEvent) -> None:
        """From then on there is a window, whose keys come here before any pane takes them."""
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not self._keys_of:
            self._keys_of = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc folds the tray that lies over the centre, then takes a card out of it, before it does anything else."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() is QEvent.Type.KeyPress and self.isVisible() and open_sheet(self) is None:
            return self.tray.go_back() or self.step_back_in_centre()
        return super().eventFilter(watched, event)

    def _follow_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """When a control of the tray disappears, Qt moves the focus through the centre on its way back into the tray:
        that is no visit."""
        is_passing = old is not None and isValid(old) and self.tray.shown.isAncestorOf(old) and not old.isVisible()
        if now is not None and self.centre.isAncestorOf(now) and not is_passing:
            self.tray.uncover()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Cards come and go, and Qt puts each new one at the end of the chain: the last stop goes behind it again.

        It must follow a widget that Tab reaches: Qt ignores `setTabOrder` after a label, such as a search adds.
        """
        self.tray.order_tabs(urgent_after=self.left.results.back)
        at = self.window().previousInFocusChain()
        while at is not None and at is not self and not self._may_be_last(at):
            at = at.previousInFocusChain()
        if at is not None:
            QWidget.setTabOrder(at, self._last_stop)
        return super().focusNextPrevChild(next)

    def _may_be_last(self, widget: QWidget) -> bool:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return takes_tab and widget is not self._last_stop and self.isAncestorOf(widget)

    def focus_pane(self, step: int) -> None:
        """Move the focus to the pane after (+1) or before (-1) the one that has it."""
        panes: list[QWidget] = [self.left, self.centre, self.tray.shown]
        here = next((place for place, pane in enumerate(panes) if _has_focus(pane)), 0)
        for offset in range(1, len(panes) + 1):
            pane = panes[(here + step * offset) % len(panes)]
            if self._focus_work(pane) or _focus_first(pane):
                return

    def _focus_work(self, pane: QWidget) -> bool:
        """Put the focus where the work of this pane is; False where its first control will do."""
        if pane is self.centre:
            return self.focus_centre()
        return pane is self.tray.shown and self.tray.focus_urgent()


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
    return pane.hasFocus() or any(child.hasFocus() for child in pane.findChildren(QWidget))
