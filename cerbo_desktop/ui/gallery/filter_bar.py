"""Which photos the album shows, and how large."""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.gallery.grid_view import DEFAULT_TILE_PX, MAX_TILE_PX, MIN_TILE_PX
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.kit import fonts, motion
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.segmented import Segmented
from cerbo_desktop.ui.kit.sliders import Slider
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import album, album_filter, lists

_ALL = "all"
_TYPES = {_ALL: None, PhotoType.PERSONAL.value: PhotoType.PERSONAL, PhotoType.MEDICAL.value: PhotoType.MEDICAL}

_SLIDERS = (96, True), (64, True), (64, False)
"""How wide the slider is, and whether its ends are marked, from the roomiest bar to the narrowest."""


class FilterBar(QWidget):
    """56 high, with the line below it."""

    filter_changed = Signal(object)  # PhotoType, or None for all
    tile_size_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.types = Segmented(
            [
                (_ALL, album_filter.all_photos(), None),
                (PhotoType.PERSONAL.value, album.photo_type(PhotoType.PERSONAL), "person"),
                (PhotoType.MEDICAL.value, album.photo_type(PhotoType.MEDICAL), "medical"),
            ],
            album_filter.photo_type(),
        )
        self.look_again = IconButton(
            "retry", album_filter.look_again(), album_filter.look_again_tip(MAIN.key("look_again"))
        )
        self._words = Label("", fonts.HINT, "ink3", elides=True)
        self.looked_words = self._untyped_words = self._marked_words = ""
        self._growing_count = 0
        self._growing_for_long = QTimer(self, singleShot=True, interval=motion.SPINNER_DELAY_MS)
        self._growing_for_long.timeout.connect(self._fit)
        self.tile_size = Slider(album_filter.tile_size(), MIN_TILE_PX, MAX_TILE_PX, DEFAULT_TILE_PX)
        self.tile_size.setSingleStep(8)
        self.tile_size.setPageStep(24)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 16)
        row.setSpacing(8)
        row.addWidget(self.types)
        row.addWidget(self.look_again)
        row.addWidget(self._words, 1)
        self._size_marks = IconLabel("small", "ink2"), IconLabel("big", "ink2")
        for part in (self._size_marks[0], self.tile_size, self._size_marks[1]):
            row.addWidget(part)
        self.setFixedHeight(56)
        self.types.chosen.connect(lambda key: self.filter_changed.emit(_TYPES[key]))
        self.tile_size.valueChanged.connect(self.tile_size_changed)

    def show_looked(self, text: str) -> None:
        """Show when it was looked again and what that brought, and tell screen readers; an empty text takes it away."""
        if text != self.looked_words:
            self.looked_words = text
            self.look_again.setToolTip(
                "\n".join(part for part in (album_filter.look_again_tip(MAIN.key("look_again")), text) if part)
            )
            self._fit()
            announce(self, text)

    def show_marked(self, count: int) -> None:
        """Show how many photos are marked; nothing where there are none."""
        self._marked_words = album.marked(count) if count else ""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where room is short the count of marked photos comes first, then the answer to a look, then notes on the
        album. The slider gives way first: filters that became icons with each answer would move under the hand. They
        do so only where the words beside them would be cut all the same."""
        told = lists.dotted(self._marked_words, self.looked_words, self._album_words)
        first = self._marked_words or self.looked_words or self._album_words
        ways = [(text, True, *slider) for text in (told, first) for slider in _SLIDERS]
        ways += [(text, False, *_SLIDERS[-1]) for text in (told, first)]
        for text, shows_words, slider_px, has_marks in ways:
            self.types.show_words(shows_words)
            self.tile_size.setFixedWidth(slider_px)
            for mark in self._size_marks:
                mark.setVisible(has_marks)
            if self._least_width(text) <= self.width():
                break
        self._words.setText(text)
        self._words.setToolTip(told)

    def _least_width(self, text: str) -> int:
        """Of the bar with this text whole."""
        others = self._row.minimumSize().width() - self._words.minimumSizeHint().width()
        return others + self._words.fontMetrics().horizontalAdvance(text) + 1

    @property
    def _album_words(self) -> str:
        """Of the types nothing is said as long as more photos come."""
        if not self._growing_count:
            return self._untyped_words
        return "" if self._growing_for_long.isActive() else album_filter.more_loading(self._growing_count)

    @property
    def photo_type(self) -> PhotoType | None:
        """The chosen type; None for all photos."""
        return _TYPES[self.types.key]

    def choose(self, photo_type: PhotoType | None) -> None:
        """Choose without telling anybody."""
        self.types.choose(_ALL if photo_type is None else photo_type.value)

    def show_album(self, shown: AlbumShown) -> None:
        """Show the chosen filter, how many photos there are of each type, and whether more come."""
        # A failure says nothing of none, and pages that came say nothing of those to come.
        is_known = not shown.is_partial and (shown.total_count > 0 or shown.is_whole or shown.is_empty)
        self.choose(shown.photo_type)
        self.set_counts(
            total=shown.total_count if is_known else None,
            personal=shown.personal_count if is_known else None,
            medical=shown.medical_count if is_known else None,
        )
        self.show_types(shown.usable_types, shown.untyped_count, shown.total_count, is_asking=shown.is_asking_types)
        self.show_growing(shown.total_count if shown.is_partial and shown.is_loading else 0)

    def set_counts(self, *, total: int | None, personal: int | None, medical: int | None) -> None:
        """Show how many photos each filter finds; None where nobody knows."""
        self.types.set_count(_ALL, total)
        self.types.set_count(PhotoType.PERSONAL.value, personal)
        self.types.set_count(PhotoType.MEDICAL.value, medical)
        self._fit()

    def show_types(
        self, usable: frozenset[PhotoType], untyped_count: int, total_count: int, *, is_asking: bool
    ) -> None:
        """Show which filters are on, why one is off, and how many photos have no known type."""
        self._untyped_words = album_filter.untyped_photos(untyped_count, total_count, is_asking=is_asking)
        self._fit()
        for photo_type in (PhotoType.PERSONAL, PhotoType.MEDICAL):
            self.types.set_item_enabled(photo_type.value, photo_type in usable, album_filter.filters_off())

    def show_growing(self, count: int) -> None:
        """So many photos came and more are on their way, which is said after a moment; 0 where none are."""
        if count and not self._growing_count:
            self._growing_for_long.start()
        elif not count:
            self._growing_for_long.stop()
        self._growing_count = count
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("line"))
