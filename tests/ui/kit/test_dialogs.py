"""A question in a window with less room than its words take."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.kit.theme import apply_theme
from tests.waiting import until

_TEXT = " ".join(
    ["Two photos are not sent yet. They are safe on this PC and will be sent when you next open the app."] * 8
)


@pytest.mark.parametrize(("height", "scrolls"), [(900, False), (300, True)])
async def test_the_buttons_of_a_question_are_in_view_and_its_words_scroll_where_they_must(
    qapp: QApplication, qtbot: QtBot, height: int, *, scrolls: bool
) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(880, height)
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    question = Question("Close?", _TEXT, [("close", "Close", "secondary"), ("keep", "Keep open", "primary")], "keep")
    question.open_over(window, first_focus=question.buttons["keep"])
    placed = (button.rect().translated(button.mapTo(window, QPoint())) for button in question.buttons.values())
    assert all(window.rect().contains(place) for place in placed)
    (body,) = question.findChildren(QScrollArea)
    assert (body.verticalScrollBar().maximum() > 0) is scrolls
    QTest.keyClick(question.buttons["keep"], Qt.Key.Key_Tab)
    assert body.hasFocus() is scrolls
    question.dismiss()
