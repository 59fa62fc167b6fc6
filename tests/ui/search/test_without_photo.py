"""The list of those who are here without an ID photo, by itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.without_photo import WithoutPhotoView
from cerbo_desktop.ui.today.rows import visit_rows
from tests.ui.search.people import VISITS, morning_clock

MARIA, THOMAS, MARISOL, _ = visit_rows(VISITS, morning_clock())


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[WithoutPhotoView]:
    window, made = QWidget(), WithoutPhotoView(RowFaces())
    qtbot.addWidget(window)
    window.resize(600, 500)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.mouseMove(window, QPoint(590, 490))
    yield made


def keys(view: WithoutPhotoView) -> list[str]:
    return [row.key for row in view.list.rows_model.rows]


def test_it_is_there_while_it_holds_somebody(view: WithoutPhotoView) -> None:
    assert view.isHidden()
    view.show_rows([MARIA, THOMAS])
    assert view.isVisible()
    view.show_rows([])
    assert view.isHidden()


def _point_at(place: QWidget, point: QPoint) -> None:
    """From outside: a pointer that another test left there already would move nothing."""
    QCursor.setPos(QPoint(-200, -200))
    QApplication.processEvents()
    QCursor.setPos(place.mapToGlobal(point))
    QTest.mouseMove(place, point)
    QApplication.processEvents()


def test_no_row_moves_under_the_pointer(view: WithoutPhotoView, qtbot: QtBot) -> None:
    view.show_rows([MARIA, THOMAS])
    _point_at(view.list.viewport(), QPoint(100, 80))
    qtbot.waitUntil(view.list.underMouse)
    view.show_rows([THOMAS, MARISOL])
    assert keys(view) == [MARIA.key, THOMAS.key]
    opened: list[str] = []
    view.visit_opened.connect(opened.append)
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 80))
    assert opened == [THOMAS.key]
    _point_at(view.window(), QPoint(590, 490))
    qtbot.waitUntil(lambda: keys(view) == [THOMAS.key, MARISOL.key])


def test_tab_shows_the_ring_on_the_first_row(view: WithoutPhotoView) -> None:
    view.show_rows([MARIA, THOMAS])
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.list.current_key == MARIA.key
    assert view.list.selectionModel().isSelected(view.list.currentIndex())
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert view.list.current_key == THOMAS.key
