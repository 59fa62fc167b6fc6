"""The patient page: its states, its words, its keys and what may be dropped on it."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QCursor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.errors import Missing, ServerError, ServerRefusal, ServerRefused, SignedOut, Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, PatientStatus, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.gallery.notices import QuietNote
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.shown import album_shown
from cerbo_desktop.ui.gallery.underway import Underway
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text.empty_album import photos_kept
from cerbo_desktop.ui.text.failures import Sentence
from tests.ui.gallery.made import MARIA, album, photo, raster, utc

TODAY = date(2025, 11, 12)
RIGHT_RECORD = "Check that this is the right record before you send photos."


def maria(status: PatientStatus = PatientStatus.ACTIVE, born: date | None = date(1981, 3, 4)) -> Patient:
    return Patient(MARIA, "Maria", "Lopez", born=born, sex=Sex.FEMALE, status=status)


@pytest.fixture
def page(qtbot: QtBot) -> PatientPage:
    QCursor.setPos(QPoint(-200, -200))
    page = PatientPage(utc)
    qtbot.addWidget(page)
    page.resize(768, 868)
    page.show()
    qtbot.waitExposed(page)
    page.open_patient(maria(), TODAY)
    page.show_record(maria(), TODAY)
    return page


def fill(page: PatientPage, photos: tuple[Photo, ...], photo_type: PhotoType | None = None) -> None:
    page.show_album(album_shown(Album(MARIA, photos), photo_type))


def read_out(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def visible_texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def buttons(page: QWidget) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible() and button.text()]


def notes(page: PatientPage) -> tuple[str, ...]:
    return page.list_notes.texts


def press(page: QWidget, text: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() == text).click()


def test_the_banner_names_the_patient_fully(page: PatientPage) -> None:
    page.banner.show_visit("10:15 Follow-up, Dr. Lindqvist")
    assert read_out(page.banner) == "Patient Maria Lopez, born 4 March 1981, 44 years, female, ID 10482"
    texts = [text.replace("\u00a0", " ") for text in visible_texts(page.banner)]
    assert texts == ["Maria Lopez", "4 Mar 1981  ·  44 years  ·  Female  ·  ID 10482", "10:15 Follow-up, Dr. Lindqvist"]


def test_a_long_name_wraps_and_is_never_cut(qtbot: QtBot, page: PatientPage) -> None:
    name = "Maximiliana-Alexandrina Theodora Wolfeschlegelsteinhausenbergerdorff"
    page.open_patient(Patient(MARIA, name, "Lopez"), TODAY)
    label = next(each for each in page.banner.findChildren(QLabel) if name in each.text())
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) >= 64)
    assert page.banner.height() > 128


def test_the_banner_is_128_high_and_gives_room_where_it_is_narrow(page: PatientPage) -> None:
    page.banner.show_visit("10:15 Follow-up, Dr. Lindqvist")
    QApplication.processEvents()
    assert page.banner.height() == 128
    assert page.banner.add_files.isVisible()
    page.banner.set_compact(True)
    assert not page.banner.add_files.isVisible()
    assert page.banner.add_files_small.accessibleName() == "Add files"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (PatientStatus.ACTIVE, ()),
        (PatientStatus.PROSPECTIVE, (f"Prospective patient. {RIGHT_RECORD}",)),
        (PatientStatus.INACTIVE, (f"Inactive patient. {RIGHT_RECORD}",)),
        (PatientStatus.UNKNOWN, (f"No status in Cerbo. {RIGHT_RECORD}",)),
        (PatientStatus.DECEASED, ("This patient is marked deceased. Photos can’t be sent.",)),
    ],
)
def test_what_the_status_says(page: PatientPage, status: PatientStatus, said: tuple[str, ...]) -> None:
    page.show_record(maria(status), TODAY)
    assert page.notices.texts == said
    assert page.notices.isVisible() == bool(said)
    assert page.banner.take_photos.isEnabled() == (status is not PatientStatus.DECEASED)


def test_an_unknown_status_is_no_news_until_the_record_was_read(page: PatientPage) -> None:
    page.open_patient(maria(PatientStatus.UNKNOWN), TODAY)
    assert page.notices.texts == ()


def test_the_right_record_is_asked_for_once(page: PatientPage) -> None:
    page.show_record(maria(PatientStatus.PROSPECTIVE), TODAY)
    press(page, "Yes, correct record")
    assert page.notices.texts == ()
    page.show_record(maria(PatientStatus.PROSPECTIVE), TODAY)
    assert page.notices.texts == ()
    page.open_patient(maria(PatientStatus.PROSPECTIVE), TODAY)
    assert len(page.notices.texts) == 1, "another opening, another question"


def test_the_dead_get_no_photos_by_any_way(qtbot: QtBot, page: PatientPage, tmp_path: Path) -> None:
    heard: list[object] = []
    for signal in (page.photos_chosen, page.id_photo_chosen, page.files_chosen, page.files_dropped):
        signal.connect(lambda *_: heard.append(1))
    page.show_record(maria(PatientStatus.DECEASED), TODAY)
    fill(page, ())
    QTest.keyClick(page, Qt.Key.Key_Space)
    page.banner.take_photos.click()
    drop(page, [photo_file(tmp_path)])
    assert heard == []
    assert page.banner.take_photos.toolTip() == "This patient is marked deceased. Photos can’t be sent."
    assert "Take ID photo" not in buttons(page)


def test_a_namesake_stays_in_view(page: PatientPage) -> None:
    other = Patient(MARIA, "Maria", "Lopez", born=date(1981, 10, 21))
    page.open_patient(maria(), TODAY)
    page.namesakes.set_namesakes((other,))
    page.show_record(maria(), TODAY)
    fill(page, album(3))
    assert page.notices.texts == ("There is another Maria Lopez, born 21\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}1981.",)


OTHER_MARIA = Patient(PatientId("10911"), "Maria", "Lopez", born=date(1981, 10, 21))


def tile_top(page: PatientPage) -> int:
    """Where the first photo is on the page."""
    QApplication.processEvents()
    return page.album.viewport().mapTo(page, page.album.tile_rect(0).topLeft()).y()


def test_a_warning_that_comes_late_moves_no_photo(page: PatientPage) -> None:
    page.namesakes.set_namesakes((), is_checking=True)
    fill(page, album(23))
    before = tile_top(page)
    page.namesakes.set_namesakes((), may_be_more=True)
    assert tile_top(page) == before
    page.namesakes.set_namesakes((OTHER_MARIA,))
    assert tile_top(page) == before
    assert page.notices.texts == ("There is another Maria Lopez, born 21\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}1981.",)
    page.resize(900, 868)
    before = tile_top(page)
    page.namesakes.set_namesakes((OTHER_MARIA,), may_be_more=True)
    assert tile_top(page) == before
    more = "There may be others."
    assert page.notices.texts == (f"{SAID_OF_OTHER} {more}",)


def test_room_that_nobody_needs_goes_only_while_the_pointer_is_elsewhere(page: PatientPage) -> None:
    page.namesakes.set_namesakes((), is_checking=True)
    fill(page, album(23))
    before = tile_top(page)
    tile = page.album.tile_rect(0).center()
    QCursor.setPos(page.album.viewport().mapToGlobal(tile))
    QTest.mouseMove(page.album.viewport(), tile)
    page.namesakes.set_namesakes(())
    assert tile_top(page) == before, "a click on its way meets the photo that was aimed at"
    QCursor.setPos(page.mapToGlobal(QPoint(-200, -200)))
    QApplication.sendEvent(page, QEvent(QEvent.Type.Leave))
    assert tile_top(page) == before - 72
    page.namesakes.set_namesakes((), is_checking=True)
    page.namesakes.set_namesakes(())
    assert tile_top(page) == before - 72, "the pointer is elsewhere"


def test_a_status_that_the_record_tells_late_moves_no_photo(page: PatientPage) -> None:
    page.resize(900, 868)
    page.open_patient(maria(PatientStatus.UNKNOWN), TODAY)
    page.notices.await_record(True)
    fill(page, album(23))
    before = tile_top(page)
    page.notices.await_record(False)
    page.show_record(maria(PatientStatus.PROSPECTIVE), TODAY)
    assert tile_top(page) == before


def said(page: PatientPage) -> list[str]:
    """The rows below the banner."""
    return list(page.notices.texts)


def aim_at_a_photo(page: PatientPage) -> None:
    """The pointer is over the first photo of the page, which was shown a while ago."""
    QApplication.processEvents()
    tile = page.album.tile_rect(0).center()
    QCursor.setPos(page.album.viewport().mapToGlobal(tile))
    QTest.mouseMove(page.album.viewport(), tile)
    QApplication.processEvents()


def leave_with_the_pointer(page: PatientPage) -> None:
    QCursor.setPos(page.mapToGlobal(QPoint(-200, -200)))
    QApplication.sendEvent(page, QEvent(QEvent.Type.Leave))


THIRD_MARIA = Patient(PatientId("10912"), "Maria", "Lopez", born=date(1990, 1, 2))
SAID_OF_OTHER = "There is another Maria Lopez, born 21\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}1981."
SAID_OF_THIRD = "There is another Maria Lopez, born 2\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}1990."


@pytest.mark.parametrize("width", [576, 768, 1200])
def test_a_second_namesake_waits_while_a_photo_is_aimed_at(page: PatientPage, width: int) -> None:
    page.resize(width, 868)
    page.namesakes.set_namesakes((OTHER_MARIA,), is_checking=True)
    fill(page, album(23))
    aim_at_a_photo(page)
    before = tile_top(page)
    page.namesakes.set_namesakes((OTHER_MARIA, THIRD_MARIA))
    assert tile_top(page) == before
    assert said(page) == [f"{SAID_OF_OTHER} There may be others."]
    leave_with_the_pointer(page)
    assert said(page) == [SAID_OF_OTHER, SAID_OF_THIRD]
    assert tile_top(page) > before


@pytest.mark.parametrize("width", [576, 640, 768, 1200])
def test_the_room_that_is_kept_is_that_of_the_row_at_this_width(page: PatientPage, width: int) -> None:
    """A narrow row has two lines or three."""
    page.resize(width, 868)
    page.open_patient(maria(PatientStatus.UNKNOWN), TODAY)
    page.notices.await_record(True)
    page.namesakes.set_namesakes((), is_checking=True)
    fill(page, album(23))
    aim_at_a_photo(page)
    before = tile_top(page)
    page.namesakes.set_namesakes((), may_be_more=True)
    assert tile_top(page) == before
    page.namesakes.set_namesakes((OTHER_MARIA,))
    assert tile_top(page) == before
    assert said(page) == [SAID_OF_OTHER]
    page.namesakes.set_namesakes(())
    page.notices.await_record(False)
    page.show_record(maria(PatientStatus.PROSPECTIVE), TODAY)
    assert tile_top(page) == before
    assert said(page) == [f"Prospective patient. {RIGHT_RECORD}"]


@pytest.mark.parametrize("width", [576, 640, 768, 1200])
def test_that_the_record_is_withheld_is_told_though_a_photo_is_aimed_at(page: PatientPage, width: int) -> None:
    """It takes more lines than a status does."""
    page.resize(width, 868)
    page.open_patient(maria(PatientStatus.UNKNOWN), TODAY)
    page.notices.await_record(True)
    fill(page, album(23))
    aim_at_a_photo(page)
    page.notices.await_record(False)
    page.notices.show_record_withheld()
    assert said(page) == [f"This key isn’t allowed to read this patient’s record. {RIGHT_RECORD}"]


@pytest.mark.parametrize("release", ["pointer over the banner", "key"])
def test_what_waits_is_shown_before_photos_are_taken(page: PatientPage, release: str) -> None:
    page.namesakes.set_namesakes((OTHER_MARIA,))
    fill(page, album(23))
    aim_at_a_photo(page)
    before = tile_top(page)
    page.show_record(maria(PatientStatus.INACTIVE), TODAY)
    assert tile_top(page) == before
    assert said(page) == [SAID_OF_OTHER]
    if release == "key":
        page.focus_album()
        QTest.keyClick(page.album, Qt.Key.Key_Space)
    else:
        QCursor.setPos(page.banner.mapToGlobal(QPoint(4, 4)))
        QTest.mouseMove(page.banner, QPoint(4, 4))
        QApplication.processEvents()
    assert said(page) == [f"Inactive patient. {RIGHT_RECORD}", SAID_OF_OTHER]


def test_what_is_known_when_the_patient_is_opened_is_shown_wherever_the_pointer_is(page: PatientPage) -> None:
    fill(page, album(23))
    aim_at_a_photo(page)
    page.open_patient(maria(PatientStatus.INACTIVE), TODAY)
    page.namesakes.set_namesakes((OTHER_MARIA, THIRD_MARIA))
    assert said(page) == [f"Inactive patient. {RIGHT_RECORD}", SAID_OF_OTHER, SAID_OF_THIRD]


def test_a_namesake_among_the_facts_stands_in_one_line_where_there_is_room(page: PatientPage) -> None:
    twin = Patient(PatientId("11937"), "Maria Guadalupe", "Lopez", "Fernanda", date(1981, 10, 21))
    facts = page.banner.namesakes
    page.resize(1200, 868)
    facts.show_for((twin,))
    QApplication.processEvents()
    label = next(each for each in facts.findChildren(QLabel) if each.text())
    assert label.heightForWidth(label.width()) == 24
    page.resize(520, 868)
    QApplication.processEvents()
    assert label.heightForWidth(label.width()) > 24, "a narrow page has no room for it"
    assert "21\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}1981." in label.text()


def test_what_stands_below_the_facts_has_the_room_under_the_buttons_too(page: PatientPage) -> None:
    page.resize(732, 560)  # a window of 1366 pixels at 125 percent
    banner = page.banner
    banner.set_compact(True)
    banner.namesakes.show_for((OTHER_MARIA,))
    banner.show_visit("10:15 Follow-up, Dr. Lindqvist")
    banner.offer_cerbo(True)
    QApplication.processEvents()
    warned = next(each for each in banner.namesakes.findChildren(QLabel) if each.text())
    assert warned.heightForWidth(warned.width()) == 24
    visit = next(each for each in banner.findChildren(QLabel) if each.text().startswith("10:15"))
    link = banner.open_in_cerbo
    gap = link.mapTo(banner, QPoint()).x() - visit.mapTo(banner, QPoint(visit.width(), 0)).x()
    assert gap == 12, "the link follows the visit, however wide the page is"


def test_after_the_first_photo_the_warning_stands_among_the_facts(page: PatientPage) -> None:
    opened: list[Patient] = []
    page.namesake_chosen.connect(opened.append)
    fill(page, album(23))
    page.namesakes.set_namesakes((OTHER_MARIA,))
    press(page.notices, "Open the other")
    words = "There is another Maria Lopez, born 21\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}1981."
    assert words not in visible_texts(page.banner)
    page.album.setFocus()
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    assert not page.notices.texts
    assert not page.notices.isVisible()
    assert words in visible_texts(page.banner)
    link = next(each for each in page.banner.findChildren(QAbstractButton) if each.text() == "Open the other")
    assert read_out(link) == "Open the other patient: Maria Lopez, born 21 October 1981"
    link.click()
    assert opened == [OTHER_MARIA] * 2
    page.open_patient(maria(), TODAY)
    assert words not in visible_texts(page)
    page.namesakes.set_namesakes((OTHER_MARIA,))
    assert page.notices.texts == (words,), "another opening, another warning"


def test_whoever_is_found_after_the_first_photo_is_warned_of_all_the_same(page: PatientPage) -> None:
    """Cerbo was slow, or could not be reached."""
    fill(page, album(23))
    page.namesakes.set_namesakes((OTHER_MARIA,))
    page.album.setFocus()
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    page.namesakes.set_namesakes((OTHER_MARIA, THIRD_MARIA))
    assert page.notices.texts == (SAID_OF_THIRD,)
    assert SAID_OF_OTHER in visible_texts(page.banner)
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not page.notices.isVisible()
    assert SAID_OF_THIRD in visible_texts(page.banner)


def test_no_room_is_kept_for_a_name_once_a_photo_was_opened(page: PatientPage) -> None:
    fill(page, album(23))
    page.namesakes.set_namesakes((OTHER_MARIA,))
    page.album.setFocus()
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    for _ in range(2):  # asked again, and in vain
        page.namesakes.set_namesakes((OTHER_MARIA,), may_be_more=True, is_checking=True)
        assert not page.notices.isVisible()


def test_a_child_needs_a_guardians_word(page: PatientPage) -> None:
    child = maria(born=date(2016, 6, 30))
    page.open_patient(child, TODAY)
    page.show_record(child, TODAY)
    fill(page, ())
    words = "Under 18: a parent or guardian agrees to photos."
    assert visible_texts(page).count(words) == 1
    fill(page, album(3))
    assert page.notices.texts == (words,)
    assert visible_texts(page).count(words) == 1


def test_loading_then_photos(page: PatientPage) -> None:
    page.open_patient(maria(), TODAY)
    assert page.body.loading.isVisible()
    assert read_out(page.body.loading) == "Loading photos"
    fill(page, album(23))
    assert page.album.isVisible()
    counts = [each.accessibleName() for each in page.filter_bar.types.children() if isinstance(each, QWidget)]
    assert counts == ["All, 23", "Personal, 6", "Medical, 17"]


def test_an_empty_chart_offers_the_first_photo(qtbot: QtBot, page: PatientPage) -> None:
    heard: list[str] = []
    page.id_photo_chosen.connect(lambda: heard.append("id photo"))
    page.files_chosen.connect(lambda: heard.append("files"))
    fill(page, ())
    assert {"No photos yet", "Or drop photos anywhere on this page."} <= set(visible_texts(page))
    press(page, "Take ID photo")
    press(page.empty, "Add files")
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert heard == ["id photo", "files", "id photo"]
    assert page.banner.take_photos._kind == "secondary", "one filled button a screen"


def test_an_empty_chart_says_that_an_id_photo_is_on_its_way_and_offers_no_other(page: PatientPage) -> None:
    heard: list[str] = []
    page.id_photo_chosen.connect(lambda: heard.append("id photo"))
    page.photos_chosen.connect(lambda: heard.append("photos"))
    fill(page, ())
    page.set_underway(Underway(Sentence("An ID photo is on its way", "It shows here."), is_id_photo=True))
    assert {"An ID photo is on its way", "It shows here."} <= set(visible_texts(page))
    assert "No photos yet" not in visible_texts(page)
    assert "Take ID photo" not in buttons(page)
    press(page.empty, "Take photos")
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert heard == ["photos", "photos"]
    page.open_patient(maria(), TODAY)
    fill(page, ())
    assert "Take ID photo" in buttons(page)


@pytest.mark.parametrize("height", [868, 500])
def test_the_photo_that_is_on_its_way_is_seen_on_a_small_screen_too(page: PatientPage, height: int) -> None:
    page.resize(732, height)
    fill(page, ())
    red = Raster(2, 2, b"\x00\x00\xff\xff" * 4, 2, 2)
    page.set_underway(Underway(photos_kept(1), is_id_photo=False, picture=red))
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    image = page.empty.grab().toImage()
    assert any(image.pixelColor(image.width() // 2, y) == QColor("#ff0000") for y in range(image.height()))
    assert page.empty.verticalScrollBar().maximum() == 0


def test_an_id_photo_is_a_plain_choice_where_another_photo_is_on_its_way(page: PatientPage) -> None:
    heard: list[str] = []
    page.id_photo_chosen.connect(lambda: heard.append("id photo"))
    fill(page, ())
    page.set_underway(Underway(Sentence("A photo is on its way", "It may be the ID photo."), is_id_photo=False))
    assert {"A photo is on its way", "It may be the ID photo."} <= set(visible_texts(page))
    assert "No photos yet" not in visible_texts(page)
    assert page.empty.take._kind == "secondary"
    press(page.empty, "Take ID photo")
    assert heard == ["id photo"]
    page.set_underway(None)
    assert page.empty.take._kind == "primary"


def test_an_album_without_any_date_says_so(page: PatientPage) -> None:
    undated = tuple(photo(number, None) for number in range(3))
    fill(page, undated)
    assert notes(page) == ("Cerbo has no dates for these photos. The newest number stands first.",)
    fill(page, (*undated, photo(9)))
    assert notes(page) == ()


def test_space_in_the_album_takes_photos(qtbot: QtBot, page: PatientPage) -> None:
    fill(page, album(3))
    page.focus_album()
    with qtbot.waitSignal(page.photos_chosen):
        QTest.keyClick(page.album, Qt.Key.Key_Space)


def test_none_of_a_type_offers_all(page: PatientPage) -> None:
    wanted: list[object] = []
    page.filter_changed.connect(wanted.append)
    medical = tuple(each for each in album(23) if each.photo_type is PhotoType.MEDICAL)
    fill(page, medical, PhotoType.PERSONAL)
    assert "No personal photos." in visible_texts(page)
    press(page, "Show all 17")
    assert wanted == [None]


def test_an_album_that_could_not_be_read_is_not_counted(page: PatientPage) -> None:
    page.show_album(album_shown(Album(MARIA, error=Unreachable()), None))
    counts = [each.accessibleName() for each in page.filter_bar.types.children() if isinstance(each, QWidget)]
    assert counts == ["All", "Personal", "Medical"]
    page.resize(1000, 900)
    card = QWidget()
    page.set_card(card)
    words = [label.text() for label in page.chart.findChildren(QLabel)]
    assert "Could not be read" in words
    assert "None yet" not in words
    page.set_card(None)


def test_a_list_that_failed_says_why_and_offers_another_try(qtbot: QtBot, page: PatientPage) -> None:
    page.show_album(album_shown(Album(MARIA, album(3), error=Unreachable()), None))
    assert notes(page) == ("Could not reach Cerbo. Check the network connection, then try again.",)
    assert page.album.isVisible()
    with qtbot.waitSignal(page.list_retry_wanted):
        press(page, "Try again")
    page.show_album(album_shown(Album(MARIA, error=Missing()), None))
    assert "Try again" not in buttons(page), "another try would end the same"
    assert not page.empty.isVisible(), "nobody knows that the chart is empty"
    fill(page, album(3))
    assert notes(page) == ()
    assert not page.list_notes.isVisible()


def has_ring(page: PatientPage, at: QPoint) -> bool:
    """The ring's colour at this point of what stands below the filter bar."""
    body = page.body.currentWidget()
    assert body is not None
    return body.grab().toImage().pixelColor(at) == color("accent")


@pytest.mark.parametrize("error", [Unreachable(), SignedOut()])
def test_the_focus_is_seen_while_there_is_no_photo_to_have_it(page: PatientPage, error: ServerError) -> None:
    """Opened while offline, or with a key that is refused."""
    page.focus_album()
    assert has_ring(page, QPoint(24 + 84, 52 - 3)), "around the first grey tile"
    page.show_album(album_shown(Album(MARIA, error=error), None, is_in_trouble=isinstance(error, Unreachable)))
    assert page.album.hasFocus()
    assert has_ring(page, QPoint(page.album.width() // 2, 5))
    page.banner.take_photos.setFocus()
    assert not has_ring(page, QPoint(page.album.width() // 2, 5))
    page.focus_album()
    fill(page, album(3))
    assert not has_ring(page, QPoint(page.album.width() // 2, 5))
    assert page.album.currentIndex().row() == 0


def test_the_focus_goes_to_the_one_button_of_a_list_that_failed(page: PatientPage) -> None:
    page.focus_album()
    page.show_album(album_shown(Album(MARIA, error=ServerRefused(ServerRefusal.INVALID)), None))
    assert page.list_notes.retry is not None
    assert page.list_notes.retry.hasFocus()
    fill(page, album(3))
    assert not page.list_notes.isVisible()


@pytest.mark.parametrize(("was_listed", "counts"), [(False, ["All", "Personal"]), (True, ["All, 4", "Personal"])])
def test_photos_of_a_list_that_broke_off_are_not_counted_as_if_they_were_all(
    page: PatientPage, was_listed: bool, counts: list[str]
) -> None:
    photos = tuple(replace(each, photo_type=PhotoType.MEDICAL) for each in album(4))
    page.show_album(album_shown(Album(MARIA, photos, error=Unreachable(), was_listed=was_listed), None))
    told = [each.accessibleName() for each in page.filter_bar.types.children() if isinstance(each, QWidget)]
    assert told[:2] == counts
    first = page.album.album_model().index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (" 1 of 4 so far, " in first) is not was_listed


def test_a_list_cut_short_says_that_photos_may_be_missing(page: PatientPage) -> None:
    page.show_album(album_shown(Album(MARIA, album(3), is_cut_short=True), None))
    assert notes(page)[0].startswith("Some photos may be missing")


def test_photos_that_wait_in_the_queue_are_told(page: PatientPage) -> None:
    at = [datetime(2025, 11, 12, 10, minute, tzinfo=UTC) for minute in (2, 2, 9)]
    today = at[0].date()
    page.set_waiting(at[:1], (), today)
    one = "1 photo sent at 10:02 is waiting for staff in Cerbo. It shows here once accepted."
    assert notes(page) == (one,)
    page.set_waiting(at[:2], (), today)
    assert notes(page)[0].startswith("2 photos sent at 10:02 are waiting")
    page.set_waiting(at, (), today)
    assert notes(page)[0].startswith("3 photos sent from 10:02 to 10:09 are waiting")
    page.set_waiting(at[:1], at[2:], today)
    assert notes(page) == (f"{one} Cerbo took 1 photo at 10:09. It shows here once accepted.",)
    page.set_waiting((), at, today)
    assert notes(page) == ("Cerbo took 3 photos. They show here once accepted.",)
    page.set_waiting((), (), today)
    assert not page.list_notes.isVisible()


@pytest.mark.parametrize(
    ("sent_at", "told"),
    [
        ([(10, 9, 41)], "1 photo sent on 10 Nov, 09:41 is waiting"),
        ([(10, 9, 41), (10, 9, 41)], "2 photos sent on 10 Nov, 09:41 are waiting"),
        ([(10, 9, 41), (11, 8, 0)], "2 photos sent from 10 Nov, 09:41 to 11 Nov, 08:00 are waiting"),
        ([(11, 8, 0), (12, 10, 2)], "2 photos sent from 11 Nov, 08:00 to 10:02 today are waiting"),
        ([(11, 10, 2), (12, 10, 2)], "2 photos sent from 11 Nov, 10:02 to 10:02 today are waiting"),
    ],
)
def test_photos_of_another_day_are_told_with_their_day(
    page: PatientPage, sent_at: list[tuple[int, int, int]], told: str
) -> None:
    page.set_waiting([datetime(2025, 11, *each, tzinfo=UTC) for each in sent_at], (), date(2025, 11, 12))
    assert notes(page)[0].startswith(told)


def test_a_card_takes_the_albums_place_and_is_given_back(page: PatientPage) -> None:
    card = QLabel("card")
    fill(page, ())
    page.set_card(card)
    assert card.isVisible()
    assert not page.filter_bar.isVisible()
    words = {"Photos in the chart", "None yet", "Sent photos show here after staff accept them in Cerbo."}
    assert words <= set(visible_texts(page))
    page.set_card(None)
    assert page.empty.isVisible()
    assert page.filter_bar.isVisible()
    assert card.parent() is None
    card.deleteLater()


def test_a_card_above_a_chart_with_photos_does_not_deny_them(page: PatientPage) -> None:
    card = QLabel("card")
    fill(page, album(5))
    page.set_card(card)
    assert {"Photos in the chart", "5 photos"} <= set(visible_texts(page))
    assert "None yet" not in visible_texts(page)
    assert page.album.isVisible()
    page.set_card(None)
    card.deleteLater()


def test_a_low_window_is_never_outgrown(page: PatientPage) -> None:
    card = QLabel("card")
    card.setFixedHeight(384)
    page.show_record(maria(PatientStatus.PROSPECTIVE, date(2016, 6, 30)), TODAY)
    fill(page, ())
    assert page.minimumSizeHint().height() <= 320
    page.set_card(card)
    assert page.minimumSizeHint().height() <= 520
    page.set_card(None)
    card.deleteLater()


def test_readers_hear_each_tile(page: PatientPage) -> None:
    fill(page, album(23))
    QApplication.processEvents()
    tiles = QAccessible.queryAccessibleInterface(page.album)
    heard = tiles.child(2).text(QAccessible.Text.Name)
    assert heard == "Medical photo 3 of 23, 4 November 2025, 19:41, loading"


def test_tab_goes_from_the_banner_through_the_filter_to_the_album(qtbot: QtBot, page: PatientPage) -> None:
    fill(page, album(23))
    page.banner.add_files.setFocus()
    stops = []
    for _ in range(6):
        stops.append(page.focusWidget())
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    names = [stop.accessibleName() or stop.text() for stop in stops]  # type: ignore[attr-defined]  # buttons have text
    assert names == ["Add files", "Take photos", "All, 23", "Look again", "Tile size", "Photos"]


def test_tab_comes_to_the_notices_between_the_banner_and_the_filter(page: PatientPage) -> None:
    fill(page, album(23))
    page.namesakes.set_namesakes((OTHER_MARIA,))
    page.show_record(maria(PatientStatus.INACTIVE), TODAY)
    page.namesakes.set_namesakes((OTHER_MARIA, THIRD_MARIA))
    QApplication.processEvents()
    page.banner.take_photos.setFocus()
    there = [*tabs(page, Qt.Key.Key_Tab, 7)]
    others = [f"Open the other patient: Maria Lopez, born {day}" for day in ("21 October 1981", "2 January 1990")]
    head = ["Take photos", "Yes, correct record", *others]
    assert there == [*head, "All, 23", "Look again", "Tile size"]
    page.filter_bar.types.setFocus()
    assert tabs(page, Qt.Key.Key_Backtab, 5)[1:] == head[::-1]


def test_tab_comes_to_namesakes_among_the_facts_before_the_filter(page: PatientPage) -> None:
    fill(page, album(23))
    page.banner.offer_cerbo(True)
    page.namesakes.set_namesakes((OTHER_MARIA,))
    page.album.setFocus()
    QTest.keyClick(page.album, Qt.Key.Key_Return)
    QApplication.processEvents()
    page.banner.take_photos.setFocus()
    link = "Open the other patient: Maria Lopez, born 21 October 1981"
    assert tabs(page, Qt.Key.Key_Tab, 4) == ["Take photos", link, "Open in Cerbo", "All, 23"]


def tabs(page: PatientPage, key: Qt.Key, count: int) -> list[str]:
    """Where the focus is, and where this key moves it."""
    names = []
    for _ in range(count):
        at = page.focusWidget()
        names.append(at.accessibleName() or at.text())  # type: ignore[attr-defined]  # buttons have text
        QTest.keyClick(at, key)
    return names


def test_the_tile_size_is_told_when_a_person_moves_it_only(page: PatientPage) -> None:
    told: list[int] = []
    page.tile_size_changed.connect(told.append)
    page.set_tile_px(200)
    assert (page.album.tile_px, told) == (200, [])
    page.filter_bar.tile_size.setValue(224)
    assert (page.album.tile_px, told) == (224, [224])


def test_nothing_of_a_patient_stays(page: PatientPage) -> None:
    fill(page, album(23))
    page.banner.show_face(raster())
    page.set_waiting([datetime(2025, 11, 12, 10, 2, tzinfo=UTC)], (), date(2025, 11, 12))
    page.open_patient(Patient(MARIA, "Thomas", "Becker"), TODAY)
    assert page.album.album_model().rowCount() == 0
    assert notes(page) == ()
    assert page.body.loading.isVisible()
    assert not any("Lopez" in text for text in visible_texts(page))


def photo_file(folder: Path) -> Path:
    file = folder / "photo.jpg"
    file.write_bytes(b"photo")
    return file


def drop(page: PatientPage, paths: list[Path], text: str = "") -> bool:
    """True when the page took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        data = QMimeData()
        data.setText(text)
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, data, button, keys)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), action, data, button, keys))
    return True


def test_files_may_be_dropped_anywhere_and_nothing_else(page: PatientPage, tmp_path: Path) -> None:
    dropped: list[list[Path]] = []
    page.files_dropped.connect(dropped.append)
    named = [photo_file(tmp_path), tmp_path, tmp_path / "gone.jpg"]
    assert drop(page, named)
    assert dropped == [named], "by their names alone: the disk is asked when they are read"
    assert not drop(page, [], text="just words")
    assert len(dropped) == 1


def test_no_notice_lies_over_another_beside_a_card_in_a_low_window(page: PatientPage) -> None:
    """A child without a status, whose namesakes could not be looked for, on a page of 715 x 483."""
    child = replace(maria(PatientStatus.PROSPECTIVE), born=date(2016, 6, 30))
    page.resize(715, 483)
    page.open_patient(child, TODAY)
    page.show_record(child, TODAY)
    page.show_album(album_shown(Album(MARIA), None)._replace(old_note="No photos as of 00:16."))
    page.namesakes.set_namesakes((), may_be_more=True)
    page.set_card(QLabel("\n" * 20))
    QApplication.processEvents()
    assert page.height() == 483
    rows = [each for each in page.notices.findChildren(QFrame) if each.isVisible() and each.accessibleName()]
    rows += [each for each in page.notices.findChildren(QuietNote) if each.isVisible() and each not in rows]
    assert len(rows) == 3
    places = sorted((each.mapTo(page, QPoint(0, 0)).y(), each.height()) for each in rows)
    assert all(height >= 28 for _, height in places)
    assert all(top + height <= below for (top, height), (below, _) in itertools.pairwise(places))
    assert not page.list_notes.isVisible()
    page.set_card(None)
    assert page.list_notes.isVisible()
