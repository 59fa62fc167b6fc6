"""A photo that was sent again although it had arrived, and one whose taking back was not answered."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.waiting import until

_WAITING = "Waiting in Cerbo’s queue"


async def _send(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)


async def _send_twice(desk: Desk, photo: Path) -> tuple[int, int]:
    """The first try arrives and is not answered."""
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    desk.clinic.faults.clear()
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Send again")
    await desk.tray_says(_WAITING)
    first, second = desk.clinic.photos_received()
    return first.id, second.id


def _look_again(desk: Desk) -> None:
    assert desk.program.clinic is not None
    desk.program.clinic.look_again()


def _waiting_ids(desk: Desk) -> list[int]:
    return [each.id for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type == "image"]


async def test_a_second_entry_beside_the_chart_is_told_and_taken_back(desk: Desk, photo: Path) -> None:
    first, second = await _send_twice(desk, photo)
    desk.clinic.accept(first)
    _look_again(desk)
    await desk.tray_says(f"a second entry ({second}) waits in Cerbo’s queue")
    assert "Found in chart" not in desk.tray_words
    assert_plain(desk.tray_words)
    await desk.click_when_there("Take back", desk.pages.tray)
    await until(lambda: desk.is_asked)
    assert f"Entry {second} leaves Cerbo’s queue" in desk.question.accessibleDescription()
    desk.answer("Take back")
    await desk.tray_says("Found in chart")
    assert _waiting_ids(desk) == []


async def test_both_accepted_is_told_until_a_person_has_read_it(desk: Desk, photo: Path) -> None:
    for entry in await _send_twice(desk, photo):
        desk.clinic.accept(entry)
    _look_again(desk)
    await desk.tray_says("Twice in the chart")
    assert_plain(desk.tray_words)
    await desk.click_when_there("Remove from list", desk.pages.tray)
    await until(lambda: "Twice in the chart" not in desk.tray_words)
    assert not desk.is_asked


async def test_taken_back_without_an_answer_asks_nobody_who_cleared_it(desk: Desk, photo: Path) -> None:
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    desk.clinic.faults.set("withdraw", Fault.ANSWER_LOST)
    (rows,) = [each for each in desk.pages.tray.findChildren(QListView) if each.isVisible()]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    await until(lambda: desk.is_asked)
    desk.answer("Take back")
    await desk.tray_says("Nothing sent yet")
    assert not desk.is_asked
    assert "Ask who cleared it" not in desk.tray_words
    assert _waiting_ids(desk) == []
