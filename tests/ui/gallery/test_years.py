"""In a long album: the month in view stays in view, and a year is reached by one choice."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.layout import STUCK_PX
from tests.ui.gallery.made import album, months, utc


@pytest.fixture
def view(qtbot: QtBot) -> AlbumView:
    made = AlbumView(utc)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    made.set_photos(album(800, every=timedelta(days=2)))
    made.setFocus()
    return made


def menu_of(view: AlbumView) -> QMenu:
    (menu,) = [each for each in view.findChildren(QMenu) if each.isVisible()]
    return menu


def year_in_view(view: AlbumView) -> str:
    row = view.rows_in_view().start
    return str(view.album_model().index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_month_stays_at_the_top_while_its_photos_scroll(view: AlbumView, qtbot: QtBot) -> None:
    assert view.stuck_words.isEmpty(), "its own heading is in view"
    view.verticalScrollBar().setValue(300)
    qtbot.waitUntil(lambda: not view.stuck_words.isEmpty())
    assert view.stuck_words.bottom() <= STUCK_PX


def test_the_next_month_pushes_the_heading_out(qtbot: QtBot) -> None:
    view = AlbumView(utc)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.set_photos(months(20, 20, 20))
    next_top = view.years  # one year: its first row alone
    assert next_top == {2025: 0}
    view.jump_to(20)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - 10)
    qtbot.waitUntil(lambda: not view.stuck_words.isEmpty())
    assert view.stuck_words.top() < 0


def test_no_tile_is_hit_under_the_heading(view: AlbumView) -> None:
    view.verticalScrollBar().setValue(300)
    assert not view.indexAt(QPoint(60, STUCK_PX // 2)).isValid()


def test_a_year_is_chosen_by_mouse(view: AlbumView, qtbot: QtBot) -> None:
    view.verticalScrollBar().setValue(300)
    qtbot.waitUntil(lambda: not view.stuck_words.isEmpty())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.stuck_words.center().toPoint())
    menu = menu_of(view)
    assert [entry.text() for entry in menu.actions()] == ["2025", "2024", "2023", "2022", "2021"]
    assert [entry.isChecked() for entry in menu.actions()] == [True, False, False, False, False]
    menu.actions()[2].trigger()
    menu.close()
    assert " 2023, " in year_in_view(view)
    assert view.hasFocus()


def test_at_the_top_the_first_month_offers_the_years_too(view: AlbumView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.first_words.isEmpty())
    QTest.mouseMove(view.viewport(), view.first_words.center().toPoint())
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.first_words.center().toPoint())
    menu = menu_of(view)
    assert [entry.text() for entry in menu.actions()] == ["2025", "2024", "2023", "2022", "2021"]
    menu.actions()[1].trigger()
    menu.close()
    assert " 2024, " in year_in_view(view)
    qtbot.waitUntil(lambda: view.first_words.bottom() < 0)


def test_an_album_of_one_year_offers_no_other_at_its_top(qtbot: QtBot) -> None:
    view = AlbumView(utc)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.set_photos(months(20, 20))
    view.grab()
    assert view.first_words.isEmpty()


def test_a_year_is_reached_though_photos_came_while_the_menu_was_open(view: AlbumView) -> None:
    photos = album(800, every=timedelta(days=2))
    view.set_photos(photos[400:], is_partial=True)
    QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(view)
    entry = next(each for each in menu.actions() if each.text() == "2022")
    view.set_photos(photos)
    entry.trigger()
    menu.close()
    assert " 2022, " in year_in_view(view)


def test_a_year_is_chosen_by_keys(view: AlbumView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(view)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert " 2024, " in year_in_view(view)
    assert view.currentIndex().row() == view.years[2024]
