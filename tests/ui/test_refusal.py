"""The window that a start shows in place of the app's own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.ui.kit.dialogs import Choice
from cerbo_desktop.ui.refusal import AGAIN, CLOSE, RefusalWindow, close_window, try_again
from tests.waiting import until


@pytest.mark.parametrize(
    ("choices", "key", "answer"),
    [
        ((close_window, try_again), Qt.Key.Key_Return, AGAIN),
        ((close_window, try_again), Qt.Key.Key_Escape, CLOSE),
        ((close_window,), Qt.Key.Key_Return, CLOSE),
    ],
)
async def test_enter_presses_the_filled_button_and_escape_closes(
    choices: tuple[Callable[[], Choice], ...], key: Qt.Key, answer: str
) -> None:
    window = RefusalWindow(
        "Cerbo Desktop is already open", "Wait a minute, then try again.", [made() for made in choices]
    )
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    assert window.answer.result() == answer
    assert (window.accessibleName(), window.accessibleDescription()) == (
        "Cerbo Desktop is already open",
        "Wait a minute, then try again.",
    )
    window.deleteLater()
