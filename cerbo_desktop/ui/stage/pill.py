"""A word on what is seen, floating over a stage."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Run
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import lists

_PILL_PX = 40


class Pill(QFrame):
    """A word on what is seen, over the stage; 40 high."""

    def __init__(self, icon: str, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Label("", fonts.SECOND, "ink")
        self.setFixedHeight(_PILL_PX)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(IconLabel(icon, ink, 20))
        self._row.addWidget(self._words)
        self.hide()

    def set_words(self, words: str, size: str = "", share: str = "") -> None:
        """Show the sentence, then a size in quiet letters and a share in strong ones; empty ones are left out."""
        runs = [Run(words, weight=500)]
        runs += [Run(f"  {size}", "ink2", 400)] if size else []
        runs += [Run(f"  {share}", weight=600)] if share else []
        self._words.set_runs(runs)
        self.setAccessibleName(lists.spoken(words, size, share))
        self.adjustSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), _PILL_PX / 2, "raised", "line2")
