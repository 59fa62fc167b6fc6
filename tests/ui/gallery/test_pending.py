"""Photos on their way to the chart: in the album before the chart has them, and in no figure of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.upload import Recipient, Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.pending import face_of, of_type, pending_of
from cerbo_desktop.ui.gallery.shown import album_shown
from cerbo_desktop.ui.kit.faces import FaceLabel
from tests.ui.gallery.made import MARIA, album, raster, utc

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
TODAY = date(2025, 11, 12)
PATIENT = Patient(MARIA, "Maria", "Lopez", born=date(1981, 3, 4))
IN_QUEUE = "It is not in the chart yet. It will be once staff accept it in Cerbo."


def upload(name: str, state: UploadState = UploadState.SENT, *, is_id_photo: bool = False) -> Upload:
    facts = PhotoFacts(MediaType.JPEG, 1, 1, 4, "0" * 64)
    at = NOW + timedelta(minutes=int(name))
    return Upload(
        UploadId(name), Recipient.of(PATIENT), facts, raster(200, 64, 48), at, at, state, is_id_photo=is_id_photo
    )


@pytest.fixture
def page(qtbot: QtBot) -> PatientPage:
    page = PatientPage(utc)
    qtbot.addWidget(page)
    page.resize(768, 868)
    page.show()
    qtbot.waitExposed(page)
    page.open_patient(PATIENT, TODAY)
    page.show_record(PATIENT, TODAY)
    return page


def show(
    page: PatientPage,
    photos: tuple[Photo, ...],
    *uploads: Upload,
    photo_type: PhotoType | None = None,
    is_listed: bool = True,
) -> None:
    known = Album(MARIA, photos, error=None if is_listed else Unreachable())
    page.show_album(album_shown(known, photo_type)._replace(pending=of_type(pending_of(uploads, MARIA), photo_type)))


def tiles(page: PatientPage) -> list[str]:
    model = page.album.album_model()
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def counts(page: PatientPage) -> list[str]:
    return [each.accessibleName() for each in page.filter_bar.types.children() if isinstance(each, QWidget)]


def test_the_newest_stands_first_above_the_months_and_in_no_figure(page: PatientPage) -> None:
    show(page, album(4), upload("1"), upload("2", UploadState.SENDING, is_id_photo=True))
    first, second, third, *_ = tiles(page)
    assert first == "ID photo, not in the chart yet, Sending, press Enter to hear more"
    assert second == "Photo, not in the chart yet, In Cerbo’s queue, press Enter to hear more"
    assert third.startswith("Personal photo 1 of 4, ")
    assert counts(page) == ["All, 4", "Personal, 1", "Medical, 3"]
    assert page.album.album_model().sections[0][:2] == ("Not in the chart yet", 2)


def test_enter_and_a_double_click_say_what_it_is_and_open_nothing(page: PatientPage) -> None:
    opened: list[str] = []
    page.photo_opened.connect(opened.append)
    show(page, album(4), upload("1"))
    page.focus_album()
    page.album.setCurrentIndex(page.album.album_model().index(0))
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert QToolTip.text() == IN_QUEUE
    QToolTip.hideText()
    place = page.album.tile_rect(0).center()
    QTest.mouseDClick(page.album.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert QToolTip.text() == IN_QUEUE
    assert opened == []
    QTest.keyClick(page.album, Qt.Key.Key_Right)
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert opened == ["0"]


@pytest.mark.parametrize("is_at_album_first", [False, True])
def test_the_first_enter_opens_the_newest_photo_of_the_chart(page: PatientPage, is_at_album_first: bool) -> None:
    opened: list[str] = []
    page.photo_opened.connect(opened.append)
    page.focus_album()
    if is_at_album_first:
        show(page, album(4))
        show(page, album(4), upload("1"))
    show(page, album(4), upload("1"), upload("2"))
    assert page.album.hasFocus()
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert opened == ["0"]
    QTest.keyClick(page.album, Qt.Key.Key_Left)
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert QToolTip.text() == IN_QUEUE
    assert opened == ["0"]
    QToolTip.hideText()


def test_photos_of_the_chart_that_come_late_take_the_first_enter(page: PatientPage) -> None:
    opened: list[str] = []
    page.photo_opened.connect(opened.append)
    page.focus_album()
    show(page, (), upload("1"), is_listed=False)
    show(page, album(4), upload("1"))
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert opened == ["0"]


def test_it_is_neither_marked_nor_asked_of_cerbo(page: PatientPage, qtbot: QtBot) -> None:
    show(page, album(4), upload("1"), upload("2"))
    qtbot.waitUntil(lambda: page.album.wanted[0] == ("0", "1", "2", "3"))
    page.focus_album()
    page.album.setCurrentIndex(page.album.album_model().index(0))
    QTest.keyClick(page.album, Qt.Key.Key_Space)
    assert page.album.marks.count == 0
    page.body.mark_all()
    assert page.album.marks.ids == ("0", "1", "2", "3")


def test_what_is_known_of_it_is_followed_in_its_place(page: PatientPage) -> None:
    show(page, album(4), upload("1", UploadState.QUEUED))
    page.album.setCurrentIndex(page.album.album_model().index(0))
    show(page, album(4), upload("1"))
    assert "In Cerbo’s queue" in tiles(page)[0]
    assert page.album.currentIndex().row() == 0
    show(page, album(4))
    assert len(tiles(page)) == 4


def test_filters_show_only_what_will_certainly_be_of_their_type(page: PatientPage) -> None:
    both = upload("1"), upload("2", is_id_photo=True)
    show(page, (), *both, photo_type=PhotoType.MEDICAL, is_listed=False)
    assert tiles(page) == []
    show(page, (), *both, photo_type=PhotoType.PERSONAL, is_listed=False)
    assert [each.split(",")[0] for each in tiles(page)] == ["ID photo"]


def test_it_is_seen_while_nobody_knows_what_the_chart_holds(page: PatientPage) -> None:
    show(page, (), upload("1"), is_listed=False)
    assert page.album.isVisible()
    assert len(tiles(page)) == 1
    assert counts(page) == ["All", "Personal", "Medical"]


def test_one_that_was_stopped_or_is_held_says_that_it_waits_for_a_person() -> None:
    stopped = upload("1", UploadState.REFUSED)
    held = replace(upload("2", UploadState.QUEUED), trouble=UploadProblem.SIGNED_OUT)
    for photo in pending_of([stopped, held], MARIA):
        assert photo.needs_person
        assert photo.about == "It is not in the chart yet and is waiting for your decision in Uploads."
    assert pending_of([stopped], PatientId("7")) == ()


@pytest.mark.parametrize("state", UploadState)
def test_every_photo_that_the_chart_lacks_is_there(state: UploadState) -> None:
    is_there = state not in (UploadState.ACCEPTED, UploadState.DISCARDED)
    assert bool(pending_of([upload("1", state)], MARIA)) == is_there


def test_the_banner_shows_the_id_photo_just_taken_until_the_chart_has_one(page: PatientPage) -> None:
    taken = face_of([upload("1", is_id_photo=True), upload("2")], MARIA)
    assert taken is not None
    assert face_of([upload("1", UploadState.REFUSED, is_id_photo=True), upload("2")], MARIA) is None
    page.banner.show_face(None)
    page.banner.show_face_underway(taken)
    assert said(page) == "ID photo, not in the chart yet"
    page.banner.show_face_not_loaded()
    assert said(page) == "ID photo, not in the chart yet"
    page.banner.show_face(raster())
    assert said(page) == "ID photo"
    page.banner.show_face_underway(None)
    page.banner.show_face(None)
    assert said(page) == "No ID photo"
    page.banner.show_face_underway(taken)
    page.open_patient(replace(PATIENT, id=PatientId("7")), TODAY)
    assert said(page) == "ID photo, loading"
    page.banner.show_face(None)
    assert said(page) == "No ID photo", "nothing of the patient before"


def said(page: PatientPage) -> str:
    """What the face in the banner says that it is."""
    return page.banner.findChildren(FaceLabel)[0].accessibleName()
