"""A row of the pane that is a button: an icon, what it searches for, and how."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.keys import is_held_act
from cerbo_desktop.ui.kit.line_breaks import lines_of
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import current
from cerbo_desktop.ui.patients.row_painting import EDGE_PX, MARGIN_PX, paint_line
from cerbo_desktop.ui.search.pages import Suggestion
from cerbo_desktop.ui.text import lists

_HEIGHT_PX = 64
_AROUND_WORDS_PX, _LINE_PX = 12, 20
_WORDS_LEFT_PX = EDGE_PX + 40 + 12


class SuggestionRow(QPushButton):
    """A text to search for instead, and why. As high as both need: what is searched for is never cut."""

    def __init__(self, suggestion: Suggestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(True)  # Enter presses it, as in a list
        self.setAccessibleName(lists.headed(suggestion.title, suggestion.detail))

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        title, detail = self._lines()
        self.setFixedHeight(max(_HEIGHT_PX, 2 * _AROUND_WORDS_PX + _LINE_PX * (len(title) + len(detail))))

    def _lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        width = self.width() - _WORDS_LEFT_PX - EDGE_PX
        title, detail = self.suggestion.title, self.suggestion.detail
        return lines_of(title, fonts.NAME, width), lines_of(detail, fonts.SECOND, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_held_act(event):
            return
        match event.key():
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QRectF(self.rect()).adjusted(MARGIN_PX, 0, -MARGIN_PX, 0)
        with painting(self) as painter:
            if self.isDown():
                paint_box(painter, ground, 8, "press")
            elif self.underMouse():
                paint_box(painter, ground, 8, "hover" if current().is_dark else "sunken")
            if self.hasFocus():
                paint_box(painter, ground.adjusted(1, 1, -1, -1), 7, None, "accent", 2)
            paint_icon(painter, self.suggestion.icon, QRectF(EDGE_PX + 10, 22, 20, 20), "ink2")
            title, detail = self._lines()
            lines = [*((line, fonts.NAME, "ink") for line in title), *((line, fonts.SECOND, "ink2") for line in detail)]
            width = self.width() - _WORDS_LEFT_PX - EDGE_PX
            for at, (line, style, ink) in enumerate(lines):
                place = QRectF(_WORDS_LEFT_PX, _AROUND_WORDS_PX + at * _LINE_PX, width, _LINE_PX)
                paint_line(painter, place, line, fonts.styled(style), ink, is_elided=False)
