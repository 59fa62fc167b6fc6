"""Buttons: filled, edged, quiet, dangerous; icon-only; and links. All are QPushButton to keyboard and readers."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.button_looks import BUTTON_LOOKS, ButtonLook
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.key_hint import ButtonWithKey
from cerbo_desktop.ui.kit.painting import key_hint_width, paint_box, paint_key_hint, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import keys

Kind = Literal["secondary", "primary", "quiet", "danger"]
Size = Literal[32, 40, 48]

_GAP_PX = 8


class _Painted(RingsOnFocus, ButtonWithKey):
    """What every kit button shares: its state as tokens, no default button by accident, hover without delay."""

    _kind: str = "secondary"

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def setText(self, text: str) -> None:  # noqa: N802  # callers know QPushButton's name
        """An ampersand in a name is an ampersand: it neither makes a shortcut nor falls out of what is read."""
        super().setText(text)
        self.setShortcut(QKeySequence())
        if "&" in text:
            self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Qt does so only in dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def look(self) -> ButtonLook:
        rest, hovered, pressed, off = BUTTON_LOOKS["checked" if self.isCheckable() and self.isChecked() else self._kind]
        if not self.isEnabled():
            return off
        if self.isDown():
            return pressed
        return hovered if self.underMouse() else rest


class Button(_Painted):
    """A button with a word, optionally an icon before it, one after it, and the key that does the same.

    size: 32 beside text and in cards, 40 normally, 48 for the main action of a screen. A checkable one shows itself
    chosen in the tint. `key_hint` only shows the key ("Ctrl O", "Space"): the shortcut itself is the window's.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        icon: str | None = None,
        key_hint: str | None = None,
        size: Size = 40,
        *,
        trailing_icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._size, self._icon_name = size, icon
        self._trailing, self._keys = trailing_icon, key_hint
        self._shows_word = True
        self.setFont(fonts.font({32: 13, 40: 14, 48: 16}[size], 600))
        self.setFixedHeight(size)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if key_hint:
            self.setAccessibleDescription(keys.hint(key_hint))

    @property
    def is_primary(self) -> bool:
        """The one button of its screen that the work goes on with."""
        return self._kind == "primary"

    def set_kind(self, kind: Kind) -> None:
        """Look like a button of this kind."""
        self._kind = kind
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Show this icon before the word; None shows none."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def show_word(self, shows_word: bool) -> None:
        """Show the word or, where there is no room, the icon alone: the word becomes the tooltip, and readers hear
        it."""
        self._shows_word = shows_word
        self.setToolTip("" if shows_word else self.accessibleName() or self.text())
        self.updateGeometry()
        self.update()

    @property
    def _word(self) -> str:
        return self.text() if self._shows_word else ""

    def set_key_hint(self, key_hint: str | None) -> None:
        """Show this key after the word."""
        self._keys = key_hint
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        padding = {32: 13, 40: 17, 48: 25}[self._size]  # the edge and 12, 16 or 24 pixels
        return QSize(int(self._content_width(self._keys) + 2 * padding + 0.999), self._size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look()
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, look.fill or None, look.line or None)
            self._paint_content(painter, look)

    def _icon_px(self) -> int:
        return 16 if self._size == 32 else 20

    @property
    def _shown_keys(self) -> str | None:
        """A button that is off has no key either. It keeps its width all the same, so that no other moves."""
        return self._keys if self._shows_key and self.isEnabled() else None

    def _content_width(self, shown_keys: str | None) -> float:
        parts = [QFontMetricsF(self.font()).horizontalAdvance(self._word)] if self._word else []
        parts += [float(self._icon_px())] if self._icon_name else []
        parts += [16.0] if self._trailing else []
        parts += [key_hint_width(shown_keys)] if shown_keys else []
        return sum(parts) + _GAP_PX * (len(parts) - 1)

    def _paint_content(self, painter: QPainter, look: ButtonLook) -> None:
        shown_keys = self._shown_keys
        x, middle = (self.width() - self._content_width(shown_keys)) / 2, self.height() / 2
        if self._icon_name:
            icon_px = self._icon_px()
            paint_icon(painter, self._icon_name, QRectF(round(x), middle - icon_px / 2, icon_px, icon_px), look.ink)
            x += icon_px + _GAP_PX
        if self._word:
            x += _paint_word(painter, self.font(), x, self.height(), self._word, look.ink) + _GAP_PX
        if self._trailing:
            paint_icon(painter, self._trailing, QRectF(round(x), middle - 8, 16, 16), look.ink)
            x += 16 + _GAP_PX
        if shown_keys:
            is_filled = self._kind == "primary"
            line = color("on_accent", 0.45).name(color("on_accent").NameFormat.HexArgb) if is_filled else "line2"
            ink, fill = ("on_accent", None) if is_filled else ("ink3", "surface")
            paint_key_hint(painter, QPointF(x, middle), shown_keys, ink, line, fill)


class IconButton(_Painted):
    """A square button with an icon only: 32 or 40 pixels, named for readers, explained by its tooltip."""

    def __init__(
        self,
        icon: str,
        accessible_name: str,
        tooltip: str | None = None,
        *,
        size: Literal[32, 40] = 32,
        has_edge: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._kind = "secondary" if has_edge else "quiet"
        self._icon_name = icon
        self.setFixedSize(size, size)
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name if tooltip is None else tooltip)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look()
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, look.fill or None, look.line or None)
            inset = (self.width() - 20) / 2
            paint_icon(painter, self._icon_name, QRectF(inset, inset, 20, 20), look.ink)


class LinkButton(_Painted):
    """A word in the accent that acts; the icon stands behind it ("open-out"). At least 32 high to be hit easily."""

    ring_radius = 4.0

    def __init__(self, text: str, icon: str | None = None, *, size_px: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setFont(fonts.font(size_px, 500))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + (20 if self._icon_name else 0)
        return QSize(int(width + 0.999), 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = "accent" if self.isEnabled() else "off"
        font = self.font()
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ink = "accent_press" if self.isDown() else "accent_hover"
            font.setUnderline(True)
        with painting(self) as painter:
            width = _paint_word(painter, font, 0, self.height(), self.text(), ink)
            if self._icon_name:
                paint_icon(painter, self._icon_name, QRectF(round(width + 4), self.height() / 2 - 8, 16, 16), ink)


def _paint_word(painter: QPainter, font: QFont, x: float, height: float, text: str, ink: str) -> float:
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(color(ink))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    painter.drawText(QRectF(x, 0, width + 2, height), flags, text)
    return width
