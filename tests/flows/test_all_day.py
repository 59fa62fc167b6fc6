"""A day at the desk: forty ID photos, of which staff have accepted none, stay one screen of the tray."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.ui.uploads.view import UploadTray
from tests.flows.desk import Desk
from tests.flows.kept_photos import keep_unsent
from tests.flows.reading import has_button
from tests.waiting import until

_COUNT = 40


def _hidden_px(tray: UploadTray) -> int:
    """How far the tray has to be scrolled to see all of it."""
    return tray.shown.findChildren(QScrollArea)[0].verticalScrollBar().maximum()


@pytest.mark.parametrize(
    "size",
    [pytest.param((1440, 836), marks=pytest.mark.release), (1092, 560)],
    ids=["1440x900", "1366x768 at 125 percent"],
)
async def test_forty_id_photos_stay_one_screen(closed_desk: Desk, photo: Path, size: tuple[int, int]) -> None:
    desk = closed_desk
    patients = [each for each, person in desk.clinic.patients.items() if person.status == "active" and person.dob]
    await keep_unsent(desk, photo, *(patients * 2)[:_COUNT])
    await desk.start()
    desk.window.resize(*size)
    if has_button(desk.pages.tray, "Show uploads"):
        desk.click("Show uploads", desk.pages.tray)
    feed = desk.services.uploading.feed
    await until(lambda: len(feed.latest) == _COUNT)
    await until(lambda: _hidden_px(desk.pages.tray) == 0)  # while they wait on this PC
    await until(lambda: all(each.state is UploadState.SENT for each in feed.latest), 60.0)
    await until(lambda: _hidden_px(desk.pages.tray) == 0)  # while they wait for staff
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await until(lambda: all(each.state is UploadState.ACCEPTED for each in feed.latest), 60.0)
    await until(lambda: _hidden_px(desk.pages.tray) == 0)  # while they have just been found
