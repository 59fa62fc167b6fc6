"""The ID photo card: live view with the oval, then keep and send. Space, Enter do the whole job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from cerbo_desktop.camera import permission
from cerbo_desktop.camera.devices import usable
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.id_card_frame import IdCardFrame
from cerbo_desktop.ui.capture.live_view import LiveView
from cerbo_desktop.ui.commands.command import Acts
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import ID_CARD
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import capture, id_photo as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


class IdCard(IdCardFrame):
    """Opens with the live view. Put the focus on `first_focus` once it is shown."""

    shutter_pressed = Signal()
    send_pressed = Signal()
    retake_pressed = Signal()
    dismiss_pressed = Signal()
    """Not now, or Discard"""
    camera_chosen = Signal(str)
    retry_pressed = Signal()

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(patient, parent)
        self.setAccessibleName(words.card_for(patient))
        self._is_kept = False
        self.title, self.text, self.problem = self.words.title, self.words.text, self.words.problem
        self.camera = self.words.camera
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
        self.fit()
        self.buttons.take.setEnabled(facts.state.has_picture)
        self.note.set_text("" if facts.state.is_none else words.camera_on())
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

    def press_shutter(self) -> None:
        """Take the photo: called by a foot pedal or a shortcut of the window. Nothing happens while a photo is kept."""
        if not self._is_kept:
            self.shutter_pressed.emit()

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

    def _say(self, title: str, text: str, icon: str, line: str) -> None:
        self.words.say(title, text)
        self.note.set_icon(icon)
        self.note.set_text(line)

    def _show_camera_choice(self) -> None:
        self.camera.setVisible(not self._is_kept and self.camera.count() > 1)

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
