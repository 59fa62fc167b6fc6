"""A key that may do less than the app asks for: each screen says so, is asked no further, and the rest goes on."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.services.connection import KeyRefused
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed
from cerbo_desktop.ui.text import photo_details
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import button_of, has_button
from tests.variants import some_now
from tests.waiting import until

_STATUSES = some_now("status", [401, 403], one_in=2)


def _withhold(desk: Desk, *kinds: str, status: int = 401, pt_id: int | None = None) -> None:
    desk.clinic.switches.withheld = tuple(Withheld(kind, status, pt_id) for kind in kinds)


async def _quiet(desk: Desk) -> None:
    await until(lambda: desk.clinic.counters.in_flight() == 0)


async def _rest_works(desk: Desk) -> None:
    """Album and pictures of somebody else; no strip."""
    await desk.open(DOROTHY_VANCE)
    await until(lambda: desk.filter_words[0] == "All, 8")
    await desk.pictures_are_there()
    assert not desk.strip_words


@_STATUSES
async def test_an_album_that_may_not_be_listed(desk: Desk, status: int) -> None:
    _withhold(desk, "images", status=status, pt_id=GRACE_ADEYEMI)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: "This key isn’t allowed to list this patient’s photos." in desk.page_words)
    assert desk.page_words.count("allowed") == 1
    assert button_of(desk.pages.patient, "Try again").hasFocus()
    assert "No photos yet" not in desk.page_words
    assert_plain(desk.page_words)
    await _rest_works(desk)
    await _quiet(desk)
    asked = desk.clinic.counters.count("images")
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: "This key isn’t allowed to list this patient’s photos." in desk.page_words)
    assert desk.clinic.counters.count("images") == asked
    _withhold(desk)
    await desk.click_when_there("Try again", desk.pages.patient)
    await until(lambda: desk.filter_words[0] == "All, 5")
    assert desk.album.hasFocus()
    await desk.pictures_are_there()


@_STATUSES
async def test_pictures_that_may_not_be_seen(desk: Desk, status: int) -> None:
    _withhold(desk, "content", "stream", status=status)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.states and all(state == Failed(FailureKind.NOT_ALLOWED) for state in desk.states))
    assert all("this key isn’t allowed to show it" in tile for tile in desk.tiles)
    await _quiet(desk)
    asked = desk.clinic.counters.count("images")
    desk.workspace.on_reconnected(KeyRefused())
    await until(lambda: desk.clinic.counters.count("images") > asked)
    await _quiet(desk)
    await until(lambda: all(state == Failed(FailureKind.NOT_ALLOWED) for state in desk.states))
    for kind in ("content", "stream"):
        assert len({seen.path for seen in desk.clinic.counters.seen(kind)}) == desk.clinic.counters.count(kind)
    assert not desk.strip_words
    _withhold(desk)
    desk.album.setCurrentIndex(desk.album.model().index(0, 0))
    QTest.keyClick(desk.album, Qt.Key.Key_Return)
    await until(lambda: desk.states[0] != Failed(FailureKind.NOT_ALLOWED))
    desk.workspace.refresh()
    await desk.pictures_are_there()


@_STATUSES
async def test_an_opened_photo_that_may_not_be_seen(desk: Desk, status: int) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    desk.services.contents.clear()
    _withhold(desk, "content", "stream", status=status)
    await desk.open_photo()
    await until(lambda: has_button(desk.pages.viewer, "Try again"))
    assert "This key isn’t allowed to show the whole photo. Showing the preview." in desk.viewer_words
    _withhold(desk)
    desk.click("Try again", desk.pages.viewer)
    await desk.full_quality()
    assert not desk.strip_words


@_STATUSES
async def test_details_of_a_photo_that_may_not_be_read(desk: Desk, status: int) -> None:
    desk.widen()
    _withhold(desk, "image", status=status)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await desk.open_photo()
    await desk.full_quality()
    desk.press(Qt.Key.Key_I)
    await until(lambda: photo_details.record_not_allowed() in desk.viewer_words)
    assert_plain(desk.viewer_words)
    for _ in range(3):
        before = desk.pages.viewer.stage.accessibleName()
        desk.press(Qt.Key.Key_Right)
        await until(lambda before=before: desk.pages.viewer.stage.accessibleName() != before)  # type: ignore[misc]
        await desk.full_quality()
        await until(lambda: photo_details.record_not_allowed() in desk.viewer_words)
    assert desk.clinic.counters.count("image") == 2  # no record was ever given: the chart's others aren't asked for
    assert not desk.strip_words


@_STATUSES
async def test_a_record_that_may_not_be_read(desk: Desk, status: int) -> None:
    await desk.board_is_there()
    _withhold(desk, "patient", status=status)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: "This key isn’t allowed to read this patient’s record." in desk.page_words)
    assert "Check that this is the right record before you send photos." in desk.page_words
    assert_plain(desk.page_words)
    await desk.pictures_are_there()
    assert not desk.strip_words
    await desk.search("adeyemi")
    await until(lambda: desk.found)


@_STATUSES
async def test_searching_that_is_not_allowed(desk: Desk, status: int) -> None:
    _withhold(desk, "search", status=status)
    await desk.search("adeyemi")
    await until(lambda: "This key isn’t allowed to find patients." in desk.search_words)
    assert_plain(desk.search_words)
    said = desk.search_words.splitlines()
    assert said.index("Ask your clinic’s IT.") == said.index("This key isn’t allowed to find patients.") + 1
    assert desk.search_words.count("allowed") == 1
    asked = desk.clinic.counters.count("search")
    await desk.search("vance")
    await until(lambda: "This key isn’t allowed to find patients." in desk.search_words)
    assert desk.clinic.counters.count("search") == asked
    await _rest_works(desk)  # a number is found by its record


@_STATUSES
async def test_a_board_and_users_that_may_not_be_read(closed_desk: Desk, status: int) -> None:
    """From the first question on, when nothing was answered yet."""
    desk = closed_desk
    _withhold(desk, "appointments", "users", status=status)
    await desk.start()
    await until(lambda: "This key isn’t allowed to read appointments. Search still works." in desk.board_words)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert not desk.strip_words
    desk.services.today.refresh()
    await _quiet(desk)
    assert desk.clinic.counters.count("appointments") == 1
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Escape)
    _withhold(desk)
    await desk.click_when_there("Try again", desk.pages.search)
    await desk.board_is_there()


@some_now("status", [401, 403, 404])  # by 404 a tenant may mean that it has no such way
async def test_an_entry_of_the_queue_that_may_not_be_deleted(desk: Desk, photo: Path, status: int) -> None:
    _withhold(desk, "withdraw", status=status)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    (rows,) = [each for each in desk.pages.tray.findChildren(QListView) if each.isVisible()]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    await until(lambda: desk.is_asked)
    desk.answer("Withdraw")
    await until(lambda: desk.is_asked and "still in its queue" in desk.question.accessibleDescription())
    desk.answer("Close")
    assert len([each for each in desk.clinic.waiting(GRACE_ADEYEMI) if each.request_type == "image"]) == 1
    assert not desk.strip_words


@_STATUSES
async def test_a_queue_that_may_not_be_listed(desk: Desk, photo: Path, status: int) -> None:
    _withhold(desk, "queue", status=status)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Cerbo took it")
    assert "The app can’t look in Cerbo’s queue." in desk.tray_words
    await _quiet(desk)
    assert desk.clinic.counters.count("queue") == 1
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert not desk.strip_words


@_STATUSES
async def test_photos_that_may_not_be_sent_are_kept_and_everything_else_goes_on(
    desk: Desk, photo: Path, status: int
) -> None:
    _withhold(desk, "upload", status=status)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("This key isn’t allowed to send photos to this chart. The photo is safe on this PC.")
    await _rest_works(desk)
    _withhold(desk)
    await desk.click_when_there("Try again", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


@_STATUSES
async def test_a_chart_that_may_not_be_sent_to_holds_no_other_patients_photos(
    desk: Desk, photo: Path, status: int
) -> None:
    _withhold(desk, "upload", status=status, pt_id=GRACE_ADEYEMI)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("This key isn’t allowed to send photos to this chart.")
    await desk.open(DOROTHY_VANCE)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_a_key_that_is_refused_everything_is_locked_whatever_met_it_first(desk: Desk) -> None:
    await desk.board_is_there()
    _withhold(
        desk,
        *(*("users", "search", "patient", "images", "image", "content", "stream", "queue", "appointments", "upload"),),
    )
    await desk.search("adeyemi")
    await desk.strip_says("Key not accepted")
    _withhold(desk)
    await desk.click_when_there("Try now", desk.pages.strip)
    await until(lambda: not desk.strip_words)


@_STATUSES
async def test_todays_visit_stays_in_the_banner_when_the_key_is_refused_and_one_looks_again(
    desk: Desk, status: int
) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    visit = "Dr. "
    assert visit in desk.banner_words
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED if status == 401 else Fault.FORBIDDEN)
    asked = desk.clinic.counters.count("appointments")
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.clinic.counters.count("appointments") > asked)
    not_allowed = "This key isn’t allowed to read appointments. Search still works."
    await until(lambda: bool(desk.strip_words) if status == 401 else desk.pane.board.words == not_allowed)
    await _quiet(desk)
    assert visit in desk.banner_words
