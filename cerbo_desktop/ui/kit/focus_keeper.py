"""Moves the focus to a neighbour when the focused control is hidden, disabled or deleted.

Qt would move it along the Tab order of the whole window, from the last button of a notice to Settings.
"""

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit.keys import tell_of_news

_BY_HAND_ONLY = "getsFocusByHandOnly"


def give_focus_by_hand_only(widget: QWidget) -> None:
    """Let a person alone put the focus on this control, since what it does can't be undone."""
    widget.setProperty(_BY_HAND_ONLY, True)


def may_be_given_focus(widget: QWidget) -> bool:
    """Whether a program may put the focus on this control: Tab stops there, and what it does can be undone."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isEnabled() and widget.isVisible() and not widget.property(_BY_HAND_ONLY)


class FocusPosition:
    """The control that has the focus, and its place, which is known when the control has gone."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self._around: list[QWidget] = []
        at: QWidget | None = widget.parentWidget()
        while at is not None:
            self._around.append(at)
            at = None if at.isWindow() else at.parentWidget()
        self._place = _place_in_window(widget)

    @property
    def is_gone(self) -> bool:
        """The control is hidden, switched off or deleted."""
        return not (isValid(self.widget) and self.widget.isVisible() and self.widget.isEnabled())

    def successor(self) -> QWidget | None:
        """The control itself or, where it has gone, the next one in its place: of the smallest part around it that has
        any. A sheet keeps the focus. None where nothing is left."""
        if not self.is_gone:
            return self.widget
        for part in self._around:
            if not (isValid(part) and part.isVisible() and part.isEnabled()):
                continue
            others = [
                each for each in part.findChildren(QWidget) if each is not self.widget and may_be_given_focus(each)
            ]
            if others:
                return min(others, key=lambda each: _distance(self._place, _place_in_window(each)))
            if isinstance(part, QDialog):
                return part
        return None


class FocusKeeper(QObject):
    """Watches the focus of one window, and overrules Qt where the control that had it has gone.

    A program that puts the focus somewhere itself, after the control has gone, has the last word. A strip over the
    pages has no neighbour: what had the focus in the pages before gets it back.
    """

    def __init__(self, window: QWidget, pages: QWidget | None = None) -> None:
        super().__init__(window)
        self._window, self._pages = window, pages
        self._last_in_pages: QWidget | None = None
        self._position: FocusPosition | None = None
        self._lost: FocusPosition | None = None
        """The control that went. Its successor is chosen again once everything that changes with it has changed."""
        self._successor: QWidget | None = None
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or (now is not None and now.window() is not self._window):
            return  # the window itself goes, or it is a menu's or another window's
        position = self._position
        if now is None:
            if position is not None and not position.is_gone and self._window.isActiveWindow():
                self._position = None  # a program took the focus from it, and says itself where it goes
            self._settling.start()  # or it is being deleted, with half of what is around it: nothing can be asked yet
            return
        if position is not None and isValid(position.widget) and position.is_gone and self._window.isActiveWindow():
            self._position, self._lost = None, position
            self._successor = self._successor_of(position) or now
            self._settling.start()
            if self._successor is not now:
                self._pass_focus_to(self._successor)
                return
        if now is not self._successor:
            self._lost = None  # whoever put it here means it, even if it then goes on to the successor
        self._position = FocusPosition(now)
        if self._pages is not None and self._pages.isAncestorOf(now):
            self._last_in_pages = now

    def _successor_of(self, position: FocusPosition) -> QWidget | None:
        successor, last, pages = position.successor(), self._last_in_pages, self._pages
        is_of_strip = pages is not None and not (isValid(position.widget) and pages.isAncestorOf(position.widget))
        if (
            is_of_strip
            and last is not None
            and successor is not None
            and pages is not None
            and pages.isAncestorOf(successor)
        ):
            return last if isValid(last) and may_be_given_focus(last) else successor
        return successor

    def _pass_focus_to(self, successor: QWidget) -> None:
        """A second press of a double press was meant for the control that has gone, so it is ignored."""
        tell_of_news(self._window)
        successor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        lost, chosen_first = self._lost, self._successor
        self._lost = self._successor = None
        focus = QApplication.focusWidget()
        if focus is None:
            lost = self._position
        elif focus is not chosen_first:
            return  # a person or a program has put it elsewhere
        if lost is None or not lost.is_gone or not self._window.isActiveWindow():
            return
        if (successor := self._successor_of(lost)) is not None and successor is not focus:
            self._pass_focus_to(successor)


def _place_in_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _distance(left: QRect, other: QRect) -> tuple[bool, int, int]:
    """What comes after in the order of reading is nearer than what comes before; then the fewer lines, the nearer."""
    down = max(0, other.top() - left.bottom(), left.top() - other.bottom())
    aside = abs(other.left() - left.left())
    comes_after = other.top() > left.bottom() or (down == 0 and other.left() >= left.left())
    return not comes_after, down, aside
