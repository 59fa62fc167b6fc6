"""A coloured card or strip that says what happened and offers what to do. It stays until its owner takes it away."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import lists

NoticeTone = Literal["warn", "bad", "info", "ok"]
STRIP_HEIGHT_PX = 56
_TITLE_SHARE = 0.3


class NoticeLook(NamedTuple):
    """Tokens of a notice's ground, line, ink and icon."""

    fill: str
    line: str
    title: str
    icon_ink: str
    icon: str


_LOOKS: dict[str, NoticeLook] = {
    "warn": NoticeLook("warn_tint", "warn_line", "warn", "warn", "warn"),
    "bad": NoticeLook("bad_tint", "bad_line", "bad", "bad", "failed"),
    "info": NoticeLook("raised", "line2", "ink", "accent", "info"),
    "ok": NoticeLook("ok_tint", "ok_line", "ok", "ok", "done"),
}


class Notice(QFrame):
    """Icon, bold title, wrapped text, buttons.

    A card (rounded, buttons beneath the text) or, with is_strip, a strip of the window's width, 56 high: one row with
    the buttons at its end, pushing content down and never covering it. `set_words` announces changes to readers.
    """

    def __init__(
        self,
        tone: NoticeTone,
        title: str,
        text: str = "",
        buttons: Sequence[QPushButton] = (),
        *,
        icon: str | None = None,
        is_strip: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._is_strip = _LOOKS[tone], is_strip
        self._mark = IconLabel(icon or self._look.icon, self._look.icon_ink, 24)
        self._title = Label(title, fonts.NAME, self._look.title, wraps=not is_strip)
        self._text = Label(text, fonts.BODY if is_strip else fonts.SECOND, "ink2", wraps=True)
        self._aside = Label("", fonts.SECOND, "ink2")
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        for button in buttons:
            self._buttons.addWidget(button)
            if is_strip:  # a click leaves the focus in the page, whose keys go on working
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if is_strip:
            self._lay_out_strip()
        else:
            self._lay_out_card(bool(buttons))
        self._name()

    def set_words(self, title: str, text: str = "", *, assertive: bool = False, is_quiet: bool = False) -> None:
        """Change the words. A screen reader says them if they differ from those before, and not if `is_quiet`."""
        if (title, text) == (self._title.text(), self._text.text()):
            return
        self._title.setText(title)
        self._text.setText(text)
        self._name()
        if not is_quiet:
            announce(self, lists.headed(title, text), assertive)

    def set_tone(self, tone: NoticeTone, icon: str | None = None) -> None:
        """Look like a notice of this tone; `icon` replaces the tone's own."""
        self._look = _LOOKS[tone]
        self._mark.set_icon(icon or self._look.icon, self._look.icon_ink)
        self._title.set_ink(self._look.title)
        self.update()

    def set_aside(self, text: str) -> None:
        """Show a small text before the buttons of a strip ("Next try in 20 s"). It is not announced, so it may count
        down."""
        self._aside.setText(text)
        self._aside.setVisible(bool(text))

    def announce_now(self, assertive: bool = False) -> None:
        """Say the whole notice to a screen reader, once, as it appears."""
        announce(self, self.accessibleName(), assertive)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_strip:
            self._turn()

    def _turn(self) -> None:
        """In a narrow strip the text stands below its title."""
        is_wide = self._title.sizeHint().width() <= _TITLE_SHARE * self.width()
        self._said.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._said.setSpacing(12 if is_wide else 0)
        self._title.setWordWrap(not is_wide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with painting(self) as painter:
            if not self._is_strip:
                paint_box(painter, rect, 12, self._look.fill, self._look.line)
                return
            painter.fillRect(rect, color(self._look.fill))
            painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), color(self._look.line))

    def _name(self) -> None:
        self.setAccessibleName(lists.headed(self._title.text(), self._text.text()))
        self._text.setVisible(bool(self._text.text()))
        if self._is_strip:
            self._turn()

    def _lay_out_card(self, has_buttons: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._text)
        if has_buttons:
            words.addSpacing(8)
            self._buttons.addStretch(1)
            words.addLayout(self._buttons)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _lay_out_strip(self) -> None:
        self._said.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._said.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        self.setMinimumHeight(STRIP_HEIGHT_PX)
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._mark)
        row.addLayout(self._said, 1)
        row.addWidget(self._aside)
        row.addLayout(self._buttons)
        self.set_aside("")
