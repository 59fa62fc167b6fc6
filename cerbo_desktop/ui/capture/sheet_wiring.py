"""Which signal of a part of the capture sheet is told by which of the sheet's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cerbo_desktop.camera import permission
from cerbo_desktop.ui.text import added_files, capture as words

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.camera_tab import CameraTab
    from cerbo_desktop.ui.capture.files_tab import FilesTab
    from cerbo_desktop.ui.capture.see_both import SeeBoth
    from cerbo_desktop.ui.capture.sheet import CaptureSheet


def wire_frame(sheet: CaptureSheet) -> None:
    """The head and the foot."""
    sheet.head.close_pressed.connect(sheet.leave_pressed)
    sheet.head.tab_chosen.connect(sheet.turn_to)
    sheet.foot.cancel_pressed.connect(sheet.leave_pressed)
    sheet.foot.send_pressed.connect(sheet.send_pressed)


def wire_incoming(sheet: CaptureSheet) -> None:
    """What is dropped, pasted or chosen."""
    incoming, foot = sheet.incoming, sheet.foot
    foot.send_pressed_early.connect(incoming.picker.remind)
    incoming.picker.opened.connect(foot.first_look.cover)
    incoming.picker.closed.connect(foot.first_look.uncover)
    for came, told in ((incoming.files_came, sheet.files_added), (incoming.picture_came, sheet.picture_pasted)):
        came.connect(lambda _: sheet.show_problem(""))
        came.connect(told)
    incoming.nothing_came.connect(lambda: sheet.show_problem(words.nothing_to_paste()))
    incoming.link_came.connect(lambda: sheet.show_problem(added_files.link_is_no_photo()))


def wire_camera_tab(sheet: CaptureSheet, tab: CameraTab) -> None:
    """The live view, the column beside it, and the shots."""
    finder, side = tab.viewfinder, tab.side
    finder.live.clicked.connect(sheet.shutter_pressed)
    finder.retry_wanted.connect(sheet.retry_pressed)
    finder.settings_wanted.connect(permission.open_settings)
    finder.files_wanted.connect(lambda: sheet.turn_to("files"))
    side.camera_chosen.connect(sheet.camera_chosen)
    side.size_chosen.connect(sheet.size_chosen)
    side.grid_switched.connect(sheet.grid_switched)
    side.mirror_switched.connect(sheet.mirror_switched)
    tab.strip.shot_ticked.connect(sheet.shot_ticked)
    tab.strip.shot_removed.connect(sheet.shot_removed)


def wire_files_tab(sheet: CaptureSheet, tab: FilesTab) -> None:
    """The list of files and the way to more."""
    tab.files.shot_ticked.connect(sheet.shot_ticked)
    tab.files.shot_removed.connect(sheet.shot_removed)
    tab.see_both_wanted.connect(sheet.see_both_wanted)
    tab.choose_wanted.connect(sheet.incoming.picker.open)
    sheet.incoming.hovers.connect(tab.zone.set_lit)


def wire_see_both(sheet: CaptureSheet, both: SeeBoth) -> None:
    """Both versions of a file, in the place of the list."""
    both.came.connect(lambda: sheet.show_list(is_shown=False))
    both.left.connect(sheet.return_to)
    sheet.dismissed.connect(both.leave)
