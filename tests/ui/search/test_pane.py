"""The left pane under keyboard and mouse, by itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.appointment import Appointment, VisitStage
from cerbo_desktop.domain.errors import Overloaded, TlsFault
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.signals import Signal
from cerbo_desktop.services.connection import Busy, Intercepted, KeyRefused, NotTrusted, Offline, Online
from cerbo_desktop.services.search.interpreting import interpret
from cerbo_desktop.services.search.searching import SearchResult, namesakes
from cerbo_desktop.services.today import arranged
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.line_breaks import lines_of
from cerbo_desktop.ui.kit.panes import COMPACT_SEARCH_WIDTH_PX, SEARCH_WIDTH_PX
from cerbo_desktop.ui.search.delegate import RESULT_ROW_PX
from cerbo_desktop.ui.search.footer import Line, line_of
from cerbo_desktop.ui.search.pages import SearchPage, error_page, found_page, hint_page, searching_page
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.search.rows import result_row
from cerbo_desktop.ui.search.suggestion_row import SuggestionRow
from cerbo_desktop.ui.today.rows import EARLIER_KEY, board_rows
from tests.ui.search.people import (
    MARIA,
    MARISOL,
    OTHER_MARIA,
    THOMAS,
    VISITS,
    morning_clock,
    visit,
)

CLOCK = morning_clock()
TODAY = date(2025, 11, 12)
FACE = Raster(4, 4, bytes(64), 4, 4)


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    made = SearchPane()
    qtbot.addWidget(made)
    made.resize(352, 868)
    show_board(made, VISITS)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def show_board(pane: SearchPane, visits: Iterable[Appointment], *, is_expanded: bool = False) -> None:
    board = arranged(visits, TODAY, CLOCK.now())
    pane.board.show_rows(board_rows(board, CLOCK, is_expanded=is_expanded))


def show_searching(pane: SearchPane, *known: Patient) -> None:
    """Cerbo is being asked; these are known without it."""
    pane.show_search_page(searching_page(tuple(result_row(each, None, CLOCK, is_namesake=False) for each in known)))


def show_found(pane: SearchPane, text: str, *found: Patient) -> None:
    groups = namesakes(found)
    shared = {each.id for group in groups for each in group}
    rows = tuple(result_row(each, None, CLOCK, is_namesake=each.id in shared) for each in found)
    pane.show_search_page(found_page(SearchResult(interpret(text, TODAY), found), rows, groups))


def search(pane: SearchPane, qtbot: QtBot, text: str, *found: Patient) -> None:
    """Type, wait for the question, answer it."""
    with qtbot.waitSignal(pane.query_changed):
        QTest.keyClicks(pane.field, text)
    show_found(pane, text, *found)


def heard(signal: Signal) -> list[object]:
    """What the signal says from now on."""
    said: list[object] = []
    signal.connect(said.append)
    return said


def press(pane: SearchPane, key: Qt.Key) -> None:
    focused = pane.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def spoken(pane: SearchPane) -> list[str]:
    model = pane.board.list.rows_model
    return [model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]


def test_letters_typed_quickly_make_one_question(pane: SearchPane, qtbot: QtBot) -> None:
    asked = heard(pane.query_changed)
    with qtbot.waitSignal(pane.query_changed):
        QTest.keyClicks(pane.field, "lopez")
    assert asked == ["lopez"]


def test_clearing_the_box_tells_at_once(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopez", MARIA)
    asked = heard(pane.query_changed)
    press(pane, Qt.Key.Key_Escape)
    assert asked == [""]
    assert pane.field.hasFocus(), "Esc goes back to Today and keeps the focus"
    pane.show_board()
    assert pane.board.isVisible()


def test_enter_opens_the_only_result(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "becker", THOMAS)
    opened = heard(pane.result_opened)
    press(pane, Qt.Key.Key_Return)
    assert opened == [THOMAS.id]


def test_enter_opens_nobody_of_several(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "mar", MARIA, MARISOL)
    opened = heard(pane.result_opened)
    press(pane, Qt.Key.Key_Return)
    assert opened == []
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Return)
    assert opened == [MARISOL.id]


def test_enter_never_opens_one_of_two_people_with_one_name(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopez, maria", MARIA, OTHER_MARIA)
    opened, reached = heard(pane.result_opened), heard(pane.namesake_reached)
    press(pane, Qt.Key.Key_Return)
    assert (opened, reached) == ([], [])
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Return)
    assert opened == []
    assert reached == [MARIA.id], "the cards are asked for instead"
    pane.focus_search()
    press(pane, Qt.Key.Key_Return)
    assert opened == []


def test_enter_before_the_answer_opens_once_it_is_there(pane: SearchPane) -> None:
    """A bar-code reader types an id and Enter faster than anybody answers."""
    asked, opened = heard(pane.query_changed), heard(pane.result_opened)
    QTest.keyClicks(pane.field, "8817")
    press(pane, Qt.Key.Key_Return)
    assert asked == ["8817"], "no waiting for more letters"
    show_searching(pane)
    assert opened == []
    show_found(pane, "8817", THOMAS)
    assert opened == [THOMAS.id]
    show_found(pane, "8817", THOMAS)
    assert opened == [THOMAS.id], "only once"


def test_typing_on_takes_an_early_enter_back(pane: SearchPane) -> None:
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "beck")
    press(pane, Qt.Key.Key_Return)
    QTest.keyClicks(pane.field, "e")
    show_found(pane, "beck", THOMAS)
    assert opened == []


def test_an_early_enter_waits_for_the_whole_answer(pane: SearchPane) -> None:
    """Somebody of the board is known at once; whether there is another, only Cerbo can say."""
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "lopez")
    show_searching(pane, MARIA)
    press(pane, Qt.Key.Key_Return)
    assert opened == []
    show_found(pane, "lopez", MARIA, MARISOL)
    assert opened == []


@pytest.mark.parametrize("is_early", [True, False])
def test_an_enter_waits_for_a_busy_cerbo(pane: SearchPane, qtbot: QtBot, is_early: bool) -> None:
    """Pressed before it is known to be busy, or when it is."""
    opened = heard(pane.result_opened)
    with qtbot.waitSignal(pane.query_changed):
        QTest.keyClicks(pane.field, "becker")
    show_searching(pane, THOMAS)
    if is_early:
        press(pane, Qt.Key.Key_Return)
    for wait_s in (7.0, 9.0):
        pane.show_search_page(error_page(Overloaded(wait_s), (result_row(THOMAS, None, CLOCK, is_namesake=False),)))
    if not is_early:
        press(pane, Qt.Key.Key_Return)
    assert opened == [], "somebody else may be of that name"
    show_found(pane, "becker", THOMAS)
    assert opened == [THOMAS.id]


def test_enter_after_down_waits_as_well(pane: SearchPane) -> None:
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "lopez")
    show_searching(pane, MARIA)
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Return)
    assert opened == []
    show_found(pane, "lopez", MARIA)
    assert opened == [MARIA.id]


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Tab, Qt.Key.Key_Shift])
def test_another_key_takes_an_early_enter_back(pane: SearchPane, key: Qt.Key) -> None:
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "lopez")
    show_searching(pane, MARIA)
    press(pane, Qt.Key.Key_Return)
    press(pane, key)
    show_found(pane, "lopez", MARIA)
    assert opened == []


def test_an_early_enter_is_forgotten_where_a_person_turned_elsewhere(pane: SearchPane, qtbot: QtBot) -> None:
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "lopez")
    press(pane, Qt.Key.Key_Return)
    elsewhere.show()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    qtbot.waitUntil(elsewhere.hasFocus)
    show_found(pane, "lopez", MARIA)
    assert opened == []


def test_enter_opens_nobody_of_an_answer_that_is_not_whole(pane: SearchPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.query_changed):
        QTest.keyClicks(pane.field, "lopez")
    opened = heard(pane.result_opened)
    row = result_row(MARIA, None, CLOCK, is_namesake=False)
    result = SearchResult(interpret("lopez", TODAY), (MARIA,), is_complete=False)
    pane.show_search_page(found_page(result, (row,), ()))
    press(pane, Qt.Key.Key_Return)
    assert opened == []


def test_rows_for_an_older_text_open_by_no_key_and_no_click(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopez", MARIA, MARISOL)
    opened, results = heard(pane.result_opened), pane.results.list
    pane.field.blockSignals(True)  # as if the answer had been shown after another letter
    QTest.keyClicks(pane.field, "v")
    pane.field.blockSignals(False)
    middle = results.visualRect(results.rows_model.index_of(MARIA.id)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Return)
    assert opened == []


def test_the_board_opens_nobody_while_there_is_text(pane: SearchPane) -> None:
    opened = heard(pane.visit_opened)
    QTest.keyClicks(pane.field, "x")
    pane.board.visit_opened.emit("visit 1")
    assert opened == []


def test_a_held_enter_opens_nobody(pane: SearchPane, qtbot: QtBot) -> None:
    """It was pressed somewhere else, or has opened a patient already."""
    search(pane, qtbot, "becker", THOMAS)
    opened = heard(pane.result_opened)
    for target in (pane.field, pane.results.list):
        pane.results.list.move_to(THOMAS.id)
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(target, held)
    assert opened == []


def test_an_early_enter_opens_no_namesake(pane: SearchPane) -> None:
    opened = heard(pane.result_opened)
    QTest.keyClicks(pane.field, "lopez")
    press(pane, Qt.Key.Key_Return)
    show_found(pane, "lopez", MARIA, OTHER_MARIA)
    assert opened == []


def test_a_click_opens_the_row_that_was_clicked(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopez", MARIA, OTHER_MARIA, MARISOL)
    opened = heard(pane.result_opened)
    results = pane.results.list
    rect = results.visualRect(results.rows_model.index_of(OTHER_MARIA.id))
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert opened == [OTHER_MARIA.id]


def test_keys_on_the_board_skip_the_heads(pane: SearchPane) -> None:
    opened = heard(pane.visit_opened)
    press(pane, Qt.Key.Key_Down)
    assert pane.board.list.hasFocus()
    assert pane.board.list.current_key == "visit 1"
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Down)
    assert pane.board.list.current_key == "visit 3", "over the head of the next group"
    press(pane, Qt.Key.Key_Return)
    assert opened == ["visit 3"]
    press(pane, Qt.Key.Key_Home)
    press(pane, Qt.Key.Key_Up)
    assert pane.field.hasFocus(), "up from the first row is the box"


def test_letters_on_the_board_go_nowhere(pane: SearchPane) -> None:
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_T)
    assert pane.board.list.current_key == "visit 1"
    assert pane.field.text() == ""


def test_earlier_visits_unfold_by_enter(pane: SearchPane) -> None:
    pane.board.list.setFocus()
    press(pane, Qt.Key.Key_End)
    assert pane.board.list.current_key == EARLIER_KEY
    pane.board.earlier_toggled.connect(lambda: show_board(pane, VISITS, is_expanded=True))
    press(pane, Qt.Key.Key_Return)
    assert "visit 4" in [row.key for row in pane.board.list.rows_model.rows]


def test_a_clinics_own_status_is_said_as_the_clinic_writes_it(pane: SearchPane) -> None:
    own = replace(visit(5, MARIA, 10, 15, VisitStage.OTHER), status_words="Waiting-Labs")
    show_board(pane, [own])
    assert spoken(pane)[1] == "Maria Lopez, born 4 March 1981, 10:15, Waiting-Labs"


def test_what_a_screen_reader_hears_of_the_board(pane: SearchPane) -> None:
    pane.faces.set_face(THOMAS.id, None)
    pane.faces.set_face(MARIA.id, FACE)
    assert spoken(pane) == [
        "Here now, 2 visits",
        "Maria Lopez, born 4 March 1981, 10:15, checked in",
        "Thomas Becker, born 2 February 1958, 10:30, checked in, no ID photo",
        "Coming up, 1 visit",
        "Marisol Lopez-Vega, born 9 January 1996, 11:00, scheduled",
        "1 earlier today, collapsed",
    ]
    pane.faces.set_photo_taken([THOMAS.id])
    assert spoken(pane)[2].endswith("checked in, photo taken")


def test_a_refresh_keeps_the_chosen_row_and_resets_nothing(pane: SearchPane) -> None:
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Down)
    assert pane.board.list.current_key == "visit 2"
    resets: list[bool] = []
    pane.board.list.rows_model.modelReset.connect(lambda: resets.append(True))
    moved = (
        visit(9, MARISOL, 9, 30, VISITS[0].stage),
        VISITS[1],
        VISITS[0],
        visit(5, OTHER_MARIA, 12, 0, VISITS[2].stage),
    )
    show_board(pane, moved)
    assert pane.board.list.current_key == "visit 2"
    assert [row.key for row in pane.board.list.rows_model.rows] == [
        *("group here", "visit 9", "visit 1", "visit 2", "group coming", "visit 5")
    ]
    assert resets == []


def test_a_refresh_does_not_move_the_rows_in_view(pane: SearchPane) -> None:
    many = [visit(20 + at, THOMAS, 10 + at // 6, 10 * (at % 6), VISITS[2].stage) for at in range(30)]
    show_board(pane, many)
    board = pane.board.list
    board.verticalScrollBar().setValue(500)
    seen = board.rows_model.row_at(board.indexAt(board.viewport().rect().topLeft()))
    assert seen is not None
    was_at = board.visualRect(board.rows_model.index_of(seen.key)).top()
    show_board(pane, [visit(1, MARIA, 10, 15, VISITS[0].stage), *many])
    assert board.visualRect(board.rows_model.index_of(seen.key)).top() == was_at


def test_only_rows_in_view_want_faces(pane: SearchPane, qtbot: QtBot) -> None:
    others = [visit(20 + at, replace(MARIA, id=PatientId(f"p{at}")), 11, 0, VISITS[2].stage) for at in range(30)]
    with qtbot.waitSignal(pane.faces_wanted) as told:
        show_board(pane, others)
    assert told.args is not None
    wanted = told.args[0]
    assert wanted[0] == "p0"
    assert len(wanted) < 15


def test_a_suggestion_is_searched_for(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopezz, maria")
    titles = {row.suggestion.title: row for row in pane.findChildren(SuggestionRow) if row.isVisible()}
    assert list(titles) == ["lopez", "maria, any last name", "Date of birth"]
    asked = heard(pane.query_changed)
    QTest.mouseClick(titles["maria, any last name"], Qt.MouseButton.LeftButton)
    assert asked == [", maria"]
    assert pane.field.hasFocus()


def test_down_reaches_what_to_try_and_enter_takes_it(pane: SearchPane, qtbot: QtBot) -> None:
    search(pane, qtbot, "lopezz, maria")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(pane, key)
    assert pane.field.hasFocus()
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Down)
    asked = heard(pane.query_changed)
    press(pane, Qt.Key.Key_Return)
    assert asked == [", maria"]


def test_a_long_suggestion_is_as_high_as_its_lines(pane: SearchPane, qtbot: QtBot) -> None:
    pane.set_compact(True)
    search(pane, qtbot, "kowalczykowska-brzezinska-wisniewska")
    long, short = (row for row in pane.findChildren(SuggestionRow) if row.isVisible())
    qtbot.waitUntil(lambda: long.height() > short.height() == 64)
    room = long.width() - 84
    lines = [lines_of(long.suggestion.title, fonts.NAME, room), lines_of(long.suggestion.detail, fonts.SECOND, room)]
    assert len(lines[0]) == 2
    qtbot.waitUntil(lambda: long.height() == 24 + 20 * sum(map(len, lines)))
    qtbot.waitUntil(lambda: long.geometry().bottom() < short.geometry().top())


def test_alt_and_a_figure_type_nothing(pane: SearchPane) -> None:
    QTest.keyClick(pane.field, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert pane.field.text() == ""


def test_the_tab_key_goes_from_the_box_to_the_board_to_the_providers(pane: SearchPane) -> None:
    pane.board.show_providers([("61", "Dr. Lindqvist"), ("62", "Dr. Okoro")], "")
    reached = []
    for _ in range(3):
        press(pane, Qt.Key.Key_Tab)
        reached.append(pane.focusWidget())
    assert reached == [pane.board.list, pane.board.provider, pane.footer.settings]


def test_slow_searches_say_so_and_quick_ones_do_not(pane: SearchPane, qtbot: QtBot) -> None:
    QTest.keyClicks(pane.field, "lopez")
    show_searching(pane)
    assert pane.results.title == "Searching…"
    assert not pane.results.is_spinning, "no flashing"
    qtbot.waitUntil(lambda: pane.results.is_spinning)
    show_found(pane, "lopez", MARIA)
    assert pane.results.title == "1 patient"
    assert not pane.results.is_spinning


def test_a_hint_for_one_letter(pane: SearchPane) -> None:
    pane.show_search_page(hint_page(interpret("l", TODAY)))
    assert pane.results.title == "Type one more letter"


@pytest.mark.parametrize("is_compact", [True, False])
@pytest.mark.parametrize("time", ["10:12", "12:58 PM"])
def test_the_time_of_an_old_board_is_whole(pane: SearchPane, qtbot: QtBot, is_compact: bool, time: str) -> None:
    pane.set_compact(is_compact)
    pane.board.show_providers([("61", "Dr. Lindqvist"), ("62", "Dr. Okoro")], "")
    pane.board.show_date(f"as of {time}", f"as of {time}")
    (shown,) = [label for label in pane.board.findChildren(Label) if label.text() == f"as of {time}"]
    qtbot.waitUntil(lambda: shown.width() >= shown.sizeHint().width())
    assert pane.board.provider.accessibleName() == "Provider: All providers"


def test_the_pane_keeps_its_width(pane: SearchPane) -> None:
    assert pane.width() == SEARCH_WIDTH_PX
    pane.set_compact(True)
    assert pane.width() == COMPACT_SEARCH_WIDTH_PX


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line.CONNECTED, "Connected"),
        (Line.SLOW, "Slow connection"),
        (Line.OFFLINE, "Offline"),
        (Line.KEY_NOT_ACCEPTED, "Key not accepted"),
        (Line.NOT_SECURE, "Connection not secure"),
        (Line.BUSY, "Cerbo is busy"),
        (Line.NOT_CERBO, "Not Cerbo"),
    ],
)
def test_the_foot_names_the_connection(pane: SearchPane, line: Line, words: str) -> None:
    pane.footer.set_practice("Riverbend Clinic")
    pane.footer.set_line(line)
    assert pane.footer.words == words


def test_everything_that_takes_the_focus_has_a_name(pane: SearchPane) -> None:
    pane.board.show_providers([("61", "Dr. Lindqvist"), ("62", "Dr. Okoro")], "")
    show_found(pane, "lopezz, maria")
    for child in pane.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            assert child.accessibleName() or getattr(child, "text", lambda: "")(), type(child)


def test_long_odd_names_do_no_harm(pane: SearchPane) -> None:
    odd = Patient(MARIA.id, "\u202eWil\nhelmina", "Featherstonehaugh-" * 16, born=None)
    show_board(pane, [visit(1, odd, 10, 15, VISITS[0].stage)])
    show_found(pane, "wil", odd)
    pane.faces.set_face(odd.id, None)
    pane.grab()
    assert "\u202e" not in spoken(pane)[1]
    assert "\n" not in spoken(pane)[1]


def test_cut_names_and_icons_are_told_by_the_tooltip(pane: SearchPane) -> None:
    model = pane.board.list.rows_model
    index = model.index_of("visit 2")
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == ""
    pane.set_compact(True)
    assert "checked in" in model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_a_status_that_warns_is_on_the_row(pane: SearchPane) -> None:
    show_found(pane, "becker", replace(THOMAS, status=PatientStatus.DECEASED))
    row = pane.results.page.rows[0]
    assert row.status == "Deceased"
    assert "deceased" in row.spoken


def test_every_state_of_the_connection_has_its_line() -> None:
    now = CLOCK.now()
    states = (
        Online(),
        Online(is_slow=True),
        Offline(now, now),
        Intercepted(now, now),
        Busy(now, now),
        KeyRefused(),
        NotTrusted(TlsFault.OTHER, ""),
    )
    assert {line_of(state) for state in states} == set(Line)


def test_a_page_with_nothing_in_it_shows(pane: SearchPane) -> None:
    pane.show_search_page(SearchPage("Cerbo is busy", is_failure=True))
    assert not pane.results.list.isVisible()


LOW_PX = 500
"""What a screen of 1366 x 768 at 125 percent leaves beside the frame and a strip."""


@pytest.fixture
def low_pane(pane: SearchPane) -> SearchPane:
    pane.set_compact(True)
    pane.resize(COMPACT_SEARCH_WIDTH_PX, LOW_PX)
    pane.field.setText("04/03/1981")
    show_found(pane, "04/03/1981", MARIA, replace(MARIA, id=PatientId("7"), born=date(1981, 4, 3)), THOMAS)
    QApplication.processEvents()
    return pane


def test_suggestions_of_a_date_in_figures_are_whole_in_a_low_pane(low_pane: SearchPane) -> None:
    rows = [row for row in low_pane.findChildren(SuggestionRow) if row.isVisible()]
    assert [row.suggestion.title for row in rows] == ["4 Mar 1981", "3 Apr 1981"]
    assert all(row.height() == 64 for row in rows)
    assert rows[0].geometry().bottom() < rows[1].geometry().top() + 1
    wrapped = [label for label in low_pane.results.findChildren(Label) if label.isVisible() and label.wordWrap()]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in wrapped)
    assert low_pane.results.list.height() == 3 * RESULT_ROW_PX


def test_in_a_low_pane_the_keys_bring_each_row_into_view(low_pane: SearchPane) -> None:
    pane, view = low_pane, low_pane.results.findChildren(QScrollArea)[0].viewport()

    def is_in_view(widget: QWidget, rect: QRect) -> bool:
        return view.rect().contains(QRect(widget.mapTo(view, rect.topLeft()), rect.size()))

    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    results = pane.results.list
    for _ in range(3):
        assert is_in_view(results.viewport(), results.visualRect(results.currentIndex()))
        QTest.keyClick(results, Qt.Key.Key_Down)
    assert pane.results.focus_suggestions()
    first = next(row for row in pane.findChildren(SuggestionRow) if row.isVisible())
    assert is_in_view(first, first.rect())


def _send(pane: SearchPane, text: str, gap_ms: int, from_ms: int = 1_000) -> None:
    """Keys with the times that a window system gives them."""
    for place, sign in enumerate(text):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(sign.upper())), Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(from_ms + place * gap_ms)
        QApplication.sendEvent(pane.field, event)


def test_the_next_card_takes_the_place_of_an_id_that_a_reader_sent_without_enter(
    pane: SearchPane, qtbot: QtBot
) -> None:
    _send(pane, "10482", 20)
    qtbot.waitUntil(lambda: pane.field.selectedText() == "10482")
    _send(pane, "8817", 20, 3_000)
    assert pane.field.text() == "8817"


@pytest.mark.parametrize("ends_with_enter", [True, False])
def test_a_card_takes_the_place_of_a_text_from_before(pane: SearchPane, qtbot: QtBot, ends_with_enter: bool) -> None:
    asked = heard(pane.query_changed)
    _send(pane, "lopez", 150)
    with qtbot.waitSignal(pane.field.paused):
        pass
    _send(pane, "8817", 20, 9_000)
    if ends_with_enter:
        press(pane, Qt.Key.Key_Return)
        assert asked[-1] == "8817"
    qtbot.waitUntil(lambda: pane.field.selectedText() == "8817")


def test_figures_that_a_person_types_behind_a_name_stay_there(pane: SearchPane, qtbot: QtBot) -> None:
    _send(pane, "lopez ", 150)
    with qtbot.waitSignal(pane.field.paused):
        pass
    _send(pane, "030481", 70, 9_000)
    press(pane, Qt.Key.Key_Return)
    assert pane.field.text() == "lopez 030481"


def test_an_id_whose_reader_stops_for_a_moment_stays_whole(pane: SearchPane) -> None:
    _send(pane, "1", 20)
    _send(pane, "0482", 20, 1_200)
    press(pane, Qt.Key.Key_Return)
    assert pane.field.text() == "10482"


def test_the_rest_of_a_scan_stays_behind_what_came_before_the_box_had_the_focus(pane: SearchPane) -> None:
    pane.go_on_typing("10", is_entered=False)
    _send(pane, "4821", 20)
    press(pane, Qt.Key.Key_Return)
    assert pane.field.text() == "104821"


def test_a_name_and_an_id_that_a_person_types_stay_as_they_are(pane: SearchPane, qtbot: QtBot) -> None:
    for text, gap_ms, from_ms in (("lopez", 20, 1_000), ("10482", 140, 3_000)):
        pane.field.clear()
        _send(pane, text, gap_ms, from_ms)
        with qtbot.waitSignal(pane.field.paused):
            pass
        assert (pane.field.text(), pane.field.selectedText()) == (text, "")


def test_an_id_that_a_person_types_with_a_pause_stays_whole(pane: SearchPane, qtbot: QtBot) -> None:
    """A hand that rolls over two keys of the number pad is no reader."""
    _send(pane, "10", 30)
    _send(pane, "4", 30, 1_150)
    with qtbot.waitSignal(pane.field.paused):
        pass
    _send(pane, "82", 120, 4_000)
    assert pane.field.text() == "10482"


def test_a_reader_may_end_with_a_line_feed(pane: SearchPane) -> None:
    pressed: list[bool] = []
    pane.field.enter_pressed.connect(lambda: pressed.append(True))
    QApplication.sendEvent(
        pane.field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "\n")
    )
    assert pressed == [True]
    assert pane.field.text() == ""


def test_what_is_typed_on_the_clear_button_goes_on_in_the_box(pane: SearchPane, qtbot: QtBot) -> None:
    """Its Space would press the button, and clear what was typed."""
    QTest.keyClicks(pane.field, "ruiz")
    clear = pane.field.findChild(IconButton)
    assert clear is not None
    clear.setFocus()
    qtbot.waitUntil(clear.hasFocus)
    for sign in "lopez maria":
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, sign)
    assert pane.field.text() == "ruizlopez maria"


def test_files_that_are_dragged_over_the_box_leave_no_path_in_it(pane: SearchPane) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile("/photos/a.jpg")])
    assert not _is_taken(pane, held)
    held.setUrls([])
    held.setText("lopez")
    assert _is_taken(pane, held)


def _is_taken(pane: SearchPane, held: QMimeData) -> bool:
    left, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, held, left, no_key)
    event.ignore()
    QApplication.sendEvent(pane.field, event)
    return event.isAccepted()
