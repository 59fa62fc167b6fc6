"""The screens that have commands, each in a window of its own, with a hand on the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.kit.theme import LIGHT, apply_theme, changes


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    if not changes.is_dressed or changes.theme != LIGHT:
        apply_theme(qapp, Qt.ColorScheme.Light)


@dataclass
class Keyboard:
    """Presses keys in one window. Its clock stands still until it is told that a person's time goes by."""

    window: QWidget
    now_s: float = 1_000.0

    def __post_init__(self) -> None:
        self.rules = rules_of(self.window)
        self.rules.now_s = lambda: self.now_s

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """As a person does: well after the key before, at whatever has the focus."""
        self.now_s += 1.0
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def press_alone(self, key: Qt.Key, qtbot: QtBot) -> None:
        """A key that types something, after which a person does nothing for a moment."""
        with qtbot.waitSignal(self.rules.went_quiet):
            self.press(key)

    def write(self, text: str, gap_s: float) -> None:
        """After a pause, a key every `gap_s`, each for whatever has the focus then."""
        self.now_s += 1.0 - gap_s
        for sign in text:
            self.now_s += gap_s
            QTest.keyClicks(QApplication.focusWidget() or self.window, sign)

    def scan(self, text: str, qtbot: QtBot) -> None:
        """As a bar-code reader does: every 20 ms a key, and Enter in the end."""
        self.now_s += 1.0
        with qtbot.waitSignal(self.rules.went_quiet):
            for sign in text:
                self.now_s += 0.02
                QTest.keyClicks(QApplication.focusWidget() or self.window, sign)
            self.now_s += 0.02
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Return)


class Place(QWidget):
    """A window that hears which keys were left over."""

    def __init__(self) -> None:
        super().__init__()
        self.left_over: list[int] = []
        QVBoxLayout(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.left_over.append(event.key())


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    made = Place()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def keyboard(place: Place) -> Iterator[Keyboard]:
    yield Keyboard(place)


TODAY = date(2025, 11, 12)
