"""From a few letters, or from today's board, to the photos of the right person."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ, PracticePatient
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.variants import some_now
from tests.waiting import emitted, until

_WAYS_TO_GRACE = (
    *("adeyemi, grace", "Grace Adeyemi", "adeyemi grace", "ADEYEM"),
    *("7 jul 1986", "07/07/1986", "10233", "grace.adeyemi10233@example.com"),
)


async def test_finds_a_person_by_name_in_any_order_birth_date_id_or_email(desk: Desk) -> None:
    for typed in _WAYS_TO_GRACE:
        await desk.search(typed)
        assert "1 patient" in desk.search_words, typed
        (row,) = desk.found
        assert row.startswith("Grace Adeyemi, born 7 July 1986"), typed
        assert "ID 10233" in row


async def test_search_to_thumbnails(desk: Desk) -> None:
    await desk.search("vance, dor")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Dorothy Vance" in desk.banner_name)
    await desk.pictures_are_there()
    await until(lambda: desk.filter_words == ["All, 8", "Personal, 1", "Medical, 7"])
    assert "born 23 September 1947" in desk.banner_name
    assert len(desk.tiles) >= 3
    assert all(tile.startswith(("Medical photo", "Personal photo")) for tile in desk.tiles)
    assert not any("loading" in tile for tile in desk.tiles)
    desk.click("Personal, 1", desk.pages.patient)
    await until(lambda: len(desk.tiles) == 1)
    assert desk.tiles[0].startswith("Personal photo 1 of 1")


async def test_namesakes_are_never_opened_by_enter(desk: Desk) -> None:
    await desk.search("lopez, mar")
    assert "Ask for the date of birth before you open." in desk.search_words
    assert "Two people are named Maria Lopez" in desk.search_words
    assert desk.pages.namesakes.isVisible()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.pages.namesakes.isVisible()
    assert not desk.pages.patient.isVisible()
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await until(lambda: desk.pages.patient.isVisible())
    other = "21 Oct 1981" if "4 March 1981" in desk.banner_name else "4 Mar 1981"
    await until(lambda: f"There is another Maria Lopez, born {other}." in desk.page_words)


async def test_nobody_found_says_what_was_searched(desk: Desk) -> None:
    await desk.search("lopezz, maria")
    assert "No patient found" in desk.search_words
    assert "Searched in Cerbo: last name lopezz, first name maria" in desk.search_words
    await desk.search("99999")
    assert "No patient has ID 99999." in desk.search_words
    desk.press(Qt.Key.Key_Escape)
    await desk.board_is_there()


async def test_a_birth_date_that_nobody_has_is_to_be_checked_and_not_spelt(desk: Desk) -> None:
    await desk.search("31 dec 1985")
    assert "Check the date, or search by name." in desk.search_words
    assert "spelling" not in desk.search_words


async def test_an_open_dated_question_lists_both_days(desk: Desk) -> None:
    await desk.search("4/11/1965")
    assert "Did you mean" in desk.search_words
    assert "11 Apr 1965" in desk.search_words
    assert "4 Nov 1965" in desk.search_words
    assert len(desk.found) >= 2


async def test_the_board_groups_the_day_and_opens_by_enter(desk: Desk) -> None:
    await desk.board_is_there()
    board = desk.board
    assert board[0] == "Here now, 4 visits"
    assert any(row.startswith("Thomas Becker, born 2 February 1958") and "checked in" in row for row in board)
    assert any(row.startswith("Dorothy Vance") and "in room" in row for row in board)
    assert any(row.startswith("Priya Raman") and "confirmed" in row for row in board)
    coming_up = next(at for at, row in enumerate(board) if row.startswith("Coming up"))
    assert not any("checked in" in row or "in room" in row for row in board[coming_up:])
    assert not any("Smith" in row for row in board)  # cancelled, and deleted
    await until(lambda: any("Hana Kim" in row and "no ID photo" in row for row in desk.board))
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Down)
    while "Grace Adeyemi" not in str(desk.pane.board.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)):
        before = desk.pane.board.list.currentIndex()
        desk.press(Qt.Key.Key_Down)
        assert desk.pane.board.list.currentIndex() != before
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Grace Adeyemi" in desk.banner_name)
    await desk.pictures_are_there()
    assert "Follow-up, Dr. Osei" in desk.banner_words
    assert desk.album.hasFocus()


async def test_earlier_visits_fold_out(desk: Desk) -> None:
    await desk.board_is_there()
    listing = desk.pane.board.list
    at = next(row for row, words in enumerate(desk.board) if "earlier today" in words)
    folded = len(desk.board)
    desk.click_row(listing, at)
    await until(lambda: len(desk.board) > folded)
    rows = [listing.model().index(row, 0).data(ROW_ROLE) for row in range(at + 1, len(desk.board))]
    words = {row.stage_words for row in rows}
    assert words == {"Done"}


async def test_opening_a_patient_marks_the_row(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    assert "Grace Adeyemi" in desk.banner_name
    await desk.open(MARIA_LOPEZ)
    await until(lambda: desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"])
    await desk.pictures_are_there()


async def _type_ahead(desk: Desk, text: str) -> None:
    """Into the box, until Cerbo is asked; the answer takes a while."""
    desk.clinic.switches.latency_s = 0.3
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.type(text)
    await emitted(desk.pane.query_changed)


async def test_keys_ahead_of_the_answer_open_nobody_of_the_board(desk: Desk) -> None:
    await desk.board_is_there()
    await _type_ahead(desk, "oddfiles")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.board == [], "the board does not answer the text"
    assert "Searching…" in desk.search_words
    await until(lambda: "No patient found" in desk.search_words)
    assert not desk.pages.patient.isVisible()


async def test_an_early_enter_opens_the_one_who_fits_once_the_whole_answer_is_there(desk: Desk) -> None:
    await desk.board_is_there()
    await _type_ahead(desk, "becker")
    assert [row.split(",")[0] for row in desk.found] == ["Thomas Becker"], "the board is searched at once"
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()
    await until(lambda: "Thomas Becker" in desk.banner_name)


@some_now("key", ["Ctrl+O", "F8"], one_in=2)
async def test_a_key_for_photos_waits_with_the_enter_before_it(desk: Desk, key: str) -> None:
    """The habit of a quick hand on a slow line: the sheet is that of whoever was asked for."""
    await desk.open(GRACE_ADEYEMI)
    await _type_ahead(desk, "becker")
    desk.press(Qt.Key.Key_Return)
    _press_for_photos(desk, key)
    assert open_sheet(desk.window) is None
    await until(lambda: open_sheet(desk.window) is not None)
    assert desk.sheet.accessibleName() == "Photos for Thomas Becker"


async def test_a_key_for_photos_is_forgotten_with_the_enter_before_it(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await _type_ahead(desk, "becker")
    desk.press(Qt.Key.Key_Return)
    _press_for_photos(desk, "Ctrl+O")
    desk.press(Qt.Key.Key_X)
    await until(lambda: not desk.pane.results.is_searching and desk.search_words)
    assert open_sheet(desk.window) is None
    assert "Grace Adeyemi" in desk.banner_name


async def test_a_key_for_photos_asks_where_the_enter_before_it_opens_nobody(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await _type_ahead(desk, "oddfiles")
    desk.press(Qt.Key.Key_Return)
    _press_for_photos(desk, "F8")
    await until(lambda: desk.is_asked)
    assert desk.question.accessibleName() == "Photos for whom?"


@some_now("key", ["Ctrl+O", "F8"], one_in=2)
async def test_a_key_for_photos_asks_while_the_box_asks_for_somebody_else(desk: Desk, key: str) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.search("no such person")
    _press_for_photos(desk, key)
    await until(lambda: desk.is_asked)
    asked = "“no such person” is in the search box, and Grace Adeyemi, born 7 Jul 1986, is open."
    assert desk.question.accessibleDescription() == asked
    assert_plain(asked)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.is_asked)
    assert desk.pane.field.hasFocus()
    _press_for_photos(desk, key)
    await until(lambda: desk.is_asked)
    desk.answer("Photos for Grace Adeyemi")
    await until(lambda: isinstance(open_sheet(desk.window), CaptureSheet))
    assert desk.sheet.accessibleName() == "Photos for Grace Adeyemi"


async def test_nothing_is_asked_where_the_box_asks_for_whoever_is_open(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.search("adeyemi, grace")
    _press_for_photos(desk, "Ctrl+O")
    await until(lambda: open_sheet(desk.window) is not None)
    assert desk.sheet.accessibleName() == "Photos for Grace Adeyemi"


def _press_for_photos(desk: Desk, key: str) -> None:
    if key == "F8":
        desk.press(Qt.Key.Key_F8)
    else:
        desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)


async def test_a_held_enter_opens_the_patient_and_no_photo(desk: Desk) -> None:
    await desk.search("vance, dor")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Dorothy Vance" in desk.banner_name)
    await desk.pictures_are_there()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, held)
    assert not desk.pages.viewer.isVisible()
    assert open_sheet(desk.window) is None
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.pages.viewer.isVisible())


_SPELLINGS = {
    "obrien": ("James O'Brien", "Bridget O’Brien"),
    "dangelo": ("Lucia D'Angelo",),
    "lukasz": ("Łukasz Kowalczyk",),
    "NGUYEN": ("Thị Hồng Nguyễn",),
    "nunez": ("José Ángel Núñez",),
    "mueller": (),
    "muller ozturk": ("Zoë Müller-Öztürk",),
    "smith-jones kate": ("Kate Smith Jones",),
}


async def test_every_spelling_is_found_where_the_server_minds_accents(desk: Desk) -> None:
    desk.clinic.switches.compares_accents = True
    desk.clinic.patients[9801] = PracticePatient(9801, "Kate", "Smith Jones", "1980-02-02")
    desk.clinic.patients[9802] = PracticePatient(9802, "Kathleen", "Smith-Jones", "1981-02-02")
    for text, names in _SPELLINGS.items():
        await desk.search(text)
        found = [name for name in names if any(row.startswith(f"{name},") for row in desk.found)]
        assert found == list(names), text
        assert bool(desk.found) is bool(names), text
        assert ("New patient?" in desk.search_words) is not bool(names), text


async def test_no_new_patient_is_offered_beside_one_of_the_board(desk: Desk) -> None:
    """Cerbo spells the name otherwise, and no question finds it; the board knows better."""
    await desk.board_is_there()
    for kind in ("search", "patient"):
        desk.clinic.faults.set(kind, Fault.NULL_FIELDS)
    await desk.search("ＢＥＣＫＥＲ")
    assert [row.split(",")[0] for row in desk.found] == ["Thomas Becker"]
    assert "New patient?" not in desk.search_words


@some_now("name", [("Văn", "Đặng"), ("James", "OBrien"), ("José", "Smith-Jones")])
async def test_namesakes_by_another_spelling_are_asked_about_and_warned_of(
    closed_desk: Desk, name: tuple[str, str]
) -> None:
    plain = {"Đặng": ("Van", "Dang"), "OBrien": ("James", "O’Brien"), "Smith-Jones": ("Jose", "Smith Jones")}[name[1]]
    desk = closed_desk
    desk.clinic.switches.compares_accents = True
    desk.clinic.patients.pop(9021)  # before the board knows him
    desk.clinic.patients[9801] = PracticePatient(9801, *name, "1980-02-02")
    desk.clinic.patients[9802] = PracticePatient(9802, *plain, "1991-03-03")
    await desk.start()
    await desk.search(f"{plain[0]} {plain[1]}")
    assert "2 patients" in desk.search_words
    assert desk.pages.namesakes.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()
    await desk.open(9802)
    await until(lambda: f"There is another {' '.join(name)}, born 2 Feb 1980." in desk.page_words)


@pytest.mark.parametrize("compares_accents", [False, True])
@some_now(
    ("plain", "marked"),
    [
        *((("An", "Do"), ("An", "Đỗ")), (("Soren", "Orsted"), ("Søren", "Ørsted"))),
        *((("Kate", "Smithjones"), ("Kate", "Smith-Jones")), (("Sean", "O'Neill"), ("Seán", "Ó Néill"))),
    ],
)
async def test_a_namesake_of_a_short_or_joined_name_stops_enter_and_is_warned_of(
    desk: Desk, plain: tuple[str, str], marked: tuple[str, str], compares_accents: bool
) -> None:
    desk.clinic.switches.compares_accents = compares_accents
    desk.clinic.patients[9801] = PracticePatient(9801, *plain, "1980-02-02")
    desk.clinic.patients[9802] = PracticePatient(9802, *marked, "1991-03-03")
    for text in (" ".join(plain), ", ".join(reversed(plain))):
        await desk.search(text.lower())
        assert "Two people are named" in desk.search_words
        desk.press(Qt.Key.Key_Return)
        assert not desk.pages.patient.isVisible()
    await desk.open(9801)
    await until(lambda: f"There is another {' '.join(marked)}, born 3 Mar 1991." in desk.page_words)


async def test_a_list_that_may_hide_somebody_is_said_to_and_enter_opens_nobody(desk: Desk) -> None:
    """No letter of Ana is sure to be spelled so, and Cerbo gives no more than a hundred names at once."""
    desk.clinic.switches.compares_accents = True
    desk.clinic.patients[9801] = PracticePatient(9801, "Ana", "Do", "1980-02-02")
    for number in range(120):
        desk.clinic.patients[9900 + number] = PracticePatient(9900 + number, f"Eva{number}", "Dole", "1990-01-01")
    desk.clinic.patients[9802] = PracticePatient(9802, "Ána", "Dồ", "1991-03-03")
    await desk.search("do, ana")
    assert "Type more to narrow it down." in desk.search_words
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()
    await desk.open(9801)
    await until(lambda: "Couldn’t check for others of this name. Ask for the date of birth." in desk.page_words)


async def test_a_scanned_id_that_nobody_has_opens_nobody_by_a_birth_date(desk: Desk) -> None:
    """Six figures may be read as a date: who was born then is shown, and not opened by Enter."""
    born = next(each for each in desk.clinic.patients.values() if each.id == GRACE_ADEYEMI).dob
    figures = f"{born[5:7]}{born[8:10]}{born[2:4]}"
    await desk.search(figures)
    assert any(row.startswith("Grace Adeyemi") for row in desk.found)
    assert f"Nobody has ID {int(figures)}." in desk.search_words
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()


@some_now("first", ["99999", "ID99999", "#99999"])
async def test_a_second_scan_takes_the_place_of_the_first(desk: Desk, first: str) -> None:
    """On a slow line: the first card has no answer yet, or nobody has its ID."""
    await desk.board_is_there()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for figures in (first, f"{GRACE_ADEYEMI}"):
        QTest.keyClicks(desk.pane.field, figures)
        desk.press(Qt.Key.Key_Return)
    assert desk.pane.field.text() == f"{GRACE_ADEYEMI}"
    await until(lambda: "Grace Adeyemi" in desk.banner_name)


async def test_a_namesake_behind_a_hundred_names_that_begin_so_is_warned_of(desk: Desk) -> None:
    for number in range(230):
        desk.clinic.patients[9900 + number] = PracticePatient(9900 + number, f"Thi {number}", "Nguyen", "1985-01-01")
    desk.clinic.patients[30001] = PracticePatient(30001, "Thi", "Nguyen", "1970-01-01")
    desk.clinic.patients[30002] = PracticePatient(30002, "Thi", "Nguyen", "1990-01-01")
    await desk.open(30001)
    await until(lambda: "There is another Thi Nguyen, born 1 Jan 1990." in desk.page_words)
    assert "There may be others." in desk.page_words


async def test_a_check_for_namesakes_that_failed_is_said_to_have_failed(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.faults.set("search", Fault.FORBIDDEN)
    await desk.open_patient("Thomas Becker")
    await until(lambda: "Couldn’t check for others of this name." in desk.page_words)


async def test_a_key_that_is_held_down_acts_once_where_repeats_look_like_presses(desk: Desk) -> None:
    """As X11 tells them: a release and a press in the same moment."""
    heard: list[bool] = []
    desk.pane.field.enter_pressed.connect(lambda: heard.append(True))
    await until(lambda: not desk.window.windowIcon().isNull())  # painted: repeats are dropped from then on
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    handle = desk.window.windowHandle()
    assert handle is not None
    for at_ms, kind in ((1000, QEvent.Type.KeyPress), *((1500 + 40 * at, None) for at in range(5))):
        for each in (kind,) if kind else (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            event = QKeyEvent(each, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            event.setTimestamp(at_ms)
            QApplication.sendEvent(handle, event)
    assert heard == [True]


async def test_cards_leave_with_the_text_they_answer(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.search("lopez, maria")
    assert desk.pages.namesakes.isVisible()
    desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert open_sheet(desk.window) is None, "no photo of somebody who is not shown"
    desk.press(Qt.Key.Key_X)
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await until(lambda: not desk.pane.results.is_searching)
    assert "Grace Adeyemi" in desk.banner_name
    assert desk.pages.patient.isVisible()


async def test_a_patient_who_was_opened_stays_when_cards_come_late(desk: Desk) -> None:
    await desk.board_is_there()
    await _type_ahead(desk, "lopez, maria")
    desk.click_row(desk.pane.results.list, 0)
    assert "Maria Lopez" in desk.banner_name
    await until(lambda: not desk.pane.results.is_searching)
    assert desk.pages.patient.isVisible()
    await until(lambda: "There is another Maria Lopez, born 21 Oct 1981." in desk.page_words)


async def test_a_father_and_a_son_are_asked_about_and_warned_of(desk: Desk) -> None:
    people = desk.clinic.patients
    people[30001] = PracticePatient(30001, "Robert", "Downey", "1936-06-24", "M")
    people[30002] = PracticePatient(30002, "Robert", "Downey Jr.", "1965-04-04", "M", middle_name="John")
    for typed in ("Robert Downey, Jr.", "Downey, Robert, Jr.", "Mr. Robert Downey", "Downey Jr., Robert"):
        await desk.search(typed)
        assert "Two people are named Robert Downey" in desk.search_words, typed
        desk.press(Qt.Key.Key_Return)
        assert desk.pages.namesakes.isVisible(), typed
        assert any(row.startswith("Robert John Downey Jr., born 4 April 1965") for row in desk.found), typed
    await desk.open(30001)
    await until(lambda: "There is another Robert Downey: Robert John Downey Jr., born 4 Apr 1965." in desk.page_words)
    await desk.open(30002)
    await until(lambda: "There is another Robert Downey, born 24 Jun 1936." in desk.page_words)


async def test_enter_opens_no_father_for_his_son(desk: Desk) -> None:
    """The son is no patient yet, or Cerbo has him without his Jr."""
    desk.clinic.patients[30001] = PracticePatient(30001, "Robert", "Downey", "1936-06-24", "M")
    await desk.search("robert downey jr")
    assert "Cerbo has this name without “jr”. Ask for the date of birth." in desk.search_words
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Robert Downey" in desk.banner_name)


async def test_a_title_hides_nobody_of_whom_enter_would_open_the_other(desk: Desk) -> None:
    desk.clinic.patients[30001] = PracticePatient(30001, "Kate", "Jones", "1980-01-01", "F")
    desk.clinic.patients[30002] = PracticePatient(30002, "Kate", "Smith-Jones", "1980-01-02", "F")
    for typed in ("Ms Kate Jones", "Kate Jones F", "Mrs Jones, Kate"):
        await desk.search(typed)
        assert len(desk.found) == 2, typed
        desk.press(Qt.Key.Key_Return)
        assert not desk.pages.patient.isVisible(), typed


async def test_enter_opens_no_man_for_a_woman_who_is_not_there(desk: Desk) -> None:
    await desk.search("Mrs Thomas Becker")
    assert "Cerbo has this name without “Mrs”. Ask for the date of birth." in desk.search_words
    desk.press(Qt.Key.Key_Return)
    assert not desk.pages.patient.isVisible()


_PASTED = (
    *("Adeyemi, Grace (DOB 07/07/1986)", "DOB: 07/07/1986", "1986年7月7日", "1986-07-07T00:00"),
    *("ADEYEMI, GRACE 07/07/1986 F", "Mrs. Grace Adeyemi", "Grace Adeyemi, MD", "Dra. Grace Adeyemi, PhD"),
)


async def test_pasted_text_is_understood(desk: Desk) -> None:
    for pasted in _PASTED:
        await desk.search("no such person")
        assert desk.found == []
        QApplication.clipboard().setText(pasted)
        desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await emitted(desk.pane.query_changed)
        await until(lambda: not desk.pane.results.is_searching)
        assert any(row.startswith("Grace Adeyemi, born 7 July 1986") for row in desk.found), pasted


_NOT_SEARCHED_FOR = {
    "29/02/2001": "The calendar has no such day. Check the date of birth.",
    "Adeyemi 4 mar 2099": "This day has not come yet. Check the date of birth.",
    "555-0142": "Patients can’t be found by their telephone number.",
}


async def test_why_a_date_or_a_number_cannot_be_searched_for_is_said(desk: Desk) -> None:
    for typed, words in _NOT_SEARCHED_FOR.items():
        await desk.search(typed)
        assert words in desk.search_words, typed
        assert "New patient?" not in desk.search_words, typed


async def test_text_that_cannot_be_read_is_said_to_be_so(desk: Desk) -> None:
    await desk.search("Adeyemi, Grace MRN 10233")
    assert "Can’t read this" in desk.search_words
    assert "New patient?" not in desk.search_words
    assert desk.found == []


async def test_a_scanner_at_the_box_opens_its_patient(desk: Desk) -> None:
    """All keys and Enter within a few milliseconds."""
    await desk.board_is_there()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.pane.field, f"{GRACE_ADEYEMI}")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "Grace Adeyemi" in desk.banner_name)
