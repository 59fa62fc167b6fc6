"""Widgets beside each other, or beneath one another where there is no room for that."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_ALIGN = Qt.AlignmentFlag


class FittingRow(QWidget):
    """Its minimum width is that of its widest part. Hidden parts take no room.

    It places its parts itself: a `QBoxLayout` has one height, and here that follows the width.
    """

    def __init__(
        self, parts: Sequence[QWidget], *, spacing_px: int = 8, align: Qt.AlignmentFlag = _ALIGN.AlignLeft
    ) -> None:
        """`align`: where the row stands in a wider place: AlignLeft, AlignRight, AlignHCenter, or AlignJustify, where
        the parts share all of the width."""
        super().__init__()
        self._parts, self._spacing_px, self._align = tuple(parts), spacing_px, align
        for part in self._parts:
            part.setParent(self)
        self._told_hint = self.sizeHint()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        hints = [part.sizeHint() for part in self._shown()]
        gaps = self._spacing_px * max(0, len(hints) - 1)
        return QSize(sum(hint.width() for hint in hints) + gaps, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((part.sizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.sizeHint().width() <= width:
            return self.sizeHint().height()
        heights = [part.sizeHint().height() for part in self._shown()]
        return sum(heights) + self._spacing_px * (len(heights) - 1)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
            if (hint := self.sizeHint()) != self._told_hint:
                self._told_hint = hint
                self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self.sizeHint().width() <= self.width():
            self._place_in_row()
        else:
            self._place_in_column()

    def _place_in_row(self) -> None:
        shown, free = self._shown(), self.width() - self.sizeHint().width()
        x = {_ALIGN.AlignRight: free, _ALIGN.AlignHCenter: free // 2}.get(self._align, 0)
        for part, width in zip(shown, self._widths_in_row(shown, free), strict=True):
            part.setGeometry(QRect(x, 0, width, part.sizeHint().height()))
            x += width + self._spacing_px

    def _widths_in_row(self, shown: Sequence[QWidget], free: int) -> list[int]:
        """Of equal width where they share the place and each has room, else what each needs and some of the rest."""
        widths = [part.sizeHint().width() for part in shown]
        if self._align is not _ALIGN.AlignJustify or not shown:
            return widths
        share, over = divmod(sum(widths) + free, len(shown))
        if max(widths) <= share:
            return [share + (at < over) for at in range(len(shown))]
        return [width + free // len(shown) for width in widths]

    def _place_in_column(self) -> None:
        y = 0
        for part in self._shown():
            hint = part.sizeHint()
            width = self.width() if self._align is _ALIGN.AlignJustify else min(self.width(), hint.width())
            x = {_ALIGN.AlignRight: self.width() - width, _ALIGN.AlignHCenter: (self.width() - width) // 2}
            part.setGeometry(QRect(x.get(self._align, 0), y, width, hint.height()))
            y += hint.height() + self._spacing_px

    def _shown(self) -> list[QWidget]:
        """A part that nobody has shown or hidden yet will be shown with the row."""
        explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        return [part for part in self._parts if not (part.isHidden() and part.testAttribute(explicit))]
