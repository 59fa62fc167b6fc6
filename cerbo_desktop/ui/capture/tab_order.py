"""The order of Tab in the capture sheet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.camera_tab import CameraTab
    from cerbo_desktop.ui.capture.files_tab import FilesTab
    from cerbo_desktop.ui.capture.see_both import SeeBoth
    from cerbo_desktop.ui.capture.sheet import CaptureSheet


def order_tabs(sheet: CaptureSheet, camera: CameraTab | None, files: FilesTab | None, both: SeeBoth | None) -> None:
    """Live view, shots, opening the column, camera, size, toggles, files, both versions, consent, Cancel, Send, tabs,
    close. A part that is None was not made yet."""
    foot, head = sheet.foot, sheet.head
    order = [
        *(_of_camera(camera) if camera is not None else ()),
        *(_of_files(files) if files is not None else ()),
        *(both.stops if both is not None else ()),
        *(foot.consent.box, foot.cancel, foot.send, *head.segments, head.cross),
    ]
    for first, second in pairwise(order):
        QWidget.setTabOrder(first, second)


def _of_camera(tab: CameraTab) -> tuple[QWidget, ...]:
    trouble, side = tab.viewfinder.trouble, tab.side
    left = tab.viewfinder.live, trouble.settings, trouble.retry, trouble.files, tab.strip, tab.open_side
    return *left, side.camera.select, side.picture_size.select, side.grid.switch, side.mirror.switch


def _of_files(tab: FilesTab) -> tuple[QWidget, ...]:
    return tab.zone.choose, tab.files, tab.aside.see_large, tab.aside.tick
