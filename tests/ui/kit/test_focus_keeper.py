"""A control that goes while it has the focus leaves it to its neighbour."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.focus_keeper import FocusKeeper, give_focus_by_hand_only
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet


class Room(QWidget):
    """A box, a notice with two buttons over an album's button, and a pane with a foot, as in the main page."""

    def __init__(self) -> None:
        super().__init__()
        self.box, self.foot, self.album = QLineEdit(), Button("Settings"), Button("Album")
        self.again, self.stop, self.other = Button("Try again"), Button("Stop"), Button("Details")
        self.stop.hide()
        self.notice = Notice("bad", "Could not load", buttons=(self.again, self.stop, self.other))
        left, centre = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.box)
        left.addStretch(1)
        left.addWidget(self.foot)
        middle = QWidget()
        middle.setLayout(centre)
        centre.addWidget(self.notice)
        centre.addWidget(self.album)
        row = QHBoxLayout(self)
        row.addLayout(left)
        row.addWidget(middle)
        self.keeper = FocusKeeper(self)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def hide(widget: QWidget) -> None:
    widget.hide()


def switch_off(widget: QWidget) -> None:
    widget.setEnabled(False)


def delete(widget: QWidget) -> None:
    widget.deleteLater()


GOES = pytest.mark.parametrize("go", [hide, switch_off, delete])


@GOES
def test_a_button_that_goes_leaves_the_focus_to_the_next_one_beside_it(
    room: Room, qtbot: QtBot, go: Callable[[QWidget], None]
) -> None:
    room.again.setFocus()
    go(room.again)
    qtbot.waitUntil(room.other.hasFocus)


def test_what_can_not_be_undone_gets_no_focus_from_a_button_that_goes(room: Room, qtbot: QtBot) -> None:
    give_focus_by_hand_only(room.other)
    room.again.setFocus()
    room.again.hide()
    qtbot.waitUntil(room.album.hasFocus)


@GOES
def test_a_notice_that_goes_leaves_the_focus_to_what_stands_below_it(
    room: Room, qtbot: QtBot, go: Callable[[QWidget], None]
) -> None:
    room.other.setFocus()
    go(room.notice)
    qtbot.waitUntil(room.album.hasFocus)


def test_what_comes_in_the_place_of_a_button_gets_its_focus(room: Room, qtbot: QtBot) -> None:
    room.again.setFocus()
    room.again.hide()
    room.stop.show()
    qtbot.waitUntil(room.stop.hasFocus)


def test_a_program_that_says_where_the_focus_goes_has_the_last_word(room: Room, qtbot: QtBot) -> None:
    room.again.setFocus()
    room.notice.hide()
    room.box.setFocus()
    qtbot.wait(1)
    assert room.box.hasFocus()


def test_a_program_that_takes_the_focus_from_a_control_before_it_goes_has_the_last_word_too(
    room: Room, qtbot: QtBot
) -> None:
    room.again.setFocus()
    room.again.clearFocus()
    room.again.hide()
    room.box.setFocus()
    qtbot.wait(1)
    assert room.box.hasFocus()


def test_a_program_has_the_last_word_also_where_it_names_the_control_that_was_next(room: Room, qtbot: QtBot) -> None:
    room.again.setFocus()
    room.again.hide()
    assert room.other.hasFocus()
    room.box.setFocus()
    room.other.setFocus()
    room.stop.show()
    qtbot.wait(1)
    assert room.other.hasFocus()


def test_a_page_that_is_replaced_leaves_the_focus_to_the_page_that_comes(room: Room, qtbot: QtBot) -> None:
    pages, first, second = QStackedWidget(), QWidget(), QWidget()
    for page, word in ((first, "One"), (second, "Two")):
        QVBoxLayout(page).addWidget(Button(word))
        pages.addWidget(page)
    layout = room.layout()
    assert layout is not None
    layout.addWidget(pages)
    one, two = first.findChildren(Button)[0], second.findChildren(Button)[0]
    one.setFocus()
    pages.setCurrentWidget(second)
    qtbot.waitUntil(two.hasFocus)


def test_a_sheet_keeps_the_focus_of_its_last_button(room: Room, qtbot: QtBot) -> None:
    sheet, only = Sheet("Question"), Button("Save")
    QVBoxLayout(sheet).addWidget(only)
    sheet.open_over(room, first_focus=only)
    only.hide()
    qtbot.waitUntil(sheet.hasFocus)


def test_a_sheet_whose_opener_has_gone_gives_the_focus_to_its_neighbour(room: Room, qtbot: QtBot) -> None:
    room.again.setFocus()
    sheet = Sheet("Question")
    QVBoxLayout(sheet).addWidget(Button("Save"))
    sheet.open_over(room)
    room.again.hide()
    sheet.dismiss()
    qtbot.waitUntil(room.other.hasFocus)


def test_a_window_that_is_left_and_comes_back_moves_nothing(room: Room, qtbot: QtBot) -> None:
    room.again.setFocus()
    room.again.clearFocus()
    qtbot.wait(1)
    assert QApplication.focusWidget() is None
    room.other.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert room.other.hasFocus()
