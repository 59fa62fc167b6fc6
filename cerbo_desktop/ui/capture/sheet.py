"""The capture sheet: photos for one patient by camera, files, drop or paste, and the one button that sends them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.camera import permission
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot, ShotId, ShotSource
from cerbo_desktop.ui.capture.camera_problem import CameraProblem
from cerbo_desktop.ui.capture.camera_tab import CameraTab
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.files_tab import FilesTab
from cerbo_desktop.ui.capture.incoming import IncomingPhotos
from cerbo_desktop.ui.capture.leave_question import LeaveQuestion
from cerbo_desktop.ui.capture.see_both import SeeBoth
from cerbo_desktop.ui.capture.sheet_foot import SheetFoot
from cerbo_desktop.ui.capture.sheet_head import SheetHead
from cerbo_desktop.ui.capture.sheet_keys import SheetKeys, is_ours
from cerbo_desktop.ui.capture.sheet_strips import SheetStrips
from cerbo_desktop.ui.capture.tab_order import order_tabs
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.dialogs import ask
from cerbo_desktop.ui.kit.labels import Rule
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.text import added_files, capture as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


class CaptureSheet(Sheet):
    """Shows what it is told and says what was pressed; `open_over(window, first_focus=sheet.first_focus)`."""

    shutter_pressed = Signal()
    retake_pressed = Signal()
    tab_chosen = Signal(str)  # "camera" or "files"
    camera_chosen = Signal(str)
    size_chosen = Signal(str)
    grid_switched = Signal(bool)
    mirror_switched = Signal(bool)
    retry_pressed = Signal()
    files_added = Signal(object)  # list[Path]
    picture_pasted = Signal(object)  # bytes of an encoded picture
    shot_ticked = Signal(int, bool)
    shot_removed = Signal(int)
    send_pressed = Signal()
    """With the consent ticked and something chosen."""
    leave_pressed = Signal()  # Cancel, the cross, or Esc

    def __init__(self, patient: Patient, today: date, *, shows_grid: bool = True, mirrors: bool = False) -> None:
        super().__init__(words.photos_for(patient))
        self.head, self.foot = SheetHead(patient, today), SheetFoot(patient, is_minor=patient.is_minor(today))
        self.camera_tab = CameraTab(shows_grid=shows_grid, mirrors=mirrors)
        self.files_tab = FilesTab()
        self.strips, self._pages, self.see_both = SheetStrips(), QStackedWidget(), SeeBoth()
        self._list_parts = self._pages, Rule(), self.foot
        self.incoming = IncomingPhotos(self)
        self.on_escape = self._leave_by_key
        self._lay_out()
        self._wire()
        order_tabs(self)
        self._keys = SheetKeys(self)

    @property
    def tab(self) -> str:
        return self.head.tabs.key

    @property
    def first_focus(self) -> QWidget:
        """What should have the focus when the sheet opens: the live view, or the files."""
        return self.camera_tab.viewfinder.first_focus if self.tab == "camera" else self.files_tab.first_focus

    def set_face(self, face: QPixmap | QImage | None) -> None:
        self.head.set_face(face)

    def show_tab(self, key: str) -> None:
        """Turn to "camera" or "files"; tells nobody."""
        self.see_both.leave()
        self.head.tabs.choose(key)
        self._pages.setCurrentWidget(self.camera_tab if key == "camera" else self.files_tab)
        if self.is_open:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        taken = tuple(shot for shot in shots if shot.source is ShotSource.CAMERA)
        added = tuple(shot for shot in shots if shot.source is not ShotSource.CAMERA)
        self.camera_tab.show_shots(taken)
        self.files_tab.show_shots(added)
        self.head.tabs.set_count("camera", len(taken) or None)
        self.head.tabs.set_count("files", len(added) or None)
        self.foot.show_shots(shots)

    def show_camera(self, facts: CameraFacts) -> None:
        self.camera_tab.show_camera(facts)

    def show_frame(self, frame: QVideoFrame) -> None:
        self.camera_tab.viewfinder.show_frame(frame)

    def show_intake(self, facts: IntakeFacts) -> None:
        self.files_tab.show_intake(facts)

    def expect_files(self) -> None:
        """A person adds files: the first of them is to be looked at."""
        self.files_tab.files.expect_news()

    def focus_files(self) -> None:
        """The list, from which Enter sends."""
        self.see_both.leave()
        self.files_tab.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_why_files(self, trouble: CameraProblem | None) -> None:
        """Say over the files why there is no camera picture; None takes that away."""
        self.files_tab.show_reason(trouble)

    def flash(self) -> None:
        self.camera_tab.viewfinder.live.flash()

    @property
    def problem(self) -> str:
        """The sentence in the strip under the head, or empty."""
        return self.strips.problem

    def show_problem(self, sentence: str) -> None:
        """A strip under the head until the next thing works; empty takes it away."""
        self.strips.show_problem(sentence)

    def show_news(self, sentence: str) -> None:
        """A strip under the head for what went well while the sheet stays open; empty takes it away."""
        self.strips.show_news(sentence)

    def show_note(self, sentence: str) -> None:
        """A strip under the head for what is still going on; empty takes it away."""
        self.strips.show_note(sentence)

    def show_safe_count(self, count: int) -> None:
        """How many photos of this sheet are in the outbox: once there are some, the sheet is closed, not cancelled."""
        self.foot.show_safe_count(count)

    def say(self, sentence: str) -> None:
        """Tell a sentence to screen readers only."""
        announce(self, sentence)

    def request_send(self) -> None:
        """As if Send was pressed: asks for the consent first when it is missing."""
        self.foot.press_send()

    async def ask_before_leaving(self, question: LeaveQuestion) -> str:
        """ "send", "discard" or "stay"."""
        choices = [("send", question.send, "primary")] if question.send else []
        choices += [("discard", question.discard, "danger"), ("stay", question.stay, "secondary")]
        return await ask(self, question.title, question.text, choices, escape="stay")  # type: ignore[arg-type]

    def press_shutter(self) -> None:
        """Take a photo: called by a foot pedal or a shortcut of the window."""
        self.shutter_pressed.emit()

    def _leave_by_key(self) -> None:
        """The window for choosing files is closed first, then both versions of one of them."""
        if self.incoming.picker.is_open:
            self.incoming.picker.close()
        elif self.see_both.is_shown:
            self.see_both.back_pressed.emit()
        else:
            self.leave_pressed.emit()

    def event(self, event: QEvent) -> bool:
        """While the sheet is open its keys are not the window's: shortcuts of the same keys rest."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if open_sheet(self) is self and (event.isAutoRepeat() or self._keys.handle(event)):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._pages.addWidget(self.camera_tab)
        self._pages.addWidget(self.files_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for above in (self.head, Rule(), self.strips, self.incoming.picker.strip):
            column.addWidget(above)
        column.addWidget(self.see_both, 1)
        for part in self._list_parts:
            column.addWidget(part, int(part is self._pages))

    def _wire(self) -> None:
        finder, side, files = self.camera_tab.viewfinder, self.camera_tab.side, self.files_tab
        finder.live.clicked.connect(self.shutter_pressed)
        finder.retry_wanted.connect(self.retry_pressed)
        finder.settings_wanted.connect(permission.open_settings)
        finder.files_wanted.connect(lambda: self._turn_to("files"))
        for there, here in (
            (side.camera_chosen, self.camera_chosen),
            (side.size_chosen, self.size_chosen),
            (side.grid_switched, self.grid_switched),
            (side.mirror_switched, self.mirror_switched),
            (self.camera_tab.strip.shot_ticked, self.shot_ticked),
            (self.camera_tab.strip.shot_removed, self.shot_removed),
            (files.files.shot_ticked, self.shot_ticked),
            (files.files.shot_removed, self.shot_removed),
            (self.head.close_pressed, self.leave_pressed),
            (self.foot.cancel_pressed, self.leave_pressed),
            (self.foot.send_pressed, self.send_pressed),
        ):
            there.connect(here)
        files.see_both_wanted.connect(self.see_both.wanted)
        self.see_both.came.connect(lambda: self._show_list(is_shown=False))
        self.see_both.left.connect(self._return_to)
        self.dismissed.connect(self.see_both.leave)
        files.choose_wanted.connect(self.incoming.picker.open)
        self._wire_incoming()
        self.foot.send_pressed_early.connect(self.incoming.picker.remind)
        self.incoming.picker.opened.connect(self.foot.first_look.cover)
        self.incoming.picker.closed.connect(self.foot.first_look.uncover)
        self.head.tab_chosen.connect(self._turn_to)

    def _wire_incoming(self) -> None:
        incoming = self.incoming
        incoming.hovers.connect(self.files_tab.zone.set_lit)
        for came, told in ((incoming.files_came, self.files_added), (incoming.picture_came, self.picture_pasted)):
            came.connect(lambda _: self.show_problem(""))
            came.connect(told)
        incoming.nothing_came.connect(lambda: self.show_problem(words.nothing_to_paste()))
        incoming.link_came.connect(lambda: self.show_problem(added_files.link_is_no_photo()))

    def _show_list(self, *, is_shown: bool) -> None:
        """Both versions of a file take the place of the list, of the consent and of Send."""
        for part in self._list_parts:
            part.setVisible(is_shown)

    def _return_to(self, shot_id: int) -> None:
        self._show_list(is_shown=True)
        self.files_tab.files.select(ShotId(shot_id))
        self.files_tab.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, key: str) -> None:
        self.show_tab(key)
        self.tab_chosen.emit(key)
