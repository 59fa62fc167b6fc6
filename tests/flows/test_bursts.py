"""What a bar-code reader sends while no field has the focus: it is searched for in place of what stood in the box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.waiting import emitted, until


async def _scan(desk: Desk, text: str) -> None:
    """Each key for whatever has the focus then, as fast as a reader sends them, and Enter in the end."""
    for sign in text:
        QTest.keyClicks(QApplication.focusWidget() or desk.window, sign)
    desk.press(Qt.Key.Key_Return)
    await emitted(rules_of(desk.window).went_quiet)


@pytest.fixture
def cameras(closed_desk: Desk) -> list[Camera]:
    made: list[Camera] = []
    closed_desk.make_camera = camera_maker(made, [])
    return made


@pytest.mark.parametrize("place", ["album", "viewer", "tray"])
async def test_a_card_scanned_anywhere_opens_its_patient(desk: Desk, place: str) -> None:
    await desk.search("vance, dor")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Dorothy Vance" in desk.banner_name)
    await desk.pictures_are_there()
    if place == "album":
        desk.pages.patient.focus_album()
    elif place == "viewer":
        await desk.open_photo(0)
    else:
        desk.press(Qt.Key.Key_F6)
    await _scan(desk, str(MARIA_LOPEZ))
    assert desk.pane.field.text() == str(MARIA_LOPEZ)
    await until(lambda: "Maria Lopez" in desk.banner_name)
    assert open_sheet(desk.window) is None


async def test_a_scan_over_a_sheet_or_a_question_goes_nowhere(cameras: list[Camera], desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: open_sheet(desk.window) is not None)
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    sheet, before = desk.sheet, desk.pane.field.text()
    await until(lambda: "Send 1 to Grace Adeyemi, 7 Jul 1986" in sheet.foot.send.text())
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    await _scan(desk, str(MARIA_LOPEZ))
    assert open_sheet(desk.window) is sheet
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    await _scan(desk, str(MARIA_LOPEZ))
    assert desk.is_asked
    assert desk.pane.field.text() == before
    assert "Grace Adeyemi" in desk.banner_name
    assert sheet.foot.send.text() == "Send 1 to Grace Adeyemi, 7 Jul 1986"


async def test_a_scan_over_a_kept_id_photo_asks_before_it_opens_anybody(cameras: list[Camera], desk: Desk) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    await _scan(desk, str(MARIA_LOPEZ))
    await until(lambda: desk.is_asked)
    assert "Thomas Becker" in desk.banner_name
    desk.answer("Stay here")
    await until(lambda: not desk.is_asked)
    assert "Name and date of birth match? Then send." in desk.page_words
