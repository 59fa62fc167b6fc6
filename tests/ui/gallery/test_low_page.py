"""The page on a low screen, as 1366 x 768 at 125 % is: whatever stands above the ID card, its buttons are in view."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.domain.patient import PatientStatus
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.gallery.notices import NoticeRow, QuietNote
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.shown import album_shown
from cerbo_desktop.ui.text import capture
from tests.ui.gallery.made import MARIA, utc
from tests.ui.gallery.test_page import TODAY, maria

_CHILD = replace(maria(PatientStatus.PROSPECTIVE), born=date(2016, 6, 30))
_BRIO, _BUILT_IN = CameraInfo("b", "Brio"), CameraInfo("c", "Built-in")
_LAYOUTS_WITHIN_LAYOUTS = 10
_WIDTH_PX, _LOW_PX, _WITH_A_STRIP_PX, _ROOMY_PX = 715, 483, 427, 700


def _kept(card: IdCard) -> None:
    card.show_kept(Raster(4, 4, bytes(64), 4, 4))


def _kept_with_a_problem(card: IdCard) -> None:
    _kept(card)
    card.show_problem(capture.disk_is_silent())


def _saving(card: IdCard) -> None:
    _kept(card)
    card.show_saving(True)


def _camera(state: CameraState, *cameras: CameraInfo) -> Callable[[IdCard], None]:
    return lambda card: card.show_camera(CameraFacts(state, _BRIO, cameras))


FORMS: dict[str, Callable[[IdCard], None]] = {
    "kept": _kept,
    "kept, with a problem": _kept_with_a_problem,
    "saving": _saving,
    "two cameras": _camera(CameraState.LIVE, _BRIO, _BUILT_IN),
    **{f"camera {state}": _camera(state, _BRIO) for state in CameraState},
}


@pytest.fixture
def page(qtbot: QtBot) -> PatientPage:
    """Of a child, with three things to say above the card."""
    page = PatientPage(utc)
    qtbot.addWidget(page)
    page.resize(_WIDTH_PX, _ROOMY_PX)
    page.show()
    qtbot.waitExposed(page)
    page.open_patient(_CHILD, TODAY)
    page.show_record(_CHILD, TODAY)
    page.show_album(album_shown(Album(MARIA), None))
    page.namesakes.set_namesakes((), may_be_more=True)
    return page


@pytest.fixture
def card(page: PatientPage, qtbot: QtBot) -> Iterator[IdCard]:
    card = IdCard(_CHILD)
    qtbot.addWidget(card)
    page.set_card(card)
    yield card
    page.set_card(None)


def _lay_out(page: PatientPage, height_px: int) -> None:
    """Dragged there in steps, as a window is: what is above the card gives way on the way down."""
    for step_px in (max(height_px, _LOW_PX), height_px):
        page.resize(_WIDTH_PX, step_px)
        for _ in range(_LAYOUTS_WITHIN_LAYOUTS):
            QCoreApplication.sendPostedEvents()
            QApplication.processEvents()
    assert page.height() == height_px


def _seen(button: QAbstractButton) -> bool:
    return button.visibleRegion().boundingRect() == button.rect()


def _rows(page: PatientPage) -> list[QFrame]:
    kinds = (NoticeRow, QuietNote)
    return [row for kind in kinds for row in page.notices.findChildren(kind) if row.isVisible()]


@pytest.mark.parametrize("height_px", [_LOW_PX, _WITH_A_STRIP_PX])
@pytest.mark.parametrize("form", FORMS)
def test_every_button_of_the_id_card_is_in_view(page: PatientPage, card: IdCard, form: str, height_px: int) -> None:
    FORMS[form](card)
    _lay_out(page, height_px)
    buttons = [each for each in card.findChildren(QPushButton) if each.isVisible()]
    assert len(buttons) >= 2
    assert [each.text() for each in buttons if not _seen(each)] == []
    assert page.card_slot.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("height_px", [_LOW_PX, _WITH_A_STRIP_PX])
def test_a_notice_gives_its_air_away_and_no_word(page: PatientPage, card: IdCard, height_px: int) -> None:
    _lay_out(page, _ROOMY_PX)
    roomy = {row.accessibleName(): row.height() for row in _rows(page)}
    assert len(roomy) == 3
    _lay_out(page, height_px)
    assert {row.accessibleName() for row in _rows(page)} == set(roomy)
    for row in _rows(page):
        assert row.height() < roomy[row.accessibleName()]
        for part in row.findChildren(QLabel):
            assert row.rect().contains(QRect(part.pos(), part.size()))
            assert part.height() >= part.heightForWidth(part.width())
    _lay_out(page, _ROOMY_PX)
    assert {row.accessibleName(): row.height() for row in _rows(page)} == roomy


def test_words_without_room_scroll_and_come_back(page: PatientPage, card: IdCard) -> None:
    _lay_out(page, _ROOMY_PX)
    view_px = card.viewfinder.width()
    assert card.words.verticalScrollBar().maximum() == 0
    assert card.note.isVisible()
    assert not card.words.isAncestorOf(card.note)
    _lay_out(page, _WITH_A_STRIP_PX)
    assert card.viewfinder.width() < view_px
    assert card.words.isAncestorOf(card.note)
    assert card.words.verticalScrollBar().maximum() > 0
    _lay_out(page, _ROOMY_PX)
    assert card.viewfinder.width() == view_px
    assert card.words.verticalScrollBar().maximum() == 0
    assert not card.words.isAncestorOf(card.note)


def test_what_went_wrong_is_scrolled_to(page: PatientPage, card: IdCard) -> None:
    _kept(card)
    _lay_out(page, _WITH_A_STRIP_PX)
    assert card.problem.visibleRegion().isEmpty()
    card.show_problem(capture.disk_is_silent())
    _lay_out(page, _WITH_A_STRIP_PX)
    assert not card.problem.visibleRegion().isEmpty()
    card.show_problem("")
    _lay_out(page, _WITH_A_STRIP_PX)
    assert card.title.visibleRegion().boundingRect() == card.title.rect()
