"""The tray's cards with buttons, kept from one showing to the next so that a focused button stays."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.uploads.cards import UploadCard


class CardColumns:
    """One column for photos that need a person, one for those on the line. `on_made` connects a new card."""

    def __init__(self, acting: QVBoxLayout, sending: QVBoxLayout, on_made: Callable[[UploadCard], None]) -> None:
        self._acting, self._sending, self._on_made = acting, sending, on_made
        self._cards: dict[UploadId, UploadCard] = {}

    @property
    def cards(self) -> Collection[UploadCard]:
        """All that are shown."""
        return self._cards.values()

    def show(
        self, acting: Sequence[Upload], sending: Sequence[Upload], times: Mapping[UploadId, str], now: datetime
    ) -> None:
        """Show a card for each of them, and no other."""
        wanted = {upload.id: upload for upload in (*acting, *sending)}
        for gone in self._cards.keys() - wanted.keys():
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for column, uploads in ((self._acting, acting), (self._sending, sending)):
            for upload in uploads:
                card = self._card(upload, times, now)
                column.addWidget(card)
                card.show()  # a layout would do so later, and leave it out of its heights until then

    def show_new_photo(self, upload_id: UploadId, photo_id: PhotoId, picture: Raster) -> None:
        """Show the new photo of the chart on the card that asks whether it is this one."""
        card = self._cards.get(upload_id)
        if card is not None:
            card.show_new_photo(photo_id, raster_to_qimage(picture))

    def card_with(self, focus: QWidget | None) -> UploadCard | None:
        """The card that this control is, or that it is on."""
        return next((card for card in self.cards if focus is not None and _holds(card, focus)), None)

    def from_here(self, focus: QWidget | None) -> list[UploadCard]:
        """The card with this control, those after it, and those before it, from the nearest on: of those that need a
        person, and before a change that takes it away."""
        places = {card: self._acting.indexOf(card) for card in self.cards}
        cards = sorted((card for card, place in places.items() if place >= 0), key=places.__getitem__)
        here = next((at for at, card in enumerate(cards) if focus is not None and _holds(card, focus)), 0)
        return [*cards[here:], *reversed(cards[:here])]

    def _card(self, upload: Upload, times: Mapping[UploadId, str], now: datetime) -> UploadCard:
        card = self._cards.get(upload.id)
        if card is None:
            card = self._cards[upload.id] = UploadCard(upload, times[upload.id], now)
            self._on_made(card)
        card.show_upload(upload, times[upload.id], now)
        return card


def _holds(card: UploadCard, focus: QWidget) -> bool:
    return card is focus or card.isAncestorOf(focus)
