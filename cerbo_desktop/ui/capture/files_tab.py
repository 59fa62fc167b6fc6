"""The files tab: drop zone with the limits, the list of what was added, and the chosen one larger."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.camera_problem import CameraProblem
from cerbo_desktop.ui.capture.lists import FileList
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.faces import paint_picture
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.painting import paint_box, paint_dashed, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import capture as words, numbers, shots

_PREVIEW_WIDTH_PX, _NARROW_PREVIEW_PX = 352, 288
_NARROW_UNDER_PX, _PREVIEW_FROM_PX = 1100, 960


class DropZone(QWidget):
    """Says what is taken before anybody chooses; lights up while something is dragged over the sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.setMinimumHeight(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.choose = Button(words.choose_files(), key_hint=CAPTURE.key("files"))
        self.choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Label(words.drop_here(), fonts.GROUP))
        for line in words.limits():
            said.addWidget(Label(line, fonts.SECOND, "ink2", wraps=True))
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(16)
        row.addWidget(IconLabel("photos", "accent", 32))
        row.addLayout(said, 1)
        row.addWidget(self.choose)

    def set_lit(self, is_lit: bool) -> None:
        """Stand out while files hover above the sheet."""
        self._is_lit = is_lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line, fill = ("accent", "tint") if self._is_lit else ("edge", "win")
        with painting(self) as painter:
            paint_dashed(painter, QRectF(self.rect()), 12, line, fill)


class _Picture(QWidget):
    """One photo, whole, in a rounded frame."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedHeight(228)

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


class PhotoAside(QWidget):
    """The chosen row's photo larger, with its measures and its state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", fonts.GROUP, elides=True)
        self._picture = _Picture()
        self._state, self._size, self._bytes = (
            Label("", fonts.NAME, wraps=True),
            Label("", fonts.SECOND, "ink2"),
            Label("", fonts.NAME),
        )
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self._parts = QWidget()
        measures = QHBoxLayout()
        measures.addWidget(self._size, 1)
        measures.addWidget(self._bytes)
        column = QVBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._name)
        column.addWidget(self._picture)
        column.addWidget(self._state)
        column.addLayout(measures)
        column.addWidget(self._text)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addWidget(self._parts)
        outer.addStretch(1)
        self.setFixedWidth(_PREVIEW_WIDTH_PX)
        self.show_shot(None)

    def show_shot(self, shot: Shot | None) -> None:
        """Show one file large, with what is known of it; None shows nothing."""
        self._parts.setVisible(shot is not None)
        if shot is None:
            return
        is_accepted = isinstance(shot.state, Accepted)
        state = look_of(shot)
        self._name.setText(shots.name(shot.name))
        self._picture.setVisible(is_accepted)
        if isinstance(shot.state, Accepted):
            self._picture.show_image(raster_to_qimage(shot.state.preview))
            self._size.setText(shots.pixels(shot.state))
        self._size.setVisible(is_accepted)
        self._state.setText(state.title)
        self._state.set_ink(state.ink)
        self._bytes.setText(numbers.megabytes(shot.size_bytes) if shot.size_bytes else "")
        self._text.setText(state.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(0, 0, 1, self.height()), color("line"))


class FilesTab(QWidget):
    """The files that were chosen, dropped or pasted, and one of them large."""

    choose_wanted = Signal()
    see_both_wanted = Signal(int)
    """The id of the shot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone, self.files, self._aside = DropZone(), FileList(), PhotoAside()
        self._count = 0
        self.reason = Notice("warn", "", icon="no-photo")
        self.reason.hide()
        self.zone.choose.clicked.connect(self.choose_wanted)
        self.files.current_changed.connect(self._aside.show_shot)
        left = QVBoxLayout()
        left.setContentsMargins(24, 24, 24, 16)
        left.setSpacing(16)
        left.addWidget(self.reason)
        left.addWidget(self.zone)
        left.addWidget(self.files, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._aside)

    @property
    def first_focus(self) -> QWidget:
        """The list, from which Enter sends; the way to files while it is empty."""
        return self.files if self._count else self.zone.choose

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show the shots that come from files."""
        has_more, self._count = len(shots) > self._count, len(shots)
        self.files.set_shots(shots)
        if has_more and self.window().focusWidget() is self.zone.choose:  # the dialog for files may still be active
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reason(self, trouble: CameraProblem | None) -> None:
        """Why this tab opened by itself; None takes it away."""
        if trouble is not None:
            self.reason.set_words(trouble.title, trouble.text)
        self.reason.setVisible(trouble is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_UNDER_PX
        self._aside.setFixedWidth(_NARROW_PREVIEW_PX if is_narrow else _PREVIEW_WIDTH_PX)
        self._aside.setVisible(self.width() >= _PREVIEW_FROM_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
