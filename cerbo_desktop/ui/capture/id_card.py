"""The ID photo card: live view with the oval, then keep and send. Space, Enter do the whole job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.camera import permission
from cerbo_desktop.camera.devices import usable
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.id_card_buttons import IdCardButtons
from cerbo_desktop.ui.capture.live_view import LiveView
from cerbo_desktop.ui.capture.viewfinder import Viewfinder
from cerbo_desktop.ui.commands.command import Acts
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import ID_CARD
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.cards import Card
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import camera as camera_words, capture, id_photo as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

VIEW_PX, SMALL_VIEW_PX, _LEAST_VIEW_PX, _TIGHT_VIEW_PX = 336, 256, 208, 168
_CARD_WIDTH_PX = 720
_MARGIN_PX, _TIGHT_MARGIN_PX = 24, 16


class IdCard(QWidget):
    """Opens with the live view. Put the focus on `first_focus` once it is shown."""

    shutter_pressed = Signal()
    send_pressed = Signal()
    retake_pressed = Signal()
    dismiss_pressed = Signal()
    """Not now, or Discard"""
    camera_chosen = Signal(str)
    retry_pressed = Signal()

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.card_for(patient))
        self._is_kept = self._is_compact = False
        self.viewfinder = Viewfinder(is_square=True)
        self.viewfinder.setFixedSize(VIEW_PX, VIEW_PX)
        self.viewfinder.live.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.text = Label("", fonts.PANE_TITLE, wraps=True), Label("", fonts.BODY, "ink2", wraps=True)
        self.problem = Label("", fonts.SECOND, "bad", wraps=True)
        self.camera = Select(camera_words.camera())
        self.buttons = IdCardButtons(patient)
        self._mark, self._line = IconLabel("info", "ink2", 20), Label("", fonts.SECOND, "ink2", wraps=True)
        self._lay_out()
        self._wire()
        self._scans = ScanGuard(self, ID_CARD)
        self.show_live()

    @property
    def live(self) -> LiveView:
        return self.viewfinder.live

    @property
    def first_focus(self) -> QWidget:
        return self.viewfinder.first_focus

    def show_live(self) -> None:
        """Back to the camera's picture."""
        self._is_kept = False
        self.live.show_still(QImage())
        self._say(words.id_photo(), words.ask(), "info", words.camera_on())
        self.buttons.show_live()
        self._show_camera_choice()

    def show_kept(self, photo: Raster) -> None:
        """The photo just taken, to be kept or not."""
        self._is_kept = True
        self.show_problem("")
        self.live.show_still(raster_to_qimage(photo))
        self._say(words.keep_title(), words.keep(), "queue", words.goes_to_queue())
        self.buttons.show_kept()
        self._show_camera_choice()
        self.live.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words.keep_spoken())

    def show_saving(self, is_saving: bool) -> None:
        """Send was pressed: until the photo is safe on this PC there is nothing to choose."""
        self.buttons.show_saving(is_saving)
        if is_saving:
            self.show_problem("")
            self._say(capture.saving(1), "", "queue", words.goes_to_queue())
            announce(self, capture.saving(1))
        else:
            self._say(words.keep_title(), words.keep(), "queue", words.goes_to_queue())

    def show_camera(self, facts: CameraFacts) -> None:
        if self._is_kept:
            return
        self.viewfinder.show_state(facts.state, facts.current)
        self.buttons.take.setEnabled(facts.state.has_picture)
        self._show_line("" if facts.state.is_none else words.camera_on())
        items = [(camera.id, plain(camera.name, 60)) for camera in usable(facts.cameras)]
        if items != [(self.camera.itemData(at), self.camera.itemText(at)) for at in range(self.camera.count())]:
            self.camera.clear()
            for key, name in items:
                self.camera.addItem(name, key)
        self.camera.setCurrentIndex(self.camera.findData(facts.current.id if facts.current else ""))
        self._show_camera_choice()

    def show_frame(self, frame: QVideoFrame) -> None:
        self.viewfinder.show_frame(frame)

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        announce(self, sentence, assertive=True)

    def say(self, sentence: str) -> None:
        """Tell a sentence to screen readers only."""
        announce(self, sentence)

    def flash(self) -> None:
        self.live.flash()

    def set_mirrored(self, is_mirrored: bool) -> None:
        self.live.set_mirrored(is_mirrored)

    def set_compact(self, is_compact: bool) -> None:
        """The smaller view, for windows under 1120 wide. A narrow place between two panes has it by itself."""
        self._is_compact = is_compact
        self._choose_view()

    def press_shutter(self) -> None:
        """Take the photo: called by a foot pedal or a shortcut of the window. Nothing happens while a photo is kept."""
        if not self._is_kept:
            self.shutter_pressed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_view()

    # Keys

    def event(self, event: QEvent) -> bool:
        """While the focus is in the card its keys are not the window's."""
        is_key = isinstance(event, QKeyEvent) and ID_CARD.row_of(event) is not None
        if is_key and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or self._handle(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _handle(self, event: QKeyEvent) -> bool:
        if ID_CARD.row_of(event) is ID_CARD["send"] and self.focusWidget() is self.camera:
            self.camera.showPopup()
            return True
        acts: Acts = {
            "take": lambda _: self.press_shutter(),
            "dismiss": lambda _: self.dismiss_pressed.emit(),
        }
        if self._is_kept:
            acts["retake"] = lambda _: self.retake_pressed.emit()
            acts["send"] = lambda _: self.send_pressed.emit()
        return self._scans.dispatch(event, acts)

    def _choose_view(self) -> None:
        """The largest that its place has room for, so that no button is cut."""
        sides = (SMALL_VIEW_PX, _LEAST_VIEW_PX) if self._is_compact else (VIEW_PX, SMALL_VIEW_PX, _LEAST_VIEW_PX)
        room = self.width() - 3 * _MARGIN_PX - self._buttons_px
        side = next((each for each in sides if each <= room), _TIGHT_VIEW_PX)
        self._tighten(side == _TIGHT_VIEW_PX)
        self.viewfinder.setFixedSize(side, side)

    def _tighten(self, is_tight: bool) -> None:
        """Less air, and no key beside a word."""
        edge = _TIGHT_MARGIN_PX if is_tight else _MARGIN_PX
        if self._row.spacing() != edge:
            self.buttons.take.set_key_hint(None if is_tight else ID_CARD.key("take"))
            self._row.setContentsMargins(edge, edge, edge, edge)
            self._row.setSpacing(edge)

    def _say(self, title: str, text: str, icon: str, line: str) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self._mark.set_icon(icon, "ink2")
        self._show_line(line)

    def _show_line(self, line: str) -> None:
        """Say this below the card; nothing where it is empty."""
        self._line.setText(line)
        for part in (self._mark, self._line):
            part.setVisible(bool(line))

    def _show_camera_choice(self) -> None:
        self.camera.setVisible(not self._is_kept and self.camera.count() > 1)

    def _lay_out(self) -> None:
        self.problem.hide()
        right = QVBoxLayout()
        right.setSpacing(8)
        for widget in (self.title, self.text, self.problem):
            right.addWidget(widget)
        right.addStretch(1)
        right.addWidget(self.camera)
        right.addSpacing(8)
        right.addWidget(self.buttons)
        card = Card("line2", "surface")
        card.setMaximumWidth(_CARD_WIDTH_PX)
        row = self._row = QHBoxLayout(card)
        row.addWidget(self.viewfinder)
        row.addLayout(right, 1)
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(self._mark)
        note.addWidget(self._line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addLayout(note)
        self.setMaximumWidth(_CARD_WIDTH_PX)
        self._tighten(True)
        self.setMinimumWidth(_TIGHT_VIEW_PX + 3 * _TIGHT_MARGIN_PX + self.buttons.minimumSizeHint().width())
        self._tighten(False)
        self._buttons_px = self.buttons.width_beside_each_other
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _wire(self) -> None:
        self.buttons.take.clicked.connect(self.shutter_pressed)
        self.buttons.send.clicked.connect(self.send_pressed)
        self.buttons.retake.clicked.connect(self.retake_pressed)
        for button in (self.buttons.not_now, self.buttons.discard):
            button.clicked.connect(self.dismiss_pressed)
        self.camera.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.camera.activated.connect(lambda _row: self.camera_chosen.emit(self.camera.currentData()))
        self.viewfinder.retry_wanted.connect(self.retry_pressed)
        self.viewfinder.settings_wanted.connect(permission.open_settings)
