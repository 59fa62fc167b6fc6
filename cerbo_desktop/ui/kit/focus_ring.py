"""The focus ring around painted controls: a 2-pixel gap and 2 pixels of accent, outside the control.

A style sheet has no outer ring, and a control cannot paint outside itself, so a sibling above follows it. QFocusFrame
would do the same, but takes its margin from the style, which then would have to be a Python one. A click with the
mouse shows no ring; the keyboard and focus given by program do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
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
    """Lies above `target` until it is dropped; transparent for the mouse and unknown to readers' focus."""

    def __init__(self, target: QWidget, radius: float) -> None:
        ground = _ground_of(target)
        super().__init__(ground)
        self._target, self._ground, self._radius = target, ground, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        at: QWidget | None = target
        while at is not None and at is not ground:
            at.installEventFilter(self)
            at = at.parentWidget()
        self._follow()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.hide()  # and nothing else: a widget being destroyed hides first, and must not be asked for its place
        elif event.type() in _FOLLOWED:
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), self._radius + RING_REACH_PX, None, "accent", RING_WIDTH_PX)

    def _follow(self) -> None:
        if not isValid(self._target) or not self._ground.isAncestorOf(self._target):
            self.hide()
            return
        corner = self._target.mapTo(self._ground, QPoint(0, 0))
        reach = RING_REACH_PX
        self.setGeometry(QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach))
        self.setVisible(self._target.isVisibleTo(self._ground))
        self.raise_()


class RingsOnFocus(_MixedInto):
    """Mixed in before a Qt widget class: shows the ring while the widget has focus by keyboard or program."""

    ring_radius: float = 8.0
    _ring: FocusRing | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self._drop_ring()
            self._ring = FocusRing(self, self.ring_radius)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
