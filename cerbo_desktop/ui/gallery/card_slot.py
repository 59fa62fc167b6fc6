"""Room for one card between the banner and the album, and what stands below it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.text import album, empty_album

_LOWEST_PX, _EDGE_PX = 160, 24


class CardSlot(QScrollArea):
    """Takes no room while it is empty, and scrolls where a low window has no room for the card.

    The card belongs to whoever gave it: it is taken out, never destroyed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: QWidget | None = None
        self._inside = QWidget()
        self._inside.setProperty("pane", "clear")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 16)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def has_card(self) -> bool:
        """A card is shown."""
        return self._card is not None

    def set_card(self, card: QWidget | None) -> None:
        """Show this card in place of another; None shows none."""
        if card is self._card:
            return
        if self._card is not None:
            self._card.removeEventFilter(self)
            self._column.removeWidget(self._card)
            self._card.setParent(None)
        self._card = card
        if card is not None:
            self._column.addWidget(card)
            card.installEventFilter(self)
            card.show()
        self.updateGeometry()
        self.setVisible(card is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bar takes its room from the margin: a card that grew narrower would be lower and need no bar."""
        bar_px = max(0, self.width() - event.size().width())
        self._column.setContentsMargins(_EDGE_PX, 0, max(0, _EDGE_PX - bar_px), 16)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), min(_LOWEST_PX, self.sizeHint().height()))


class ChartBelowCard(QWidget):
    """What the chart holds, said below the card: how many photos, or that there are none yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", fonts.SECOND, "ink3")
        self._hint = Label(empty_album.sent_photos_show_here(), fonts.BODY, "ink2", wraps=True)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(Label(empty_album.photos_in_chart(), fonts.GROUP))
        heading.addWidget(self._count)
        heading.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addSpacing(24)
        column.addLayout(heading)
        column.addSpacing(12)
        column.addWidget(self._hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_count(self, count: int, *, is_loading: bool, is_known: bool = True, is_partial: bool = False) -> None:
        """Show how many photos the chart holds. `is_known`: Cerbo could be asked."""
        if count:
            self._count.setText(album.photos_so_far(count) if is_partial else album.photo_count(count))
        elif is_loading:
            self._count.setText(album.loading())
        else:
            self._count.setText(empty_album.none_yet() if is_known else empty_album.could_not_be_read())
        self._hint.setVisible(is_known and not is_loading and not count)
