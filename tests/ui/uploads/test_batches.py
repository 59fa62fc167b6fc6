"""Photos of one patient that were sent together share a card: what it shows, how it opens, what can be done in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.upload import Recipient, Upload, UploadProblem, UploadState
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.uploads.batches import batches_of, fitting_card_counts, with_overflow
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.view import UploadTray
from tests.ui.uploads.test_tray import NOW, show, upload

MARIA = Recipient(PatientId("10482"), "Maria Lopez", date(1981, 3, 4))


def together(*states: UploadState) -> list[Upload]:
    """Photos of one patient, accepted a second after each other."""
    return [
        replace(
            upload(state, upload_id=f"m{at}"),
            recipient=MARIA,
            taken_at=NOW + timedelta(seconds=at),
            queue_id=QueueId(f"10{at}"),
            can_be_withdrawn=True,
        )
        for at, state in enumerate(states)
    ]


@pytest.fixture
def tray(qtbot: QtBot) -> UploadTray:
    tray = UploadTray()
    qtbot.addWidget(tray)
    tray.resize(TRAY_WIDTH_PX, 868)
    tray.show()
    return tray


def rows_in(tray: UploadTray) -> UploadRows:
    (rows,) = [each for each in tray.findChildren(UploadRows) if each.isVisible()]
    return rows


def spoken_in(tray: UploadTray) -> list[str]:
    model = rows_in(tray).rows
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def button_named(tray: UploadTray, words: str) -> QAbstractButton:
    found = [each for each in tray.findChildren(QAbstractButton) if words in (each.text(), each.accessibleName())]
    (button,) = [each for each in found if each.isVisible()]
    return button


def test_a_pause_or_another_patient_begins_another_batch() -> None:
    first, second, third = together(*[UploadState.QUEUED] * 3)
    later = replace(third, taken_at=NOW + timedelta(minutes=10))
    other = upload(UploadState.QUEUED)
    batches = batches_of([first, other, second, later])
    assert [[each.id for each in batch.uploads] for batch in batches] == [["m0", "m1"], [other.id], ["m2"]]


def test_a_batch_is_one_card_and_is_read_in_one_sentence(tray: UploadTray) -> None:
    queued, sent, _, found = together(UploadState.QUEUED, UploadState.SENT, UploadState.SENT, UploadState.ACCEPTED)
    show(tray, [], [], [queued, sent, _, found])
    assert spoken_in(tray) == [
        "Maria Lopez, born 4 March 1981, 4 photos, Safe on this PC, Waiting in Cerbo’s queue: 2, Found in chart"
    ]


def test_one_that_is_sent_shows_its_progress_in_the_batch(tray: UploadTray) -> None:
    sending, queued = together(UploadState.SENDING, UploadState.QUEUED)
    show(tray, [], [replace(sending, sent_bytes=2_745_000)], [queued])
    assert not tray.findChildren(UploadCard)
    assert "Sending 45%" in spoken_in(tray)[0]


def test_one_that_needs_a_person_stands_out_of_its_batch(tray: UploadTray) -> None:
    refused, one, two = together(UploadState.REFUSED, UploadState.SENT, UploadState.SENT)
    show(tray, [replace(refused, trouble=UploadProblem.REFUSED)], [], [one, two])
    (card,) = tray.findChildren(UploadCard)
    assert card.upload_id == refused.id
    assert spoken_in(tray) == ["Maria Lopez, born 4 March 1981, 2 photos, Waiting in Cerbo’s queue"]


@pytest.mark.parametrize("opens_by", ["enter", "click", "button"])
def test_a_batch_opens_to_its_photos_with_all_that_can_be_done_to_each(
    tray: UploadTray, qtbot: QtBot, opens_by: str
) -> None:
    show(tray, [], [], together(UploadState.QUEUED, UploadState.SENT))
    rows = rows_in(tray)
    QApplication.processEvents()
    if opens_by == "enter":
        rows.setFocus()
        rows.setCurrentIndex(rows.rows.index(0))
        QTest.keyClick(rows, Qt.Key.Key_Return)
    elif opens_by == "click":
        place = rows.visualRect(rows.rows.index(0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    else:
        button_named(tray, "Show 2 photos one by one").click()
    assert [row.rpartition(", ")[2] for row in spoken_in(tray)[1:]] == ["Safe on this PC", "Waiting in Cerbo’s queue"]
    for words, signal, upload_id in (
        ("Don’t send", tray.discard_clicked, "m0"),
        ("Withdraw", tray.withdraw_clicked, "m1"),
    ):
        with qtbot.waitSignal(signal) as asked:
            button_named(tray, words).click()
        assert asked.args == [upload_id]
    button_named(tray, "Show them on one card").click()
    assert len(spoken_in(tray)) == 1


def test_an_open_batch_stays_open_while_its_photos_go_on(tray: UploadTray) -> None:
    show(tray, [], [], together(UploadState.QUEUED, UploadState.QUEUED, UploadState.QUEUED))
    button_named(tray, "Show 3 photos one by one").click()
    show(tray, [], [], together(UploadState.SENT, UploadState.QUEUED, UploadState.QUEUED))
    assert len(spoken_in(tray)) == 4
    show(tray, [], [], together(UploadState.SENT, UploadState.SENT, UploadState.SENT)[1:])
    assert len(spoken_in(tray)) == 3


def test_taking_back_is_a_button_that_tab_reaches_and_names_its_patient(tray: UploadTray, qtbot: QtBot) -> None:
    (sent,) = together(UploadState.SENT)
    show(tray, [], [], [sent])
    button = button_named(tray, "Withdraw")
    assert button.accessibleDescription() == "Maria Lopez, born 4 March 1981"
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    with qtbot.waitSignal(tray.withdraw_clicked) as asked:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == [sent.id]
    show(tray, [], [], [replace(sent, can_be_withdrawn=False)])
    assert rows_in(tray).hasFocus(), "the button is gone: the focus stays beside it"


@pytest.mark.parametrize("state", [UploadState.QUEUED, UploadState.SENT])
def test_the_focus_ring_of_a_rows_button_leaves_the_time_above_it_alone(
    tray: UploadTray, qtbot: QtBot, state: UploadState
) -> None:
    waiting = replace(upload(state), can_be_withdrawn=state is UploadState.SENT)
    tray.show_uploads([], [], [waiting], [], {waiting.id: "10:02"}, NOW)
    tray.activateWindow()
    qtbot.waitUntil(tray.isActiveWindow)
    rows = rows_in(tray)
    (button,) = [each for each in rows.buttons.in_order if each.text()]
    place = rows.visualRect(rows.rows.index(0))
    first_line = QRect(place.center().x(), place.top() + 16, place.width() // 2 - 24, 16)
    line_in_tray = QRect(rows.viewport().mapTo(tray, first_line.topLeft()), first_line.size())
    before, whole = tray.grab(line_in_tray).toImage(), tray.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert tray.grab().toImage() != whole, "the ring is there"
    assert tray.grab(line_in_tray).toImage() == before


def test_what_has_no_room_shares_one_card(tray: UploadTray) -> None:
    people = [
        replace(upload(UploadState.SENT, upload_id=f"p{at}"), recipient=replace(MARIA, id=PatientId(str(at))))
        for at in range(40)
    ]
    show(tray, [], [], people)
    shown = spoken_in(tray)
    assert 3 < len(shown) < 8
    rest = 40 - len(shown) + 1
    assert shown[-1] == f"{rest} more photos, Of {rest} patients, Waiting in Cerbo’s queue"
    tray.resize(TRAY_WIDTH_PX, 400)
    assert len(spoken_in(tray)) < len(shown), "a lower window has room for fewer"


def test_the_room_is_divided_and_one_card_is_never_folded_alone() -> None:
    assert fitting_card_counts(3, 1, 600, 132, 108) == (3, 1)
    assert fitting_card_counts(40, 0, 700, 132, 108) == (4, 0)
    assert fitting_card_counts(40, 40, 700, 132, 108) == (3, 0)
    assert fitting_card_counts(0, 40, 700, 132, 108) == (0, 4)
    assert fitting_card_counts(40, 1, 100, 132, 108) == (1, 1)
    batches = batches_of([upload(UploadState.SENT, upload_id=str(at)) for at in (1, 3, 5)])
    assert [len(each.uploads) for each in with_overflow(batches, 1)] == [1, 2]
    assert [len(each.uploads) for each in with_overflow(batches, 2)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("state", "words", "at"),
    [
        (UploadState.REFUSED, "1 needs attention", "Try again"),
        (UploadState.SENT, "1 on the way to the chart", "Photos on the way"),
    ],
)
def test_the_figures_of_the_folded_tray_open_it_at_what_they_count(
    tray: UploadTray, state: UploadState, words: str, at: str
) -> None:
    one = upload(state, UploadProblem.REFUSED if state is UploadState.REFUSED else None)
    show(tray, *([[one], [], []] if one.needs_person else [[], [], [one]]))
    tray.set_narrow(True)
    button_named(tray, words).click()
    focus = tray.window().focusWidget()
    assert focus is not None
    assert at in (focus.accessibleName(), focus.text() if isinstance(focus, QAbstractButton) else "")
