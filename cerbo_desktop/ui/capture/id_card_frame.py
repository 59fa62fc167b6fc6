"""How the parts of the ID photo card share its place: the view, the words beside it, and the buttons below these."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.capture.id_card_buttons import IdCardButtons
from cerbo_desktop.ui.capture.id_card_words import IdCardNote, IdCardWords
from cerbo_desktop.ui.capture.viewfinder import Viewfinder
from cerbo_desktop.ui.commands.tables import ID_CARD
from cerbo_desktop.ui.kit.cards import Card

VIEW_PX, SMALL_VIEW_PX, _LEAST_VIEW_PX, _TIGHT_VIEW_PX, _LOWEST_VIEW_PX = 336, 256, 208, 168, 96
_CARD_WIDTH_PX = 720
_MARGIN_PX, _TIGHT_MARGIN_PX, _LOW_MARGIN_PX = 24, 16, 12
_NOTE_SPACING_PX, _WORDS_SPACING_PX = 12, 8


class IdCardFrame(QWidget):
    """The view is as large as the width allows. Where the height is too little for all, the view gets smaller and the
    words scroll, and the buttons stay in view."""

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = self._is_low = False
        self.viewfinder = Viewfinder(is_square=True)
        self.viewfinder.setFixedSize(VIEW_PX, VIEW_PX)
        self.viewfinder.live.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words, self.note = IdCardWords(), IdCardNote()
        self.buttons = IdCardButtons(patient)
        self._lay_out()

    def set_compact(self, is_compact: bool) -> None:
        """The smaller view, for windows under 1120 wide. A narrow place between two panes has it by itself."""
        self._is_compact = is_compact
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """No: it would be given no less than its height, and where a page is low its words scroll."""
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._roomy_px)

    def minimumSizeHint(self) -> QSize:
        buttons_px = self.buttons.minimumSizeHint().height()
        words_px = self.words.minimumSizeHint().height()
        return QSize(self.minimumWidth(), 2 * _LOW_MARGIN_PX + words_px + _WORDS_SPACING_PX + buttons_px)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def fit(self) -> None:
        """Show the largest view that there is room for, and less air in a low place, so that no button is cut."""
        width = height = self._side_px
        self._tighten(width == _TIGHT_VIEW_PX)
        self._set_low(self.height() < self._roomy_px)
        if self._is_low:
            height = max(_LOWEST_VIEW_PX, min(height, self.height() - 2 * _LOW_MARGIN_PX))
            width = width if self.viewfinder.shows_trouble else height  # words need the width, a picture is square
        self.viewfinder.setFixedSize(width, height)
        self.words.set_width(self._words_px(width))

    @property
    def _side_px(self) -> int:
        """Of the largest view that the width has room for."""
        sides = (SMALL_VIEW_PX, _LEAST_VIEW_PX) if self._is_compact else (VIEW_PX, SMALL_VIEW_PX, _LEAST_VIEW_PX)
        room = self.width() - 3 * _MARGIN_PX - self._buttons_px
        return next((each for each in sides if each <= room), _TIGHT_VIEW_PX)

    @property
    def _roomy_px(self) -> int:
        """The height in which nothing has to give way, at the present width."""
        side, edges = self._side_px, 2 * self._row.spacing()
        width = self._words_px(side)
        beside = self.words.height_px(width) + _WORDS_SPACING_PX + self.buttons.heightForWidth(width)
        note = 0 if self.note.isHidden() else _NOTE_SPACING_PX + self.note.heightForWidth(self.width())
        return max(side, beside) + edges + note

    def _words_px(self, side: int) -> int:
        """The width that a view leaves for the words."""
        return min(self.width(), _CARD_WIDTH_PX) - 3 * self._row.spacing() - side

    def _set_low(self, is_low: bool) -> None:
        """Less air above and below, and the note among the words."""
        edge = self._row.spacing()
        above = _LOW_MARGIN_PX if is_low else edge
        self._row.setContentsMargins(edge, above, edge, above)
        if is_low != self._is_low:
            self._is_low = is_low
            self.words.add_note(self.note) if is_low else self._column.addWidget(self.note)

    def _tighten(self, is_tight: bool) -> None:
        """Less air, and no key beside a word."""
        edge = _TIGHT_MARGIN_PX if is_tight else _MARGIN_PX
        if self._row.spacing() != edge:
            self.buttons.take.set_key_hint(None if is_tight else ID_CARD.key("take"))
            self._row.setSpacing(edge)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(_WORDS_SPACING_PX)
        right.addWidget(self.words, 1)
        right.addWidget(self.buttons)
        card = Card("line2", "surface")
        card.setMaximumWidth(_CARD_WIDTH_PX)
        row = self._row = QHBoxLayout(card)
        row.addWidget(self.viewfinder)
        row.addLayout(right, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_NOTE_SPACING_PX)
        column.addWidget(card, 1)
        column.addWidget(self.note)
        self.setMaximumWidth(_CARD_WIDTH_PX)
        self._tighten(True)
        self.setMinimumWidth(_TIGHT_VIEW_PX + 3 * _TIGHT_MARGIN_PX + self.buttons.minimumSizeHint().width())
        self._tighten(False)
        self._buttons_px = self.buttons.width_beside_each_other
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
