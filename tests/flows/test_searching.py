"""From a few letters, or from today's board, to the photos of the right person."""

from PySide6.QtCore import Qt

from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from tests.flows.desk import Desk
from tests.waiting import until

_WAYS_TO_GRACE = (
    *("adeyemi, grace", "Grace Adeyemi", "adeyemi grace", "ADEYE"),
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
    await until(lambda: f"Another Maria Lopez exists, born {other}." in desk.page_words)


async def test_nobody_found_says_what_was_searched(desk: Desk) -> None:
    await desk.search("lopezz, maria")
    assert "No patient found" in desk.search_words
    assert "Searched last name lopezz, first name maria in Cerbo." in desk.search_words
    await desk.search("99999")
    assert "No patient has ID 99999." in desk.search_words
    desk.press(Qt.Key.Key_Escape)
    await desk.board_is_there()


async def test_an_open_dated_question_lists_both_days(desk: Desk) -> None:
    await desk.search("4/11/1965")
    assert "Did you mean" in desk.search_words
    assert "11 Apr 1965" in desk.search_words
    assert "4 Nov 1965" in desk.search_words
    assert len(desk.found) >= 2


async def test_the_board_groups_the_day_and_opens_by_enter(desk: Desk) -> None:
    await desk.board_is_there()
    board = desk.board
    assert board[0] == "Here now, 3 visits"
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
