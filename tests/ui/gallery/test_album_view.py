"""The album by keyboard and mouse, what it asks for, and where it stays when things change."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnails import Failed, Loading, Ready
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.delegate import retry_area
from cerbo_desktop.ui.gallery.model import Role
from tests.ui.gallery.made import album, months, photo, raster, utc


class Ticker:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def ticker() -> Ticker:
    return Ticker()


@pytest.fixture
def view(qtbot: QtBot, ticker: Ticker) -> AlbumView:
    """Four columns, two lines and a heading high."""
    view = AlbumView(utc, now_s=ticker)
    qtbot.addWidget(view)
    view.resize(768, 500)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return view


def row(view: AlbumView) -> int:
    return view.currentIndex().row()


def press(qtbot: QtBot, view: AlbumView, *keys: Qt.Key) -> int:
    for key in keys:
        QTest.keyClick(view, key)
    return row(view)


def at(view: AlbumView, number: int) -> None:
    view.setCurrentIndex(view.album_model().index(number))


K = Qt.Key


def test_arrows_move_in_two_dimensions_across_months(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(months(3, 6, 5))  # lines: 0-2 | 3-6, 7-8 | 9-12, 13
    at(view, 0)
    assert press(qtbot, view, K.Key_Right, K.Key_Right) == 2
    assert press(qtbot, view, K.Key_Right) == 3, "past the end of a month lies the next one"
    assert press(qtbot, view, K.Key_Left) == 2
    assert press(qtbot, view, K.Key_Down) == 5
    assert press(qtbot, view, K.Key_Down) == 8, "a shorter line: its last tile"
    assert press(qtbot, view, K.Key_Down) == 11, "and back in the column one came from"
    assert press(qtbot, view, K.Key_Up, K.Key_Up, K.Key_Up) == 2
    assert press(qtbot, view, K.Key_Up) == 2, "nothing above"
    assert press(qtbot, view, K.Key_End) == 13
    assert press(qtbot, view, K.Key_Down) == 13
    assert press(qtbot, view, K.Key_Right) == 13
    assert press(qtbot, view, K.Key_Home) == 0
    assert press(qtbot, view, K.Key_Left) == 0


def test_page_keys_move_by_screens_and_keep_the_column(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(months(200))
    at(view, 1)
    assert press(qtbot, view, K.Key_PageDown) == 9
    assert press(qtbot, view, K.Key_PageDown) == 17
    assert press(qtbot, view, K.Key_PageUp) == 9
    assert press(qtbot, view, K.Key_End, K.Key_PageDown) == 199
    assert press(qtbot, view, K.Key_Home, K.Key_PageUp) == 0


def test_the_tile_moved_to_is_always_in_view(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(months(40, 40))
    at(view, 0)
    keys = [K.Key_Down] * 12 + [K.Key_End, K.Key_Home, K.Key_PageDown, K.Key_PageDown, K.Key_Up, K.Key_Left]
    for key in keys:
        press(qtbot, view, key)
        assert view.viewport().rect().contains(view.tile_rect(row(view)))
    press(qtbot, view, K.Key_Home)
    assert view.verticalOffset() == 0, "the first month's heading shows too"


def test_enter_opens_and_on_a_failed_tile_tries_again(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(8))
    opened: list[str] = []
    retried: list[str] = []
    view.photo_opened.connect(opened.append)
    view.retry_wanted.connect(retried.append)
    view.set_thumbnail(PhotoId("1"), Failed(FailureKind.NOT_LOADED))
    view.set_thumbnail(PhotoId("2"), Failed(FailureKind.CANNOT_SHOW))
    view.set_thumbnail(PhotoId("3"), Failed(FailureKind.OFFLINE))
    at(view, 0)
    press(qtbot, view, K.Key_Return, K.Key_Right, K.Key_Return, K.Key_Right, K.Key_Enter, K.Key_Right, K.Key_Return)
    assert opened == ["0", "2"]
    assert retried == ["1", "3"]


def test_a_click_chooses_a_double_click_opens_and_try_again_is_a_button(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(8))
    view.set_thumbnail(PhotoId("5"), Failed(FailureKind.NOT_LOADED))
    opened: list[str] = []
    retried: list[str] = []
    view.photo_opened.connect(opened.append)
    view.retry_wanted.connect(retried.append)
    middle = view.tile_rect(2).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (row(view), opened) == (2, [])
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened == ["2"]
    tile = view.tile_rect(5)
    retry = retry_area(QRect(tile.x(), tile.y(), tile.width(), tile.width())).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=retry)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=tile.topLeft() + QPoint(4, 4))
    assert (retried, row(view)) == (["5"], 5)


def test_keys_that_are_not_the_albums_are_left_to_the_page(qtbot: QtBot) -> None:
    heard: list[int] = []

    class Page(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.key())  # type: ignore[attr-defined]  # Qt gives a key event

    page = Page()
    qtbot.addWidget(page)
    view = AlbumView(utc)
    QVBoxLayout(page).addWidget(view)
    view.set_photos(album(4))
    page.show()
    view.setFocus()
    for key in (K.Key_Space, K.Key_D, K.Key_Escape):
        QTest.keyClick(view, key)
    assert heard == [K.Key_Space, K.Key_D, K.Key_Escape]


def test_asks_for_what_is_in_view_first_top_down_then_for_what_is_near(qtbot: QtBot, view: AlbumView) -> None:
    asked: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    view.wanted_changed.connect(lambda visible, near: asked.append((visible, near)))
    view.set_photos(months(200))
    qtbot.waitUntil(lambda: bool(asked))
    visible, near = asked[-1]
    assert visible == tuple(str(number) for number in range(12))
    assert near == tuple(str(number) for number in range(12, 20)), "a screen below; above lies nothing"
    del asked[:]
    for value in range(0, 2160, 40):
        view.verticalScrollBar().setValue(value)
    qtbot.waitUntil(lambda: bool(asked))
    assert len(asked) == 1, "once a frame, however often it moved"
    visible, near = asked[-1]
    in_view = [number for number in range(200) if view.tile_rect(number).intersects(view.viewport().rect())]
    assert set(visible) >= {str(number) for number in in_view}
    assert list(visible) == sorted(visible, key=int)
    assert not set(visible) & set(near)
    first, last = int(visible[0]), int(visible[-1])
    below, above = [each for each in near if int(each) > last], [each for each in near if int(each) < first]
    assert near[:4] == (str(last + 1), str(first - 1), str(last + 2), str(first - 2)), (
        "nearest first, below before above"
    )
    assert below == sorted(below, key=int)
    assert above == sorted(above, key=int, reverse=True)


def test_says_again_what_is_in_view_when_it_is_shown_again(qtbot: QtBot, view: AlbumView) -> None:
    """The viewer's film strip has asked for others meanwhile."""
    view.set_photos(album(40))
    qtbot.waitUntil(lambda: bool(view.wanted[0]))
    visible, asked = view.wanted[0], list[tuple[str, ...]]()
    view.wanted_changed.connect(lambda in_view, near: asked.append(in_view))
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [visible]


def opened_by_enter(qtbot: QtBot, view: AlbumView) -> str:
    opened: list[str] = []
    view.photo_opened.connect(opened.append)
    press(qtbot, view, K.Key_Return)
    view.photo_opened.disconnect(opened.append)
    return opened[0]


def test_where_nobody_chose_enter_opens_the_newest_though_older_pages_came_first(qtbot: QtBot, view: AlbumView) -> None:
    whole = album(300)
    for first in (200, 100, 0):
        view.set_photos(whole[first:], is_partial=first > 0)
        assert opened_by_enter(qtbot, view) == whole[first].id
    assert view.selectionModel().selection().isEmpty(), "still nobody has chosen"


@pytest.mark.parametrize(("key", "reached"), [(K.Key_Right, 1), (K.Key_Down, 4), (K.Key_PageDown, 8)])
def test_where_nobody_chose_moves_begin_at_the_newest(qtbot: QtBot, view: AlbumView, key: Qt.Key, reached: int) -> None:
    whole = months(300)
    view.set_photos(whole[200:], is_partial=True)
    view.set_photos(whole)
    assert press(qtbot, view, key) == reached


def test_where_nobody_chose_and_the_wheel_moved_on_enter_opens_the_first_in_view(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(months(300))
    view.verticalScrollBar().setValue(3000)
    first = view.album_model().ids(view.rows_in_view())[0]
    assert opened_by_enter(qtbot, view) == first


def test_a_tile_that_a_person_chose_stays_chosen_while_pages_arrive(qtbot: QtBot, view: AlbumView) -> None:
    whole = album(300)
    view.set_photos(whole[200:], is_partial=True)
    press(qtbot, view, K.Key_Right)
    view.set_photos(whole[100:], is_partial=True)
    view.set_photos(whole)
    assert opened_by_enter(qtbot, view) == whole[201].id


def test_in_an_order_that_was_turned_nobody_has_chosen_either(qtbot: QtBot, view: AlbumView) -> None:
    """The rows are reset then, and the place is found again by id."""
    whole = months(40)
    view.set_photos(whole)
    view.set_photos(tuple(reversed(whole)))
    assert opened_by_enter(qtbot, view) == whole[-1].id


def test_tells_what_a_person_selects_and_not_where_the_focus_came_to_stand(qtbot: QtBot, view: AlbumView) -> None:
    selected: list[str] = []
    view.photo_selected.connect(selected.append)
    view.set_photos(album(40))
    view.clearFocus()
    view.setFocus()
    assert view.currentIndex().isValid()
    assert selected == []
    press(qtbot, view, K.Key_Right, K.Key_Down)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.tile_rect(2).center())
    assert selected == [view.album_model().index(each).data(Role.PHOTO_ID) for each in (1, 5, 2)]


def test_a_filter_keeps_the_place(qtbot: QtBot, view: AlbumView) -> None:
    photos = album(400)
    view.set_photos(photos)
    at(view, 200)
    view.verticalScrollBar().setValue(view.verticalOffset() + 37)
    before = view.tile_rect(200).y()
    view.set_photos(tuple(each for each in photos if each.photo_type is PhotoType.PERSONAL))
    assert row(view) == 50
    assert view.tile_rect(50).y() == before
    view.set_photos(photos)
    assert row(view) == 200
    assert view.tile_rect(200).y() == before


def test_photos_that_come_in_above_do_not_push_what_is_looked_at(qtbot: QtBot, view: AlbumView) -> None:
    photos = album(300)
    view.set_photos(photos[100:])
    view.verticalScrollBar().setValue(700)
    first = view.rows_in_view().start
    id_, y = view.album_model().ids(range(first, first + 1))[0], view.tile_rect(first).y()
    view.set_photos(photos)
    assert view.tile_rect(view.album_model().row_of(id_)).y() == y


def test_a_refresh_at_the_top_shows_the_new_photo(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(100)[1:])
    view.set_photos(album(100))
    assert view.verticalOffset() == 0


def test_the_tile_size_keeps_the_place_and_stays_within_its_bounds(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(400))
    at(view, 150)
    before = view.tile_rect(150).y()
    view.set_tile_px(500)
    assert view.tile_px == 240
    assert view.tile_rect(150).y() == before
    view.set_tile_px(1)
    assert view.tile_px == 120
    assert view.viewport().rect().contains(view.tile_rect(150))


def test_the_spinner_shows_only_after_a_moment_and_stops_when_nothing_waits(
    qtbot: QtBot, view: AlbumView, ticker: Ticker
) -> None:
    view.set_photos(album(2))
    qtbot.waitUntil(lambda: view._waiting.is_ticking)
    grey = view.viewport().grab(view.tile_rect(0)).toImage()
    ticker.now_s += 0.29
    view._waiting._tick()
    assert view._waiting.spinning == frozenset()
    ticker.now_s += 0.02
    view._waiting._tick()
    assert view._waiting.spinning == {"0", "1"}
    assert view.viewport().grab(view.tile_rect(0)).toImage() != grey
    for number in (0, 1):
        view.set_thumbnail(PhotoId(str(number)), Ready(raster()))
    qtbot.waitUntil(lambda: not view._waiting.is_ticking)


class Paintings(QObject):
    """The regions of a widget that were painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.regions: list[QRegion] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(QRegion(event.region()))
        return super().eventFilter(watched, event)


def test_a_picture_that_arrives_repaints_its_own_tile_alone(qtbot: QtBot, view: AlbumView) -> None:
    """QListView itself lays out and paints everything anew for each; sixteen tiles cost 5 ms (measured)."""
    view.set_photos(album(400))
    qtbot.waitUntil(lambda: bool(view.wanted[0]))
    QApplication.processEvents()
    paintings = Paintings(view.viewport())
    view.set_thumbnail(view.wanted[0][2], Ready(raster()))
    qtbot.waitUntil(lambda: bool(paintings.regions))
    tile = view.visualRect(view.album_model().index(2))
    assert [region.boundingRect() for region in paintings.regions] == [tile]


def test_the_picture_fills_the_square_and_stays_when_its_pixels_were_let_go(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(400))
    view.set_thumbnail(PhotoId("0"), Ready(raster(shade=200)))

    def middle() -> int:
        return view.viewport().grab(view.tile_rect(0)).toImage().pixelColor(84, 84).red()

    assert middle() == 200
    view.verticalScrollBar().setValue(9000)
    qtbot.waitUntil(lambda: bool(view.wanted[0]) and "0" not in view.wanted[0])
    assert view.album_model().index(0).data(Role.STATE) is None, "the pixels are let go"
    view.verticalScrollBar().setValue(0)
    assert middle() == 200, "painted from the cache at once, before anybody was asked"


def test_the_cameras_picture_gives_way_to_the_photo_however_small_and_never_comes_back(view: AlbumView) -> None:
    view.set_photos(album(1))
    coarse, sharp = Ready(raster(50, 320, 240), is_final=False), Ready(raster(200))

    def middle() -> int:
        return view.viewport().grab(view.tile_rect(0)).toImage().pixelColor(84, 84).red()

    for state, shade in ((coarse, 50), (Loading(), 50), (sharp, 200), (Loading(), 200), (coarse, 200)):
        view.set_thumbnail(PhotoId("0"), state)
        assert middle() == shade


def test_a_small_copy_says_so(qtbot: QtBot, view: AlbumView) -> None:
    whole = raster(shade=255)
    small = type(whole)(240, 180, whole.pixels, 200, 200)
    view.set_photos(album(2))
    view.set_thumbnail(PhotoId("0"), Ready(whole))
    view.set_thumbnail(PhotoId("1"), Ready(small))
    plain, marked = (view.viewport().grab(view.tile_rect(number)).toImage() for number in (0, 1))
    assert plain.pixelColor(12, 148).red() == 255
    assert marked.pixelColor(12, 148).red() < 120


def test_another_patient_leaves_nothing_behind(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(400))
    view.set_thumbnail(PhotoId("0"), Ready(raster()))
    view.verticalScrollBar().setValue(5000)
    view.forget()
    assert view.album_model().rowCount() == 0
    assert view.verticalOffset() == 0
    assert view.wanted == ((), ())
    view.set_photos((photo(0),))
    assert view._pictures.get(PhotoId("0")) is None


def test_coming_back_from_the_viewer_shows_the_photo_last_seen(qtbot: QtBot, view: AlbumView) -> None:
    view.set_photos(album(400))
    view.show_photo(PhotoId("311"))
    assert row(view) == 311
    assert view.viewport().rect().contains(view.tile_rect(311))
    view.show_photo(PhotoId("no such photo"))
    assert row(view) == 311
