"""What is typed before there is a search box stands in it afterwards, as if it had been there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.early_keys import Typed
from cerbo_desktop.ui.kit.focus_keeper import FocusKeeper
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.window import MainWindow

_ALT, _CONTROL, _NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0)
Hand = Callable[[QWidget], object]


def typing(text: str) -> Hand:
    return lambda box: QTest.keyClicks(box, text)


def pressing(key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> Hand:
    return lambda box: QTest.keyClick(box, key, modifier)


def holding(key: Qt.Key) -> Hand:
    """One of the repeats of a key that stays down."""
    return lambda box: QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, key, _NONE, "", True))


def composing(begun: str, committed: str) -> Hand:
    """An input method, or a dead key: begun under the cursor, or committed."""

    def compose(box: QWidget) -> None:
        event = QInputMethodEvent(begun, [])
        event.setCommitString(committed)
        QApplication.sendEvent(box, event)

    return compose


ENTER, TAB, ESCAPE = map(pressing, (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape))


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.collect_keys()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def use(window: MainWindow, *hands: Hand) -> None:
    """Events go where the window system would send them."""
    for hand in hands:
        hand(window.focusWidget())


@pytest.mark.parametrize(
    ("hands", "typed"),
    [
        ([typing("lopez, mar")], Typed("lopez, mar")),
        ([typing("lopezz"), pressing(Qt.Key.Key_Backspace), ENTER], Typed("lopez", True)),
        ([typing("10482"), ENTER], Typed("10482", True)),
        ([typing("10482"), ENTER, typing("8817"), ENTER], Typed("8817", True)),
        ([typing("lopez"), ENTER, typing(" m")], Typed("lopez m")),
        ([typing("10482"), TAB, typing("3")], Typed("104823")),
        ([typing("lop"), ESCAPE, typing("kim")], Typed("kim")),
        ([typing("lop"), pressing(Qt.Key.Key_F, _CONTROL), typing("kim")], Typed("kim")),
        ([pressing(Qt.Key.Key_1, _ALT), typing("a")], Typed("a")),
        ([typing("lop"), pressing(Qt.Key.Key_Comma, _CONTROL), pressing(Qt.Key.Key_F8)], Typed("lop")),
        ([ENTER], Typed()),
        ([typing("kim"), holding(Qt.Key.Key_Return)], Typed("kim")),
        ([typing("Nu"), composing("´", ""), composing("", "ñez")], Typed("Nuñez")),
        ([typing("lo"), ENTER, composing("", "é")], Typed("loé")),
    ],
    ids=lambda value: repr(value) if isinstance(value, Typed) else "",
)
def test_keys_mean_what_they_mean_in_the_search_box(window: MainWindow, hands: list[Hand], typed: Typed) -> None:
    use(window, *hands)
    assert window.end_early_typing() == typed
    assert window.end_early_typing() is None, "told once"


def test_files_that_are_pasted_are_no_name(window: MainWindow) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/photos/a.jpg")])
    QGuiApplication.clipboard().setMimeData(files)
    use(window, pressing(Qt.Key.Key_V, _CONTROL))
    QGuiApplication.clipboard().setText("lopez")
    use(window, pressing(Qt.Key.Key_V, _CONTROL))
    assert window.end_early_typing() == Typed("lopez")
    QGuiApplication.clipboard().clear()


def test_it_goes_on_in_the_search_box(window: MainWindow) -> None:
    use(window, typing("10482"), ENTER)
    pane = SearchPane()
    asked: list[str] = []
    pane.query_changed.connect(asked.append)
    window.add_page(pane)
    window.show_page(pane)
    typed = window.end_early_typing()
    assert typed is not None
    pane.focus_search()
    pane.go_on_typing(typed.text, is_entered=typed.is_entered)
    assert window.focusWidget() is pane.field
    assert pane.keeps_enter, "Enter waits for the answer as it does there"
    assert asked == ["10482"]
    use(window, typing("8817"))
    assert pane.field.text() == "8817", "the next card"


@pytest.mark.parametrize("is_gone", [False, True])
def test_the_search_box_has_the_focus_though_the_page_came_while_another_window_was_in_front(
    window: MainWindow, qtbot: QtBot, is_gone: bool
) -> None:
    """`is_gone`: what took the early keys is deleted by then. It stands at the top, by the strip's first button."""
    qtbot.waitUntil(lambda: window.findChild(FocusKeeper) is not None)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    window.add_strip(QPushButton("Simulate a problem"))
    pane = SearchPane()
    window.add_page(pane)
    window.show_page(pane)
    window.end_early_typing()
    pane.focus_search()
    if is_gone:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    assert QApplication.focusWidget() is pane.field


def test_the_rest_of_a_scan_lands_in_no_field_of_another_page(window: MainWindow, qtbot: QtBot) -> None:
    secret = QLineEdit()
    window.add_strip(secret)
    secret.show()
    use(window, typing("104"))
    secret.setFocus()
    window.drop_early_typing()
    use(window, typing("82"), ENTER)
    qtbot.waitUntil(lambda: window.focusWidget() is secret)
    use(window, typing("sk_"))
    assert secret.text() == "sk_"


def test_where_nobody_types_the_other_page_keeps_the_focus(window: MainWindow) -> None:
    secret = QLineEdit()
    window.add_strip(secret)
    secret.show()
    secret.setFocus()
    window.drop_early_typing()
    assert window.focusWidget() is secret


def test_whoever_turned_elsewhere_has_typed_nothing(window: MainWindow) -> None:
    use(window, typing("lop"))
    other = QLineEdit()
    window.add_strip(other)
    other.show()
    other.setFocus()
    use(window, typing("secret"))
    assert window.end_early_typing() == Typed()
    assert other.text() == "secret"
