"""Sheets and questions: the focus stays inside, Esc is asked, the opener gets the focus back."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.dialogs import Choice, Question, ask
from cerbo_desktop.ui.kit.sheet import SHEET_SIZE_PX, Sheet, open_sheet
from tests.waiting import until

CHOICES: list[Choice] = [
    ("send", "Send 3", "primary"),
    ("discard", "Discard 3", "danger"),
    ("stay", "Stay here", "quiet"),
]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.opener, self.other = Button("Take photos"), Button("Settings")
        column = QVBoxLayout(self)
        column.addWidget(self.opener)
        column.addWidget(self.other)
        self.keys: list[int] = []
        self.resize(1440, 868)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def desk() -> Iterator[Desk]:
    window = Desk()
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.opener.setFocus()
    yield window
    window.close()
    window.deleteLater()


def filled_sheet() -> tuple[Sheet, list[Button]]:
    sheet = Sheet("Photos for Maria Lopez")
    buttons = [Button(words) for words in ("Cancel", "Send", "Close")]
    column = QVBoxLayout(sheet)
    for button in buttons:
        column.addWidget(button)
    return sheet, buttons


def test_tab_goes_round_inside_the_sheet(desk: Desk) -> None:
    sheet, (cancel, send, close) = filled_sheet()
    send.setEnabled(False)
    sheet.open_over(desk)
    visited = []
    for _ in range(4):
        visited.append(QApplication.focusWidget())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert visited == [cancel, close, cancel, close]
    QTest.keyClick(cancel, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is close


def test_a_view_behind_cannot_take_the_focus(desk: Desk) -> None:
    sheet, (cancel, *_) = filled_sheet()
    sheet.open_over(desk)
    desk.other.setFocus()
    assert QApplication.focusWidget() is cancel


def test_a_click_behind_does_not_get_through(desk: Desk) -> None:
    clicks: list[str] = []
    desk.other.clicked.connect(lambda: clicks.append("click"))
    sheet, _ = filled_sheet()
    sheet.open_over(desk)
    cover = desk.childAt(desk.other.geometry().center().x(), 4)
    assert cover is not None
    assert cover is not desk.other
    QTest.mouseClick(cover, Qt.MouseButton.LeftButton)
    assert clicks == []
    sheet.dismiss()
    QTest.mouseClick(desk.other, Qt.MouseButton.LeftButton)
    assert clicks == ["click"]


def test_keys_the_sheet_does_not_know_stay_away_from_the_window(desk: Desk) -> None:
    sheet, (cancel, *_) = filled_sheet()
    sheet.open_over(desk)
    QTest.keyClick(cancel, Qt.Key.Key_P)
    assert desk.keys == []
    sheet.dismiss()
    QTest.keyClick(desk.other, Qt.Key.Key_P)
    assert desk.keys == [Qt.Key.Key_P]


def test_escape_is_asked_and_by_default_closes(desk: Desk) -> None:
    sheet, (cancel, *_) = filled_sheet()
    asked: list[str] = []
    sheet.on_escape = lambda: asked.append("esc")
    sheet.open_over(desk)
    QTest.keyClick(cancel, Qt.Key.Key_Escape)
    assert asked == ["esc"]
    assert sheet.is_open
    sheet.on_escape = sheet.dismiss
    QTest.keyClick(cancel, Qt.Key.Key_Escape)
    assert not sheet.is_open


def test_closing_gives_the_focus_back_and_removes_the_sheet(qtbot: QtBot, desk: Desk) -> None:
    sheet, _ = filled_sheet()
    sheet.open_over(desk)
    assert open_sheet(desk) is sheet
    with qtbot.waitSignal(sheet.dismissed, timeout=1000):
        sheet.dismiss()
    sheet.dismiss()
    assert QApplication.focusWidget() is desk.opener
    assert open_sheet(desk) is None
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=2000)


def test_a_reader_meets_a_dialog_with_a_name(desk: Desk) -> None:
    sheet, _ = filled_sheet()
    sheet.open_over(desk)
    interface = QAccessible.queryAccessibleInterface(sheet)
    assert interface.role() == QAccessible.Role.Dialog
    assert interface.text(QAccessible.Text.Name) == "Photos for Maria Lopez"


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (QSize(1440, 868), SHEET_SIZE_PX),
        (QSize(1200, 760), QSize(1148, 708)),
        (QSize(1024, 700), QSize(1024, 700)),
    ],
)
def test_the_sheet_follows_the_window(desk: Desk, window: QSize, expected: QSize) -> None:
    sheet, _ = filled_sheet()
    sheet.open_over(desk)
    desk.resize(window)
    QApplication.processEvents()
    assert sheet.size() == expected


def test_the_window_may_go_while_a_sheet_is_open(qtbot: QtBot) -> None:
    window = Desk()
    window.show()
    sheet, _ = filled_sheet()
    sheet.open_over(window)
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=1000)
    assert QApplication.focusWidget() is None


async def question_in(desk: Desk) -> Question:
    await until(lambda: isinstance(open_sheet(desk), Question))
    question = open_sheet(desk)
    assert isinstance(question, Question)
    return question


async def test_the_answer_is_the_key_of_the_pressed_button(desk: Desk) -> None:
    answer = asyncio.ensure_future(ask(desk, "3 photos are for Maria Lopez", "Send or discard them first.", CHOICES))
    question = await question_in(desk)
    QTest.mouseClick(question.buttons["discard"], Qt.MouseButton.LeftButton)
    assert await answer == "discard"
    assert QApplication.focusWidget() is desk.opener


async def test_escape_and_enter_answer_the_harmless_choice(desk: Desk) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        answer = asyncio.ensure_future(ask(desk, "Title", "Text", CHOICES))
        question = await question_in(desk)
        assert QApplication.focusWidget() is question.buttons["stay"]
        QTest.keyClick(focused(), key)
        assert await answer == "stay"


async def test_the_escape_choice_can_be_named(desk: Desk) -> None:
    answer = asyncio.ensure_future(ask(desk, "Title", "", CHOICES, escape="send"))
    question = await question_in(desk)
    question.on_escape()
    assert await answer == "send"


async def test_cancelling_the_task_takes_the_question_away(desk: Desk) -> None:
    answer = asyncio.ensure_future(ask(desk, "Title", "Text", CHOICES))
    await question_in(desk)
    answer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answer
    assert open_sheet(desk) is None


async def test_other_tasks_run_while_a_question_is_open(desk: Desk) -> None:
    answer = asyncio.ensure_future(ask(desk, "Title", "Text", CHOICES))
    question = await question_in(desk)
    assert await asyncio.wait_for(asyncio.sleep(0, "ran"), 1) == "ran"
    question.buttons["send"].click()
    assert await answer == "send"


async def test_a_window_that_goes_away_answers_for_itself() -> None:
    window = Desk()
    window.show()
    answer = asyncio.ensure_future(ask(window, "Title", "Text", CHOICES))
    await question_in(window)
    window.deleteLater()
    assert await asyncio.wait_for(answer, 2) == "stay"
