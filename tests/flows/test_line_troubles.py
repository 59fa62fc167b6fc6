"""No line, no key, no sense in the answer: what the strip, the pane and the page then say."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, GRACE_ADEYEMI
from cerbo_desktop.services.photos.thumbnail_states import Failed
from cerbo_desktop.ui.gallery.model import Role
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.variants import some_now
from tests.waiting import until

_READING_KINDS = ("search", "appointments", "images", "patient", "content", "stream")


async def test_offline_at_the_start_and_then_back(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.go_offline()
    await desk.start()
    await desk.strip_says("Offline since ")
    assert "Keep working." in desk.strip_words
    await desk.strip_says("Next try in ")
    await until(lambda: "Could not load today’s appointments." in desk.board_words)
    assert "Try again" not in desk.board_words, "the strip has the one button"
    assert desk.pane.footer.words == "Offline"
    assert_plain(desk.strip_words)
    desk.clinic.go_online()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not desk.strip_words)
    await desk.board_is_there()
    assert desk.pane.footer.words == "Connected"


async def test_offline_later_counts_down_and_recovers_by_itself(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    desk.clinic.go_offline()
    await desk.search("lop")
    assert "Offline" in desk.search_words
    assert "Others of this name may exist" in desk.search_words
    assert any(row.startswith("Maria Lopez") for row in desk.found)
    await desk.strip_says("Next try in ")
    assert "Try again" not in desk.search_words, "the strip has the one button"
    first_s = desk.next_try_s
    await until(lambda: desk.next_try_s < first_s)
    assert "Grace Adeyemi" in desk.banner_name
    desk.clinic.go_online()
    await until(lambda: not desk.strip_words)
    assert desk.pane.footer.words == "Connected"


async def test_opening_a_patient_offline_says_so_and_comes_back(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.go_offline()
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: "Not loaded yet. It will load automatically" in desk.page_words)
    await until(lambda: "Offline since" in desk.strip_words)
    assert "Could not reach" not in desk.page_words, "the strip says why, and nobody repeats it"
    assert "Try again" not in desk.page_words, "the strip has the one button"
    assert desk.album.hasFocus()
    desk.clinic.go_online()
    await desk.click_when_there("Try now", desk.pages.strip)
    await until(lambda: desk.filter_words[0] == "All, 5")
    await desk.pictures_are_there()
    assert "Could not reach" not in desk.page_words


async def test_a_key_that_is_not_accepted_stops_everything_until_somebody_acts(desk: Desk) -> None:
    await desk.board_is_there()
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)
    await desk.search("adeyemi")
    await desk.strip_says("Key not accepted")
    assert "Nothing will be retried until they are checked." in desk.strip_words
    assert desk.pane.footer.words == "Key not accepted"
    assert_plain(desk.strip_words)
    assert_plain(desk.search_words)
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    asked = desk.clinic.counters.count()
    await desk.search("vance")
    assert "The search will continue once Cerbo accepts the key." in desk.search_words
    assert "Key not accepted" not in desk.search_words, "the strip says it"
    assert "Try again" not in desk.search_words
    await desk.open_patient("Dorothy Vance")
    await until(lambda: "Not loaded yet. It will load once Cerbo accepts the key." in desk.page_words)
    assert "Key not accepted" not in desk.page_words, "the strip says it"
    assert "Try again" not in desk.page_words
    for _ in range(200):
        await asyncio.sleep(0)
    assert desk.clinic.counters.count() == asked
    desk.click("Try now", desk.pages.strip)
    await until(lambda: desk.clinic.counters.count() == asked + 3)  # each may be the one thing that isn't allowed
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    assert "Key not accepted" in desk.strip_words
    assert desk.clinic.counters.count() <= asked + 3, "a key that is asked on and on may be locked out"
    desk.clinic.faults.clear()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not desk.strip_words)
    await until(lambda: desk.filter_words[0] == "All, 8")
    await desk.pictures_are_there()


async def test_a_key_that_was_mended_elsewhere_serves_again_where_a_person_asks(desk: Desk) -> None:
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)
    desk.album.setFocus()
    desk.press(Qt.Key.Key_End)
    await desk.strip_says("Key not accepted")
    await until(lambda: isinstance(desk.album.currentIndex().data(Role.STATE), Failed))
    desk.clinic.faults.clear()
    desk.press(Qt.Key.Key_Return)  # on the tile that could not load
    await until(lambda: not desk.strip_words)
    await desk.pictures_are_there()


async def test_a_key_that_is_not_accepted_at_the_start(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)
    await desk.start()
    await desk.strip_says("Key not accepted")
    await until(lambda: "Could not load today’s appointments." in desk.board_words)
    assert "still works" not in desk.board_words
    assert "Try again" not in desk.board_words, "the strip has the one button"
    desk.click("Open setup", desk.pages.strip)
    await until(lambda: "Connect to Cerbo" in words_of(desk.window))


async def test_a_key_that_may_not_read_appointments(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.faults.set("appointments", Fault.FORBIDDEN)
    await desk.start()
    await until(lambda: "This key isn’t allowed to read appointments. Search still works." in desk.board_words)
    assert not desk.strip_words
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()


async def test_a_patient_that_is_gone(desk: Desk) -> None:
    await desk.board_is_there()
    for kind in ("patient", "images"):
        desk.clinic.faults.set(kind, Fault.NOT_FOUND)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: "This is no longer in Cerbo. Search for the patient again." in desk.page_words)
    assert not desk.strip_words


async def test_busy_search_waits_as_told_and_asks_again_by_itself(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.faults.set("search", Fault.TOO_MANY, times=1, retry_after=3)
    await desk.search("adeyemi")
    assert "Cerbo is busy" in desk.search_words
    assert "This will load automatically." in desk.search_words
    assert "Trying again" not in desk.search_words
    await until(lambda: "1 patient" in desk.search_words)


_SEARCH_WORDS = {
    Fault.FORBIDDEN: "This key isn’t allowed to find patients",
    Fault.BAD_REQUEST: "Cerbo refused the request",
    Fault.SERVER_ERROR: "Cerbo sent an unreadable answer",
    Fault.BAD_GATEWAY_HTML: "Cerbo sent an unreadable answer",
    Fault.CAPTIVE_PORTAL: "A web page answered instead of Cerbo",
    Fault.REDIRECT: "A web page answered instead of Cerbo",
    Fault.MALFORMED_JSON: "Cerbo sent an unreadable answer",
    Fault.DEEP_JSON: "Cerbo sent an unreadable answer",
    Fault.BAD_UTF8: "Cerbo sent an unreadable answer",
    Fault.CUT_MID_BODY: "The connection was interrupted",
    Fault.TRUNCATED_CHUNK: "The connection was interrupted",
    Fault.GZIP: "Cerbo sent an unreadable answer",
    Fault.GARBAGE_STATUS: "Cerbo sent an unreadable answer",
    Fault.RESULT_FALSE: "Cerbo refused the request",
}


async def test_each_way_in_which_a_search_can_fail(desk: Desk) -> None:
    await desk.board_is_there()
    for place, (fault, words) in enumerate(_SEARCH_WORDS.items()):
        desk.clinic.faults.set("search", fault)
        await desk.search("adeyemi, gra" if place % 2 else "adeyemi, gr")
        assert words in desk.search_words, fault
        assert_plain(desk.search_words)
        desk.clinic.faults.clear()
        if "Try again" in desk.search_words:
            desk.click("Try again", desk.pane.results)
            await until(lambda: "1 patient" in desk.search_words)


@some_now(
    "fault", [Fault.SERVER_ERROR, Fault.CAPTIVE_PORTAL, Fault.MALFORMED_JSON, Fault.CUT_MID_BODY, Fault.RESULT_FALSE]
)
async def test_an_album_that_cannot_be_listed_says_why_and_can_be_tried_again(desk: Desk, fault: Fault) -> None:
    await desk.board_is_there()
    desk.clinic.faults.set("images", fault)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert_plain(" ".join(desk.pages.patient.list_notes.texts))
    assert "No photos yet" not in desk.page_words
    desk.clinic.faults.clear()
    desk.click("Try again", desk.pages.patient)
    await until(lambda: desk.filter_words[0] == "All, 5")
    await desk.pictures_are_there()


async def test_a_captive_portal_is_named_and_over_once_cerbo_answers(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.faults.set("*", Fault.CAPTIVE_PORTAL)
    await desk.search("adeyemi")
    await desk.strip_says("Another page has been answering instead of Cerbo since ")
    assert "Sign in to this network first." in desk.strip_words
    assert desk.pane.footer.words == "Not Cerbo"
    await until(lambda: "The search will continue automatically" in desk.search_words)
    assert "A web page answered" not in desk.search_words, "the strip says so, and nobody repeats it"
    desk.clinic.faults.clear()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not desk.strip_words)


async def test_the_whole_reading_side_survives_every_sort_of_nonsense(desk: Desk) -> None:
    await desk.board_is_there()
    for fault in (Fault.NAN_JSON, Fault.WRONG_TYPES, Fault.NULL_FIELDS, Fault.NO_CONTENT, Fault.RESET, Fault.NO_LENGTH):
        for kind in _READING_KINDS:
            desk.clinic.faults.set(kind, fault)
        await desk.search("vance")
        assert_plain(desk.search_words)
        desk.press(Qt.Key.Key_Escape)
        desk.clinic.faults.clear()
    await desk.search("vance")
    await until(lambda: "1 patient" in desk.search_words)


async def test_no_absence_is_made_of_rows_that_cannot_be_read(closed_desk: Desk) -> None:
    """Neither "no visits" nor "no patient found", with its offer of a new one, nor "no photos yet"."""
    desk = closed_desk
    desk.clinic.faults.set("appointments", Fault.WRONG_TYPES)
    await desk.start()
    await until(lambda: "Could not load today’s appointments." in desk.board_words)
    desk.clinic.faults.set("search", Fault.WRONG_TYPES)
    await desk.search("adeyemi")
    assert "Cerbo sent an unreadable answer" in desk.search_words
    assert "No patient found" not in desk.search_words
    desk.clinic.faults.clear()
    desk.clinic.faults.set("images", Fault.WRONG_TYPES)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert "Cerbo sent an unreadable answer" in " ".join(desk.pages.patient.list_notes.texts)
    assert "No photos yet" not in desk.page_words


async def test_an_album_of_which_some_rows_cannot_be_read_says_so(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.faults.set("images", Fault.NULL_FIELDS)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert "1 photo of this chart could not be read and is not shown" in " ".join(desk.pages.patient.list_notes.texts)


_OF_ONE_THING = (Fault.CAPTIVE_PORTAL, Fault.REDIRECT, Fault.OFFLINE, Fault.REQUEST_TIMEOUT)


@pytest.mark.usefixtures("board_read_when_asked")
@some_now("fault", _OF_ONE_THING)
async def test_one_chart_that_fails_says_nothing_of_the_line(closed_desk: Desk, photo: Path, fault: Fault) -> None:
    """Its list is asked for by the board, which wants a face, by the page, and before a photo is sent."""
    desk = closed_desk
    desk.clinic.faults.set("images", fault, patient_id=GRACE_ADEYEMI)
    strips = await _started(desk)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.pages.patient.list_notes.texts)
    await desk.send_file(photo)
    is_line = fault in (Fault.OFFLINE, Fault.REQUEST_TIMEOUT)
    await desk.tray_says(
        "Will send automatically" if is_line else "Cerbo’s list of this patient’s photos can’t be read"
    )
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    assert set(strips) == {"Connected"}
    assert "busy" not in desk.tray_words
    assert desk.clinic.counters.count("appointments") == 1, "nothing was over, so nothing is asked again"
    assert desk.clinic.counters.count("images") < 40
    desk.clinic.faults.clear()
    await desk.click_when_there("Try again", desk.pages.patient)
    await until(lambda: desk.filter_words[0] == "All, 5")


@some_now("fault", _OF_ONE_THING)
async def test_appointments_that_fail_say_nothing_of_the_line(closed_desk: Desk, fault: Fault) -> None:
    desk = closed_desk
    desk.clinic.faults.set("appointments", fault)
    strips = await _started(desk)
    await until(lambda: "Could not load today’s appointments." in desk.board_words)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    desk.clinic.faults.set("patient", fault, patient_id=GRACE_ADEYEMI)
    desk.workspace.refresh()
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    assert set(strips) == {"Connected"}


@pytest.mark.usefixtures("board_read_when_asked")
async def test_all_lists_of_photos_as_pages_start_no_loop(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.faults.set("images", Fault.CAPTIVE_PORTAL)
    strips = await _started(desk)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: "A web page answered instead of Cerbo." in desk.page_words)
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    assert set(strips) == {"Connected"}
    assert desk.clinic.counters.count("appointments") == 1


async def _started(desk: Desk) -> list[str]:
    """Start; what the pane then says of the line, as it changes."""
    said: list[str] = []
    await desk.start()
    desk.services.connection.feed.subscribe(lambda _: said.append(desk.pane.footer.words))
    return said


async def test_where_photos_break_off_the_banner_shows_initials_at_once(closed_desk: Desk) -> None:
    desk = closed_desk
    for kind in ("content", "stream"):
        desk.clinic.faults.set(kind, Fault.CUT_MID_BODY)
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    banner = desk.pages.patient.banner

    def is_named(name: str) -> bool:
        return any(label.accessibleName() == name for label in banner.findChildren(QLabel))

    await until(lambda: is_named("ID photo not loaded yet"))
    await until(lambda: bool(desk.tiles) and all("not loaded yet" in words for words in desk.tiles))
    desk.clinic.faults.clear()
    for photo_id in [photo.id for photo in desk.services.albums.album.latest.photos]:
        desk.services.thumbnails.retry(photo_id)
    await desk.pictures_are_there()
    await until(lambda: is_named("ID photo"))
