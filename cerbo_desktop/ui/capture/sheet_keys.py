"""The keys of the capture sheet, of its table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox

from cerbo_desktop.ui.commands.command import Acts
from cerbo_desktop.ui.commands.key_tips import takes_enter
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import CAPTURE

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.sheet import CaptureSheet

_OWN_KEYS = frozenset({"take", "shutter", "send", "files", "paste", "leave"})
"""Commands whose keys are not the window's while the sheet is open."""


class SheetKeys:
    """The shortcut that sends from anywhere in the sheet; `handle` is for all other keys."""

    def __init__(self, sheet: CaptureSheet) -> None:
        self._sheet, self._scans = sheet, ScanGuard(sheet, CAPTURE)
        for keys in CAPTURE["send_anywhere"].keys_here():
            shortcut = QShortcut(QKeySequence(keys), sheet, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(sheet.foot.press_send_by_key)

    def watch_new_parts(self) -> None:
        """Heed the keys of buttons and lists that the sheet has got meanwhile."""
        self._scans.watch_buttons()

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key press means; False where it means nothing here."""
        sheet = self._sheet
        acts: Acts = {
            "shutter": lambda _: sheet.shutter_pressed.emit(),
            "choose": self._tick_number,
            "send": lambda _: self._enter(),
            "send_anywhere": lambda _: self._enter(),
            "files": lambda _: sheet.incoming.picker.open(),
            "paste": lambda _: sheet.incoming.paste(),
        }
        if sheet.tab == "camera":
            acts["take"] = acts["shutter"]
            acts["retake"] = lambda _: sheet.retake_pressed.emit()
        else:
            acts["see_both"] = lambda _: sheet.files_tab.files.see_both()
        return self._scans.dispatch(event, acts)

    def _enter(self) -> None:
        """Enter sends, or closes once all is sent; on a button that has the focus it presses that button, so Cancel is
        never Send."""
        sheet = self._sheet
        focused = sheet.focusWidget()
        if isinstance(focused, QComboBox):
            focused.showPopup()
        elif isinstance(focused, QAbstractButton) and takes_enter(focused) and focused is not sheet.foot.send:
            focused.click()
        elif sheet.foot.is_done:
            sheet.foot.cancel.click()
        else:
            sheet.foot.press_send_by_key()

    def _tick_number(self, at: int) -> None:
        sheet = self._sheet
        shown = sheet.camera_tab.strip if sheet.tab == "camera" else sheet.files_tab.files
        if at < len(shown.shots.shots):
            shown.tick(shown.shots.shots[at])


def is_ours(event: QKeyEvent) -> bool:
    """Whether the sheet, and not the window, is meant by a key. Ctrl Enter is not the sheet's own in this sense: it is
    its shortcut, which a focused button must not take for its Enter."""
    row = CAPTURE.row_of(event)
    return row is not None and row.id in _OWN_KEYS
