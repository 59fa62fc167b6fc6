"""Answers and lists that say less than they seem to: the window never says more than what is known.

What the clinic stored is the judge.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from cerbo_desktop.practice.answer_forms import QueueForm, UploadAnswer
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.practice.portal import QueueRequest
from cerbo_desktop.ui.uploads.pictures import TwoPictures
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button
from tests.variants import some_now
from tests.waiting import until

_QUEUE_NOT_READ = (
    "Cerbo’s queue can’t be read just now. These photos reached it; whether staff have accepted them since isn’t known."
    " The app keeps looking."
)
_WAITING = "Waiting in Cerbo’s queue"
_TOOK = "The app can’t look in Cerbo’s queue."


async def _send(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)


def _of_patient(desk: Desk) -> list[QueueRequest]:
    """What a patient sent: never ours to touch."""
    return [each for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type != "image"]


def _press_delete_on_the_only_row(desk: Desk) -> None:
    (rows,) = [each for each in desk.pages.tray.findChildren(QListView) if each.isVisible()]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Delete)


@some_now("answer", [UploadAnswer.EMPTY, UploadAnswer.STATUS_OK, UploadAnswer.MESSAGE, UploadAnswer.OWN_RECORD])
async def test_an_answer_that_names_no_entry_is_sent_once_the_queue_shows_it(
    desk: Desk, photo: Path, answer: UploadAnswer
) -> None:
    desk.clinic.switches.upload_answer = answer
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    for _ in range(3):
        desk.workspace.refresh()
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert "No longer in Cerbo" not in desk.tray_words
    assert len(desk.clinic.photos_received()) == 1


async def test_an_answer_that_tells_of_a_failure_is_never_called_sent(desk: Desk, photo: Path) -> None:
    desk.clinic.switches.upload_answer = UploadAnswer.STATUS_ERROR
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    assert _WAITING not in desk.tray_words
    assert_plain(desk.tray_words)
    assert not desk.clinic.photos_received()
    assert list(desk.data_dir.outbox_dir.rglob("*.doubtful"))
    desk.clinic.switches.upload_answer = UploadAnswer.RESULT
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Send again")
    await desk.tray_says(_WAITING)
    assert len(desk.clinic.photos_received()) == 1


async def test_the_own_record_of_an_image_takes_nothing_of_the_patient_back(desk: Desk, photo: Path) -> None:
    """The photo isn't listed, and the number in the answer may be anybody's."""
    desk.clinic.switches.upload_answer = UploadAnswer.OWN_RECORD
    before = _of_patient(desk)
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    _press_delete_on_the_only_row(desk)
    await until(lambda: desk.is_asked)
    desk.answer("Withdraw")
    await desk.tray_says("Nothing sent yet")
    assert _of_patient(desk) == before
    assert not [each for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type == "image"]


@some_now(
    "form",
    [QueueForm.OTHER_SHAPE, QueueForm.UNAUTHORIZED, QueueForm.NOT_ALLOWED, QueueForm.BROKEN, QueueForm.NO_CONTENT],
)
async def test_a_queue_that_cannot_be_read_holds_nothing_back(desk: Desk, photo: Path, form: QueueForm) -> None:
    desk.clinic.switches.queue = form
    await _send(desk, photo)
    await desk.tray_says("Cerbo took it")
    assert _TOOK in desk.tray_words
    (stored,) = desk.clinic.photos_received()
    assert f"Its number there is {stored.id}." in desk.tray_words
    assert not desk.strip_words
    assert_plain(desk.tray_words)
    _press_delete_on_the_only_row(desk)
    await until(lambda: desk.is_asked)
    assert f"queue number {stored.id}" in desk.question.accessibleDescription()
    desk.answer("Close")
    await until(lambda: not desk.is_asked)
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")


async def test_more_entries_than_one_answer_holds_prove_nothing(desk: Desk, photo: Path) -> None:
    for _ in range(120):
        desk.clinic.add_request(GRACE_ADEYEMI, "message")
    desk.clinic.switches.queue = QueueForm.FIRST_HUNDRED
    await _send(desk, photo)
    await desk.tray_says("Cerbo took it")
    await desk.tray_says("Its queue for this patient can’t be read completely.")
    assert "No longer in Cerbo" not in desk.tray_words
    assert len(desk.clinic.photos_received()) == 1


async def test_accepted_in_other_bytes_both_pictures_are_shown(desk: Desk, photo: Path) -> None:
    desk.clinic.switches.accepts_reencoded = True
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Left the queue")
    assert "A new photo is in the chart: check whether it is this one." in desk.tray_words
    (pictures,) = [each for each in desk.pages.tray.findChildren(TwoPictures) if each.isVisible()]
    await until(lambda: pictures.has_new)
    await desk.click_when_there("It is this one", desk.pages.tray)
    await desk.tray_says("Found in chart")


async def test_a_doubt_is_settled_by_itself_after_a_restart(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await desk.start()
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    desk.clinic.faults.clear()
    await desk.close()
    desk.clinic.accept_all()
    await desk.start()
    desk.widen()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


async def test_send_again_looks_first_and_finds_it(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    desk.clinic.faults.clear()
    desk.clinic.accept_all()
    if has_button(desk.pages.tray, "Send again"):
        desk.click("Send again", desk.pages.tray)
    await desk.tray_says("Found in chart")
    assert not desk.is_asked
    assert len(desk.clinic.photos_received()) == 1


async def test_that_the_queue_cannot_be_read_just_now_is_said_beside_what_waits_there(desk: Desk, photo: Path) -> None:
    await _send(desk, photo)
    await desk.tray_says(_WAITING)
    assert _QUEUE_NOT_READ not in desk.tray_words
    desk.clinic.switches.queue = QueueForm.NOT_MADE
    desk.workspace.refresh()
    await desk.tray_says(_QUEUE_NOT_READ)
    assert _WAITING in desk.tray_words
    assert_plain(desk.tray_words)
    desk.clinic.switches.queue = QueueForm.LIST
    desk.workspace.refresh()
    await until(lambda: _QUEUE_NOT_READ not in desk.tray_words)
