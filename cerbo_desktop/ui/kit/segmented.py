"""One choice of a few in a row: filters, modes, tabs. One tab stop; arrow keys move and choose at once."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QMargins, QMarginsF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.targets import tell_whole_target
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import lists

_EDGE_PX = 2
"""Of the track around the segments. Above and below it takes clicks for them."""
Item = tuple[str, str, str | None]  # key, text, icon


class _Segment(RingsOnFocus, QRadioButton):
    """A radio button to the keyboard and to readers, painted as a segment."""

    ring_radius = 6.0
    ring_inset = QMargins(0, _EDGE_PX, 0, _EDGE_PX)
    stepped = Signal(int)

    def __init__(self, text: str, icon: str | None, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        tell_whole_target(self)
        self.words, self._icon_name = text, icon
        self.count: int | None = None
        self.shows_words = True
        self._font_px, self._padding = (14, 16) if height >= 40 else (13, 12)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._take_or_leave_tab)
        self.rename()

    def rename(self) -> None:
        self.setAccessibleName(lists.spoken(self.words, "" if self.count is None else str(self.count)))
        self.setToolTip("" if self.shows_words else self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        parts = [20.0 if self._font_px == 14 else 16.0] if self._icon_name else []
        parts += [self._advance(self.words, 600)] if self.shows_words or not self._icon_name else []
        parts += [self._advance(str(self.count), 400)] if self.count is not None else []
        return QSize(int(sum(parts) + 8 * (len(parts) - 1) + 2 * self._padding + 0.999), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if (step := steps.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        is_on = self.isChecked()
        ink = "off" if not self.isEnabled() else "ink" if is_on or self.underMouse() else "ink2"
        with painting(self) as painter:
            if is_on:
                drawn = QRectF(self.rect()).marginsRemoved(QMarginsF(self.ring_inset))
                paint_box(painter, drawn, 6, "raised", "line2")
            x = float(self._padding)
            if self._icon_name:
                icon_px = 20 if self._font_px == 14 else 16
                paint_icon(painter, self._icon_name, QRectF(x, (self.height() - icon_px) / 2, icon_px, icon_px), ink)
                x += icon_px + 8
            if self.shows_words or not self._icon_name:
                x += self._paint_word(painter, x, self.words, 600 if is_on else 500, ink) + 8
            if self.count is not None:
                self._paint_word(painter, x, str(self.count), 400, "ink2" if self.isEnabled() else "off")

    def _take_or_leave_tab(self, is_chosen: bool) -> None:
        """Qt leaves only the chosen button of a group in the tab order, but not before one of them had the focus."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)

    def _advance(self, text: str, weight: int) -> float:
        return QFontMetricsF(fonts.font(self._font_px, weight)).horizontalAdvance(text)

    def _paint_word(self, painter: QPainter, x: float, text: str, weight: int, ink: str) -> float:
        painter.setFont(fonts.font(self._font_px, weight))
        painter.setPen(color(ink))
        width = self._advance(text, weight)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return width


class Segmented(QFrame):
    """Exclusive choice. `chosen(key)` fires when a person chose another one, not for `choose()`.

    items: (key, text, icon or None). The first is chosen at the start.
    """

    chosen = Signal(str)

    def __init__(
        self,
        items: Sequence[Item],
        accessible_name: str = "",
        *,
        height: Literal[32, 40] = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._segments: dict[str, _Segment] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        row.setSpacing(2)
        for key, text, icon in items:
            segment = _Segment(text, icon, height, self)
            segment.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            segment.stepped.connect(self._step)
            self._group.addButton(segment)
            self._segments[key] = segment
            row.addWidget(segment)
        self.choose(items[0][0])

    @property
    def key(self) -> str:
        """The chosen key."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling anybody. Unknown keys raise KeyError."""
        self._segments[key].setChecked(True)

    def set_count(self, key: str, n: int | None) -> None:
        """Show a number behind the word; None for none."""
        self._segments[key].count = n
        self._segments[key].rename()
        self.updateGeometry()

    def set_item_enabled(self, key: str, is_enabled: bool, why: str = "") -> None:
        """Switch one choice off, with the reason as tooltip."""
        segment = self._segments[key]
        segment.setEnabled(is_enabled)
        segment.setToolTip("" if is_enabled else why)

    def show_words(self, shows_words: bool) -> None:
        """Icons only when there is no room; the words become tooltips."""
        for segment in self._segments.values():
            segment.shows_words = shows_words
            segment.rename()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            line = "line" if not self.isEnabled() else None
            paint_box(painter, QRectF(self.rect()), 8, "sunken", line)

    def _step(self, step: int) -> None:
        usable = [key for key, segment in self._segments.items() if segment.isEnabled()]
        at = usable.index(self.key) if self.key in usable else 0
        key = usable[(at + step) % len(usable)]
        segment = self._segments[key]
        segment.setChecked(True)
        segment.setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)
