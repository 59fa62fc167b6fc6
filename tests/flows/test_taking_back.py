"""A person takes a photo back while Cerbo can't be asked: it is said, and trying again does it once it can."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.uploads.rows import UploadRows
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.waiting import until

_NOT_WITHDRAWN = "Cerbo can’t be reached just now, so nothing was withdrawn. The photo is in Cerbo as before."


async def test_taking_back_while_cerbo_cannot_be_reached(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.clinic.go_offline()
    rows = next(each for each in desk.pages.tray.findChildren(UploadRows) if each.isVisible())
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    await until(lambda: desk.is_asked)
    desk.answer("Withdraw")
    await until(lambda: desk.is_asked and desk.question.accessibleDescription().startswith(_NOT_WITHDRAWN))
    assert_plain(desk.question.accessibleDescription())
    desk.clinic.go_online()
    desk.answer("Try again")
    await desk.tray_says("Nothing sent yet")
    assert not [each for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type == "image"]
