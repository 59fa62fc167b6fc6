"""A practice that is left takes every sheet with it that lists its patients."""

from pathlib import Path

from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.uploads.shift_list import ShiftList
from cerbo_desktop.ui.uploads.stranded_sheet import StrandedSheet
from tests.flows.desk import Desk
from tests.flows.kept_photos import keep_unsent
from tests.waiting import until


async def _left(desk: Desk) -> None:
    await desk.application.session.leave()
    assert open_sheet(desk.window) is None
    await until(lambda: not desk.window.findChildren(Sheet))


async def test_todays_photos_close_with_the_practice(desk: Desk, photo: Path) -> None:
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.click_when_there("Shift list", desk.pages.tray)
    assert isinstance(open_sheet(desk.window), ShiftList)
    await _left(desk)


async def test_photos_of_an_earlier_sign_in_close_with_the_practice(closed_desk: Desk, photo: Path) -> None:
    desk, second_key = closed_desk, "pk_of_the_same_practice"
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    desk.clinic.switches.more_keys = frozenset({second_key})
    await desk.start_as(second_key)
    desk.widen()
    await desk.click_when_there("View them", desk.pages.tray)
    await until(lambda: isinstance(open_sheet(desk.window), StrandedSheet))
    await _left(desk)
