"""The card that asks whether the files from which photos were made may be deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.services.originals import OfferId, OriginalsOffer
from cerbo_desktop.services.sent_originals import Original
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.cards import Card
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.focus_keeper import give_focus_by_hand_only
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import common, numbers, originals as words
from cerbo_desktop.ui.text.lists import sentences

_MOST_NAMED = 8
"""More files than these are counted: the card would fill the tray."""


class OriginalsCard(Card):
    """One offer. Its text is read out when it comes, and when files of it were kept."""

    delete_clicked = Signal(int)
    keep_clicked = Signal(int)

    def __init__(self, offer: OriginalsOffer) -> None:
        super().__init__("tint_line")
        self.offer_id = offer.id
        self._shown: OriginalsOffer | None = None
        self._title = Label("", fonts.NAME, wraps=True)
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self._files = _Files()
        self.delete, self.keep = Button("", icon="trash", size=32), Button("", size=32)
        give_focus_by_hand_only(self.delete)
        self._for_good = Label(words.for_good(), fonts.HINT, "ink3", wraps=True)
        self.delete.clicked.connect(lambda: self.delete_clicked.emit(self.offer_id))
        self.keep.clicked.connect(lambda: self.keep_clicked.emit(self.offer_id))
        self._lay_out()
        self.show_offer(offer)

    def show_offer(self, offer: OriginalsOffer) -> None:
        """Show how this offer stands now. While files are being deleted the words stay as they were."""
        self._files.show_files(offer.originals)
        if offer.is_deleting:
            return
        count, was_tried = len(offer.originals), offer.was_tried
        folder = offer.folder.name if offer.folder is not None else ""
        self._title.setText(words.were_kept(count) if was_tried else words.still_there(count, folder))
        about = words.safe_in_cerbo if was_tried else lambda recipient: words.delete_question(count, recipient)
        self._text.setText(about(offer.recipient))
        deletable_count = len(offer.deletable)
        self.delete.setText(words.delete(deletable_count))
        for part in (self.delete, self._for_good):
            part.setVisible(deletable_count > 0)
        self.keep.setText(words.keep() if deletable_count else common.close())
        self._tell(offer)

    def _tell(self, offer: OriginalsOffer) -> None:
        said = sentences(f"{self._title.text()}.", self._text.text())
        self.setAccessibleName(said)
        for button in (self.delete, self.keep):
            button.setAccessibleDescription(self._text.text())
        if self._shown is None or self._shown.originals != offer.originals:
            announce(self, said)
        self._shown = offer

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("trash", "ink", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._files)
        column.addWidget(FittingRow((self.delete, self.keep), align=Qt.AlignmentFlag.AlignJustify))
        column.addWidget(self._for_good)


class OriginalsCards:
    """The cards in one column, kept from one showing to the next so that a focused button stays. `on_made` connects a
    new card."""

    def __init__(self, column: QVBoxLayout, on_made: Callable[[OriginalsCard], None]) -> None:
        self._column, self._on_made = column, on_made
        self._cards: dict[OfferId, OriginalsCard] = {}

    @property
    def cards(self) -> list[OriginalsCard]:
        """All that are shown, from top to bottom."""
        return list(self._cards.values())

    def has_focus(self, focus: QWidget | None) -> bool:
        """Whether this control is on one of the cards."""
        return focus is not None and any(card.isAncestorOf(focus) for card in self.cards)

    def show(self, offers: Sequence[OriginalsOffer]) -> None:
        """Show a card for each of them, and no other."""
        for gone in self._cards.keys() - {offer.id for offer in offers}:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for offer in offers:
            if offer.id in self._cards:
                self._cards[offer.id].show_offer(offer)
            else:
                card = self._cards[offer.id] = OriginalsCard(offer)
                self._on_made(card)
                self._column.addWidget(card)
                card.show()  # a layout would do so later, and leave it out of its heights until then


class _Files(QFrame):
    """The names and sizes of files; below one that was kept, why."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Original] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(4)

    def show_files(self, files: Sequence[Original]) -> None:
        if files == self._shown:
            return
        self._shown = files
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for file in files[:_MOST_NAMED]:
            self._add(_file_row(file))
            if file.kept is not None:
                self._add(Label(words.why_kept(file.kept, file.name), fonts.HINT, "warn", wraps=True))
        if more := len(files[_MOST_NAMED:]):
            self._add(Label(words.and_more(more), fonts.SECOND, "ink2"))

    def _add(self, part: QWidget) -> None:
        self._column.addWidget(part)
        part.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, "win")


def _file_row(file: Original) -> QWidget:
    owner = QWidget()
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Label(file.name, fonts.SECOND, elides=True), 1)
    row.addWidget(Label(numbers.megabytes(file.size_bytes), fonts.SECOND, "ink2"))
    return owner
