"""Keys and clicks that come while something is made which will have the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.held_input import HeldInput


def test_keys_come_to_what_has_the_focus_in_the_end(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, after = QLineEdit(window), QLineEdit(window)
    pressed: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+A"), window)
    shortcut.activated.connect(lambda: pressed.append("Ctrl A"))
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    held = HeldInput(window)
    QTest.keyClicks(before, "xy")
    QTest.keyClick(before, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert (before.text(), after.text(), pressed) == ("", "", [])
    after.setFocus()
    held.let_go()
    qtbot.waitUntil(lambda: after.text() == "xy")
    QTest.keyClick(before, Qt.Key.Key_Z)
    assert (before.text(), pressed) == ("z", [])


def test_a_click_reaches_nothing_of_the_window_meanwhile(qtbot: QtBot) -> None:
    window, clicked = QWidget(), list[str]()
    qtbot.addWidget(window)
    button = QPushButton("Another patient", window)
    button.clicked.connect(lambda: clicked.append("clicked"))
    window.show()
    qtbot.waitExposed(window)
    held = HeldInput(window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicked == []
    held.let_go()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicked == ["clicked"]
