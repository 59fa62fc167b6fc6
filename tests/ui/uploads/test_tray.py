"""The tray: what it says of each state, what it offers, what it asks before it acts."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import HOLDING_TROUBLES, CheckResult, Recipient, Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import IconLabel
from cerbo_desktop.ui.kit.line_breaks import lines_of
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.text.deletions import where_it_is
from cerbo_desktop.ui.text.upload_questions import send_again_question, withdraw_question
from cerbo_desktop.ui.text.withdrawals import for_staff
from cerbo_desktop.ui.uploads.card_words import SendingConditions, card_words, spoken
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.model import TIME_ROLE, WORDS_ROLE
from cerbo_desktop.ui.uploads.pictures import TwoPictures
from cerbo_desktop.ui.uploads.rail import RAIL_WIDTH_PX, Rail
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.shift_list import ShiftList
from cerbo_desktop.ui.uploads.view import UploadTray

NOW = datetime(2025, 11, 12, 10, 2, tzinfo=UTC)
DOROTHY = Recipient(PatientId("10071"), "Dorothy Vance", date(1947, 9, 23))


def upload(state: UploadState, trouble: UploadProblem | None = None, upload_id: str = "1") -> Upload:
    facts = PhotoFacts(MediaType.JPEG, 10, 10, 6_100_000, "")
    taken_at = NOW - timedelta(hours=sum(upload_id.encode()))  # each by itself, and not as one batch
    made = Upload(UploadId(upload_id), DOROTHY, facts, Raster(1, 1, b"\0\0\0\xff", 1, 1), taken_at, NOW, state)
    return replace(made, trouble=trouble)


@pytest.mark.parametrize(
    ("state", "trouble", "title", "text"),
    [
        (UploadState.QUEUED, UploadProblem.UNREACHABLE, "Safe on this PC", "Will send automatically when online."),
        (UploadState.COMMITTING, None, "Waiting for Cerbo’s answer", ""),
        (UploadState.UNSURE, UploadProblem.NO_ANSWER, "Waiting for Cerbo’s answer", ""),
        (UploadState.CHECKING, UploadProblem.NO_ANSWER, "Looking in Cerbo’s queue", ""),
        (UploadState.TAKEN, None, "Cerbo took it", "The app can’t look in Cerbo’s queue."),
        (
            UploadState.LEFT_QUEUE,
            None,
            "Left the queue",
            "It isn’t known whether it is in the chart. The app keeps looking for it.",
        ),
        (UploadState.SENT, None, "Waiting in Cerbo’s queue", "Sent. Staff accept it in Cerbo."),
        (
            UploadState.REFUSED,
            UploadProblem.UNREACHABLE,
            "Not sent",
            "Could not reach Cerbo. Nothing was sent; the photo is safe on this PC.",
        ),
        (
            UploadState.REFUSED,
            UploadProblem.TOO_BIG,
            "Not sent",
            "Cerbo refused the photo: too big. It is safe on this PC. Take it again in a smaller picture size, then "
            "delete this one.",
        ),
        (
            UploadState.QUEUED,
            UploadProblem.FORBIDDEN,
            "Not sent",
            "This key isn’t allowed to send photos to this chart. The photo is safe on this PC.",
        ),
        (
            UploadState.NEEDS_REVIEW,
            UploadProblem.NO_ANSWER,
            "May have arrived",
            "No answer came back. Look in Cerbo’s queue, then choose.",
        ),
        (
            UploadState.GONE,
            None,
            "No longer in Cerbo",
            "No longer in Cerbo’s queue or chart. Ask who cleared it. The photo is still on this PC.",
        ),
    ],
)
def test_the_designed_words(state: UploadState, trouble: UploadProblem | None, title: str, text: str) -> None:
    words = card_words(upload(state, trouble), NOW)
    assert (words.title, words.text) == (title, text)


def test_where_the_system_does_not_tell_the_last_part_may_be_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform, is_told in (("linux", True), ("win32", False), ("darwin", False)):
        monkeypatch.setattr(sys, "platform", platform)
        assert ("on its way" not in card_words(upload(UploadState.COMMITTING), NOW).text) is is_told
        assert card_words(upload(UploadState.UNSURE), NOW).text == ""


def test_accepted_is_the_only_state_called_found_in_chart() -> None:
    found = [state for state in UploadState if card_words(upload(state), NOW).title == "Found in chart"]
    assert found == [UploadState.ACCEPTED]


def test_every_trouble_of_a_photo_that_was_not_sent_has_its_own_sentence() -> None:
    sentences = [card_words(upload(UploadState.REFUSED, trouble), NOW).text for trouble in UploadProblem]
    assert len(set(sentences)) == len(UploadProblem)


def test_progress_and_waits_carry_their_numbers() -> None:
    sending = replace(upload(UploadState.SENDING), sent_bytes=2_745_000)
    assert card_words(sending, NOW).title == "Sending 45%"
    busy = replace(upload(UploadState.QUEUED, UploadProblem.BUSY), retry_at=NOW + timedelta(seconds=60))
    assert card_words(busy, NOW).text == "Cerbo is busy. Trying again in 1 min."


def test_what_the_look_showed_is_told() -> None:
    seen = replace(upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER), sighting=CheckResult.NEW_IN_QUEUE)
    assert card_words(seen, NOW).text.endswith("The queue has one more entry than before.")


def test_spoken_as_designed() -> None:
    asking = upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER)
    assert spoken(asking, NOW) == "Dorothy Vance, born 23 September 1947, May have arrived, needs attention"


@pytest.fixture
def tray(qtbot: QtBot) -> UploadTray:
    tray = UploadTray()
    qtbot.addWidget(tray)
    tray.resize(TRAY_WIDTH_PX, 868)
    tray.show()
    return tray


def show(
    tray: UploadTray,
    acting: list[Upload],
    sending: list[Upload],
    waiting: list[Upload],
    *,
    is_offline: bool = False,
) -> None:
    times = {each.id: "10:02" for each in (*acting, *sending, *waiting)}
    tray.show_uploads(acting, sending, waiting, [], times, NOW, is_offline=is_offline)
    tray.show_totals(len(waiting), 0, len(waiting))


def buttons(tray: UploadTray) -> dict[str, QAbstractButton]:
    """Of the cards, by their words."""
    found = [button for card in tray.findChildren(UploadCard) for button in card.findChildren(QAbstractButton)]
    return {each.text(): each for each in found if each.isVisible() and each.text()}


def test_each_card_offers_what_its_state_allows(tray: UploadTray) -> None:
    show(tray, [upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER)], [], [])
    assert set(buttons(tray)) == {"It’s there", "Send again"}
    show(tray, [upload(UploadState.REFUSED, UploadProblem.REFUSED)], [], [])
    assert set(buttons(tray)) == {"Try again", "Delete photo"}
    show(tray, [], [upload(UploadState.SENDING)], [])
    assert set(buttons(tray)) == set()


@pytest.mark.parametrize("trouble", UploadProblem)
def test_photos_behind_one_that_holds_all_up_do_not_say_that_they_are_next(
    tray: UploadTray, trouble: UploadProblem
) -> None:
    behind = upload(UploadState.QUEUED)
    show(tray, [], [], [behind])
    (row,) = _row_texts(tray)
    assert row == "Next in line."
    show(tray, [upload(UploadState.QUEUED, trouble)], [], [behind])
    (row,) = _row_texts(tray)
    assert row == (
        "Waiting for the photo under “Needs attention”."
        if trouble in (*HOLDING_TROUBLES, UploadProblem.FORBIDDEN)
        else "Next in line."
    )


def _row_texts(tray: UploadTray) -> list[str]:
    rows = [each.rows for each in tray.findChildren(UploadRows)]
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    return [each.index(row).data(role) for each in rows for row in range(each.rowCount())]


@pytest.mark.parametrize(
    ("second", "may", "text", "offered"),
    [
        (
            "1002",
            True,
            "a second entry (1002) is waiting in Cerbo’s queue. Withdraw it",
            {"Withdraw", "Remove from list"},
        ),
        ("1002", False, "Entry 1002 in Cerbo’s queue may be this photo too", {"Remove from list"}),
        ("1001", False, "It was sent twice: entry 1001", {"Remove from list"}),
    ],
    ids=["named", "not named", "an earlier try"],
)
def test_a_photo_in_chart_and_queue_needs_a_person(
    tray: UploadTray, second: str, may: bool, text: str, offered: set[str]
) -> None:
    sent = replace(upload(UploadState.SENT), queue_id=QueueId("1002"), can_be_withdrawn=may)
    both = replace(sent, second_entry_id=QueueId(second))
    words = card_words(both, NOW)
    assert words.text.startswith("The photo is in the chart")
    assert text in words.text
    assert both.needs_person
    show(tray, [both], [], [])
    assert set(buttons(tray)) == offered
    taken: list[str] = []
    tray.withdraw_clicked.connect(taken.append)
    if may:
        buttons(tray)["Withdraw"].click()
    assert taken == (["1"] if may else [])


def test_another_try_that_may_wait_is_named_wherever_it_matters() -> None:
    waiting, gone, left = (
        replace(upload(state), queue_id=QueueId("1002"), other_try_id=QueueId("1001"), is_sent_again=True)
        for state in (UploadState.SENT, UploadState.GONE, UploadState.LEFT_QUEUE)
    )
    for each in (waiting, gone, left):
        assert "ntry 1001" in card_words(each, NOW).text
    assert "Ask who cleared it" not in card_words(gone, NOW).text
    assert "entry 1001" in send_again_question(gone)
    assert "entry 1001" in withdraw_question(waiting)


def test_a_photo_that_was_sent_twice_is_never_told_as_one_that_is_over() -> None:
    for state in (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED, UploadState.GONE, UploadState.LEFT_QUEUE):
        told = replace(upload(state), is_sent_again=True, queue_id=QueueId("1002"))
        assert "twice" in card_words(told, NOW).text
        assert told.needs_person is (state not in (UploadState.SENT, UploadState.TAKEN))
    held = replace(upload(UploadState.QUEUED, UploadProblem.SIGNED_OUT), is_sent_again=True)
    assert card_words(held, NOW).title == "Not sent again"
    assert "Nothing was sent" not in card_words(held, NOW).text
    assert "was not sent" not in where_it_is(held)


def test_why_a_second_try_was_not_sent_stands_on_a_doubt_that_can_be_deleted(tray: UploadTray) -> None:
    doubt = upload(UploadState.NEEDS_REVIEW, UploadProblem.TOO_BIG)
    assert "It was not sent again; an earlier try may have arrived." in card_words(doubt, NOW).text
    show(tray, [doubt], [], [])
    assert set(buttons(tray)) == {"It’s there", "Delete photo"}, "it would be refused again"
    show(tray, [upload(UploadState.NEEDS_REVIEW, UploadProblem.FORBIDDEN)], [], [])
    assert set(buttons(tray)) == {"It’s there", "Send again", "Delete photo"}


@pytest.mark.parametrize("trouble", set(UploadProblem) - {UploadProblem.ANOTHER_ENTRY})
def test_a_card_offers_what_helps_and_nothing_else(tray: UploadTray, trouble: UploadProblem) -> None:
    state = UploadState.QUEUED if trouble in HOLDING_TROUBLES else UploadState.REFUSED
    show(tray, [upload(state, trouble)], [], [])
    match trouble:
        case UploadProblem.LIST_CHANGED:
            helps = set()
        case UploadProblem.TOO_BIG | UploadProblem.UNREADABLE:
            helps = {"Take again", "Delete photo"}
        case _:
            helps = {"Try again", "Delete photo"}
    assert set(buttons(tray)) == helps


def test_the_only_copy_is_never_just_removed_from_the_list(tray: UploadTray) -> None:
    show(tray, [upload(UploadState.GONE)], [], [])
    assert set(buttons(tray)) == {"Send again", "Delete photo"}
    show(tray, [upload(UploadState.LEFT_QUEUE)], [], [])
    assert set(buttons(tray)) == {"Delete photo"}
    gone = replace(upload(UploadState.GONE), has_photo=False)
    show(tray, [gone], [], [])
    assert set(buttons(tray)) == {"Remove from list"}
    assert "still on this PC" not in card_words(gone, NOW).text


def test_the_buttons_name_their_upload(tray: UploadTray, qtbot: QtBot) -> None:
    show(
        tray,
        [
            upload(UploadState.REFUSED, UploadProblem.REFUSED, "first"),
            replace(upload(UploadState.GONE, None, "second"), has_photo=False),
        ],
        [],
        [],
    )
    with qtbot.waitSignal(tray.retry_clicked) as retried:
        buttons(tray)["Try again"].click()
    assert retried.args == ["first"]
    with qtbot.waitSignal(tray.discard_clicked) as discarded:
        buttons(tray)["Remove from list"].click()
    assert discarded.args == ["second"]


def test_another_pcs_entry_is_told_with_its_hour_and_two_buttons(tray: UploadTray, qtbot: QtBot) -> None:
    waiting = replace(upload(UploadState.REFUSED, UploadProblem.ANOTHER_ENTRY, "first"), other_entry_at=NOW)
    show(tray, [waiting], [], [])
    (card,) = tray.findChildren(UploadCard)
    words = "Cerbo’s queue has an entry for Dorothy Vance, 10:02, that this PC did not send."
    assert words in [label.text() for label in card.findChildren(QLabel)]
    assert card.accessibleName() == "Dorothy Vance, born 23 September 1947, Not sent yet, needs attention"
    assert list(buttons(tray)) == ["Send anyway", "Don’t send"]
    for name, signal in (("Send anyway", tray.send_anyway_clicked), ("Don’t send", tray.discard_clicked)):
        button = buttons(tray)[name]
        assert button.accessibleDescription() == "Dorothy Vance, born 23 September 1947"
        button.setFocus()
        with qtbot.waitSignal(signal) as pressed:
            QTest.keyClick(button, Qt.Key.Key_Space)
        assert pressed.args == ["first"]


def test_a_focused_button_stays_while_other_uploads_change(tray: UploadTray) -> None:
    asking = upload(UploadState.REFUSED, UploadProblem.REFUSED, "first")
    show(tray, [asking], [upload(UploadState.SENDING, None, "second")], [])
    retry = buttons(tray)["Try again"]
    retry.setFocus()
    show(tray, [asking], [replace(upload(UploadState.SENDING, None, "second"), sent_bytes=100)], [])
    assert buttons(tray)["Try again"] is retry


def test_a_card_with_three_choices_fits_into_the_tray(tray: UploadTray, qtbot: QtBot) -> None:
    show(tray, [replace(upload(UploadState.NEEDS_REVIEW), new_photo_id=PhotoId("77"))], [], [])
    qtbot.waitUntil(lambda: all(button.width() > 0 for button in buttons(tray).values()))
    for words, button in buttons(tray).items():
        assert button.mapTo(tray, button.rect().bottomRight()).x() < tray.width() - 16, words
        assert button.width() >= QFontMetricsF(button.font()).horizontalAdvance(words) + 16, words


def test_when_a_choice_takes_its_card_away_the_focus_goes_to_the_next_card(tray: UploadTray, qtbot: QtBot) -> None:
    first, second = (upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER, name) for name in ("first", "second"))
    tray.activateWindow()
    qtbot.waitUntil(tray.isActiveWindow)
    show(tray, [first, second], [], [])
    first_card, second_card = (
        card for name in ("first", "second") for card in tray.findChildren(UploadCard) if card.upload_id == name
    )
    there, other = (
        next(each for each in card.findChildren(QAbstractButton) if each.text() == "It’s there")
        for card in (first_card, second_card)
    )
    there.setFocus()
    sent = replace(first, state=UploadState.SENT)
    show(tray, [second], [], [sent])
    assert QApplication.focusWidget() is other
    show(tray, [first, replace(second, state=UploadState.CHECKING)], [], [])
    card_of(tray, "first").findChildren(QAbstractButton)[-1].setFocus()
    show(tray, [replace(second, state=UploadState.CHECKING)], [], [sent])
    assert QApplication.focusWidget() is card_of(tray, "second"), "the app looks for its photo"
    show(tray, [second], [], [sent])
    show(tray, [], [], [sent, replace(second, state=UploadState.SENT)])
    assert QApplication.focusWidget() is waiting_rows(tray)


@pytest.mark.parametrize("words", ["It’s there", "Send again"])
def test_a_card_holds_the_focus_of_its_button_while_the_app_looks(tray: UploadTray, qtbot: QtBot, words: str) -> None:
    first, second = (upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER, name) for name in ("first", "second"))
    tray.activateWindow()
    qtbot.waitUntil(tray.isActiveWindow)

    def is_on_button(upload_id: str) -> bool:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QAbstractButton)
        return focus.text() == words and card_of(tray, upload_id).isAncestorOf(focus)

    def button() -> QAbstractButton:
        return next(each for each in card_of(tray, "first").findChildren(QAbstractButton) if each.text() == words)

    show(tray, [first, second], [], [])
    button().setFocus()
    looked_for = replace(first, state=UploadState.CHECKING)
    show(tray, [looked_for, second], [], [])
    assert QApplication.focusWidget() is card_of(tray, "first")
    show(tray, [first, second], [], [])
    assert is_on_button("first")
    show(tray, [looked_for, second], [], [])
    show(tray, [second], [], [replace(first, state=UploadState.SENT)])
    focus = QApplication.focusWidget()
    assert focus is not None
    assert card_of(tray, "second").isAncestorOf(focus)


def waiting_rows(tray: UploadTray) -> UploadRows:
    (rows,) = [each for each in tray.findChildren(UploadRows) if each.isVisible()]
    return rows


def test_a_row_grows_with_its_name_and_its_words(tray: UploadTray) -> None:
    short = upload(UploadState.TAKEN, None, "short")
    long = replace(upload(UploadState.TAKEN, None, "long"), queue_id=QueueId("41"), sighting=CheckResult.NO_LIST_BEFORE)
    name = "José Ángel Núñez de la Torre-Villanueva"
    named = replace(upload(UploadState.TAKEN, None, "named"), recipient=replace(DOROTHY, name=name))
    show(tray, [], [], [short, long, named])
    rows = waiting_rows(tray)
    heights = [rows.sizeHintForRow(row) for row in range(3)]
    assert heights[0] < heights[1]
    assert heights[0] < heights[2]
    assert rows.height() == sum(heights)
    lines = lines_of(name, fonts.NAME, 140)
    assert " ".join(lines).replace("- ", "-") == name
    assert all(QFontMetricsF(fonts.styled(fonts.NAME)).horizontalAdvance(line) <= 140 for line in lines)


@pytest.mark.parametrize("opens_by", ["button", "enter"])
def test_what_can_be_done_with_a_sent_photo_is_a_button_and_a_key_away(
    tray: UploadTray, qtbot: QtBot, opens_by: str
) -> None:
    unsure = replace(upload(UploadState.SENT, None, "unsure"), queue_id=QueueId("42"))
    show(tray, [], [], [upload(UploadState.QUEUED, None, "queued"), unsure])
    rows = waiting_rows(tray)
    index = rows.model().index(1, 0)
    if opens_by == "enter":
        rows.setCurrentIndex(index)
        QTest.keyClick(rows, Qt.Key.Key_Return)
    else:
        (more,) = [
            each for each in rows.buttons.in_order if each.accessibleName() == "What can be done with this photo"
        ]
        QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    (menu,) = rows.findChildren(QMenu)
    (wrong,) = menu.actions()
    assert (menu.isVisible(), wrong.text()) == (True, "Wrong patient")
    with qtbot.waitSignal(tray.wrong_patient_clicked) as chosen:
        wrong.trigger()
    assert chosen.args == ["unsure"]
    menu.close()


def test_a_photo_that_only_this_pc_has_opens_no_menu(tray: UploadTray) -> None:
    show(tray, [], [], [upload(UploadState.QUEUED)])
    rows = waiting_rows(tray)
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert not rows.findChildren(QMenu)


def test_a_narrow_window_folds_the_tray_and_opens_it_over_the_centre(tray: UploadTray) -> None:
    tray.set_narrow(True)
    assert tray.width() == RAIL_WIDTH_PX
    tray.set_narrow(False)
    assert tray.width() == TRAY_WIDTH_PX


def test_an_unfolded_tray_begins_with_what_needs_a_person(tray: UploadTray, qtbot: QtBot) -> None:
    tray.resize(TRAY_WIDTH_PX, 240)
    waiting = [upload(UploadState.SENT, None, name) for name in "abcdefgh"]
    show(tray, [], [], waiting)
    (rail,) = tray.findChildren(Rail)
    (fold,) = [each for each in tray.findChildren(QAbstractButton) if each.accessibleName() == "Collapse uploads"]
    bar = tray.findChildren(QScrollArea)[0].verticalScrollBar()
    for acting, is_kept in (([], True), ([upload(UploadState.REFUSED, UploadProblem.REFUSED, "first")], False)):
        show(tray, acting, [], waiting)
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        before = bar.value()
        fold.click()
        assert rail.unfold.isVisible()
        rail.unfold.click()
        assert bar.value() == (before if is_kept else 0)


def test_the_folded_tray_shows_that_there_is_something_to_say(tray: UploadTray) -> None:
    tray.set_narrow(True)
    (rail,) = tray.findChildren(Rail)
    tray.show_note("3 photos from an earlier sign-in wait on this PC", "Look at them.")
    (sign,) = [each for each in rail.findChildren(IconLabel) if each.isVisible()]
    assert sign.toolTip() == "3 photos from an earlier sign-in wait on this PC"
    assert rail.unfold.accessibleDescription().startswith("3 photos from an earlier sign-in wait on this PC")
    tray.hide_note()
    assert not sign.isVisible()


def test_quiet_rows_are_read_out(tray: UploadTray) -> None:
    show(tray, [], [], [upload(UploadState.SENT)])
    (rows,) = [each for each in tray.findChildren(QListView) if each.isVisible()]
    assert rows.model().index(0, 0).data() == "Dorothy Vance, born 23 September 1947, Waiting in Cerbo’s queue"
    described = rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Sent. Staff accept it in Cerbo."


def test_delete_takes_back_what_may_be_withdrawn_and_else_says_what_staff_have_to_do(tray: UploadTray) -> None:
    sure = replace(upload(UploadState.SENT, None, "sure"), queue_id=QueueId("41"), can_be_withdrawn=True)
    unsure = replace(upload(UploadState.SENT, None, "unsure"), queue_id=QueueId("42"))
    waiting = [unsure, sure, upload(UploadState.TAKEN, None, "taken"), upload(UploadState.QUEUED, None, "queued")]
    show(tray, [], [], waiting)
    (rows,) = [each for each in tray.findChildren(QListView) if each.isVisible()]
    asked: list[tuple[str, str]] = []
    tray.withdraw_clicked.connect(lambda upload_id: asked.append(("take back", upload_id)))
    tray.wrong_patient_clicked.connect(lambda upload_id: asked.append(("tell staff", upload_id)))
    for row in range(len(waiting)):
        rows.setCurrentIndex(rows.model().index(row, 0))
        QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert asked == [("tell staff", "unsure"), ("take back", "sure"), ("tell staff", "taken")]


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (CheckResult.COULD_NOT_LOOK, "The app can’t look in Cerbo’s queue. Its number there is 41."),
        (CheckResult.LIST_CUT, "Its queue for this patient can’t be read completely. Its number there is 41."),
        (CheckResult.NOT_NOW, "Its queue can’t be read just now. Its number there is 41."),
        (CheckResult.NOTHING_NEW, "Its queue doesn’t show which entry is this photo. Its number there is 41."),
        (
            CheckResult.NO_LIST_BEFORE,
            "Its queue couldn’t be read before, so the app can’t tell what is new in it. Its number there is 41.",
        ),
    ],
)
def test_why_the_entry_of_a_taken_photo_is_not_known(seen: CheckResult, text: str) -> None:
    taken = replace(upload(UploadState.TAKEN), queue_id=QueueId("41"), sighting=seen)
    assert card_words(taken, NOW).text == text


def test_an_answer_that_came_is_not_called_lost() -> None:
    answered = replace(upload(UploadState.NEEDS_REVIEW), has_answer=True, sighting=CheckResult.NOTHING_NEW)
    text = card_words(answered, NOW).text
    assert text.startswith("Cerbo answered, and nothing shows the photo. Look in Cerbo’s queue, then choose.")


def test_an_answer_that_tells_of_a_failure_is_not_called_lost() -> None:
    text = card_words(upload(UploadState.NEEDS_REVIEW), NOW).text
    assert text.startswith("What came back doesn’t say that Cerbo took the photo. Look in Cerbo’s queue, then choose.")


@pytest.mark.parametrize("seen", [None, *CheckResult])
def test_before_it_is_sent_again_it_is_said_what_the_look_showed(seen: CheckResult | None) -> None:
    question = send_again_question(replace(upload(UploadState.NEEDS_REVIEW), sighting=seen))
    assert question.endswith("If it did arrive, it will be in the chart twice.")
    assert "queue" in question or "chart has a new photo" in question


def test_the_words_for_staff_name_patient_time_and_number() -> None:
    sent = replace(upload(UploadState.SENT), queue_id=QueueId("41"))
    assert for_staff(sent, NOW) == (
        "Tell whoever works in Cerbo:\n“Please delete a photo from the portal queue of Dorothy Vance, "
        "23\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}1947, "
        "ID 10071, sent 12 Nov 2025, 10:02, queue number 41. It shows another patient.”"
    )
    assert "queue number" not in for_staff(upload(UploadState.TAKEN), NOW)
    assert "from the chart of" in for_staff(replace(sent, state=UploadState.ACCEPTED), NOW)
    in_both = replace(sent, second_entry_id=QueueId("41"))
    assert "a photo from the chart of Dorothy Vance" in for_staff(in_both, NOW)
    assert "and entry 41 from the portal queue." in for_staff(in_both, NOW)
    other_waits = for_staff(replace(sent, second_entry_id=QueueId("42")), NOW)
    assert "and entry 42 from the portal queue if that is the same photo." in other_waits
    twice = replace(sent, state=UploadState.ACCEPTED, is_sent_again=True, is_twice_in_chart=True)
    assert "two photos from the chart of" in for_staff(twice, NOW)
    for left in (for_staff(sent, NOW, has_left=True), for_staff(replace(sent, state=UploadState.LEFT_QUEUE), NOW)):
        assert "from the portal queue or the chart of" in left
        assert "queue number" not in left


def is_shown(pictures: TwoPictures) -> bool:
    return pictures.has_new


def test_a_new_photo_in_the_chart_is_shown_beside_the_one_that_was_sent(tray: UploadTray, qtbot: QtBot) -> None:
    asking = replace(upload(UploadState.LEFT_QUEUE), new_photo_id=PhotoId("77"))
    show(tray, [asking], [], [])
    (pictures,) = tray.findChildren(TwoPictures)
    assert pictures.isVisible()
    tray.show_new_photo(asking.id, PhotoId("78"), asking.preview)
    assert not is_shown(pictures), "another photo than the one that is asked about"
    tray.show_new_photo(asking.id, PhotoId("77"), asking.preview)
    assert is_shown(pictures)
    assert set(buttons(tray)) == {"It is this one", "Another photo"}
    with qtbot.waitSignal(tray.same_photo_clicked) as same:
        buttons(tray)["It is this one"].click()
    assert same.args == ["1", "77"]
    doubt = replace(upload(UploadState.NEEDS_REVIEW), new_photo_id=PhotoId("77"))
    show(tray, [doubt], [], [])
    assert set(buttons(tray)) == {"It is this one", "Another photo", "Send again"}


def test_the_shift_list_groups_the_day(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 900)
    window.show()
    states = (UploadState.SENT, UploadState.ACCEPTED, UploadState.REFUSED, UploadState.SENT)
    uploads = [upload(state, UploadProblem.REFUSED, str(place)) for place, state in enumerate(states)]
    uploads.append(upload(UploadState.QUEUED, UploadProblem.FORBIDDEN, "held"))
    sheet = ShiftList(uploads, ["10:02"] * 5, NOW, SendingConditions())
    sheet.open_over(window)
    heads = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert [text for text in heads if "  " in text] == [
        "Shift list  5",
        "Needs attention  2",
        "Waiting in Cerbo’s queue  2",
        "Found in chart  1",
    ]
    sheet.dismiss()


def test_photos_that_need_a_person_stand_one_by_one_in_the_shift_list_as_in_the_tray(tray: UploadTray) -> None:
    states = (UploadState.NEEDS_REVIEW, UploadState.REFUSED, UploadState.REFUSED)
    together = [
        replace(upload(state, UploadProblem.REFUSED, name), taken_at=NOW)
        for state, name in zip(states, "abc", strict=True)
    ]
    times = {each.id: time for each, time in zip(together, ("10:02", "10:03", "10:04"), strict=True)}
    tray.show_uploads(together, [], [], [], dict.fromkeys(times, "10:01"), NOW)
    tray.show_uploads(together, [], [], [], times, NOW)
    tray.open_shift_list(together, list(times.values()), NOW)
    sheet = open_sheet(tray)
    assert isinstance(sheet, ShiftList)
    (rows,) = [each for each in sheet.findChildren(UploadRows) if each.isVisible()]
    model = rows.model()
    found = [model.index(place, 0) for place in range(model.rowCount())]
    assert [(index.data(WORDS_ROLE).title, index.data(TIME_ROLE)) for index in found] == [
        ("May have arrived", "10:02"),
        ("Not sent", "10:03"),
        ("Not sent", "10:04"),
    ]
    for upload_id, time in times.items():
        assert time in [label.text() for label in card_of(tray, upload_id).findChildren(QLabel)]


def test_the_shift_list_says_of_what_waits_the_same_as_the_tray(tray: UploadTray) -> None:
    waiting = upload(UploadState.QUEUED, None, "one")
    show(tray, [], [], [waiting], is_offline=True)
    tray.open_shift_list([waiting], ["10:02"], NOW)
    sheet = open_sheet(tray)
    assert isinstance(sheet, ShiftList)

    def said() -> str:
        (rows,) = [each for each in sheet.findChildren(UploadRows) if each.isVisible()]
        text: str = rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
        return text

    assert said() == "Will send automatically when online."
    show(tray, [], [], [waiting])
    tray.show_shift([waiting], ["10:02"], NOW)
    assert said() == "Next in line."


def test_the_shift_list_makes_way_for_what_is_done_with_a_photo(tray: UploadTray, qtbot: QtBot) -> None:
    tray.open_shift_list([upload(UploadState.SENT, None, "sent")], ["10:02"], NOW)
    sheet = open_sheet(tray)
    assert isinstance(sheet, ShiftList)
    (rows,) = [each for each in sheet.findChildren(UploadRows) if each.isVisible()]
    rows.setCurrentIndex(rows.model().index(0, 0))
    with qtbot.waitSignal(tray.wrong_patient_clicked) as chosen:
        QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert chosen.args == ["sent"]
    assert not sheet.is_open


def card_of(tray: UploadTray, upload_id: str) -> UploadCard:
    return next(card for card in tray.findChildren(UploadCard) if card.upload_id == upload_id and card.isVisible())


def point_at(widget: QWidget, qtbot: QtBot) -> int:
    """Where its top is on the screen, with the pointer on it."""
    QApplication.processEvents()
    QCursor.setPos(widget.mapToGlobal(widget.rect().center()))
    assert widget.rect().contains(widget.mapFromGlobal(QCursor.pos()))
    return widget.mapToGlobal(QPoint()).y()


FAILED = [upload(UploadState.REFUSED, UploadProblem.REFUSED, name) for name in ("first", "second", "third", "fourth")]


@pytest.mark.parametrize("height", [868, 420], ids=["all in view", "scrolled"])
@pytest.mark.parametrize(
    "after", [FAILED[1:3], FAILED[2:3], [upload(UploadState.GONE, None, "new"), *FAILED[:3]]], ids=["one", "two", "new"]
)
def test_the_card_under_the_pointer_stays_there_when_cards_above_come_or_go(
    tray: UploadTray, qtbot: QtBot, after: list[Upload], height: int
) -> None:
    tray.resize(TRAY_WIDTH_PX, height)
    show(tray, FAILED[:3], [], [])
    QApplication.processEvents()
    tray.findChildren(QScrollArea)[0].ensureWidgetVisible(card_of(tray, "third"))
    y = point_at(card_of(tray, "third"), qtbot)
    show(tray, after, [], [])
    QApplication.processEvents()
    assert card_of(tray, "third").mapToGlobal(QPoint()).y() == y
    show(tray, FAILED[:3], [], [])
    QApplication.processEvents()
    assert card_of(tray, "third").mapToGlobal(QPoint()).y() == y


def test_once_the_pointer_leaves_the_cards_close_up(tray: UploadTray, qtbot: QtBot) -> None:
    show(tray, FAILED[:3], [], [])
    first_y = point_at(card_of(tray, "first"), qtbot)
    point_at(card_of(tray, "third"), qtbot)
    show(tray, FAILED[2:3], [], [])
    assert card_of(tray, "third").mapToGlobal(QPoint()).y() > first_y
    QCursor.setPos(tray.mapToGlobal(QPoint(-500, -500)))
    QApplication.sendEvent(tray._panel, QEvent(QEvent.Type.Leave))
    QApplication.processEvents()
    assert card_of(tray, "third").mapToGlobal(QPoint()).y() == first_y


def test_a_row_under_the_pointer_stays_there_while_a_card_above_it_goes(tray: UploadTray, qtbot: QtBot) -> None:
    waiting = [upload(UploadState.SENT, None, "one"), upload(UploadState.SENT, None, "two")]
    show(tray, FAILED[:1], [], waiting)
    QApplication.processEvents()
    (rows,) = [each for each in tray.findChildren(UploadRows) if each.isVisible()]

    def y_of_second() -> int:
        return rows.viewport().mapToGlobal(rows.visualRect(rows.rows.index(1)).center()).y()

    QCursor.setPos(rows.viewport().mapToGlobal(rows.visualRect(rows.rows.index(1)).center()))
    y = y_of_second()
    show(tray, [], [], waiting)
    QApplication.processEvents()
    assert y_of_second() == y


def test_with_the_pointer_elsewhere_nothing_is_held(tray: UploadTray, qtbot: QtBot) -> None:
    show(tray, FAILED[:3], [], [])
    first_y = point_at(card_of(tray, "first"), qtbot)
    QCursor.setPos(tray.mapToGlobal(QPoint(-500, -500)))
    show(tray, FAILED[2:3], [], [])
    QApplication.processEvents()
    assert card_of(tray, "third").mapToGlobal(QPoint()).y() == first_y


def test_a_row_of_yesterday_tells_its_day_once_the_day_has_passed(tray: UploadTray) -> None:
    sent = upload(UploadState.SENT)
    tray.show_uploads([], [], [sent], [], {sent.id: "10:02"}, NOW)
    tray.show_uploads([], [], [sent], [], {sent.id: "12 Nov"}, NOW)
    (rows,) = [each for each in tray.findChildren(UploadRows) if each.isVisible()]
    assert rows.rows.index(0).data(TIME_ROLE) == "12 Nov"
