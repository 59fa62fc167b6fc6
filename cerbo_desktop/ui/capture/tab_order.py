"""The order of Tab in the capture sheet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.sheet import CaptureSheet


def order_tabs(sheet: CaptureSheet) -> None:
    """Live view, shots, opening the column, camera, size, toggles, files, both versions, consent, Cancel, Send, tabs,
    close."""
    tab, side, files, foot = sheet.camera_tab, sheet.camera_tab.side, sheet.files_tab, sheet.foot
    order = [
        *(tab.viewfinder.live, tab.viewfinder.trouble.settings, tab.viewfinder.trouble.retry),
        *(tab.viewfinder.trouble.files, tab.strip, tab.open_side, side.camera.select, side.picture_size.select),
        *(side.grid.switch, side.mirror.switch, files.zone.choose, files.files),
        *(files.aside.see_large, files.aside.tick, *sheet.see_both.stops),
        *(foot.consent.box, foot.cancel, foot.send, *sheet.head.segments, sheet.head.cross),
    ]
    for first, second in pairwise(order):
        QWidget.setTabOrder(first, second)
