"""Chips: a shape and a word on a round-ended ground, as a widget and for delegates."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color

Tone = Literal["accent", "accent_on_tint", "quiet", "outline", "plain", "plain_warn", "ok", "warn", "bad"]

CHIP_HEIGHT_PX = 24
_ICON_PX = 16


class ChipLook(NamedTuple):
    """Tokens of a chip's ground, line and ink."""

    fill: str | None
    line: str | None
    ink: str


CHIP_LOOKS: dict[str, ChipLook] = {
    "accent": ChipLook("tint", None, "accent"),
    "accent_on_tint": ChipLook("surface", None, "accent"),  # on a selected row, whose ground is the tint
    "quiet": ChipLook("sunken", None, "ink2"),
    "outline": ChipLook(None, "line2", "ink2"),
    "plain": ChipLook(None, None, "ink2"),
    "plain_warn": ChipLook(None, None, "warn"),
    "ok": ChipLook("ok_tint", None, "ok"),
    "warn": ChipLook("warn_tint", None, "warn"),
    "bad": ChipLook("bad_tint", None, "bad"),
}


def chip_width(text: str, icon: str | None, tone: Tone) -> float:
    """How wide the chip is; an empty text makes it an icon only."""
    words = QFontMetricsF(fonts.styled(fonts.LABEL)).horizontalAdvance(text) if text else 0.0
    mark = (_ICON_PX + (4 if text else 0)) if icon else 0
    right = 0 if tone.startswith("plain") else 10 if text else 8
    return 8 + mark + words + right


def paint_chip(painter: QPainter, right: float, y: float, text: str, icon: str | None, tone: Tone) -> float:
    """Paint a chip whose right edge is at `right` and top at `y`; returns its width. For delegates."""
    look, width = CHIP_LOOKS[tone], chip_width(text, icon, tone)
    rect = QRectF(right - width, y, width, CHIP_HEIGHT_PX)
    if look.fill or look.line:
        paint_box(painter, rect, CHIP_HEIGHT_PX / 2, look.fill, look.line)
    x = rect.left() + 8
    if icon:
        paint_icon(painter, icon, QRectF(round(x), y + 4, _ICON_PX, _ICON_PX), look.ink)
        x += _ICON_PX + 4
    painter.setFont(fonts.styled(fonts.LABEL))
    painter.setPen(color(look.ink))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(QRectF(x, y, rect.right() - x + 2, CHIP_HEIGHT_PX), flags, text)
    return width


class Chip(QLabel):
    """A chip that stands by itself; a reader hears its word."""

    def __init__(self, text: str, icon: str | None = None, tone: Tone = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._tone = icon, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(int(chip_width(self.text(), self._icon_name, self._tone) + 0.999), CHIP_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            width = chip_width(self.text(), self._icon_name, self._tone)
            paint_chip(painter, width, 0, self.text(), self._icon_name, self._tone)
