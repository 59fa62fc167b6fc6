"""The focus ring around painted controls: a 2-pixel gap and 2 pixels of accent, outside the control.

A style sheet has no outer ring, and a control cannot paint outside itself, so a sibling above follows it. QFocusFrame
would do the same, but takes its margin from the style, which then would have to be a Python one. A click with the
mouse shows no ring; the keyboard and focus given by program do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.kit.painting import RING_REACH_PX, RING_WIDTH_PX, paint_box, painting

if TYPE_CHECKING:
    _MixedInto = QWidget
else:
    _MixedInto = object  # two Qt bases in one class would build two C++ objects

_FOLLOWED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange})


def _ground_of(widget: QWidget) -> QWidget:
    """The nearest ancestor roomy enough for a ring: the window, a sheet, or the content of a scroll area."""
    at = widget.parentWidget() or widget
    while not at.isWindow() and not isinstance(at, QDialog) and (above := at.parentWidget()) is not None:
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            break
        at = above
    return at


class FocusRing(QWidget):
    """One for each ground, hidden and used again: it lies above whichever control there has the focus.

    Transparent for the mouse and unknown to readers' focus. Never deleted by itself: a window that goes while a child
    of it still waits in `deleteLater` crashed the process (no upstream report was found). It refers to nothing while it
    is hidden.
    """

    # On the class, for the collector empties the ring of a dropped window before Qt destroys it, and Qt still asks
    # (no upstream report was found).
    _target: QWidget | None = None

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._followed: list[QWidget] = []
        self._radius, self._inset = 0.0, QMargins()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @classmethod
    def around(cls, target: QWidget, radius: float, inset: QMargins | None = None) -> FocusRing:
        """Show the ring around `target` without `inset`. All widgets on one ground share one ring."""
        ground = _ground_of(target)
        ring = ground.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) or cls(ground)
        ring._attach(target, ground, radius, inset or QMargins())
        return ring

    def leave(self, target: QWidget) -> None:
        """Hide, unless another control has it by now."""
        if self._target is target:
            self.hide()
            self._let_go()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.hide()  # and nothing else: a widget being destroyed hides first, and must not be asked for its place
        elif event.type() in _FOLLOWED:
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), self._radius + RING_REACH_PX, None, "accent", RING_WIDTH_PX)

    def _attach(self, target: QWidget, ground: QWidget, radius: float, inset: QMargins) -> None:
        self._let_go()
        self._target, self._radius, self._inset = target, radius, inset
        at: QWidget | None = target
        while at is not None and at is not ground:
            at.installEventFilter(self)
            self._followed.append(at)
            at = at.parentWidget()
        self._follow()
        self.update()

    def _let_go(self) -> None:
        for each in self._followed:
            if isValid(each):
                each.removeEventFilter(self)
        self._followed.clear()
        self._target = None

    def _follow(self) -> None:
        target, ground = self._target, self.parentWidget()
        if target is None or not isValid(target) or ground is None or not ground.isAncestorOf(target):
            self.hide()
            return
        corner = target.mapTo(ground, QPoint(0, 0))
        reach = RING_REACH_PX
        drawn = QRect(corner, target.size()).marginsRemoved(self._inset)
        self.setGeometry(drawn.adjusted(-reach, -reach, reach, reach))
        self.setVisible(target.isVisibleTo(ground))
        self.raise_()


class RingsOnFocus(_MixedInto):
    """Mixed in before a Qt widget class: shows the ring while the widget has focus by keyboard or program."""

    ring_radius: float = 8.0
    ring_inset = QMargins()
    """Between the edge of the widget and what is drawn of it."""
    _ring: FocusRing | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self._drop_ring()
            self._ring = FocusRing.around(self, self.ring_radius, self.ring_inset)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave(self)
        self._ring = None
