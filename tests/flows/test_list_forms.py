"""Lists and dates in forms that nobody has seen yet: what can be read is shown, and nothing else passes for empty.

Each form is tried in the real window, on the album, the search, the board and the queue.
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cerbo_desktop.app.options import Options
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.practice.answer_forms import DateForm, Envelope, ListForm, Paging
from cerbo_desktop.practice.drawing import numbered
from cerbo_desktop.practice.patients import (
    DOROTHY_VANCE,
    EVELYN_LONGACRE,
    GRACE_ADEYEMI,
    HANA_KIM,
    JOSE_NUNEZ,
    MARGARET_ELLISON,
    PRIYA_RAMAN,
    SAMUEL_OKAFOR,
    WALTER_ELLIS,
)
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.ui.text import dates
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.variants import some_now
from tests.waiting import until

_READABLE = (
    *(ListForm.OWN_NAME, ListForm.NESTED, ListForm.KEYED_BY_ID, ListForm.BARE, ListForm.FLOAT_IDS),
    *(ListForm.ID_AROUND, ListForm.CURSOR_ALONE),
)
_UNREADABLE = (
    *(ListForm.UNKNOWN_NAME, ListForm.COUNT_ALONE, ListForm.NONE_READABLE, ListForm.ERROR_WITH_ID, ListForm.WITHHELD),
    *(ListForm.ROWS_BY_KIND, ListForm.OTHER_TOTAL, ListForm.BY_YEAR, ListForm.MERGED),
    *(ListForm.MARKED, ListForm.MIGRATING),
)
_NOTHING = (ListForm.NOTHING_IS_404, ListForm.NOTHING_IS_204, ListForm.NOTHING_IS_NULL)
_NO_DATES = (DateForm.UNREADABLE, DateForm.FIGURES)
_NOT_READ = "Cerbo sent an unreadable answer."


def _shows_all(desk: Desk, pt_id: int) -> bool:
    album = desk.services.albums.album.latest
    count = len(desk.clinic.album(pt_id))
    return album.patient_id == str(pt_id) and album.is_complete and desk.filter_words[0] == f"All, {count}"


def _is_troubled(desk: Desk, name: str) -> bool:
    return name in desk.banner_name and any(_NOT_READ in text for text in desk.pages.patient.list_notes.texts)


async def test_each_likely_form_is_read(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.switches.odd_lists["appointments"] = ListForm.KEYED_BY_ID
    await desk.start()
    await desk.board_is_there()
    assert any(row.startswith("Dorothy Vance") for row in desk.board)
    patients = (DOROTHY_VANCE, GRACE_ADEYEMI, PRIYA_RAMAN, WALTER_ELLIS, HANA_KIM, JOSE_NUNEZ, MARGARET_ELLISON)
    for form, pt_id in zip(_READABLE, patients, strict=True):
        desk.clinic.switches.odd_lists |= {"images": form, "search": form, "appointments": form}
        await desk.search(desk.clinic.patients[pt_id].last_name)
        await until(lambda: desk.found)
        await desk.open(pt_id)
        await until(partial(_shows_all, desk, pt_id))
    await desk.pictures_are_there()


async def test_an_album_that_cannot_be_read_is_not_empty(closed_desk: Desk) -> None:
    """Maria Lopez is checked in and has an ID photo."""
    desk, made = closed_desk, list[Camera]()
    desk.make_camera = camera_maker(made, [])
    await desk.start()
    await desk.board_is_there()
    for form in _UNREADABLE:
        desk.clinic.switches.odd_lists["images"] = form
        await desk.open_patient("Maria Lopez")
        await until(partial(_is_troubled, desk, "Maria Lopez"))
        assert_plain("\n".join(desk.pages.patient.list_notes.texts))
        assert "No photos yet" not in desk.page_words
        assert "Take ID photo" not in desk.page_words
        assert not desk.has_card
        desk.clinic.switches.odd_lists.clear()
        await desk.open_patient("Dorothy Vance")
        await until(partial(_shows_all, desk, DOROTHY_VANCE))
    assert not made


async def test_a_row_that_cannot_be_read_is_counted_and_said(closed_desk: Desk) -> None:
    desk = closed_desk
    for kind in ("images", "search", "appointments"):
        desk.clinic.switches.odd_lists[kind] = ListForm.FIRST_UNREADABLE
    await desk.start()
    await desk.board_is_there()
    assert "1 visit could not be read" in desk.board_words or "1 not read" in desk.board_words
    await desk.search("lopez")
    assert (
        "1 entry of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo." in desk.search_words
    )
    await desk.open(DOROTHY_VANCE)
    await until(lambda: desk.pages.patient.list_notes.texts)
    (said,) = desk.pages.patient.list_notes.texts
    assert said.startswith("1 photo of this chart could not be read and is not shown.")
    assert desk.filter_words[0] == "All, 7"
    assert not desk.services.albums.album.latest.is_complete


@some_now("form", _UNREADABLE[:5])
async def test_a_search_and_a_calendar_that_cannot_be_read_are_not_empty(closed_desk: Desk, form: ListForm) -> None:
    desk = closed_desk
    desk.clinic.switches.odd_lists |= {"search": form, "appointments": form}
    await desk.start()
    await until(lambda: "Could not load today’s appointments." in desk.board_words)
    await desk.search("lopez")
    assert "Cannot search" in desk.search_words
    assert _NOT_READ in desk.search_words
    assert "No patient found" not in desk.search_words
    assert_plain(desk.search_words)


@some_now("form", [*_NOTHING, ListForm.NOTHING_IN_WORDS])
async def test_no_list_is_no_photos_where_other_albums_are_listed(closed_desk: Desk, form: ListForm) -> None:
    desk = closed_desk
    desk.clinic.switches.odd_lists["images"] = form
    await desk.start()
    await desk.board_is_there()
    await desk.open(SAMUEL_OKAFOR)
    await until(lambda: "No photos yet" in desk.page_words)
    assert not desk.pages.patient.list_notes.texts


async def test_no_list_for_anybody_is_an_error(closed_desk: Desk) -> None:
    desk, made = closed_desk, list[Camera]()
    desk.make_camera = camera_maker(made, [])
    desk.clinic.switches.odd_lists["images"] = ListForm.ALL_404
    await desk.start()
    await desk.open_patient("Maria Lopez")
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert "Cerbo doesn’t list this patient’s photos." in desk.page_words
    assert "no longer in Cerbo" not in desk.page_words
    assert "No photos yet" not in desk.page_words
    assert not made


async def test_pages_that_say_less_than_there_is(desk: Desk) -> None:
    """1,200 photos: the server says that there is no more of them, deletes one while they are read, comes short."""
    switches = desk.clinic.switches
    switches.odd_lists["images"] = ListForm.SAYS_NO_MORE
    await desk.open(EVELYN_LONGACRE)
    await until(partial(_shows_all, desk, EVELYN_LONGACRE))
    switches.odd_lists.clear()
    switches.deletes_between_pages = True
    await desk.open(GRACE_ADEYEMI)
    await until(partial(_shows_all, desk, GRACE_ADEYEMI))
    await desk.open(EVELYN_LONGACRE)
    await until(lambda: not switches.deletes_between_pages)
    await until(partial(_shows_all, desk, EVELYN_LONGACRE))
    assert desk.filter_words[0] == "All, 1199"
    switches.odd_lists["images"] = ListForm.SHORT
    await desk.open(DOROTHY_VANCE)
    await until(lambda: desk.pages.patient.list_notes.texts)
    (said,) = desk.pages.patient.list_notes.texts
    assert said.startswith("Some photos may be missing from this list.")
    assert not desk.services.albums.album.latest.is_complete
    desk.clinic.fill_album(JOSE_NUNEZ, [partial(numbered, number) for number in range(130)])
    switches.odd_lists["images"] = ListForm.INLINED
    await desk.open(JOSE_NUNEZ)
    await until(partial(_shows_all, desk, JOSE_NUNEZ))
    assert desk.filter_words[0] == "All, 130"


async def test_a_list_that_shuffles_is_not_whole_and_one_that_says_nothing_is_read_to_its_end(desk: Desk) -> None:
    """130 photos: in another order at each request, then twenty at once without a word on more."""
    desk.clinic.fill_album(JOSE_NUNEZ, [partial(numbered, number) for number in range(130)])
    desk.clinic.switches.paging = Paging.SHUFFLED
    await desk.open(JOSE_NUNEZ)
    await until(lambda: desk.pages.patient.list_notes.texts)
    (said,) = desk.pages.patient.list_notes.texts
    assert said.startswith("Some photos may be missing from this list.")
    assert not desk.services.albums.album.latest.is_complete
    desk.clinic.switches.paging = Paging.HONEST
    desk.clinic.switches.envelope, desk.clinic.switches.most_rows = Envelope.BARE, 20
    await desk.open(GRACE_ADEYEMI)
    await until(partial(_shows_all, desk, GRACE_ADEYEMI))
    await desk.open(JOSE_NUNEZ)
    await until(partial(_shows_all, desk, JOSE_NUNEZ))
    assert desk.filter_words[0] == "All, 130"


@some_now(
    ("form", "is_listed", "words"),
    [
        (ListForm.OWN_NAME, True, "Waiting in Cerbo’s queue"),
        (ListForm.KEYED_BY_ID, True, "Waiting in Cerbo’s queue"),
        (ListForm.SHORT, False, "Its queue for this patient can’t be read completely."),
        (ListForm.FIRST_UNREADABLE, False, "The app can’t look in Cerbo’s queue."),
        (ListForm.UNKNOWN_NAME, True, "The app can’t look in Cerbo’s queue."),
        (ListForm.ROWS_BY_KIND, True, "The app can’t look in Cerbo’s queue."),
    ],
)
async def test_a_queue_that_is_not_read_whole_settles_nothing(
    desk: Desk, photo: Path, form: ListForm, is_listed: bool, words: str
) -> None:
    desk.clinic.switches.odd_lists["queue"] = form
    desk.clinic.switches.queue_lists_uploads = is_listed
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says(words)
    desk.workspace.refresh()
    assert "No longer in Cerbo" not in desk.tray_words
    assert_plain(desk.tray_words)
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received()) == 1


@some_now("zone_name", ["Pacific/Kiritimati", "America/Los_Angeles"])
async def test_a_day_without_a_time_is_that_day_and_shows_no_time(
    closed_desk: Desk, zone_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, zone = closed_desk, ZoneInfo(zone_name)
    monkeypatch.setattr(SystemClock, "local", lambda _, moment: moment.astimezone(zone))
    desk.clinic.switches.photo_dates = DateForm.DAY
    await desk.start()
    await desk.open(DOROTHY_VANCE)
    await until(partial(_shows_all, desk, DOROTHY_VANCE))
    newest = max(photo.created for photo in desk.clinic.album(DOROTHY_VANCE) if isinstance(photo.created, datetime))
    spoken = dates.day_spoken(newest.astimezone(UTC).date())
    assert desk.tiles[0].startswith(f"Medical photo 1 of 8, {spoken}")
    assert not any(":" in tile for tile in desk.tiles)
    await desk.open_photo(0)
    await until(lambda: desk.stage_name)
    assert spoken in desk.stage_name
    assert ":" not in desk.stage_name


async def test_a_moment_is_read_in_each_form_and_what_cannot_be_read_is_no_date(desk: Desk) -> None:
    patients = (DOROTHY_VANCE, GRACE_ADEYEMI, PRIYA_RAMAN, WALTER_ELLIS, HANA_KIM, JOSE_NUNEZ)
    forms = [each for each in DateForm if each not in (DateForm.USUAL, DateForm.DAY, *_NO_DATES)]
    for form, pt_id in zip(forms, patients, strict=True):
        desk.clinic.switches.photo_dates = form
        await desk.open(pt_id)
        await until(partial(_shows_all, desk, pt_id))
        newest = max(photo.created for photo in desk.clinic.album(pt_id) if isinstance(photo.created, datetime))
        assert dates.moment_spoken(SystemClock().local(newest)) in desk.tiles[0]
    for without, pt_id in zip(_NO_DATES, (DOROTHY_VANCE, GRACE_ADEYEMI), strict=True):
        desk.clinic.switches.photo_dates = without
        await desk.open(pt_id)
        await until(partial(_shows_all, desk, pt_id))
        assert all("no date" in tile for tile in desk.tiles)


@some_now("typed", ["/cerbo", "/cerbo/api/v1/"])
async def test_a_relay_below_a_path_works(closed_desk: Desk, photo: Path, typed: str) -> None:
    desk = closed_desk
    desk.clinic.switches.below_path = "/cerbo"
    key, secret = desk.clinic.username, desk.clinic.secret
    await desk.start_with(Options(server=desk.clinic.origin + typed, key=key, secret=secret))
    await desk.board_is_there()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")


async def test_an_empty_list_in_words_nobody_foresaw_is_quoted_and_photos_can_be_sent(desk: Desk, photo: Path) -> None:
    desk.clinic.switches.odd_lists |= {"images": ListForm.OTHER_LANGUAGE, "search": ListForm.OTHER_LANGUAGE}
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: desk.pages.patient.list_notes.texts)
    (said,) = desk.pages.patient.list_notes.texts
    assert "It says: “Todavía no hay nada aquí.”" in said
    assert "You can still send photos." in said
    assert "No photos yet" not in desk.page_words
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    await desk.search("lopez")
    assert "It says: “Todavía no hay nada aquí.”" in desk.search_words
