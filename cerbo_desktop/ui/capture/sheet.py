"""The capture sheet: photos for one patient by camera, files, drop or paste, and the one button that sends them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot, ShotId
from cerbo_desktop.ui.capture.asking_to_leave import ask_to_leave
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
from cerbo_desktop.ui.capture.sheet_parts import SheetParts
from cerbo_desktop.ui.capture.sheet_strips import SheetStrips
from cerbo_desktop.ui.capture.sheet_wiring import wire_frame, wire_incoming
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.labels import Rule
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.text import capture as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


class CaptureSheet(Sheet):
    """Shows what it is told and says what was pressed; `open_over(window, first_focus=sheet.first_focus)`.

    `making` and what follows it make it in steps, between which the window answers.
    """

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
    see_both_wanted = Signal(int)  # ShotId of the file whose two versions a person wants to see
    send_pressed = Signal()
    """With the consent ticked and something chosen."""
    leave_pressed = Signal()  # Cancel, the cross, or Esc

    def __init__(
        self,
        patient: Patient,
        today: date,
        *,
        shows_grid: bool = True,
        mirrors: bool = False,
        is_made_at_once: bool = True,
    ) -> None:
        """Where it is not made at once, run `making` to its end before anything else."""
        super().__init__(words.photos_for(patient))
        self._patient, self._today = patient, today
        self._column = QVBoxLayout(self)
        self._parts = SheetParts(self, self._column, shows_grid=shows_grid, mirrors=mirrors)
        self.on_escape = self._leave_by_key
        if is_made_at_once:
            for _ in self.making():
                pass

    def making(self) -> Iterator[None]:
        """Make what every sheet shows."""
        self.head = SheetHead(self._patient, self._today)
        yield
        self.foot = SheetFoot(self._patient, is_minor=self._patient.is_minor(self._today))
        yield
        self.strips, self.incoming = SheetStrips(), IncomingPhotos(self)
        self._list_parts = self._parts.pages, Rule(), self.foot
        self._lay_out()
        wire_frame(self)
        wire_incoming(self)
        self.keys = SheetKeys(self)
        self._parts.order()

    def making_tab(self, key: str) -> Iterator[None]:
        """Make "camera" or "files", in such steps as well."""
        return self._parts.making_tab(key)

    def making_rest(self) -> Iterator[None]:
        """Make what is not seen yet, in such steps as well."""
        return self._parts.making_rest()

    @property
    def camera_tab(self) -> CameraTab:
        return self._parts.camera

    @property
    def files_tab(self) -> FilesTab:
        return self._parts.files

    @property
    def see_both(self) -> SeeBoth:
        return self._parts.both

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
        self._leave_both()
        self.head.tabs.choose(key)
        self._parts.pages.setCurrentWidget(self.camera_tab if key == "camera" else self.files_tab)
        if self.is_open:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        self._parts.show_shots(shots)
        self.head.tabs.set_count("camera", len(self._parts.taken) or None)
        self.head.tabs.set_count("files", len(self._parts.added) or None)
        self.foot.show_shots(shots)

    def show_camera(self, facts: CameraFacts) -> None:
        self._parts.show_camera(facts)

    def show_frame(self, frame: QVideoFrame) -> None:
        self.camera_tab.viewfinder.show_frame(frame)

    def show_intake(self, facts: IntakeFacts) -> None:
        self._parts.show_intake(facts)

    def expect_files(self) -> None:
        """A person adds files: the first of them is to be looked at."""
        self.files_tab.files.expect_news()

    def focus_files(self) -> None:
        """The list, from which Enter sends."""
        self._leave_both()
        self.files_tab.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_why_files(self, trouble: CameraProblem | None) -> None:
        """Say over the files why there is no camera picture; None takes that away."""
        if trouble is not None or self._parts.files_made is not None:
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
        return await ask_to_leave(self, question)

    def press_shutter(self) -> None:
        """Take a photo: called by a foot pedal or a shortcut of the window."""
        self.shutter_pressed.emit()

    def _leave_by_key(self) -> None:
        """The window for choosing files is closed first, then both versions of one of them."""
        if self.incoming.picker.is_open:
            self.incoming.picker.close()
        elif self._parts.both_made is not None and self._parts.both_made.is_shown:
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
        if open_sheet(self) is self and (event.isAutoRepeat() or self.keys.handle(event)):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _leave_both(self) -> None:
        if self._parts.both_made is not None:
            self._parts.both_made.leave()

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.head, Rule(), self.strips, self.incoming.picker.strip, *self._list_parts):
            self._column.addWidget(part, int(part is self._parts.pages))

    def show_list(self, *, is_shown: bool) -> None:
        """Both versions of a file take the place of the list, of the consent and of Send."""
        for part in self._list_parts:
            part.setVisible(is_shown)

    def return_to(self, shot_id: int) -> None:
        """Show the list again, with this file as the current one."""
        self.show_list(is_shown=True)
        self.files_tab.files.select(ShotId(shot_id))
        self.files_tab.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, key: str) -> None:
        """Turn to "camera" or "files" as a person does; tells of it."""
        self.show_tab(key)
        self.tab_chosen.emit(key)
