"""What stands in the album's place when there is no photo to show: loading, none yet, none of a type."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSpacerItem, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility, takes_space
from cerbo_desktop.ui.commands.tables import ALBUM, MAIN
from cerbo_desktop.ui.gallery.delegate import paint_loading
from cerbo_desktop.ui.gallery.grid_view import DEFAULT_TILE_PX
from cerbo_desktop.ui.gallery.layout import AlbumLayout
from cerbo_desktop.ui.gallery.notices import QuietNote
from cerbo_desktop.ui.gallery.pixmaps import RADIUS_PX
from cerbo_desktop.ui.gallery.underway import Underway
from cerbo_desktop.ui.gallery.waiting import WaitingTiles
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.faces import paint_clock
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import paint_box, paint_ring, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.thumbnails import paint_in_tile
from cerbo_desktop.ui.text import album, album_filter, empty_album, patient_page

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WORDS_PX = 376
_DRAWN_FROM_PX, _BELOW_DRAWING_PX = 420, 16
_DRAWING_PX, _LOW_PX = 88, 48
_FIRST = PhotoId("first")


class LoadingTiles(QWidget):
    """Grey tiles where the first photos will be; the first one says so after a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile_px = DEFAULT_TILE_PX
        self._waiting = WaitingTiles(self)
        self._waiting.turned.connect(lambda _: self.update())
        self.setAccessibleName(album.loading_photos())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._waiting.note(_FIRST, is_waiting=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._waiting.clear()

    def set_tile_px(self, tile_px: int) -> None:
        """Edge of each tile in pixels."""
        self._tile_px = tile_px
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        columns = AlbumLayout((1,), self.width(), self._tile_px).columns
        places = AlbumLayout((columns * 3,), self.width(), self._tile_px)
        heading = places.header(0)
        with painting(self) as painter:
            paint_box(painter, QRectF(heading.x, heading.y + 20, 144, 16), 4, "skeleton")
            for row in range(places.row_count):
                box = places.tile(row)
                paint_box(painter, QRectF(box.x, box.y, box.width, box.width), RADIUS_PX, "skeleton")
            first = places.tile(0)
            if self.hasFocus():
                paint_ring(painter, QRectF(first.x, first.y, first.width, first.width), RADIUS_PX)
            if self._waiting.spinning:
                paint_loading(painter, QRectF(first.x, first.y, first.width, first.width), self._waiting.turn)


class _Drawing(QWidget):
    """Two blank pictures behind one of a person, or behind a photo that is on its way; 176 x 88. A low page has room
    for the photo alone, 48 x 48."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._is_low = False
        self.setFixedSize(176, _DRAWING_PX)

    def fit(self, *, is_low: bool) -> None:
        """Take no more height than the page has for it."""
        self._is_low = is_low
        self.setFixedSize(176, _LOW_PX if is_low else _DRAWING_PX)
        self.setVisible(not is_low or self._picture is not None)

    def set_picture(self, picture: QImage | None) -> None:
        """Show this photo as one that is on its way; None shows none."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            if self._is_low:
                self._paint_picture(painter, QRectF(64, 0, _LOW_PX, _LOW_PX), clock_px=20)
                return
            for x, turn in ((36.0, -6.0), (140.0, 6.0)):
                painter.save()
                painter.translate(x, 46)
                painter.rotate(turn)
                _paint_frame(painter, QRectF(-26, -36, 52, 72), "line2")
                painter.restore()
            if self._picture is not None:
                self._paint_picture(painter, QRectF(44, 0, _DRAWING_PX, _DRAWING_PX), clock_px=24)
                return
            _paint_frame(painter, QRectF(44, 2, 88, 80), "edge")
            painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawEllipse(QPointF(88, 32), 11.5, 11.5)
            painter.drawArc(QRectF(67, 48, 42, 42), 0, 180 * 16)

    def _paint_picture(self, painter: QPainter, box: QRectF, *, clock_px: int) -> None:
        if self._picture is not None:
            paint_in_tile(painter, box, self._picture, RADIUS_PX)
            paint_clock(painter, QRectF(box.x() + 4, box.bottom() - 4 - clock_px, clock_px, clock_px))


def _paint_frame(painter: QPainter, rect: QRectF, line: str) -> None:
    painter.setPen(QPen(color(line), 1.75))
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(rect, 8, 8)


class EmptyAlbum(QScrollArea):
    """The chart holds no photo: offers to take the first, and says where one is on its way already. Scrolls where a
    low window has no room for all of it."""

    id_photo_chosen = Signal()
    photos_chosen = Signal()
    files_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take = Button(empty_album.take_id_photo(), "primary", icon="camera", key_hint=ALBUM.key("camera"), size=48)
        KeyHintVisibility(self.take, ALBUM, takes_space)
        self.add = Button(patient_page.add_files(), icon="photos", key_hint=MAIN.key("files"), size=48)
        self._has_id_photo = False
        """One is on its way."""
        self._title = Label("", fonts.PANE_TITLE, wraps=True)
        self._about = Label("", fonts.BODY, "ink2", wraps=True)
        self._drop_hint = Label(empty_album.drop_hint(), fonts.SECOND, "ink3")
        self._under_18 = QuietNote("info", patient_page.under_18(), is_pill=True)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._drawing, self._below_drawing = _Drawing(), QSpacerItem(0, _BELOW_DRAWING_PX)
        self._lay_out()
        self.set_under_18(False)
        self.set_underway(None)
        self.take.clicked.connect(self.take_first)
        self.add.clicked.connect(self.files_chosen)

    def set_sending(self, is_on: bool) -> None:
        """Whether photos can be added."""
        for part in (self.take, self.add, self._drop_hint):
            part.setVisible(is_on)

    def set_under_18(self, is_under_18: bool) -> None:
        """Whether to say that the patient is a minor."""
        self._under_18.setVisible(is_under_18)

    def set_underway(self, underway: Underway | None) -> None:
        """Show the photos that are on their way. Where one may be the ID photo, taking one is offered as a choice, not
        proposed."""
        self._has_id_photo = underway is not None and underway.is_id_photo
        picture = underway.picture if underway else None
        self._drawing.set_picture(raster_to_qimage(picture) if picture is not None else None)
        self._fit_drawing()
        shown = underway.words if underway else empty_album.no_photos_yet()
        self._title.setText(shown.title)
        self._about.setText(shown.text)
        self._about.setFixedSize(_WORDS_PX, self._about.heightForWidth(_WORDS_PX))
        self.take.setText(patient_page.take_photos() if self._has_id_photo else empty_album.take_id_photo())
        self.take.set_kind("secondary" if underway and not underway.is_id_photo else "primary")
        self.take.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_drawing()

    def _fit_drawing(self) -> None:
        self._drawing.fit(is_low=self.height() < _DRAWN_FROM_PX)
        self._below_drawing.changeSize(0, 0 if self._drawing.isHidden() else _BELOW_DRAWING_PX)
        self._column.invalidate()

    def take_first(self) -> None:
        """Do what the first button does, and Space."""
        (self.photos_chosen if self._has_id_photo else self.id_photo_chosen).emit()

    def _lay_out(self) -> None:
        for part in (self._title, self._about):
            part.setAlignment(_CENTRE)
        inside = QWidget()
        inside.setProperty("pane", "clear")
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addStretch(10)
        column.addWidget(self._drawing, 0, _CENTRE)
        column.addItem(self._below_drawing)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._about, 0, _CENTRE)
        column.addSpacing(32)
        column.addWidget(FittingRow((self.take, self.add), spacing_px=12, align=_CENTRE))
        column.addSpacing(24)
        column.addWidget(self._drop_hint, 0, _CENTRE)
        column.addStretch(8)
        column.addWidget(self._under_18, 0, _CENTRE)
        column.addStretch(4)
        self.setWidget(inside)


class NoneOfType(QWidget):
    """The album holds photos, none of the chosen type."""

    all_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", fonts.GROUP)
        self.show_all = Button("")
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._words, 0, _CENTRE)
        column.addWidget(self.show_all, 0, _CENTRE)
        column.addStretch(3)
        self.show_all.clicked.connect(self.all_chosen)

    def show_for(self, photo_type: PhotoType, total: int, *, is_whole: bool = True) -> None:
        """Say that there is none of this type among `total` photos."""
        self._words.setText(album_filter.none_of_type(photo_type, is_whole=is_whole))
        self.show_all.setText(album_filter.show_all(total if is_whole else None))
        self.show_all.updateGeometry()
