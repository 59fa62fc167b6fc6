"""The files tab: the drop zone with what is taken, the list of what was added, and the current file beside it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.camera_problem import CameraProblem
from cerbo_desktop.ui.capture.drop_zone import DropZone
from cerbo_desktop.ui.capture.file_head import EDGE_PX, FileHead
from cerbo_desktop.ui.capture.lists import FileList
from cerbo_desktop.ui.capture.photo_aside import PhotoAside
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.text import added_files as words

_ASIDE_PX, _NARROW_ASIDE_PX = 344, 288
_NARROW_UNDER_PX, _ASIDE_FROM_PX = 1100, 960
_LOW_UNDER_PX = 620
"""Seven rows would not be seen below the whole drop zone."""
_LEAST_LIST_PX = 40
"""In a low window what is said above the list is not to be cut; the list scrolls."""


class FilesTab(QWidget):
    """The files that were chosen, dropped or pasted, and one of them large."""

    choose_wanted = Signal()
    see_both_wanted = Signal(int)
    """The id of the shot whose two versions a person wants to see side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone, self.head, self.files, self.aside = DropZone(), FileHead(), FileList(), PhotoAside()
        self.not_compared = Label("", fonts.SECOND, "ink2", wraps=True)
        self.not_compared.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self.not_compared.hide()
        self._count = 0
        self.reason = Notice("warn", "", icon="no-photo")
        self.reason.hide()
        self.zone.choose.clicked.connect(self.choose_wanted)
        self.files.current_changed.connect(self._show_current)
        self.files.see_both_wanted.connect(self.see_both_wanted)
        self.aside.see_large_pressed.connect(self.files.see_both)
        self.aside.tick_pressed.connect(lambda: self.files.tick(self.files.current_shot()))
        self.files.setMinimumHeight(_LEAST_LIST_PX)
        self._lay_out()
        self._show_current(None)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(24, 24, 16, 16)
        left.setSpacing(12)
        left.addWidget(self.reason)
        left.addWidget(self.zone)
        left.addWidget(self.head)
        left.addWidget(self.files, 1)
        left.addWidget(self.not_compared)  # it comes late, and moves no row under the pointer here
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.aside)

    @property
    def first_focus(self) -> QWidget:
        """The list, from which Enter sends; the way to files while it is empty."""
        return self.files if self._count else self.zone.choose

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show the shots that come from files."""
        has_more, self._count = len(shots) > self._count, len(shots)
        self.files.set_shots(shots)
        self.head.show_shots(shots)
        if not shots and self.files.hasFocus():
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_zone()
        if has_more and self.window().focusWidget() is self.zone.choose:  # the dialog for files may still be active
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_intake(self, facts: IntakeFacts) -> None:
        """Say how many files wait, what was found in folders, and what the files were not compared with."""
        self.head.show_facts(facts)
        self.not_compared.setText(words.not_compared(facts.not_compared_count))
        self.not_compared.setVisible(bool(self.not_compared.text()))

    def show_reason(self, trouble: CameraProblem | None) -> None:
        """Why this tab opened by itself; None takes it away."""
        if trouble is not None:
            self.reason.set_words(trouble.title, trouble.text)
        self.reason.setVisible(trouble is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.aside.setFixedWidth(_NARROW_ASIDE_PX if self.width() < _NARROW_UNDER_PX else _ASIDE_PX)
        self._show_aside()
        self._fit_zone()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _show_current(self, shot: Shot | None) -> None:
        self.aside.show_shot(shot)
        self._show_aside()

    def _show_aside(self) -> None:
        self.aside.setVisible(self.width() >= _ASIDE_FROM_PX and self.files.current_shot() is not None)

    def _fit_zone(self) -> None:
        """In a low sheet the files need the room of the words that were for choosing them."""
        self.zone.be_low(bool(self._count) and self.height() < _LOW_UNDER_PX)
