"""The stage and all that floats over it: arrows, progress, what is turned, what failed."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.commands.tables import VIEWER
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.spinner import Spinner
from cerbo_desktop.ui.stage.pill import Pill
from cerbo_desktop.ui.stage.stage import Stage
from cerbo_desktop.ui.text import common, viewer
from cerbo_desktop.ui.viewer import captions
from cerbo_desktop.ui.viewer.floats import ActionPill, DownloadLine, RoundButton
from cerbo_desktop.ui.viewer.photo_failure import OverPicture

_SIDE_PX = 16
_FOOT_PX = 40
_GAP_PX = 8
_NOTICE_PX = 400


class StageArea(QWidget):
    """Keeps one state: nothing yet, preview, full, or failed."""

    previous_chosen = Signal()
    next_chosen = Signal()
    retry_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_full = False
        self._has_upper_part = False
        """Of the photo itself, over its preview; it stays for another try."""
        self._percent: int | None = None
        self._arrived = ("", "")
        self.stage = Stage(self)
        self._previous = RoundButton(
            "prev", viewer.previous_photo(), viewer.previous_photo_tip(VIEWER.key("previous")), self
        )
        self._next = RoundButton("next", viewer.next_photo(), viewer.next_photo_tip(VIEWER.key("next")), self)
        self._line = DownloadLine(self)
        self._loading = Pill("half", "ink", self)
        self._failed = ActionPill("warn", "warn", common.try_again(), self)
        self._flawed = Pill("warn", "warn", self)
        self._flaw: captions.Flaw | None = None
        self._turned = Pill("rotate", "ink2", self)
        self._turned.set_words(viewer.rotated())
        self._spinner = Spinner(viewer.loading_photo(), 32, self)
        self._again = Button(common.try_again(), size=32)
        self._cannot = Notice("warn", "", "", (self._again,), parent=self)
        self._cannot.hide()
        self._previous.clicked.connect(self.previous_chosen)
        self._next.clicked.connect(self.next_chosen)
        self._failed.action_chosen.connect(self.retry_chosen)
        self._again.clicked.connect(self.retry_chosen)
        self.stage.full_shown.connect(self._become_full)

    @property
    def retry(self) -> QWidget:
        """The link in the failure pill, for the focus order."""
        return self._failed.action

    @property
    def flaw(self) -> captions.Flaw | None:
        """What is wrong with the shown photo; None also while more of it may come."""
        return self._flaw if self.is_full else None

    @property
    def shows_part(self) -> bool:
        """The top of the photo, and no preview of the rest."""
        return self.stage.has_photo and self.stage.share < 1

    @property
    def is_called_part(self) -> bool:
        """What is shown is more than a preview and less than the photo, and no more of it is on its way."""
        return self.shows_part or (self._has_upper_part and not self._failed.isHidden())

    @property
    def spoken_quality(self) -> str:
        """How good the picture is, as a screen reader says it."""
        if self.is_full:
            return viewer.full_quality() if self._flaw is None else self._flaw.sentence
        if not self.stage.has_photo:
            return viewer.loading() if self._cannot.isHidden() else self._cannot.accessibleName()
        if not self._failed.isHidden():
            return self._failed.accessibleName()
        return viewer.preview_loaded(self._percent, is_part=self.shows_part)

    def set_reach(self, *, has_previous: bool, has_next: bool) -> None:
        """Whether there is a photo before and after the one on show."""
        self._previous.setEnabled(has_previous)
        self._next.setEnabled(has_next)

    def show_nothing(self, *, is_waiting: bool = True) -> None:
        """Show that no photo is there yet; where one is waited for, the spinner comes after 300 ms."""
        self._leave_state()
        self.stage.clear()
        self._has_upper_part = False
        if is_waiting:
            self._spinner.start()
        else:
            self._spinner.stop()

    def show_preview(self, raster: Raster) -> None:
        """Nothing is said of loading until that takes a while: words that flash up for each photo tell nobody."""
        if not self._is_loading:
            self._leave_state()
        self._spinner.stop()
        self.stage.show_preview(raster)
        if self._line.isVisible():
            self._show_loading()

    def show_growing(self, raster: Raster, known_rows: int) -> None:
        """Sharper than the preview as far down as it goes; still no more than a preview, and said to be."""
        self._spinner.stop()
        self.stage.show_growing(raster, known_rows)
        self._has_upper_part = known_rows < raster.height_px
        self._show_loading()

    def show_progress(self, done_bytes: int, total_bytes: int | None) -> None:
        """Show how much of the photo's file has arrived."""
        if not self._is_loading:
            self._leave_state()
        if not self.stage.has_photo:
            self._spinner.start()
        self._percent = min(99, 100 * done_bytes // total_bytes) if total_bytes else None
        self._line.set_fraction(done_bytes / total_bytes if total_bytes else 0.0)
        self._line.setVisible(done_bytes > 0)
        self._arrived = viewer.progress(done_bytes, total_bytes)
        if self.stage.has_photo:
            self._show_loading()

    def show_full(self, raster: Raster, smaller: tuple[QImage, ...] | None) -> None:
        """Show every pixel. It is called full quality once it can be seen: for a large photo a moment later."""
        self._cannot.hide()
        self._spinner.stop()
        self._flaw = captions.flaw_of(raster)
        self.stage.show_full(raster, smaller)

    def show_failure(self, title: str, text: str, over: OverPicture, *, may_retry: bool) -> str:
        """Say that loading failed: `over` over a preview, how much arrived over a part of the photo alone, else
        `title` and `text`. Returns the words shown."""
        self._leave_state()
        self._spinner.stop()
        if self.stage.has_photo:
            self._failed.action.setVisible(may_retry)
            over_preview = over.upper_part if self._has_upper_part else over.preview
            self._failed.set_words(viewer.arrived_in_part(self.stage.share) if self.shows_part else over_preview)
            self._failed.show()
        else:
            self._again.setVisible(may_retry)
            self._cannot.set_words(title, text)
            self._cannot.show()
        self._place()
        return self._failed.accessibleName() if self.stage.has_photo else self._cannot.accessibleName()

    def show_turned(self, is_turned: bool) -> None:
        """Say that the photo is rotated on the screen only."""
        self._turned.setVisible(is_turned)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.setGeometry(self.rect())
        self._line.setGeometry(0, 0, self.width(), self._line.height())
        self._place()

    @property
    def _is_loading(self) -> bool:
        return not self.is_full and self._failed.isHidden() and self._cannot.isHidden()

    def _become_full(self) -> None:
        self._leave_state()
        self.is_full = True
        if self._flaw is not None:
            self._flawed.set_words(self._flaw.sentence)
            self._flawed.show()
        self._place()

    def _leave_state(self) -> None:
        self.is_full = False
        self._percent, self._arrived = None, ("", "")
        for part in (self._line, self._loading, self._failed, self._cannot, self._flawed):
            part.hide()

    def _show_loading(self) -> None:
        words = viewer.rest_loading() if self.shows_part else viewer.full_quality_loading()
        self._loading.set_words(words, *self._arrived)
        self._loading.show()
        self._place()

    def _place(self) -> None:
        middle = (self.height() - self._next.height()) // 2
        self._previous.move(_SIDE_PX, middle)
        self._next.move(self.width() - _SIDE_PX - self._next.width(), middle)
        self._spinner.move(self.rect().center() - self._spinner.rect().center())
        foot = self.height() - _FOOT_PX
        for pill in (self._loading, self._failed, self._flawed, self._turned):
            if not pill.isHidden():
                pill.move((self.width() - pill.width()) // 2, foot - pill.height())
                foot -= pill.height() + _GAP_PX
        if not self._cannot.isHidden():
            width = min(_NOTICE_PX, self.width() - 2 * _FOOT_PX)
            height = max(self._cannot.heightForWidth(width), self._cannot.minimumSizeHint().height())
            self._cannot.resize(width, height)
            self._cannot.move(self.rect().center() - QPoint(width // 2, height // 2))
