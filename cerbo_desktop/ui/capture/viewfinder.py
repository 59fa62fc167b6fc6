"""The live view, or in its place what is wrong and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.ui.capture.camera_problem import CameraProblem, problem_of
from cerbo_desktop.ui.capture.live_view import LiveView
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, LinkButton
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.scrolled import ScrolledBody
from cerbo_desktop.ui.text import camera as words, common

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_LOW_PX, _LEAST_TEXT_PX = 208, 120


class TroublePanel(QWidget):
    """Icon, what happened, what to do, and the buttons that help. `is_small`: for the ID card's square."""

    retry_wanted = Signal()
    settings_wanted = Signal()
    files_wanted = Signal()

    def __init__(self, *, is_small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", fonts.GROUP if is_small else fonts.PATIENT_NAME, wraps=True)
        self._text = Label("", fonts.SECOND if is_small else TypeStyle(16, 24, 400), "ink2", wraps=True)
        for label in (self._title, self._text):
            label.setAlignment(_CENTRE)
        self.settings = Button(words.open_settings(), "primary", size=32 if is_small else 48)
        self.retry = Button(common.try_again(), icon="retry", size=32 if is_small else 48)
        self.files = LinkButton(words.add_files_instead(), size_px=13)
        for button in (self.settings, self.retry, self.files):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.settings.clicked.connect(self.settings_wanted)
        self.retry.clicked.connect(self.retry_wanted)
        self.files.clicked.connect(self.files_wanted)
        self._is_small = is_small
        self._icon = IconLabel("no-photo", "warn", 32 if is_small else 48)
        self._words = ScrolledBody(self._words_column(), 560)
        self._lay_out(32 if is_small else 48, has_files_line=not is_small)

    def show_trouble(self, trouble: CameraProblem) -> None:
        """Say why there is no picture, and offer what may help."""
        self._title.setText(trouble.title)
        self._text.setText(trouble.text)
        self._text.setVisible(bool(trouble.text))
        self.settings.setVisible(trouble.has_settings)
        self.retry.setVisible(trouble.may_retry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self._is_small and self.height() < _LOW_PX
        edge = 8 if is_low else 16
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._icon.setVisible(not is_low)
        width = max(_LEAST_TEXT_PX, min(560, self.width() - 2 * edge))
        self._words.setFixedWidth(width)
        self._words.set_width(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, "win", "line2")

    def _words_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._icon, 0, _CENTRE)
        column.addSpacing(8 if self._is_small else 24)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._text)
        return column

    def _lay_out(self, button_px: int, *, has_files_line: bool) -> None:
        buttons = QVBoxLayout() if self._is_small else QHBoxLayout()
        buttons.setSpacing(8 if button_px == 32 else 12)
        for button in (self.settings, self.retry):
            buttons.addWidget(button, 0, _CENTRE)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._words, 0, _CENTRE)
        column.addSpacing(8 if button_px == 32 else button_px // 2 + 8)
        wrapper = QHBoxLayout()
        wrapper.addStretch(1)
        wrapper.addLayout(buttons)
        wrapper.addStretch(1)
        column.addLayout(wrapper)
        if has_files_line:
            column.addSpacing(32)
            column.addLayout(self._files_line())
        column.addStretch(1)

    def _files_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(IconLabel("photos", "ink2", 20))
        line.addWidget(Label(words.files_still_work(), fonts.SECOND, "ink2"))
        line.addWidget(self.files)
        line.addStretch(1)
        return line


class Viewfinder(QStackedWidget):
    """Shows the live view while there is, or soon will be, a picture; else the trouble."""

    retry_wanted = Signal()
    settings_wanted = Signal()
    files_wanted = Signal()

    def __init__(self, *, is_square: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live = LiveView(is_square=is_square)
        self.live.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.trouble = TroublePanel(is_small=is_square)
        self.trouble.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.trouble.retry_wanted.connect(self.retry_wanted)
        self.trouble.settings_wanted.connect(self.settings_wanted)
        self.trouble.files_wanted.connect(self.files_wanted)
        self.addWidget(self.live)
        self.addWidget(self.trouble)

    @property
    def shows_trouble(self) -> bool:
        """There is no picture, and words stand in its place."""
        return self.currentWidget() is self.trouble

    def show_state(self, state: CameraState, camera: CameraInfo | None, *, has_shots: bool = False) -> None:
        """Show the live view, or in its place why there is no picture."""
        self.live.show_state(state, camera)
        if state.is_trouble:
            self.trouble.show_trouble(problem_of(state, camera, has_shots=has_shots))
        had_focus = self.focusWidget() is not None and self.focusWidget().hasFocus()
        self.setCurrentWidget(self.trouble if state.is_trouble else self.live)
        if had_focus:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_frame(self, frame: QVideoFrame) -> None:
        """Show one frame of the camera."""
        self.live.show_frame(frame)

    @property
    def first_focus(self) -> QWidget:
        """The live view, or the button that helps, or where there is none what is wrong: keys are taken from there."""
        if self.currentWidget() is self.live:
            return self.live
        buttons = (self.trouble.settings, self.trouble.retry, self.trouble.files)
        return next((button for button in buttons if button.isVisibleTo(self)), self.trouble)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
