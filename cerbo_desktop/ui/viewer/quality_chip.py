"""How good the picture is, in the viewer's top bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import viewer
from cerbo_desktop.ui.viewer.captions import Flaw


class QualityChip(QLabel):
    """Preview, full quality, or what it lacks: a shape and a word, 32 high.

    It takes the room of its longer usual word at any time, also while it is hidden: a photo that gets sharp moves
    nothing beside it.
    """

    def __init__(self) -> None:
        super().__init__(viewer.preview())
        self._is_full, self._shows_word = False, True
        self._flaw: Flaw | None = None
        self.setFont(fonts.font(13, 500))
        self.setFixedHeight(32)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def set_full(self, is_full: bool, *, flaw: Flaw | None = None, is_part: bool = False) -> None:
        """`is_part`: only the top of the photo is shown so far, and no preview of the rest."""
        self._is_full, self._flaw = is_full, flaw
        if is_full:
            self.setText(viewer.full_quality() if flaw is None else flaw.word)
        else:
            self.setText(viewer.in_part() if is_part else viewer.preview())
        self._update_tooltip()

    def show_word(self, shows_word: bool) -> None:
        """Show the word or, where there is no room, the shape alone: the word becomes the tooltip, and readers hear
        it."""
        self._shows_word = shows_word
        self._update_tooltip()

    def _update_tooltip(self) -> None:
        self.setToolTip("" if self._shows_word else self.text())
        self.updateGeometry()
        self.update()

    @property
    def _look(self) -> tuple[str, str, str]:
        if not self._is_full:
            return "sunken", "ink2", "half"
        return ("ok_tint", "ok", "done") if self._flaw is None else ("warn_tint", "warn", "warn")

    def _width_of(self, word: str) -> int:
        return 32 + self.fontMetrics().horizontalAdvance(word) + 13 if self._shows_word else 32

    def sizeHint(self) -> QSize:
        return QSize(max(map(self._width_of, (self.text(), viewer.full_quality()))), 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, ink, icon = self._look
        width = self._width_of(self.text())
        left = self.width() - width
        with painting(self) as painter:
            paint_box(painter, QRectF(left, 0, width, 32), 16, fill)
            paint_icon(painter, icon, QRectF(left + (8 if self._shows_word else 6), 6, 20, 20), ink)
            if self._shows_word:
                painter.setPen(color(ink))
                painter.setFont(self.font())
                painter.drawText(QRectF(left + 32, 0, width - 32, 32), Qt.AlignmentFlag.AlignVCenter, self.text())
