"""How much room the rows below the banner take at the present width, before they are there."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.ui.gallery.namesake_rows import namesake_warning
from cerbo_desktop.ui.gallery.notices import LOW_SPACING_PX, SPACING_PX, status_notice
from cerbo_desktop.ui.text import patient_page

_SIDES_PX = 48


def notice_width(notices: QWidget) -> int:
    """A list that is hidden is not laid out: then its page tells how wide it will be."""
    page = notices.parentWidget()
    return (page if page is not None else notices).width() - _SIDES_PX


def stacked_height_px(heights: Sequence[int], *, is_low: bool) -> int:
    """The height of these rows one below the other; `is_low`: on a low page."""
    return sum(heights) + (LOW_SPACING_PX if is_low else SPACING_PX) * max(0, len(heights) - 1)


def notice_height_px(row: QWidget, width: int) -> int:
    """The height of one row."""
    return max(row.minimumHeight(), row.heightForWidth(width))


def namesake_height_px(namesake: Patient, width: int, *, is_low: bool) -> int:
    """The height of the warning of this namesake, with room to say that there may be others."""
    row, _ = namesake_warning(namesake)
    row.set_text(patient_page.may_be_more_namesakes())
    row.set_low(is_low)
    return notice_height_px(row, width)


def max_status_height_px(width: int, *, is_low: bool) -> int:
    """The height of the highest row that a patient's status may call for."""
    rows = [row for status in PatientStatus if (row := status_notice(status, lambda: None)) is not None]
    for row in rows:
        row.set_low(is_low)
    return max(notice_height_px(row, width) for row in rows)
