"""Text that keeps the type scale: exact line heights, plain text only, colours that follow the theme."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.typesetting import dots_at_line_ends, place_lines, with_units_kept

_UNBOUNDED_PX = 1 << 20
_KEPT_HEIGHTS = 8


class Run(NamedTuple):
    """A piece of a line with its own look; empty ink and weight 0 keep the label's. `for_id`: patient id letters."""

    text: str
    ink: str = ""
    weight: int = 0
    for_id: bool = False


class Label(QLabel):
    """Plain text in one step of the type scale.

    wraps: breaks at words and asks for the height it needs. elides: one line, cut with an ellipsis and told whole in
    the tooltip; never for names or dates of birth. elides_in_middle: the same, for names of files.
    """

    def __init__(
        self,
        text: str = "",
        style: TypeStyle = fonts.BODY,
        ink: str = "ink",
        *,
        wraps: bool = False,
        elides: bool = False,
        elides_in_middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style, self._ink, self._elides = style, ink, elides or elides_in_middle
        self._elided = Qt.TextElideMode.ElideMiddle if elides_in_middle else Qt.TextElideMode.ElideRight
        self._runs: tuple[Run, ...] = ()
        self._heights: dict[tuple[int, tuple[Run, ...]], int] = {}
        self._widths: dict[tuple[Run, ...], int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.styled(style))
        self.setWordWrap(wraps)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.setText(text)

    def set_ink(self, ink: str) -> None:
        """Change the colour token."""
        self._ink = ink
        self.update()

    def set_style(self, style: TypeStyle) -> None:
        """Set another step of the type scale: letters and lines."""
        if style != self._style:
            self._style = style
            self.setFont(fonts.styled(style))
            self.updateGeometry()
            self.update()

    def width_in_lines(self, count: int) -> int:
        """The least width in which the wrapped text takes no more than `count` lines."""
        height = self._padded(count * self._style.line_px)
        widths = range(1, self._natural_width() + 1)
        return bisect_left(widths, True, key=lambda width: self.heightForWidth(width) <= height) + 1

    def setText(self, text: str) -> None:  # noqa: N802  # callers know QLabel's name
        self._runs = (Run(text),)
        super().setText(text)
        if self._elides:
            self.setToolTip(text)
        self.updateGeometry()

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show text of several weights or colours; a reader hears it as one text."""
        self.setText("".join(run.text for run in runs))
        self._runs = tuple(runs)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self.wordWrap():
            width = min(self._natural_width(), 480)
            return QSize(width, self.heightForWidth(width))
        return QSize(self._natural_width(), self._padded(self._style.line_px))

    def minimumSizeHint(self) -> QSize:
        if self.wordWrap() or self._elides:
            return QSize(32, self._padded(self._style.line_px))
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        return self._padded(self._height_in(inner))

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        self._widths.clear()
        super().changeEvent(event)

    def _height_in(self, width: int) -> int:
        """Of the lines alone. Kept, since layouts ask for the same over and over: a page of 50 cards does so 1,300
        times (measured, 4.4)."""
        key = width, self._runs
        if key not in self._heights:
            if len(self._heights) >= _KEPT_HEIGHTS:
                self._heights.clear()
            self._heights[key] = max(1, self._laid_out(width).lineCount()) * self._style.line_px
        return self._heights[key]

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.contentsRect())
        layout = self._laid_out(rect.width())
        height = layout.lineCount() * self._style.line_px
        is_centred = bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter) and not self.wordWrap()
        top = rect.top() + ((rect.height() - height) / 2 if is_centred else 0)
        with painting(self) as painter:
            painter.setPen(color(self._ink if self.isEnabled() else "off"))
            layout.draw(painter, QPointF(rect.left(), top))

    def _padded(self, height: int) -> int:
        margins = self.contentsMargins()
        return height + margins.top() + margins.bottom()

    def _natural_width(self) -> int:
        """Kept for the text it has, since each layout around it asks a few times."""
        margins = self.contentsMargins()
        if self._runs not in self._widths:
            layout = self._laid_out(_UNBOUNDED_PX, is_free=True)
            widths = [layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())]
            self._widths = {self._runs: int(max(widths, default=0.0) + 0.999)}
        return self._widths[self._runs] + margins.left() + margins.right()

    def _shown_text(self, width: float) -> str:
        if not self._elides:
            return self.text()
        return QFontMetricsF(self.font()).elidedText(self.text(), self._elided, width)

    def _laid_out(self, width: float, *, is_free: bool = False) -> QTextLayout:
        text = self.text() if is_free else self._shown_text(width)
        layout = QTextLayout(with_units_kept(text.replace("\n", "\u2028")), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft if is_free else self.alignment())
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self.wordWrap() else QTextOption.WrapMode.ManualWrap
        option.setWrapMode(wrap)
        layout.setTextOption(option)
        self._typeset(layout, width)
        if unseen := tuple(dots_at_line_ends(layout)) if len(self._runs) > 1 else ():
            self._typeset(layout, width, unseen)
        return layout

    def _typeset(self, layout: QTextLayout, width: float, unseen: Sequence[int] = ()) -> None:
        """`unseen`: where in the text letters stand whose runs are not painted."""
        layout.setFormats(self._formats(unseen))
        place_lines(layout, max(1.0, width), self._style.line_px, QFontMetricsF(self.font()))

    def _formats(self, unseen: Sequence[int]) -> list[QTextLayout.FormatRange]:
        ranges, start = [], 0
        for run in self._runs:
            made = QTextLayout.FormatRange()
            is_seen = not any(start <= at < start + len(run.text) for at in unseen)
            made.start, made.length, made.format = start, len(run.text), self._format(run, is_seen=is_seen)
            ranges.append(made)
            start += len(run.text)
        return ranges

    def _format(self, run: Run, *, is_seen: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._run_font(run))
        ink = color((run.ink or self._ink) if self.isEnabled() else "off")
        made.setForeground(ink if is_seen else Qt.GlobalColor.transparent)
        return made

    def _run_font(self, run: Run) -> QFont:
        weight = run.weight or self._style.weight
        if run.for_id:
            return fonts.id_font(self._style.size_px, weight)
        return fonts.font(self._style.size_px, weight, self._style.tracking_em)


class IconLabel(QLabel):
    """An icon that stands by itself in a layout, tinted with a token. Without a name readers skip it."""

    def __init__(
        self,
        name: str,
        ink: str = "ink",
        size_px: int = 20,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._ink = name, ink
        self.setFixedSize(size_px, size_px)
        self.setAccessibleName(accessible_name)

    def set_icon(self, name: str, ink: str) -> None:
        """Show this icon in this ink."""
        self._icon_name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_icon(painter, self._icon_name, QRectF(self.rect()), self._ink)


class Rule(QWidget):
    """A 1-pixel divider in the line token: horizontal, or vertical 24 pixels high."""

    def __init__(self, *, is_vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if is_vertical:
            self.setFixedSize(1, 24)
        else:
            self.setFixedHeight(1)
        self._token = "line2" if is_vertical else "line"

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color(self._token))
