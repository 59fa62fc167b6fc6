"""A photo that was sent again although it had arrived, and one whose taking back was not answered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.kit.picture import Picture
from cerbo_desktop.ui.uploads.model import UPLOAD_ROLE
from cerbo_desktop.ui.uploads.rows import UploadRows
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
    await _send_again(desk)
    await desk.tray_says(_WAITING)
    first, second = desk.clinic.photos_received()
    return first.id, second.id


async def _send_again(desk: Desk) -> None:
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Send again")


async def _rows_named(name: str) -> UploadRows:
    def found() -> list[UploadRows]:
        return [
            each
            for each in QApplication.allWidgets()
            if isinstance(each, UploadRows) and each.isVisible() and each.accessibleName() == name
        ]

    await until(lambda: len(found()) == 1)
    return found()[0]


def _look_again(desk: Desk) -> None:
    assert desk.application.session.workspace is not None
    desk.workspace.refresh()


def _waiting_ids(desk: Desk) -> list[int]:
    return [each.id for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type == "image"]


async def test_a_second_entry_beside_the_chart_is_told_and_taken_back(desk: Desk, photo: Path) -> None:
    first, second = await _send_twice(desk, photo)
    desk.clinic.accept(first)
    _look_again(desk)
    await desk.tray_says(f"a second entry ({second}) is waiting in Cerbo’s queue")
    assert "Found in chart" not in desk.tray_words
    assert_plain(desk.tray_words)
    await desk.click_when_there("Withdraw", desk.pages.tray)
    await until(lambda: desk.is_asked)
    assert f"Entry {second} leaves Cerbo’s queue" in desk.question.accessibleDescription()
    assert "that one may be deleted with it" in desk.question.accessibleDescription()
    (shown,) = desk.question.findChildren(Picture)
    assert shown.image is not None
    assert shown.accessibleName().startswith("Added "), "which photo is meant, beside others of the same person"
    desk.answer("Withdraw")
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
    desk.answer("Withdraw")
    await desk.tray_says("Nothing sent yet")
    assert not desk.is_asked
    assert "Ask who cleared it" not in desk.tray_words
    assert _waiting_ids(desk) == []


async def test_a_second_try_that_cerbo_refuses_is_a_doubt_and_not_unsent(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    desk.clinic.faults.set("upload", Fault.RESULT_FALSE)
    await _send_again(desk)
    await desk.tray_says("It was not sent again; an earlier try may have arrived")
    assert "Nothing was sent" not in desk.tray_words
    assert_plain(desk.tray_words)
    desk.clinic.faults.clear()
    (first,) = desk.clinic.photos_received()
    desk.clinic.accept(first.id)
    _look_again(desk)
    await desk.tray_says("Found in chart")


async def test_a_wrong_patients_double_is_told_to_stay_in_the_chart(desk: Desk, photo: Path) -> None:
    first, second = await _send_twice(desk, photo)
    desk.clinic.accept(first)
    _look_again(desk)
    await desk.tray_says("In chart and queue")
    await desk.click_when_there("Shift list", desk.pages.tray)
    rows = await _rows_named("Needs attention")
    rows.wrong_patient_wanted.emit(rows.model().index(0, 0).data(UPLOAD_ROLE).id)  # as its menu does
    await until(lambda: desk.is_asked)
    assert "stays in the chart" in desk.question.accessibleDescription()
    desk.answer("Withdraw")
    await until(lambda: desk.is_asked and "Please delete" in desk.question.accessibleDescription())
    assert "from the chart of Grace Adeyemi" in desk.question.accessibleDescription()
    assert _waiting_ids(desk) == []
    assert second not in _waiting_ids(desk)


async def test_one_of_two_that_was_taken_back_stays_in_the_list_until_the_other_is_found(
    desk: Desk, photo: Path
) -> None:
    first, second = await _send_twice(desk, photo)
    desk.clinic.accept(first)  # since the last look
    (rows,) = [each for each in desk.pages.tray.findChildren(QListView) if each.isVisible()]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    await until(lambda: desk.is_asked)
    desk.answer("Withdraw")
    await until(lambda: desk.is_asked and "or in the chart" in desk.question.accessibleDescription())
    assert second not in _waiting_ids(desk)
    assert_plain(desk.question.accessibleDescription())
    desk.answer("Close")
    await desk.tray_says("look in Cerbo’s queue and chart for a second one")
    await desk.click_when_there("Remove from list", desk.pages.tray)
    await desk.tray_says("Nothing sent yet")


async def test_an_accepted_entry_that_stays_in_the_list_is_not_to_be_taken_back(desk: Desk, photo: Path) -> None:
    desk.clinic.switches.queue_keeps_accepted_as = "Completed"
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    desk.clinic.accept(_waiting_ids(desk)[0])
    _look_again(desk)
    await desk.tray_says("Found in chart")
    assert "second entry" not in desk.tray_words


@pytest.mark.parametrize("status", ["", "pending"])
async def test_a_chart_that_lists_what_waits_offers_nothing_to_take_back(desk: Desk, photo: Path, status: str) -> None:
    desk.clinic.switches.lists_waiting_photos = True
    desk.clinic.switches.waiting_photo_status = status
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    looks = desk.clinic.counters.count("images")
    _look_again(desk)
    await until(lambda: desk.clinic.counters.count("images") > looks)
    assert "In chart and queue" not in desk.tray_words
    desk.clinic.accept(_waiting_ids(desk)[0])
    _look_again(desk)
    await desk.tray_says("Found in chart")
    assert "second entry" not in desk.tray_words
