"""Which photos the album shows, and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.ui.gallery.grid_view import DEFAULT_TILE_PX, MAX_TILE_PX, MIN_TILE_PX
from cerbo_desktop.ui.kit import fonts, motion
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.notice import IconLabel
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.segmented import Segmented
from cerbo_desktop.ui.kit.sliders import Slider
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import cerbo

_ALL = "all"
_TYPES = {_ALL: None, PhotoType.PERSONAL.value: PhotoType.PERSONAL, PhotoType.MEDICAL.value: PhotoType.MEDICAL}


class FilterBar(QWidget):
    """56 high, with the line below it."""

    filter_changed = Signal(object)  # PhotoType, or None for all
    tile_size_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.types = Segmented(
            [
                (_ALL, "All", None),
                (PhotoType.PERSONAL.value, "Personal", "person"),
                (PhotoType.MEDICAL.value, "Medical", "medical"),
            ],
            "Photo type",
        )
        self.look_again = IconButton("retry", cerbo.LOOK_AGAIN, cerbo.LOOK_AGAIN_TIP)
        self._words = Label("", fonts.HINT, "ink3", elides=True)
        self._looked_texts, self._untyped_words = ("", ""), ""
        self._growing_count = 0
        self._growing_for_long = QTimer(self, singleShot=True, interval=motion.SPINNER_DELAY_MS)
        self._growing_for_long.timeout.connect(self._show_words)
        self._words.installEventFilter(self)
        self.tile_size = Slider("Tile size", MIN_TILE_PX, MAX_TILE_PX, DEFAULT_TILE_PX)
        self.tile_size.setSingleStep(8)
        self.tile_size.setPageStep(24)
        self.tile_size.setFixedWidth(96)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 16)
        row.setSpacing(8)
        row.addWidget(self.types)
        row.addWidget(self.look_again)
        row.addWidget(self._words, 1)
        for part in (IconLabel("small", "ink2"), self.tile_size, IconLabel("big", "ink2")):
            row.addWidget(part)
        self.setFixedHeight(56)
        self.types.chosen.connect(lambda key: self.filter_changed.emit(_TYPES[key]))
        self.tile_size.valueChanged.connect(self.tile_size_changed)

    @property
    def looked_words(self) -> str:
        return self._looked_texts[0]

    def show_looked(self, text: str, short_text: str = "") -> None:
        """When it was looked again, and what that brought; a reader hears it. Empty takes it away.

        The short form serves a narrow bar; where that is too long as well the button's tooltip tells.
        """
        if text != self._looked_texts[0]:
            self._looked_texts = text, short_text or text
            self.look_again.setToolTip("\n".join(part for part in (cerbo.LOOK_AGAIN_TIP, text) if part))
            self._show_words()
            announce(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._show_words()
        return super().eventFilter(watched, event)

    def _show_words(self) -> None:
        told = [_joined(looked, self._album_words) for looked in (*self._looked_texts, "")]
        metrics = self._words.fontMetrics()
        fitting = (text for text in told if metrics.horizontalAdvance(text) <= self._words.width())
        self._words.setText(next(fitting, told[-1]))
        self._words.setToolTip(told[0])

    @property
    def _album_words(self) -> str:
        """Of the types nothing is said as long as more photos come."""
        if not self._growing_count:
            return self._untyped_words
        return "" if self._growing_for_long.isActive() else cerbo.more_loading(self._growing_count)

    @property
    def photo_type(self) -> PhotoType | None:
        return _TYPES[self.types.key]

    def choose(self, photo_type: PhotoType | None) -> None:
        """Choose without telling anybody."""
        self.types.choose(_ALL if photo_type is None else photo_type.value)

    def set_counts(self, *, total: int | None, personal: int | None, medical: int | None) -> None:
        """None while nobody knows."""
        self.types.set_count(_ALL, total)
        self.types.set_count(PhotoType.PERSONAL.value, personal)
        self.types.set_count(PhotoType.MEDICAL.value, medical)

    def show_types(
        self, usable: frozenset[PhotoType], untyped_count: int, total_count: int, *, is_asking: bool
    ) -> None:
        """Which filters are on, and why one is off; how many photos are of no type that is known."""
        self._untyped_words = cerbo.untyped_photos(untyped_count, total_count, is_asking=is_asking)
        self._show_words()
        for photo_type in (PhotoType.PERSONAL, PhotoType.MEDICAL):
            self.types.set_item_enabled(photo_type.value, photo_type in usable, cerbo.FILTERS_OFF)

    def show_growing(self, count: int) -> None:
        """So many photos came and more are on their way, which is said after a moment; 0 where none are."""
        if count and not self._growing_count:
            self._growing_for_long.start()
        elif not count:
            self._growing_for_long.stop()
        self._growing_count = count
        self._show_words()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("line"))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
