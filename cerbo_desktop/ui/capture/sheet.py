"""The capture sheet: photos for one patient by camera, files, drop or paste, and the one button that sends them."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.camera import permission
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.shots import Shot, ShotSource
from cerbo_desktop.ui.capture.camera_problem import CameraProblem
from cerbo_desktop.ui.capture.camera_tab import CameraTab
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.files_tab import FilesTab
from cerbo_desktop.ui.capture.leave_question import LeaveQuestion
from cerbo_desktop.ui.capture.pasting import picture_bytes
from cerbo_desktop.ui.capture.sheet_parts import SheetFoot, SheetHead
from cerbo_desktop.ui.commands.command import Act, When, place_of
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.file_dialog.picker import FilePicker
from cerbo_desktop.ui.file_dialog.request import FileRequest
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.dialogs import ask
from cerbo_desktop.ui.kit.dragged import local_files
from cerbo_desktop.ui.kit.labels import Rule
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.text import capture as words

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_OWN_KEYS = frozenset({"take", "shutter", "send", "files", "paste", "leave"})
"""Commands whose keys are not the window's while the sheet is open."""


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
    leave_pressed = Signal()
    """Cancel, the cross, or Esc"""

    def __init__(self, patient: Patient, today: date, *, shows_grid: bool = True, mirrors: bool = False) -> None:
        super().__init__(words.photos_for(patient))
        self.head, self.foot = SheetHead(patient, today), SheetFoot(patient)
        self.camera_tab = CameraTab(shows_grid=shows_grid, mirrors=mirrors)
        self.files_tab = FilesTab()
        self._problem, self._problem_words = Notice("bad", "", is_strip=True), ""
        self._pages = QStackedWidget()
        self.picker = FilePicker(self, _photo_request())
        self.on_escape = self._leave_by_key
        self.setAcceptDrops(True)
        self._lay_out()
        self._wire()
        self._order_tabs()
        self._scans = ScanGuard(self, CAPTURE)

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

    def show_why_files(self, trouble: CameraProblem | None) -> None:
        """Say over the files why there is no camera picture; None takes that away."""
        self.files_tab.show_reason(trouble)

    def flash(self) -> None:
        self.camera_tab.viewfinder.live.flash()

    @property
    def problem(self) -> str:
        """The sentence in the strip under the head, or empty."""
        return self._problem_words

    def show_problem(self, sentence: str) -> None:
        """A strip under the head until the next thing works; empty takes it away."""
        self._problem_words = sentence
        self._problem.set_words(sentence, assertive=True)
        self._problem.setVisible(bool(sentence))

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

    # Keys

    def _leave_by_key(self) -> None:
        """The window for choosing files is closed first."""
        if self.picker.is_open:
            self.picker.close()
        else:
            self.leave_pressed.emit()

    def event(self, event: QEvent) -> bool:
        """While the sheet is open its keys are not the window's: shortcuts of the same keys rest."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_handled = open_sheet(self) is self and (event.isAutoRepeat() or self._act_on(event))
        if is_handled:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _act_on(self, event: QKeyEvent) -> bool:
        row = CAPTURE.row_of(event)
        if row is None or row.is_of_widget or (row.when is When.CAMERA and self.tab != "camera"):
            return False
        place = place_of(row, event) or 0
        acts: dict[str, Act] = {
            "take": self.shutter_pressed.emit,
            "shutter": self.shutter_pressed.emit,
            "retake": self.retake_pressed.emit,
            "choose": lambda: self._tick_number(place),
            "send": self._enter,
            "send_anywhere": self._enter,
            "files": self.picker.open,
            "paste": lambda: self._paste(QGuiApplication.clipboard().mimeData()),
        }
        self._scans.run(row.keys_here()[place], acts[row.id])
        return True

    def _enter(self) -> None:
        """Enter sends; on a button that has the focus it presses that button, so Cancel is never Send."""
        focused = self.focusWidget()
        if isinstance(focused, QComboBox):
            focused.showPopup()
        elif isinstance(focused, QPushButton | QRadioButton) and focused not in (
            self.camera_tab.viewfinder.live,
            self.foot.send,
        ):
            focused.click()
        else:
            self.foot.press_send_by_key()

    def _tick_number(self, at: int) -> None:
        shown = self.camera_tab.strip if self.tab == "camera" else self.files_tab.files
        if at < len(shown.shots.shots):
            shown.tick(shown.shots.shots[at])

    # Drop and paste

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.files_tab.zone.set_lit(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.files_tab.zone.set_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_tab.zone.set_lit(False)
        event.acceptProposedAction()
        self._paste(event.mimeData())

    def _paste(self, mime: QMimeData) -> None:
        if paths := local_files(mime):
            self._add(paths)
        elif (data := picture_bytes(mime)) is not None:
            self.show_problem("")
            self.picture_pasted.emit(data)
        else:
            self.show_problem(words.nothing_to_paste())

    def _add(self, paths: list[Path]) -> None:
        self.show_problem("")
        self.files_added.emit(paths)

    # Building

    def _lay_out(self) -> None:
        self._problem.hide()
        self._pages.addWidget(self.camera_tab)
        self._pages.addWidget(self.files_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addWidget(self._problem)
        column.addWidget(self.picker.strip)
        column.addWidget(self._pages, 1)
        column.addWidget(Rule())
        column.addWidget(self.foot)

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
        files.choose_wanted.connect(self.picker.open)
        self.picker.chosen.connect(self._add)
        self.foot.send_pressed_early.connect(self.picker.remind)
        self.picker.opened.connect(self.foot.first_look.cover)
        self.picker.closed.connect(self.foot.first_look.uncover)
        for keys in CAPTURE["send_anywhere"].keys_here():
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.foot.press_send_by_key)
        self.head.tab_chosen.connect(self._turn_to)

    def _turn_to(self, key: str) -> None:
        self.show_tab(key)
        self.tab_chosen.emit(key)

    def _order_tabs(self) -> None:
        """Live view, shots, camera, size, toggles, files, consent, Cancel, Send, tabs, close."""
        tab, side = self.camera_tab, self.camera_tab.side
        order = [
            *(tab.viewfinder.live, tab.viewfinder.trouble.settings, tab.viewfinder.trouble.retry),
            *(tab.viewfinder.trouble.files, tab.strip, side.camera.select, side.picture_size.select),
            *(side.grid.switch, side.mirror.switch, self.files_tab.zone.choose, self.files_tab.files),
            *(self.foot.consent.box, self.foot.cancel, self.foot.send, *self.head.segments, self.head.cross),
        ]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)


def _photo_request() -> FileRequest:
    return FileRequest(title=words.choose_photos(), filters=(words.photo_files(), words.all_files()))


def _is_ours(event: QKeyEvent) -> bool:
    """Ctrl Enter is not: it is the sheet's own shortcut, which a focused button must not take for its Enter."""
    row = CAPTURE.row_of(event)
    return row is not None and row.id in _OWN_KEYS
