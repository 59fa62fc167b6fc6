"""On the board's foot: photos that wait in Cerbo's queue for long, and of whom."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import common
from cerbo_desktop.ui.text.long_wait import LongWait

_AROUND_PX = 12
_PADDING_PX = 12
_TEXT_LINES = 2


class LongWaitNote(QWidget):
    """Three lines, so that the board keeps its room: names that find no place are counted, and the tooltip has them.

    Hidden until there is something to tell. `closed`: a person has read it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self._title = Label("", fonts.SECOND_STRONG)
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self.close_button = IconButton("close", common.close())
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.hide()

    @property
    def words(self) -> str:
        """As a reader hears them."""
        return self.accessibleName()

    @property
    def shown_words(self) -> tuple[str, str]:
        """Headline and text as they fit."""
        return self._title.text(), self._text.text()

    def tell(self, words: LongWait) -> None:
        """Show these words, or disappear where there are none."""
        self._texts = words.texts
        self._title.setText(words.title)
        self.show()
        self._fit_text()
        if words.spoken != self.words:
            self._name(words.spoken)
            announce(self, words.spoken)

    def take_away(self) -> None:
        """Hide the note and forget the names in it."""
        self.hide()
        self._texts = ()
        self._title.setText("")
        self._text.setText("")
        self._name("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        around = _AROUND_PX
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()).adjusted(around, 4, -around, -around), 12, "raised", "line2")

    def _name(self, spoken: str) -> None:
        """The button says it too: Tab comes to it, and to nothing else in here."""
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.close_button.setAccessibleDescription(spoken)

    def _fit_text(self) -> None:
        """The fullest form that takes no more than its lines."""
        width = self.width() - 2 * (_AROUND_PX + _PADDING_PX)
        height = _TEXT_LINES * fonts.SECOND.line_px
        for text in self._texts:
            self._text.setText(text)
            if self._text.heightForWidth(width) <= height:
                return

    def _lay_out(self) -> None:
        side = _AROUND_PX + _PADDING_PX
        grid = QGridLayout(self)
        grid.setContentsMargins(side, 8, side, side)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(IconLabel("waiting", "accent", 16), 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self.close_button, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._text, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
