"""Photos that come while the album is read: they are seen at once at its top, and told of everywhere else."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.gallery.layout import STUCK_PX
from cerbo_desktop.ui.gallery.model import Role
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.pending import pending_of
from cerbo_desktop.ui.gallery.shown import album_shown
from tests.ui.gallery.made import MARIA, NEWEST, album, photo, utc
from tests.ui.gallery.test_pending import upload

OLD = album(60)
NEW = photo(900, NEWEST + timedelta(days=40))
"""In a month of its own: everything else moves down for it."""


@pytest.fixture
def page(qtbot: QtBot) -> PatientPage:
    QCursor.setPos(QPoint(-200, -200))  # where another test left it a tile may come to lie below it
    page = PatientPage(utc)
    qtbot.addWidget(page)
    page.resize(900, 868)
    page.show()
    qtbot.waitExposed(page)
    page.open_patient(Patient(MARIA, "Maria", "Lopez", born=date(1981, 3, 4)), date(2025, 11, 12))
    show(page, OLD)
    _point_at(page, page.banner.rect().center())
    return page


def show(page: PatientPage, photos: tuple[Photo, ...], photo_type: PhotoType | None = None) -> None:
    page.show_album(album_shown(Album(MARIA, photos), photo_type))


def _point_at(page: PatientPage, point: QPoint) -> None:
    """Over the album, or elsewhere on the page."""
    viewport = page.album.viewport()
    is_over_album = viewport.rect().contains(viewport.mapFrom(page, point))
    below = viewport if is_over_album else page.banner
    QCursor.setPos(page.mapToGlobal(point))
    QTest.mouseMove(below, below.mapFrom(page, point))
    QApplication.processEvents()
    assert viewport.underMouse() is is_over_album


def _choose(page: PatientPage, row: int) -> None:
    index = page.album.album_model().index(row)
    page.album.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _pill(page: PatientPage) -> QPushButton:
    return page.new_above.button


def _is_in_view(page: PatientPage, row: int) -> bool:
    return page.album.viewport().rect().contains(page.album.tile_rect(row))


def test_below_a_tile_that_was_scrolled_to_the_pill_tells_of_it_and_leads_there(page: PatientPage) -> None:
    page.album.setFocus()
    page.album.verticalScrollBar().setValue(500)
    _choose(page, row := page.album.rows_in_view().start + 5)
    chosen, place = OLD[row].id, page.album.tile_rect(row)
    show(page, (NEW, *OLD))
    assert page.album.currentIndex().data(Role.PHOTO_ID) == chosen
    assert page.album.tile_rect(page.album.currentIndex().row()) == place, "nothing moves under the eyes"
    assert (_pill(page).isVisible(), _pill(page).text()) == (True, "1 new photo")
    QTest.mouseClick(_pill(page), Qt.MouseButton.LeftButton)
    assert _is_in_view(page, 0)
    assert page.album.currentIndex().data(Role.PHOTO_ID) == NEW.id
    assert page.album.hasFocus()
    assert not _pill(page).isVisible()


@pytest.mark.parametrize("chosen", [None, 0, 2])
def test_at_the_very_top_it_is_seen_at_once(page: PatientPage, chosen: int | None) -> None:
    if chosen is not None:
        _choose(page, chosen)
    show(page, (NEW, *OLD))
    assert _is_in_view(page, 0)
    assert not _pill(page).isVisible()


@pytest.mark.parametrize("row", [0, 2])
def test_a_tile_under_the_pointer_stays_there(page: PatientPage, row: int) -> None:
    at = page.album.tile_rect(row).center()
    _point_at(page, page.album.viewport().mapTo(page, at))
    show(page, (NEW, *OLD))
    assert page.album.indexAt(at).data(Role.PHOTO_ID) == OLD[row].id
    assert _pill(page).isVisible()


def test_the_chosen_tile_is_not_pushed_out_of_view_for_many_new_ones(page: PatientPage) -> None:
    _choose(page, 1)
    many = tuple(photo(900 + at, NEWEST + timedelta(days=40, minutes=-at)) for at in range(40))
    show(page, (*many, *OLD))
    assert _is_in_view(page, page.album.currentIndex().row())
    assert _pill(page).text() == "40 new photos"


def test_the_own_photo_is_seen_at_the_top_wherever_the_pointer_rests(page: PatientPage) -> None:
    _point_at(page, page.album.viewport().mapTo(page, page.album.tile_rect(2).center()))
    on_their_way = pending_of([upload("1", UploadState.SENDING)], MARIA)
    page.show_album(album_shown(Album(MARIA, OLD), None)._replace(pending=on_their_way))
    assert _is_in_view(page, 0)
    assert not _pill(page).isVisible()


def test_the_pill_goes_once_its_photo_was_scrolled_to(page: PatientPage) -> None:
    page.album.verticalScrollBar().setValue(500)
    show(page, (NEW, *OLD))
    _pill(page).setFocus()
    page.album.verticalScrollBar().setValue(0)
    assert not _pill(page).isVisible()
    assert page.album.hasFocus()
    page.album.verticalScrollBar().setValue(500)
    assert not _pill(page).isVisible()


def test_the_pill_covers_no_tile(page: PatientPage) -> None:
    page.album.verticalScrollBar().setValue(500)
    show(page, (NEW, *OLD))
    for value in range(300, 900):
        page.album.verticalScrollBar().setValue(value)
        assert _pill(page).isVisible()
        assert _pill(page).geometry().bottom() < STUCK_PX
        for at in (_pill(page).geometry().topLeft(), _pill(page).geometry().bottomRight()):
            assert not page.album.indexAt(at).isValid(), value


def test_what_another_filter_or_a_further_page_shows_is_not_new(page: PatientPage) -> None:
    medical = tuple(each for each in OLD if each.photo_type is PhotoType.MEDICAL)
    show(page, OLD, PhotoType.MEDICAL)
    page.album.verticalScrollBar().setValue(500)
    show(page, OLD)
    assert not _pill(page).isVisible()
    shown = album_shown(Album(MARIA, medical), None)
    page.show_album(shown._replace(is_partial=True))
    page.album.verticalScrollBar().setValue(500)
    show(page, OLD)
    assert not _pill(page).isVisible()


def test_another_patient_knows_nothing_of_it(page: PatientPage) -> None:
    page.album.verticalScrollBar().setValue(500)
    show(page, (NEW, *OLD))
    assert _pill(page).isVisible()
    page.forget()
    assert not _pill(page).isVisible()
