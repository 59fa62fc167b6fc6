"""Which of the people with one name: a card each, the date of birth largest. Nobody is chosen beforehand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSpacerItem, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import LISTS
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.namesake_cards import ListCard, PersonCard, TallCard
from cerbo_desktop.ui.search.rows import NamesakeCard
from cerbo_desktop.ui.text import result_rows as text

CARD_WIDTH_PX = 376
_NARROW_CARD_PX = 320
_GAP_PX = 24
_ABOVE_CARDS_PX = 40
_SCROLL_BAR_PX = 12
_AROUND_HINT_PX = 100
_TALL_FROM_PX = 680
MAX_CARDS = 3
_SUBTITLE = fonts.TypeStyle(16, 24, 400)
_CARDS_A_TURN = 6


class NamesakesPage(QScrollArea):
    """Alt 1, Alt 2 ... are the window's keys: it calls `choose`."""

    patient_chosen = Signal(str)
    face_clicked = Signal(str)  # the same, once they are opened: their dashed face was chosen

    def __init__(self, faces: RowFaces, parent: QWidget | None = None) -> None:
        """`faces`: those of the rows, which the cards show too."""
        super().__init__(parent)
        self._faces = faces
        self._cards: tuple[NamesakeCard, ...] = ()
        self._shown: dict[str, PersonCard] = {}
        self._title = Label("", fonts.PAGE_TITLE, wraps=True)
        self._hint = Label("", fonts.SECOND, "ink2", wraps=True)
        self._icon = IconLabel("twins", "warn", 32)
        self._above_cards = QSpacerItem(0, _ABOVE_CARDS_PX)
        self._row = QHBoxLayout()
        self._is_list = False
        self._holder: QLayout = self._row
        self._unmade: list[tuple[int, NamesakeCard]] = []
        """With the place of each, from 1."""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._make_more)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._lay_out())
        self._scans = ScanGuard(self, LISTS)
        faces.changed.connect(self._show_faces)

    def show_namesakes(self, cards: Sequence[NamesakeCard]) -> None:
        """Two or more people; the first name shown heads the page."""
        self._cards = tuple(cards)
        name = cards[0].shared_name if cards else ""
        self._title.setText(text.which(name))
        self.setAccessibleName(self._title.text())
        alt_keys = LISTS["namesake"].key_names()[: len(cards)]
        self._hint.setText(text.how_to_choose(alt_keys, LISTS.key("open")) if alt_keys else "")
        self._arrange()

    def choose(self, place: int) -> None:
        """Open the card at this place, from 1; nothing happens where there is none."""
        if 1 <= place <= len(self._cards):
            self.patient_chosen.emit(self._cards[place - 1].patient_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cards and self._is_list == self._fits_cards():
            self._arrange()
        self._hint.setWordWrap(False)
        self._hint.setWordWrap(self._hint.sizeHint().width() > self.width() - _AROUND_HINT_PX)
        self._set_card_widths()

    def _show_faces(self, patient_ids: set[str]) -> None:
        for patient_id in patient_ids & self._shown.keys():
            self._shown[patient_id].show_face(self._faces)

    def _room_px(self) -> int:
        """Room is left for the scroll bar, so that its coming moves nothing."""
        return self.width() - _SCROLL_BAR_PX

    def _fits_cards(self) -> bool:
        count = len(self._cards)
        is_wide = self._room_px() >= count * _NARROW_CARD_PX + (count + 1) * _GAP_PX
        return count <= MAX_CARDS and is_wide and self.height() >= _TALL_FROM_PX

    def _arrange(self) -> None:
        """Side by side where they fit and are few, beneath one another otherwise: the buttons are in view."""
        _empty(self._row)
        self._is_list = not self._fits_cards()
        self._icon.setHidden(self._is_list)  # a window that is low or narrow has no room for it
        self._above_cards.changeSize(0, _GAP_PX if self._is_list else _ABOVE_CARDS_PX)
        holder = QVBoxLayout() if self._is_list else QHBoxLayout()
        holder.setSpacing(16 if self._is_list else _GAP_PX)
        self._shown = {}
        self._holder, self._unmade = holder, list(enumerate(self._cards, 1))
        self._make_some()
        self._row.addStretch(1)
        self._row.addLayout(holder, 0)
        self._row.addStretch(1)
        self._scans.watch_buttons()
        self._set_card_widths()

    def _make_some(self) -> None:
        """Those that may be in view, the others soon after: fifty cards take more than 100 ms (measured, 4.4)."""
        some, self._unmade = self._unmade[:_CARDS_A_TURN], self._unmade[_CARDS_A_TURN:]
        kind = ListCard if self._is_list else TallCard
        for place, card in some:
            shown = kind(card, place)
            shown.button.clicked.connect(lambda _=False, chosen=card.patient_id: self.patient_chosen.emit(chosen))
            shown.take_id_photo.clicked.connect(lambda _=False, chosen=card.patient_id: self._take_photo_of(chosen))
            shown.show_face(self._faces)
            self._shown[card.patient_id] = shown
            self._holder.addWidget(shown)
        if self._unmade:
            self._soon.start()

    def _take_photo_of(self, patient_id: str) -> None:
        self.patient_chosen.emit(patient_id)
        self.face_clicked.emit(patient_id)

    def _make_more(self) -> None:
        self._make_some()
        self._scans.watch_buttons()
        self._set_card_widths()

    def _set_card_widths(self) -> None:
        count = 1 if self._is_list else max(1, len(self._cards))
        room = (self._room_px() - (count + 1) * _GAP_PX) // count
        widest = 2 * CARD_WIDTH_PX + _GAP_PX if self._is_list else CARD_WIDTH_PX
        for card in self._shown.values():
            card.setFixedWidth(max(_NARROW_CARD_PX, min(widest, room)))

    def _lay_out(self) -> QWidget:
        body = QWidget()
        body.setProperty("pane", "surface")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        centred = Qt.AlignmentFlag.AlignHCenter
        self._title.setAlignment(centred)
        ask = Label(text.ask_date_of_birth(), _SUBTITLE, "ink2", wraps=True)
        ask.setAlignment(centred)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._icon, 0, centred)
        for gap, part in ((8, self._title), (8, ask)):
            column.addSpacing(gap)
            column.addWidget(part)
        column.addSpacerItem(self._above_cards)
        column.addLayout(self._row)
        column.addSpacing(24)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addStretch(1)
        hint.addWidget(IconLabel("info", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(self._hint)
        hint.addStretch(1)
        column.addLayout(hint)
        column.addStretch(1)
        return body


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
