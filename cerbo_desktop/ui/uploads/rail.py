"""The folded tray: its counts on a narrow rail, and a sign where the panel has something to say about this PC."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.labels import IconLabel
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import originals, tray
from cerbo_desktop.ui.text.lists import spoken

RAIL_WIDTH_PX = 56
_COUNT_HEIGHT_PX = 56


class Rail(QWidget):
    """The folded tray: how many need a person, how many are on their way, and whether files may be deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(RAIL_WIDTH_PX - 1)
        self.unfold = IconButton("panel", tray.expand(), size=40)
        self.acting, self.moving = _Count("failed", "bad"), _Count("send", "accent")
        self.offers = _Count("trash", "ink2")
        self._note, self._note_title, self._counts = IconLabel("warn", "warn", 24), "", ""
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 12, 8, 12)
        column.setSpacing(16)
        for part in (self.unfold, self._note, self.acting, self.offers, self.moving):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_counts(self, acting: int, moving: int, offers: int) -> None:
        """Show how many uploads need a person, how many are on their way, and how many offers to delete files stand."""
        self.acting.show_count(acting, tray.need_attention(acting))
        self.moving.show_count(moving, tray.count_on_the_way(moving))
        self.offers.show_count(offers, originals.offered(offers))
        told = originals.offered(offers) if offers else ""
        self._counts = spoken(tray.need_attention(acting), told, tray.count_on_the_way(moving))
        self._describe()

    def show_note(self, title: str) -> None:
        """Show the title of the panel's note about photos that are no uploads of this account; empty for none."""
        self._note_title = title
        self._note.setToolTip(title)
        self._note.setAccessibleName(title)
        self._note.setVisible(bool(title))
        self._describe()

    def _describe(self) -> None:
        self.unfold.setAccessibleDescription(spoken(self._note_title, self._counts))


class _Count(IconButton):
    """An icon over a figure. Pressed, it opens the panel at what it counts."""

    def __init__(self, icon: str, ink: str) -> None:
        super().__init__(icon, "", size=40)
        self._ink, self._shown = ink, ""
        self.setFixedHeight(_COUNT_HEIGHT_PX)
        self.setAccessibleDescription(tray.expand())
        self.hide()

    def show_count(self, count: int, meaning: str) -> None:
        """Show so many, with a sentence that says what they are."""
        self._shown = str(count)
        self.setToolTip(meaning)
        self.setAccessibleName(meaning)
        self.setVisible(count > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look()
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, look.fill or None, look.line or None)
            paint_icon(painter, self._icon_name, QRectF((self.width() - 24) / 2, 6, 24, 24), self._ink)
            painter.setFont(fonts.styled(fonts.LABEL_STRONG))
            painter.setPen(color(self._ink))
            figure = QRectF(0, 32, self.width(), 18)
            painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, self._shown)
