"""Several photos of the album marked, by keys and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.kit import theme
from tests.ui.gallery.made import months, utc

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class KeyHearer(QWidget):
    """What stands around the album, and gets the keys that it leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def view(qtbot: QtBot) -> AlbumView:
    """Four columns: lines 0-2 | 3-6, 7-8."""
    view = AlbumView(utc)
    qtbot.addWidget(view)
    view.resize(768, 500)
    view.show()
    qtbot.waitExposed(view)
    view.set_photos(months(3, 6))
    view.setFocus()
    view.setCurrentIndex(view.album_model().index(0))
    return view


def press(view: AlbumView, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(view, key, modifier)


def marked(view: AlbumView) -> list[int]:
    return [view.album_model().row_of(photo_id) for photo_id in view.marks.ids]


def click(view: AlbumView, row: int, modifier: Qt.KeyboardModifier) -> None:
    place = view.tile_rect(row).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_space_and_ctrl_space_mark_and_take_the_mark_off(view: AlbumView) -> None:
    press(view, K.Key_Space, K.Key_Right, K.Key_Right)
    press(view, K.Key_Space, modifier=CTRL)
    assert marked(view) == [0, 2]
    press(view, K.Key_Space)
    assert marked(view) == [0]


def test_space_is_left_to_the_page_until_a_photo_is_chosen(qtbot: QtBot) -> None:
    page, view = _on_a_page(qtbot)
    press(view, K.Key_Space)
    assert page.keys == [K.Key_Space], "it takes a photo"
    press(view, K.Key_Right, K.Key_Space)
    assert view.marks.count == 1
    assert page.keys == [K.Key_Space]


def test_a_held_space_marks_once(view: AlbumView) -> None:
    QTest.keyPress(view, K.Key_Space)
    QTest.simulateEvent(view, True, K.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True)
    assert marked(view) == [0]


def test_shift_marks_from_where_it_began(view: AlbumView) -> None:
    press(view, K.Key_Right)
    press(view, K.Key_Right, K.Key_Right, K.Key_Right, modifier=SHIFT)
    assert marked(view) == [1, 2, 3, 4]
    press(view, K.Key_Left, K.Key_Left, modifier=SHIFT)
    assert marked(view) == [1, 2], "a run that shrinks takes its marks along"
    press(view, K.Key_End)
    press(view, K.Key_Left, modifier=SHIFT)
    assert marked(view) == [1, 2, 7, 8], "another run is added"


def test_ctrl_a_marks_all_and_esc_takes_all_off(view: AlbumView) -> None:
    press(view, K.Key_A, modifier=CTRL)
    assert view.marks.count == 9
    press(view, K.Key_Escape)
    assert marked(view) == []


def test_esc_with_nothing_marked_is_left_to_the_page(qtbot: QtBot) -> None:
    page, view = _on_a_page(qtbot)
    press(view, K.Key_Right, K.Key_Space, K.Key_Escape)
    assert page.keys == []
    press(view, K.Key_Escape)
    assert page.keys == [K.Key_Escape]


def test_ctrl_and_shift_clicks_mark_and_a_plain_click_leaves_the_marks(view: AlbumView) -> None:
    click(view, 1, CTRL)
    click(view, 5, CTRL)
    assert marked(view) == [1, 5]
    click(view, 7, SHIFT)
    assert marked(view) == [1, 5, 6, 7]
    click(view, 0, Qt.KeyboardModifier.NoModifier)
    assert marked(view) == [1, 5, 6, 7]
    click(view, 5, CTRL)
    assert marked(view) == [1, 6, 7]


def test_what_is_no_longer_shown_is_not_marked(view: AlbumView) -> None:
    press(view, K.Key_A, modifier=CTRL)
    view.set_photos(months(3, 6)[2:5])
    assert marked(view) == [0, 1, 2]
    view.forget()
    assert view.marks.count == 0


def test_new_photos_leave_the_marks_on_theirs(view: AlbumView) -> None:
    everything = months(3, 6)
    view.set_photos(everything[2:])
    view.setCurrentIndex(view.album_model().index(0))
    press(view, K.Key_Space)
    view.set_photos(everything)
    assert view.marks.ids == (PhotoId("2"),)


def test_a_marked_tile_says_so(view: AlbumView) -> None:
    index = view.album_model().index(0)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert "marked" not in index.data(spoken)
    press(view, K.Key_Space)
    assert ", marked" in index.data(spoken)


def test_only_a_marked_tile_has_a_tick_and_the_chosen_one_its_ring_alone(view: AlbumView) -> None:
    def corner(row: int) -> str:
        """The colour where a tick would be."""
        tile = view.viewport().grab(view.tile_rect(row)).toImage()
        return tile.pixelColor(tile.width() - 12, 20).name()

    without = corner(2)
    view.setCurrentIndex(view.album_model().index(0))
    assert corner(0) == without, "chosen, and nothing is marked"
    press(view, K.Key_Right, K.Key_Space, K.Key_Left)
    assert corner(0) == without
    assert corner(1) != without


def test_the_chosen_tile_keeps_a_ring_while_something_else_has_the_keys(view: AlbumView) -> None:
    def edge(row: int) -> str:
        """The colour where the ring would be, above the tile."""
        tile = view.tile_rect(row)
        return view.viewport().grab().toImage().pixelColor(tile.center().x(), tile.y() - 3).name()

    view.setCurrentIndex(view.album_model().index(0))
    view.setFocus()
    assert edge(0) == theme.current().accent.lower()
    view.clearFocus()
    assert edge(0) == theme.current().edge.lower()
    assert edge(1) not in (theme.current().accent.lower(), theme.current().edge.lower())


def _on_a_page(qtbot: QtBot) -> tuple[KeyHearer, AlbumView]:
    page = KeyHearer()
    qtbot.addWidget(page)
    view = AlbumView(utc)
    QVBoxLayout(page).addWidget(view)
    view.set_photos(months(3))
    page.show()
    view.setFocus()
    return page, view
