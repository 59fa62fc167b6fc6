"""Check box and switch: QCheckBox to the keyboard and to readers, painted from the tokens."""

from PySide6.QtCore import QMargins, QMarginsF, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.targets import LEAST_TARGET_PX, tell_whole_target
from cerbo_desktop.ui.kit.theme import color

BOX_PX = 20
_ALONE_EDGE_PX = (LEAST_TARGET_PX - BOX_PX) // 2
"""Around the box of a check box without words."""
_TRACK_PX = QSize(40, 24)
_TRACK_TOP_PX = (LEAST_TARGET_PX - _TRACK_PX.height()) // 2


def paint_check_box(painter: QPainter, rect: QRectF, is_checked: bool, is_enabled: bool = True) -> None:
    """Paint the 20-pixel box, for delegates and painted rows."""
    if not is_enabled:
        paint_box(painter, rect, 4, "sunken" if is_checked else "surface", "line2", 1.5)
        ink = "off"
    elif is_checked:
        paint_box(painter, rect, 4, "accent")
        ink = "on_accent"
    else:
        paint_box(painter, rect, 4, "surface", "edge", 1.5)
        return
    if is_checked:
        paint_icon(painter, "check", QRectF(rect.center().x() - 8, rect.center().y() - 8, 16, 16), ink)


class CheckBox(RingsOnFocus, QCheckBox):
    """A check box with its words and an optional second line. If it has no words, set an accessible name."""

    ring_radius = 4.0

    def __init__(self, text: str = "", second_line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        tell_whole_target(self)
        if not text:
            self.ring_inset = QMargins(*[_ALONE_EDGE_PX] * 4)
        self._second = second_line
        self.setFont(fonts.font(14, 500 if second_line else 400))
        self.setAccessibleDescription(second_line)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = [(self.font(), self.text()), (fonts.styled(fonts.SECOND), self._second)]
        widest = max(QFontMetricsF(font).horizontalAdvance(text) for font, text in words)
        width = BOX_PX + 16 + int(widest + 0.999) if self.text() else LEAST_TARGET_PX
        return QSize(width, 40 if self._second else LEAST_TARGET_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            edge = 0 if self.text() else _ALONE_EDGE_PX
            box = QRectF(edge, (self.height() - BOX_PX) / 2, BOX_PX, BOX_PX)
            paint_check_box(painter, box, self.isChecked(), self.isEnabled())
            left = BOX_PX + 16
            first_height = 20 if self._second else self.height()
            self._paint_line(painter, QRectF(left, 0, self.width() - left, first_height), self.text(), "ink")
            if self._second:
                painter.setFont(fonts.styled(fonts.SECOND))
                self._paint_line(
                    painter, QRectF(left, 20, self.width() - left, 20), self._second, "ink2", keep_font=True
                )

    def _paint_line(self, painter: QPainter, at: QRectF, text: str, ink: str, *, keep_font: bool = False) -> None:
        if not keep_font:
            painter.setFont(self.font())
        painter.setPen(color(ink if self.isEnabled() else "off"))
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


class Switch(RingsOnFocus, QCheckBox):
    """On or off, at once. Drawn 40 x 24 and to be hit a little above and below; the words stand beside it, so the name
    is given."""

    ring_radius = 12.0
    ring_inset = QMargins(0, _TRACK_TOP_PX, 0, _TRACK_TOP_PX)

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        tell_whole_target(self)
        self.setFixedSize(_TRACK_PX.width(), LEAST_TARGET_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(_TRACK_PX.width(), LEAST_TARGET_PX)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        edge = "edge" if self.isEnabled() else "line2"
        track = QRectF(self.rect()).marginsRemoved(QMarginsF(self.ring_inset))
        with painting(self) as painter:
            if self.isChecked():
                paint_box(painter, track, 12, "accent" if self.isEnabled() else "line2")
                knob, token = QRectF(21, track.top() + 4, 16, 16), "on_accent" if self.isEnabled() else "surface"
            else:
                paint_box(painter, track, 12, None, edge, 1.5)
                knob, token = QRectF(5, track.top() + 5.5, 13, 13), edge
            paint_box(painter, knob, knob.width() / 2, token)
