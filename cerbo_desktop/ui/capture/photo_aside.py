"""The current file beside the list: the original and what is sent of it, with their measures."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import added_files as words, numbers, preparation, shots

_PICTURE_PX, _LEAST_PICTURE_PX = 168, 56
_WIDE_PX, _LOW_PX, _EDGE_PX = 320, 480, 24
_TWO_FROM_PX, _BUTTON_ROW_PX = 336, 48
"""So much height both versions need; in a lower sheet only what is sent has a picture."""
_ROUNDING = 0.01
_NOTE = fonts.TypeStyle(12, 16, 400)


class _Picture(QWidget):
    """One photo, whole, in a rounded frame; lower in a low sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setMinimumHeight(_LEAST_PICTURE_PX)
        self.setMaximumHeight(_PICTURE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(296, _PICTURE_PX)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with painting(self) as painter:
            paint_box(painter, rect, 12, "stage")
            if not self._image.isNull():
                self._paint_whole(painter, rect)

    def _paint_whole(self, painter: QPainter, rect: QRectF) -> None:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # A picture of one row would be scaled to none.
        target = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
        target.moveCenter(rect.center())
        paint_picture(painter, target, self._image, 12)


class Version(QWidget):
    """One of the two versions: its picture, and what is known of it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._picture, self._title = _Picture(), Label(title, fonts.SECOND_STRONG)
        self._measures, self._bytes = Label("", fonts.SECOND, "ink2", elides=True), Label("", fonts.SECOND_STRONG)
        self._text = Label("", _NOTE, "ink2", wraps=True)
        self._measures.setAlignment(Qt.AlignmentFlag.AlignCenter)
        facts = QHBoxLayout()
        facts.addWidget(self._title)
        facts.addWidget(self._measures, 1)
        facts.addWidget(self._bytes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._picture, 1)
        column.addSpacing(8)
        column.addLayout(facts)
        column.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def be_brief(self, is_brief: bool) -> None:
        """Leave the second line out: in a low sheet the pictures need its room."""
        self._text.setVisible(not is_brief)

    def show_title(self, title: str) -> None:
        """Say which version this is."""
        self._title.setText(title)

    def show_facts(self, image: QImage, measures: str, size: str, text: str) -> None:
        """Show the picture with its measures, its size and what becomes of it."""
        self._picture.show_image(image)
        self._measures.setText(measures)
        self._bytes.setText(size)
        self._text.setText(text)


class PhotoAside(QWidget):
    """Out of sight while no row is current."""

    see_large_pressed = Signal()
    tick_pressed = Signal()
    """Leave it out, or send it too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", fonts.GROUP, elides_in_middle=True)
        self._zoom = Label(words.same_zoom(), fonts.SECOND, "ink2")
        self._original, self._sent = Version(words.original()), Version(words.to_be_sent())
        self._versions = QWidget()
        self._state, self._text = Label("", fonts.NAME, wraps=True), Label("", fonts.SECOND, "ink2", wraps=True)
        self.see_large = Button(words.see_large(), icon="full-screen", key_hint=CAPTURE.key("see_both"))
        self.tick = Button(words.leave_out())
        for button in (self.see_large, self.tick):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.see_large.clicked.connect(self.see_large_pressed)
        self.tick.clicked.connect(self.tick_pressed)
        self._has_one_shape, self._buttons = False, QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._zoom)
        versions = QVBoxLayout(self._versions)
        versions.setContentsMargins(0, 0, 0, 0)
        versions.setSpacing(16)
        versions.addWidget(self._original, 1)
        versions.addWidget(self._sent, 1)
        self._versions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        buttons = self._buttons
        buttons.setSpacing(8)
        buttons.addWidget(self.see_large, 1)
        buttons.addWidget(self.tick, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, 24, _EDGE_PX, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self._state)
        column.addWidget(self._text)
        column.addWidget(self._versions)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_shot(self, shot: Shot | None) -> None:
        """Show one file large, with what is known of it; None shows nothing."""
        if shot is None:
            return
        self._name.setText(shots.name(shot.name))
        accepted = shot.state if isinstance(shot.state, Accepted) else None
        for part in (self._versions, self.see_large, self.tick):
            part.setVisible(accepted is not None)
        self.tick.setEnabled(shot.can_be_chosen)
        self._has_one_shape = accepted is not None and _keeps_shape(accepted)
        self._fit()
        self.tick.setText(words.leave_out() if shot.is_chosen else words.take_in())
        for label in (self._state, self._text):
            label.setVisible(accepted is None)
        if accepted is not None:
            self._show_versions(shot, accepted)
        else:
            look = look_of(shot)
            self._state.setText(look.title)
            self._state.set_ink(look.ink)
            self._text.setText(look.text)

    def _show_versions(self, shot: Shot, accepted: Accepted) -> None:
        image = raster_to_qimage(accepted.preview)
        source_bytes = accepted.preparation.source_bytes or shot.size_bytes
        self._original.show_facts(
            image,
            preparation.source_pixels(accepted),
            numbers.megabytes(source_bytes),
            words.stays_in(shot.folder_name),
        )
        self._sent.show_title(words.to_be_sent() if shot.is_chosen else words.left_out())
        self._sent.show_facts(
            image, shots.pixels(accepted), numbers.megabytes(shot.size_bytes), preparation.what_is_sent(accepted)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow sheet the name and the words of the buttons come before all else."""
        is_wide = self.width() >= _WIDE_PX
        head_px = self._name.sizeHint().width() + 8 + self._zoom.sizeHint().width() + 2 * _EDGE_PX
        self._zoom.setVisible(self._has_one_shape and head_px <= self.width())
        self.see_large.set_key_hint(CAPTURE.key("see_both") if is_wide else None)
        self.see_large.set_icon("full-screen")
        if not self._buttons_fit():
            self.see_large.set_icon(None)
        fits = self._buttons_fit()
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        for version in (self._original, self._sent):
            version.be_brief(self.height() < _LOW_PX)
        self._original.setVisible(self.height() >= _TWO_FROM_PX + (0 if fits else _BUTTON_ROW_PX))

    def _buttons_fit(self) -> bool:
        """Beside each other."""
        needed = self.see_large.sizeHint().width() + self.tick.sizeHint().width() + 8 + 2 * _EDGE_PX
        return needed <= self.width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(0, 0, 1, self.height()), color("line"))


def _keeps_shape(accepted: Accepted) -> bool:
    """What is sent has the original's proportions, but for rounding: only then is one zoom the same in both."""
    done, photo = accepted.preparation, accepted.photo
    if not done.source_width_px:
        return True
    across, down = done.source_width_px * photo.height_px, done.source_height_px * photo.width_px
    return abs(across - down) <= _ROUNDING * max(across, down)
