"""The practice clinic's ribbon in wide and narrow windows."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.theme import LIGHT, apply_theme, changes
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.text import practice as words
from cerbo_desktop.ui.window import MainWindow


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    if not changes.is_dressed or changes.theme != LIGHT:
        apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.mark.parametrize(("width", "names_itself"), [(1440, False), (480, True)])
def test_a_button_whose_word_has_no_room_says_it_in_its_tip(qtbot: QtBot, width: int, names_itself: bool) -> None:
    ribbon = PracticeRibbon([("none", "None")])
    qtbot.addWidget(ribbon)
    ribbon.resize(width, 40)
    ribbon.show()
    (tip,) = (each.toolTip() for each in ribbon.findChildren(Button) if words.accept_tip() in each.toolTip())
    assert (words.accept_photos() in tip) is names_itself


@pytest.mark.parametrize("size", [QSize(1440, 900), QSize(1024, 700), QSize(880, 500)])
def test_no_sheet_covers_it(qtbot: QtBot, size: QSize) -> None:
    window, ribbon, sheet = MainWindow(), PracticeRibbon([("none", "None")]), Sheet("Photos")
    qtbot.addWidget(window)
    window.add_strip(ribbon)
    window.resize(size)
    window.show()
    sheet.open_over(window)
    below = ribbon.mapTo(window, ribbon.rect().bottomLeft()).y()
    placed = QRect(sheet.mapTo(window, QPoint()), sheet.size())
    assert placed.top() > below
    assert window.rect().contains(placed.adjusted(0, 0, 0, -8)), "the last 8 are its way in"
    sheet.dismiss()


@pytest.mark.parametrize("width", [1440, 1024, 880])
def test_it_says_on_a_line_of_its_own_who_its_staff_are(qtbot: QtBot, width: int) -> None:
    window, ribbon = MainWindow(), PracticeRibbon([("none", "None")])
    qtbot.addWidget(window)
    window.add_strip(ribbon)
    window.resize(width, 700)
    window.show()
    (said,) = [each for each in ribbon.findChildren(QLabel) if "You are the clinic’s staff too" in each.text()]
    assert said.isVisible()
    assert ribbon.rect().contains(QRect(said.mapTo(ribbon, QPoint()), said.size()))
    assert said.height() >= said.heightForWidth(said.width()), "whole, on as many lines as it takes"
