"""Clicks that were meant for what was there before."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.window import MainWindow

_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page() -> QWidget:
    return QWidget()


@pytest.fixture
def handle(qtbot: QtBot, page: QWidget) -> QWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    QVBoxLayout(page)
    window.add_page(page)
    window.show_page(page)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    return window.windowHandle()


def _with_button(page: QWidget, words: str) -> Button:
    button = Button(words)
    column = page.layout()
    assert column is not None
    column.addWidget(button)
    return button


def _place_of(button: Button, qtbot: QtBot) -> QPoint:
    qtbot.waitUntil(lambda: button.isVisible() and button.width() > 100)
    return button.mapTo(button.window(), button.rect().center())


def _click(handle: QWindow, at: QPoint, *, after_ms: int) -> None:
    """As the window system sends it. `after_ms`: since the event before."""
    QTest.mousePress(handle, _LEFT, _PLAIN, at, after_ms)
    QTest.mouseRelease(handle, _LEFT, _PLAIN, at, 1)


def test_the_second_click_of_a_double_one_presses_nothing_else(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    """A card that was acted on goes, and the next patient's comes under the pointer."""
    first, second = _with_button(page, "Of Maria"), _with_button(page, "Of Grace")
    second.hide()

    def follow() -> None:
        first.hide()
        second.show()

    first.clicked.connect(follow)
    pressed = QSignalSpy(second.clicked)
    at = _place_of(first, qtbot)
    _click(handle, at, after_ms=1000)
    _place_of(second, qtbot)
    for _ in range(3):
        _click(handle, at, after_ms=60)
    assert pressed.count() == 0
    _click(handle, at, after_ms=1000)
    assert pressed.count() == 1


def test_the_second_click_of_a_double_one_takes_no_second_row(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    rows = QListWidget()
    rows.addItems(["p1", "p2", "p3"])
    column = page.layout()
    assert column is not None
    column.addWidget(rows)
    rows.itemPressed.connect(lambda item: rows.takeItem(rows.row(item)))
    qtbot.waitUntil(lambda: rows.isVisible() and rows.width() > 100)
    at = rows.viewport().mapTo(rows.window(), rows.visualItemRect(rows.item(0)).center())
    _click(handle, at, after_ms=1000)
    for _ in range(3):
        _click(handle, at, after_ms=60)
    assert [rows.item(each).text() for each in range(rows.count())] == ["p2", "p3"]
    _click(handle, at, after_ms=1000)
    assert [rows.item(each).text() for each in range(rows.count())] == ["p3"]


def test_a_double_click_on_a_row_that_stays_is_one(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    rows = QListWidget()
    rows.addItems(["p1", "p2"])
    column = page.layout()
    assert column is not None
    column.addWidget(rows)
    opened = QSignalSpy(rows.itemDoubleClicked)
    qtbot.waitUntil(lambda: rows.isVisible() and rows.width() > 100)
    at = rows.viewport().mapTo(rows.window(), rows.visualItemRect(rows.item(1)).center())
    _click(handle, at, after_ms=1000)
    _click(handle, at, after_ms=60)
    assert opened.count() == 1


def test_both_clicks_of_a_double_one_press_what_stays(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    button = _with_button(page, "Larger")
    pressed = QSignalSpy(button.clicked)
    at = _place_of(button, qtbot)
    _click(handle, at, after_ms=1000)
    _click(handle, at, after_ms=60)
    assert pressed.count() == 2


def test_quick_clicks_in_two_places_are_two_clicks(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    buttons = [_with_button(page, words) for words in ("One", "Two")]
    pressed = [QSignalSpy(button.clicked) for button in buttons]
    for button in buttons:
        _click(handle, _place_of(button, qtbot), after_ms=60)
    assert [spy.count() for spy in pressed] == [1, 1]


def test_a_click_just_after_a_strip_has_come_takes_no_row(qtbot: QtBot, handle: QWindow, page: QWidget) -> None:
    """The strip pushes the rows down by its own height: the pointer is over the patient before."""
    window, rows, strip = page.window(), QListWidget(), QWidget()
    assert isinstance(window, MainWindow)
    rows.addItems([f"p{number}" for number in range(8)])
    column = page.layout()
    assert column is not None
    column.addWidget(rows)
    qtbot.waitUntil(lambda: rows.isVisible() and rows.width() > 100)
    strip.setFixedHeight(rows.sizeHintForRow(0))
    pressed = QSignalSpy(rows.itemPressed)
    at = rows.viewport().mapTo(window, rows.visualItemRect(rows.item(3)).center())
    window.add_strip(strip)
    qtbot.waitUntil(lambda: window.pages.y() > 0)
    _click(handle, at, after_ms=1000)
    assert pressed.count() == 0

    def is_taken() -> bool:
        _click(handle, at, after_ms=1000)
        return pressed.count() == 1

    qtbot.waitUntil(is_taken)
    assert rows.currentItem().text() == "p2"
