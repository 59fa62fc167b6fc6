"""The main window: where it fits on the screen, and the way Tab goes through it."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.focus_keeper import FocusKeeper
from cerbo_desktop.ui.kit.keys import CommandWatch
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.theme import apply_theme, color
from cerbo_desktop.ui.main_page import MainPage
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.screen_fit import fit_into, fitted
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.view import UploadTray
from cerbo_desktop.ui.window import MainWindow
from tests.ui.gallery.made import album, utc
from tests.ui.uploads.test_tray import NOW, upload

ROOM = QRect(0, 30, 1440, 870)
SMALLEST = QSize(880, 500)
MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4), status=PatientStatus.ACTIVE)


@pytest.mark.parametrize(
    ("frame", "inside"),
    [
        (QRect(0, 30, 1442, 922), QRect(0, 30, 1440, 870)),  # larger than the screen
        (QRect(2000, 100, 1200, 800), QRect(240, 100, 1200, 800)),  # on a screen that is gone
        (QRect(-300, -50, 1200, 800), QRect(0, 30, 1200, 800)),
        (QRect(100, 50, 1200, 800), QRect(100, 50, 1200, 800)),
    ],
)
def test_a_frame_is_moved_and_shrunk_no_more_than_it_takes(frame: QRect, inside: QRect) -> None:
    assert fitted(frame, ROOM) == inside


def test_a_window_restored_from_a_larger_screen_comes_back_inside(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.setGeometry(ROOM.translated(ROOM.width() - 50, 40).adjusted(0, 0, 300, 300))
    window.show()
    fit_into(window, ROOM, SMALLEST)
    assert ROOM.contains(window.frameGeometry())


@pytest.mark.parametrize("room", [QRect(0, 0, 960, 492), QRect(0, 0, 853, 432), QRect(0, 40, 568, 272)])
def test_a_screen_smaller_than_the_smallest_window_is_filled(qtbot: QtBot, room: QRect) -> None:
    """1920 x 1080 at 200 and at 225 %, and 1280 x 720 at 225 %, each without its task bar."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    fit_into(window, room, SMALLEST)
    assert window.frameGeometry() == room


def test_a_window_on_a_larger_screen_gets_no_smaller_than_its_pages_allow(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    fit_into(window, QRect(0, 0, 568, 272), SMALLEST)
    fit_into(window, ROOM, SMALLEST)
    assert window.size() == SMALLEST


def test_tab_goes_from_search_through_the_patient_to_the_tray_and_settings_last(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)
    search, patient, tray, centre = SearchPane(), PatientPage(utc), UploadTray(), QStackedWidget()
    centre.addWidget(patient)
    window, page = MainWindow(), MainPage(search, centre, tray)
    qtbot.addWidget(window)
    window.add_page(page)
    window.show_page(page)
    window.resize(1440, 900)
    patient.open_patient(MARIA, date(2025, 11, 12))
    photos = album(8)
    patient.show_album(AlbumShown(photos, None, len(photos), 2, 6, False, False, False, None))
    search.board.show_rows(())
    search.board.show_providers([("61", "Dr. Lindqvist"), ("62", "Dr. Okoro")], "")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    card = QPushButton("Try again", tray)  # comes after everything was put together, as upload cards do
    card.show()
    banner = patient.banner
    wanted: list[QWidget] = [search.field, search.board.list, search.board.provider, banner.add_files]
    filters = patient.filter_bar
    wanted += [banner.take_photos, filters.types, filters.look_again, filters.tile_size, patient.album]
    search.focus_search()
    reached: list[QWidget] = []
    for _ in range(len(wanted) + 6):
        focused = window.focusWidget()
        assert focused is not None
        reached.append(focused)
        if focused is search.footer.settings:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    stops = [at.parentWidget() if at.parentWidget() is patient.filter_bar.types else at for at in reached]
    assert stops[: len(wanted)] == wanted
    assert stops[-2:] == [card, search.footer.settings]
    QTest.keyClick(search.footer.settings, Qt.Key.Key_Tab)
    assert window.focusWidget() is search.field


def test_the_first_painting_is_told_once(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    painted: list[bool] = []
    window.first_painted.connect(lambda: painted.append(True))
    assert not painted
    window.show()
    qtbot.waitUntil(lambda: bool(painted))
    window.resize(window.width() + 40, window.height())
    window.repaint()
    QApplication.processEvents()
    assert painted == [True]
    assert not window.windowIcon().isNull()


def test_the_empty_window_is_painted_before_any_loop_runs(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)
    window = MainWindow()
    qtbot.addWidget(window)
    painted: list[bool] = []
    window.first_painted.connect(lambda: painted.append(True))
    window.show_early(qapp)
    assert painted == [True]
    picture = window.grab().toImage()
    ratio = picture.devicePixelRatio()
    seen = [picture.pixelColor(int(x * ratio), int(400 * ratio)) for x in (20, 700)]
    assert seen == [color("win"), color("surface")]


def test_the_tray_that_lies_over_the_centre_has_the_focus_and_goes_with_escape(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)
    search, tray, centre = SearchPane(), UploadTray(), QStackedWidget()
    page = MainPage(search, centre, tray)
    _narrow_window(qapp, qtbot, page)
    search.focus_search()
    page.focus_pane(-1)
    assert _focused_name() == "Show uploads"
    QTest.keyClick(_focused(), Qt.Key.Key_Space)
    assert _focused_name() == "Collapse uploads"
    assert tray.shown is not tray
    for _ in range(4):
        QTest.keyClick(_focused(), Qt.Key.Key_Tab)
        assert _focused_name() != "Show uploads", "it lies under the panel"
    search.focus_search()
    page.focus_pane(-1)
    assert _focused_name() == "Collapse uploads"
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert (_focused_name(), tray.shown) == ("Show uploads", tray)


def test_escape_folds_the_tray_before_it_empties_the_box_and_the_centre_folds_it_by_its_focus(
    qapp: QApplication, qtbot: QtBot
) -> None:
    search, tray, centre = SearchPane(), UploadTray(), QStackedWidget()
    below = Button("Take photo")
    centre.addWidget(below)
    window = _narrow_window(qapp, qtbot, MainPage(search, centre, tray))
    search.focus_search()
    QTest.keyClicks(search.field, "lopez")
    heard = QSignalSpy(search.field.escape_pressed)
    (unfold,) = [each for each in tray.findChildren(QAbstractButton) if each.accessibleName() == "Show uploads"]
    unfold.setFocus()
    QTest.keyClick(unfold, Qt.Key.Key_Space)
    assert (_focused_name(), tray.shown is tray) == ("Collapse uploads", False)
    search.focus_search()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert (tray.shown is tray, heard.count(), search.field.hasFocus()) == (True, 0, True)
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    assert heard.count() == 1
    unfold.click()
    assert tray.shown is not tray
    below.setFocus()
    assert tray.shown is tray


def test_tab_meets_the_tray_from_top_to_bottom_and_what_has_the_focus_is_in_view(
    qapp: QApplication, qtbot: QtBot
) -> None:
    pane, tray = SearchPane(), UploadTray()
    window = _narrow_window(qapp, qtbot, MainPage(pane, QStackedWidget(), tray))
    window.resize(1440, 520)
    tray.set_narrow(False)
    moving = [upload(UploadState.SENT, upload_id=str(number)) for number in range(10, 16)]
    times = {each.id: "10:02" for each in moving} | dict.fromkeys(map(UploadId, "12"), "10:02")
    refused, doubt = upload(UploadState.REFUSED, UploadProblem.REFUSED), upload(UploadState.NEEDS_REVIEW, upload_id="2")
    tray.show_uploads([], [], moving, [], times, NOW)
    tray.show_uploads([refused], [], moving, [], times, NOW)
    tray.show_uploads([doubt, refused], [], moving, [], times, NOW)
    QApplication.processEvents()
    (fold,) = [each for each in tray.findChildren(QAbstractButton) if each.accessibleName() == "Collapse uploads"]
    cards = ["It’s there", "Send again", "Try again", "Delete photo"]
    assert _reached_by_tab(pane.board.provider, 4) == cards
    on_rows = ["What can be done with this photo", "Show 5 photos one by one"]
    assert _reached_by_tab(fold, 4) == ["Photos on the way", *on_rows, "Shift list"]
    rows = next(each for each in tray.findChildren(UploadRows) if each.accessibleName() == "Photos on the way")
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(1))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert rows.rows.rowCount() == 2 + 5
    QApplication.processEvents()
    for _ in moving:
        QTest.keyClick(rows, Qt.Key.Key_Down)
        QApplication.processEvents()
        assert rows.visibleRegion().contains(rows.visualRect(rows.currentIndex()).center())


def test_an_open_tray_over_the_page_is_one_piece_of_the_way_of_tab(qapp: QApplication, qtbot: QtBot) -> None:
    """Between the button that folds it and the cards that need a person lies nothing of the page that it covers."""
    pane, tray, centre = SearchPane(), UploadTray(), QStackedWidget()
    below = Button("Open the other")
    centre.addWidget(below)
    window = _narrow_window(qapp, qtbot, MainPage(pane, centre, tray))
    moving, refused = upload(UploadState.SENT, upload_id="10"), upload(UploadState.REFUSED, UploadProblem.REFUSED)
    tray.show_uploads([refused], [], [moving], [], dict.fromkeys((moving.id, refused.id), "10:02"), NOW)
    QApplication.processEvents()
    (unfold,) = [each for each in tray.findChildren(QAbstractButton) if each.accessibleName() == "Show uploads"]
    unfold.setFocus()
    QTest.keyClick(unfold, Qt.Key.Key_Space)
    assert _focused_name() == "Collapse uploads"
    stops = ["Try again", "Delete photo", "Photos on the way", "What can be done with this photo", "Shift list"]
    assert _reached_by_tab(_focused(), len(stops)) == stops
    assert tray.shown is not tray
    for expected in [*reversed(stops[:-1]), "Collapse uploads"]:
        QTest.keyClick(_focused(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert expected in (_focused_name(), getattr(_focused(), "text", str)())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert tray.shown is tray
    assert _reached_by_tab(pane.field, 1) == ["1 needs attention"]


def test_the_key_for_the_next_pane_comes_first_to_what_needs_a_person(qapp: QApplication, qtbot: QtBot) -> None:
    pane, tray = SearchPane(), UploadTray()
    page = MainPage(pane, QStackedWidget(), tray)
    _narrow_window(qapp, qtbot, page)
    refused = upload(UploadState.REFUSED, UploadProblem.REFUSED)
    tray.show_uploads([refused], [], [], [], {refused.id: "10:02"}, NOW)
    pane.focus_search()
    page.focus_pane(-1)
    assert _focused_name() == "1 needs attention"
    for is_narrow in (True, False):
        tray.set_narrow(is_narrow)
        tray.unfold()
        pane.focus_search()
        page.focus_pane(-1)
        assert getattr(_focused(), "text", str)() == "Try again"


def _reached_by_tab(start: QWidget, count: int) -> list[str]:
    """The names of the next stops, each of which is in view."""
    start.setFocus()
    reached: list[str] = []
    for _ in range(count):
        QTest.keyClick(_focused(), Qt.Key.Key_Tab)
        at = _focused()
        words = at.text() if isinstance(at, QAbstractButton) else ""
        reached.append(words or at.accessibleName())
        place = at.visualRect(at.currentIndex()) if isinstance(at, UploadRows) else at.rect()
        QApplication.processEvents()
        assert at.visibleRegion().contains(place.center()), reached
        assert at.visibleRegion().contains(place.topLeft()), reached
    return reached


def _narrow_window(qapp: QApplication, qtbot: QtBot, page: MainPage) -> MainWindow:
    apply_theme(qapp, Qt.ColorScheme.Light)
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page(page)
    window.show_page(page)
    window.resize(1092, 600)
    page.tray.set_narrow(True)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_what_is_typed_into_a_window_that_just_became_active_is_all_there(qtbot: QtBot) -> None:
    window, box = MainWindow(), QLineEdit()
    qtbot.addWidget(window)
    window.add_page(box)
    window.show_page(box)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    handle = window.windowHandle()
    watch = handle.findChild(CommandWatch)
    assert watch is not None
    box.setFocus()
    entered = QSignalSpy(box.returnPressed)
    watch.news.begin()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_B, Qt.Key.Key_Return):
        QTest.keyClick(handle, key)
    assert (box.text(), entered.count()) == ("a b", 1)


@pytest.mark.parametrize("what_comes", ["the window becomes active", "a sheet opens"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_that_comes_with_something_new_presses_nothing_in_it(qtbot: QtBot, what_comes: str, key: Qt.Key) -> None:
    """Enter was meant for the program that was in front, or was the second of two."""
    window, button = MainWindow(), Button("Open")
    qtbot.addWidget(window)
    window.add_page(button)
    window.show_page(button)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    handle = window.windowHandle()
    watch = handle.findChild(CommandWatch)
    assert watch is not None
    if what_comes == "a sheet opens":
        qtbot.waitUntil(lambda: not watch.news.is_running)
        sheet = Sheet("Question")
        button = Button("Send", parent=sheet)
        sheet.open_over(window)
    else:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not window.isActiveWindow())
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    button.setFocus()
    pressed = QSignalSpy(button.clicked)
    QTest.keyClick(handle, key)
    assert pressed.count() == 0
    qtbot.waitUntil(lambda: not watch.news.is_running)
    QTest.keyClick(handle, key)
    assert pressed.count() == 1


def _focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def _focused_name() -> str:
    return _focused().accessibleName()


def test_a_click_on_a_strip_or_the_ribbon_leaves_the_focus_in_the_page(qtbot: QtBot) -> None:
    window, box = MainWindow(), QLineEdit()
    qtbot.addWidget(window)
    retry = Button("Try now")
    ribbon = PracticeRibbon((("none", "No trouble"),))
    window.add_strip(ribbon)
    window.add_strip(Notice("warn", "Offline", buttons=(retry,), is_strip=True))
    window.add_page(box)
    window.show_page(box)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    box.setFocus()
    for button in (retry, *ribbon.findChildren(Button)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        for menu in ribbon.findChildren(QMenu):
            menu.close()
        assert box.hasFocus(), button.text()
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_strip_that_goes_gives_the_focus_back_to_who_had_it_in_the_page(qtbot: QtBot) -> None:
    window, page, retry = MainWindow(), QWidget(), Button("Try now")
    column, box, beside = QVBoxLayout(page), QLineEdit(), Button("Collapse uploads")
    column.addWidget(beside)
    column.addWidget(box)
    qtbot.addWidget(window)
    strip = Notice("warn", "Offline", buttons=(retry,), is_strip=True)
    window.add_strip(strip)
    window.add_page(page)
    window.show_page(page)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.findChild(FocusKeeper) is not None)
    box.setFocus()
    retry.setFocus(Qt.FocusReason.TabFocusReason)
    strip.hide()
    qtbot.waitUntil(box.hasFocus)
