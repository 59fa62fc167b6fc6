"""What can go wrong with a photo on its way, each in its designed words; nothing lost, nothing sent twice."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cerbo_desktop.practice.answer_forms import ListForm
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.uploads.rows import UploadRows
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button, words_of
from tests.flows.turned_clock import looked_long_enough, turned_clock
from tests.unit.outbox.stock import edit
from tests.variants import some_now
from tests.waiting import until

_FOR_GRACE = "The photo for Grace Adeyemi, 7\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}1986."
_REFUSALS = {
    Fault.BAD_REQUEST: "Cerbo refused the photo. It is safe on this PC.",
    Fault.UNSUPPORTED_TYPE: "Cerbo refused the photo. It is safe on this PC.",
    Fault.UNPROCESSABLE: "Cerbo refused the photo. It is safe on this PC.",
    Fault.RESULT_FALSE: "Cerbo refused the photo. It is safe on this PC.",
    Fault.NOT_FOUND: "This patient is no longer in Cerbo. The photo is safe on this PC.",
    Fault.FORBIDDEN: "This key isn’t allowed to send photos to this chart. The photo is safe on this PC.",
}
_DOUBTFUL_UNSTORED = (
    *(Fault.SERVER_ERROR, Fault.BAD_GATEWAY_HTML, Fault.CAPTIVE_PORTAL, Fault.MALFORMED_JSON),
    Fault.UNAVAILABLE,
)
_NO_SUCCESS = (Fault.CAPTIVE_PORTAL,)
_DOUBTFUL_STORED = (
    *(Fault.ANSWER_LOST, Fault.RESET_AFTER_STORING, Fault.COMMIT_THEN_ERROR, Fault.CUT_MID_BODY, Fault.GZIP),
)


def _grow(photo: Path) -> None:
    """To 8 MB of noise: more than the sockets hold, so it is not through before the line breaks."""
    noise = Image.effect_noise((3_300, 2_400), 80).convert("RGB")
    noise.save(photo, "JPEG", quality=95, subsampling=0)


async def _send(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)


@some_now("fault", _REFUSALS, one_in=2)
async def test_refused(desk: Desk, photo: Path, fault: Fault) -> None:
    desk.clinic.faults.set("upload", fault)
    await _send(desk, photo)
    await desk.tray_says(_REFUSALS[fault])
    assert "Not sent" in desk.tray_words
    assert_plain(desk.tray_words)
    assert not desk.strip_words
    assert not desk.clinic.photos_received()
    desk.clinic.faults.clear()
    await desk.click_when_there("Try again", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_photo_that_is_too_big_is_not_offered_to_be_sent_once_more(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.TOO_LARGE)
    await _send(desk, photo)
    await desk.tray_says("Cerbo refused the photo: too big. It is safe on this PC. Take it again in a smaller picture")
    assert_plain(desk.tray_words)
    assert not has_button(desk.pages.tray, "Try again")
    await desk.open(MARIA_LOPEZ)
    await desk.click_when_there("Take again", desk.pages.tray)
    await until(lambda: open_sheet(desk.window) is not None)
    assert "Grace Adeyemi" in words_of(desk.sheet)
    assert "7\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}1986" in words_of(desk.sheet)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)
    await desk.click_when_there("Delete photo", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Delete photo")
    await desk.tray_says("Nothing sent yet")


@some_now("fault", _DOUBTFUL_UNSTORED)
async def test_an_answer_that_proves_nothing_asks_a_person(desk: Desk, photo: Path, fault: Fault) -> None:
    desk.clinic.faults.set("upload", fault)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    came = "What came back doesn’t say that Cerbo took the photo." if fault in _NO_SUCCESS else "No answer came back."
    await desk.tray_says(f"{came} Look in Cerbo’s queue, then choose.")
    assert "The queue shows nothing new so far." in desk.tray_words
    assert_plain(desk.tray_words)
    desk.clinic.faults.clear()
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    asked = f"{_FOR_GRACE} Cerbo’s queue and chart show nothing new just now."
    assert desk.question.accessibleDescription().startswith(asked)
    desk.answer("Send again")
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


@some_now("fault", _DOUBTFUL_STORED)
async def test_an_answer_lost_after_storing_is_never_sent_twice(desk: Desk, photo: Path, fault: Fault) -> None:
    desk.clinic.faults.set("upload", fault)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    await desk.tray_says("The queue has one more entry than before.")
    assert has_button(desk.pages.tray, "Send again")
    desk.clinic.faults.clear()
    await desk.click_when_there("It’s there", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


async def test_where_no_album_is_listed_photos_are_sent_all_the_same(desk: Desk, photo: Path) -> None:
    desk.clinic.switches.odd_lists["images"] = ListForm.ALL_404
    await _send(desk, photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    (said,) = desk.pages.patient.list_notes.texts[:1]
    assert said.startswith("Cerbo doesn’t list this patient’s photos.")
    assert_plain(said)
    assert "no longer has" not in desk.page_words + desk.tray_words
    assert len(desk.clinic.photos_received()) == 1
    desk.clinic.accept_all()
    desk.clinic.switches.odd_lists.clear()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_list_of_photos_that_is_in_trouble_is_named_and_waited_for(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("images", Fault.SERVER_ERROR)
    await _send(desk, photo)
    await desk.tray_says("Cerbo’s list of this patient’s photos can’t be read just now. Trying again in")
    assert "busy" not in desk.tray_words
    assert_plain(desk.tray_words)
    assert not desk.clinic.photos_received()
    desk.clinic.faults.clear()
    desk.services.uploading.resume()
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_photo_that_is_said_to_be_there_and_is_not_can_still_be_sent(desk: Desk, photo: Path) -> None:
    """The word of a person is asked for once more, told as no more than that, and can be taken back."""
    desk.clinic.faults.set("upload", Fault.SERVER_ERROR)
    await _send(desk, photo)
    await desk.tray_says("The queue shows nothing new so far.")
    desk.clinic.faults.clear()
    await desk.click_when_there("It’s there", desk.pages.tray)
    await until(lambda: desk.is_asked)
    assert (
        "The photo for Grace Adeyemi, 7\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}1986."
        in desk.question.accessibleDescription()
    )
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.is_asked)
    await desk.click_when_there("It’s there", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("It’s there")
    await desk.tray_says("In Cerbo, you said. The app hasn’t seen it there yet")
    await desk.close()
    await desk.start()
    desk.widen()
    await desk.tray_says("In Cerbo, you said")
    assert "0 sent today" in desk.tray_words
    rows = next(rows for rows in desk.pages.tray.findChildren(UploadRows) if rows.rows.rowCount())
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    (menu,) = rows.findChildren(QMenu)
    (untold,) = [action for action in menu.actions() if action.text() == "Not there after all"]
    untold.trigger()
    menu.close()
    await desk.tray_says("May have arrived")
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Send again")
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_photo_that_was_said_to_be_there_is_found_in_the_chart(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("queue", Fault.FORBIDDEN)
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    await desk.click_when_there("It’s there", desk.pages.tray)
    await desk.tray_says("In Cerbo, you said")
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_choice_that_can_not_be_saved_is_not_made_and_says_so(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.SERVER_ERROR)
    await _send(desk, photo)
    await desk.tray_says("The queue shows nothing new so far.")
    edit(desk.data_dir.outbox_dir, "DELETE FROM uploads")
    await desk.click_when_there("It’s there", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("It’s there")
    await until(lambda: desk.is_asked and "saved" in desk.question.accessibleDescription())
    told = desk.question.accessibleDescription()
    assert "Your choice could not be saved: another program changed the list of photos." in told
    assert_plain(told)
    desk.answer("Close")
    await until(lambda: not desk.is_asked)
    assert "May have arrived" in desk.tray_words


async def test_send_again_asks_and_cancel_sends_nothing(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    await _send(desk, photo)
    await desk.tray_says("May have arrived")
    await desk.click_when_there("Send again", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.is_asked)
    assert "May have arrived" in desk.tray_words
    assert desk.clinic.counters.count("upload") == 1


async def test_found_by_itself_when_staff_accepted_before_the_look(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.ANSWER_LOST)
    desk.clinic.faults.set("queue", Fault.SLOW_HEADER, pace_s=0.02)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await until(lambda: desk.clinic.photos_received())
    desk.clinic.accept_all()
    await until(lambda: "Found in chart" in desk.tray_words or "May have arrived" in desk.tray_words)
    assert len(desk.clinic.photos_received()) == 1


async def test_busy_looks_for_half_a_minute_and_goes_on_by_itself(
    closed_desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = turned_clock(monkeypatch)
    await closed_desk.start()
    desk = closed_desk
    desk.clinic.faults.set("upload", Fault.TOO_MANY, times=1, retry_after=1)
    await _send(desk, photo)
    await desk.tray_says("Cerbo is busy. Checking whether it has the photo; if not, it is sent again.")
    assert_plain(desk.tray_words)
    await looked_long_enough(desk, clock)
    await desk.tray_says("It was sent twice: staff may see it twice in Cerbo’s queue.")
    assert "Waiting in Cerbo’s queue" in desk.tray_words
    assert desk.clinic.counters.count("upload") == 2
    assert len(desk.clinic.photos_received()) == 1


async def test_a_photo_that_was_stored_although_cerbo_asked_for_a_wait_is_not_sent_again(
    closed_desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its list shows the photo only when the wait is over."""
    clock = turned_clock(monkeypatch)
    await closed_desk.start()
    desk = closed_desk
    desk.clinic.faults.set("upload", Fault.COMMIT_THEN_TOO_MANY, times=1, retry_after=1)
    desk.clinic.switches.queue_lists_uploads = False
    await _send(desk, photo)
    await desk.tray_says("Cerbo is busy. Checking whether it has the photo")
    clock.turn(20)
    desk.clinic.switches.queue_lists_uploads = True
    await looked_long_enough(desk, clock)
    await desk.tray_says("May have arrived")
    assert "Cerbo is busy. It was not sent again; an earlier try may have arrived." in desk.tray_words
    await desk.tray_says("The queue has one more entry than before.")
    assert desk.clinic.counters.count("upload") == 1
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


async def test_offline_keeps_the_photo_and_sends_it_when_the_line_is_back(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Safe on this PC. Will send automatically when online.")
    await desk.strip_says("1 photo is saved and encrypted on this PC and will be sent automatically")
    desk.clinic.go_online()
    await desk.click_when_there("Try now", desk.pages.strip)
    await desk.tray_says("Waiting in Cerbo’s queue")
    await until(lambda: not desk.strip_words)
    assert len(desk.clinic.photos_received()) == 1


async def test_offline_a_photo_that_needs_a_person_is_not_promised_to_go(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE)
    await _send(desk, photo)
    await desk.tray_says("Cerbo refused the photo.")
    desk.clinic.go_offline()
    desk.workspace.refresh()
    await desk.strip_says("1 photo needs you: see Needs attention in Uploads.")
    assert "will be sent automatically" not in desk.strip_words


async def test_the_line_breaks_while_sending(desk: Desk, photo: Path) -> None:
    _grow(photo)
    desk.clinic.faults.set("upload", Fault.RESET_MID_UPLOAD, times=1)
    await _send(desk, photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_key_that_ends_while_sending_holds_the_queue(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)  # of sending alone it would not mean the key
    await desk.send_file(photo)
    await desk.tray_says("Cerbo rejected this key. Nothing was sent; the photo is safe on this PC.")
    await desk.strip_says("Key not accepted")
    desk.clinic.faults.clear()
    await desk.click_when_there("Try now", desk.pages.strip)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_cleared_from_the_queue_by_somebody(desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cerbo_desktop.services.uploads.look_moments._GONE_AFTER_S", 1.0)  # between the two looks
    await _send(desk, photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    (request,) = desk.clinic.waiting(GRACE_ADEYEMI)[-1:]
    request.status = "deleted"
    desk.workspace.refresh()
    await desk.tray_says("No longer in Cerbo’s queue or chart. Ask who cleared it.")
    await desk.click_when_there("Delete photo", desk.pages.tray)
    await until(lambda: desk.is_asked)
    assert "This app keeps no other copy." in desk.question.accessibleDescription()
    desk.answer("Delete photo")
    await desk.tray_says("Nothing sent yet")
