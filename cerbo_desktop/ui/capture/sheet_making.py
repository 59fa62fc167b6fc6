"""Making a capture sheet bit by bit, so that the window answers meanwhile."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, takewhile

from PySide6.QtWidgets import QWidget

from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.held_input import HeldInput
from cerbo_desktop.ui.kit.motion import SHEET_IN_MS


@contextmanager
def input_kept_for_sheet(window: QWidget) -> Iterator[None]:
    """Keep the keys that are pressed while a sheet is made, for what has the focus at the end, and let no click reach
    the page: it could open another patient meanwhile."""
    held = HeldInput(window)
    try:
        yield
    finally:
        held.let_go()


async def made_sheet(patient: Patient, today: date, settings: Settings, tab: str) -> CaptureSheet:
    """A sheet of which what is seen first is there: "camera" or "files"."""
    sheet = CaptureSheet(
        patient, today, shows_grid=settings.shows_grid, mirrors=settings.mirrors_view, is_made_at_once=False
    )
    for _ in chain(sheet.making(), sheet.making_tab(tab)):
        await asyncio.sleep(0)
    sheet.show_tab(tab)
    return sheet


async def make_rest(sheet: CaptureSheet) -> None:
    """Make what is not seen yet, once the sheet has come in and as long as it is open."""
    await asyncio.sleep(SHEET_IN_MS / 1000)
    for _ in takewhile(lambda _: sheet.is_open, sheet.making_rest()):
        await asyncio.sleep(0)
