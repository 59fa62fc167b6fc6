"""A scroll area whose content keeps its width: the bar lies in the right margin that the content leaves free."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget


class _Bar(QScrollBar):
    """Always there, and seen only where there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class SteadyScrollArea(QScrollArea):
    """For a pane of a fixed width. Its content has to leave the width of a bar free at the right."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setVerticalScrollBar(_Bar(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._let_bar_overlap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._let_bar_overlap()

    def _let_bar_overlap(self) -> None:
        bar = self.verticalScrollBar()
        bar.ensurePolished()
        self.setViewportMargins(0, 0, -bar.sizeHint().width(), 0)
