"""Keys on every screen that has commands: each row's keys run it, a burst runs none, and letters can be off."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.commands.command import Command, Table, combination, is_single
from cerbo_desktop.ui.commands.rules import ScanGuard, table_at
from cerbo_desktop.ui.commands.tables import CAPTURE, ID_CARD, MAIN, TABLES, UPLOADS, VIEWER
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.shown import album_shown
from cerbo_desktop.ui.help.opening import open_help
from cerbo_desktop.ui.help.sheet import HelpSheet
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.uploads.view import UploadTray
from cerbo_desktop.ui.viewer.captions import film_entries, patient_caption, photo_caption
from cerbo_desktop.ui.viewer.page import ViewerPage
from cerbo_desktop.ui.window import MainWindow
from tests.ui.capture.desk import MARIA
from tests.ui.capture.test_sheet import LIVE, taken
from tests.ui.commands.conftest import TODAY, Keyboard, Place
from tests.ui.gallery.made import MARIA as MARIAS_ID, album, raster, utc
from tests.ui.gallery.test_page import maria
from tests.ui.stage.rasters import noise
from tests.ui.uploads.test_tray import NOW, upload
from tests.ui.viewer.test_page import CLOCK, PHOTOS

Spied = dict[str, QSignalSpy]


def put(place: Place, screen: QWidget) -> None:
    layout = place.layout()
    assert layout is not None
    layout.addWidget(screen)
    screen.show()


def spies(**signals: SignalInstance) -> Spied:
    return {name: QSignalSpy(signal) for name, signal in signals.items()}


def heard(spied: Spied) -> dict[str, int]:
    return {name: spy.count() for name, spy in spied.items() if spy.count()}


def keys_of(table: Table, *, but: frozenset[str] = frozenset()) -> list[object]:
    rows = (row for row in table.rows if not row.is_of_widget and row.id not in but)
    return [pytest.param(row, key, id=f"{row.id} {key}") for row in rows for key in row.keys_here()]


def press(keyboard: Keyboard, key: str, qtbot: QtBot) -> None:
    wanted = combination(key)
    if is_single(key):
        keyboard.press_alone(wanted.key(), qtbot)
    else:
        keyboard.press(wanted.key(), wanted.keyboardModifiers())


# The viewer.


@pytest.fixture
def viewer(place: Place) -> ViewerPage:
    made = ViewerPage()
    put(place, made)
    made.show_patient(patient_caption(MARIA, TODAY))
    made.set_film(film_entries(PHOTOS, CLOCK))
    made.show_photo(photo_caption(PHOTOS[10], 11, 23, CLOCK), has_previous=True, has_next=True)
    made.show_full(PHOTOS[10].id, noise(3000, 2000))
    made.stage.setFocus()
    return made


def state_of(viewer: ViewerPage, told: Spied) -> object:
    stage = viewer.stage
    full, details = viewer.window().isFullScreen(), viewer.details.is_open
    return stage.zoom, stage.view_state, stage.turns, details, full, tuple(spy.count() for spy in told.values())


def viewer_told(viewer: ViewerPage) -> Spied:
    return spies(
        previous=viewer.previous_chosen,
        next=viewer.next_chosen,
        first=viewer.first_chosen,
        last=viewer.last_chosen,
        back=viewer.back_chosen,
    )


@pytest.mark.parametrize(("row", "key"), keys_of(VIEWER))
def test_each_key_of_the_viewer_does_something(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot, row: Command, key: str
) -> None:
    viewer.stage.zoom_to_actual()
    viewer.stage.zoom_in()
    told = viewer_told(viewer)
    before = state_of(viewer, told)
    press(keyboard, key, qtbot)
    assert state_of(viewer, told) != before
    if row.id in told:
        assert heard(told) == {row.id: 1}


@pytest.mark.parametrize("focus", ["stage", "film", "button"])
def test_a_burst_leaves_the_viewer_as_it_is(viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot, focus: str) -> None:
    {"stage": viewer.stage, "film": viewer.film, "button": viewer.bar.turn}[focus].setFocus()
    told = viewer_told(viewer)
    before = state_of(viewer, told)
    for scanned in ("R0Z", "FRANZ RIZZI", "10482", "IF"):
        keyboard.scan(scanned, qtbot)
        assert state_of(viewer, told) == before
    keyboard.press_alone(Qt.Key.Key_R, qtbot)
    assert viewer.stage.turns == 1, "a person's R rotates"


def test_a_key_that_ends_a_burst_late_runs_nothing_either(viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot) -> None:
    told = viewer_told(viewer)
    viewer.bar.turn.setFocus()
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        for sign in "10482":
            keyboard.now_s += 0.02
            QTest.keyClicks(viewer.bar.turn, sign)
        keyboard.now_s += 0.25
        QTest.keyClick(viewer.bar.turn, Qt.Key.Key_Return)
    assert (viewer.stage.turns, heard(told)) == (0, {})


def test_a_name_typed_at_a_persons_pace_runs_nothing_after_its_first_fast_pair(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    before = state_of(viewer, viewer_told(viewer))
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        for sign, gap_s in zip("HARRIZ ", (1.0, 0.04, 0.12, 0.25, 0.2, 0.29, 0.2), strict=True):
            keyboard.now_s += gap_s
            QTest.keyClicks(viewer.stage, sign)
    assert state_of(viewer, viewer_told(viewer)) == before


@pytest.fixture
def box(place: Place, keyboard: Keyboard) -> QLineEdit:
    """Takes what bursts write, as the search box does, and holds the text of a search before."""
    field = QLineEdit("becker")
    put(place, field)

    def take(text: str) -> None:
        field.setFocus()
        field.selectAll()
        field.insert(text)

    keyboard.rules.burst_written.connect(take)
    return field


@pytest.mark.parametrize(
    ("written", "gap_s"),
    [("lopez, maria", 0.02), ("10482", 0.02), ("4 3 1981", 0.02), ("lopez, maria", 0.13), ("ruiz 10482", 0.29)],
)
def test_what_is_typed_at_one_go_is_written_into_the_search_box(
    viewer: ViewerPage, keyboard: Keyboard, box: QLineEdit, written: str, gap_s: float
) -> None:
    before = state_of(viewer, viewer_told(viewer))
    keyboard.write(written, gap_s)
    assert box.text() == written
    assert state_of(viewer, viewer_told(viewer)) == before


def test_what_a_burst_wrote_is_kept_until_the_keys_are_quiet(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    written: list[str] = []
    keyboard.rules.burst_written.connect(written.append)
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        keyboard.write("ruiz", 0.02)
        QTest.keyClicks(viewer.stage, "7")
    assert written == ["ru", "rui", "ruiz", "ruiz7"]
    QTest.keyClicks(viewer.stage, "8")
    assert written[4:] == ["8"], "nothing of it is left"


def test_commands_at_a_persons_pace_are_written_nowhere(
    viewer: ViewerPage, keyboard: Keyboard, box: QLineEdit, qtbot: QtBot
) -> None:
    """The same letter twice, and two letters that are no quick succession."""
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        keyboard.write("rr", 0.15)
    assert viewer.stage.turns == 2
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        keyboard.write("ri", 0.4)
    assert (viewer.stage.turns, viewer.details.is_open) == (3, True)
    assert box.text() == "becker"


def test_a_letter_comes_before_the_key_that_was_pressed_after_it(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    told = viewer_told(viewer)
    viewer.next_chosen.connect(lambda: turns.append(viewer.stage.turns))
    turns: list[int] = []
    keyboard.write("r", 0.15)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right)
    assert (turns, heard(told)) == ([1], {"next": 1})


def test_letters_that_are_off_run_nothing_and_other_keys_do(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    keyboard.rules.letters_are_on = False
    told = viewer_told(viewer)
    before = state_of(viewer, told)
    for key in (key for row in VIEWER.rows for key in row.keys_here() if is_single(key)):
        keyboard.press_alone(combination(key).key(), qtbot)
    assert state_of(viewer, told) == before
    keyboard.press(Qt.Key.Key_Right)
    keyboard.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert heard(told) == {"next": 1}
    assert state_of(viewer, told) != before


def test_a_symbol_counts_by_its_text_wherever_the_keyboard_has_it(
    viewer: ViewerPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    """On a Swiss keyboard + is Shift 1."""
    before = viewer.stage.zoom
    keyboard.now_s += 1
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        QTest.sendKeyEvent(QTest.KeyAction.Click, viewer.stage, Qt.Key.Key_1, "+", Qt.KeyboardModifier.ShiftModifier)
    assert viewer.stage.zoom > before


# The album.


@pytest.fixture
def page(place: Place) -> PatientPage:
    made = PatientPage(utc)
    put(place, made)
    made.open_patient(maria(), TODAY)
    made.show_record(maria(), TODAY)
    made.show_album(album_shown(Album(MARIAS_ID, album(8)), None))
    made.album.setFocus()
    return made


def test_a_burst_opens_nothing_in_the_album_and_a_persons_keys_do(
    page: PatientPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    told = spies(opened=page.photo_opened, camera=page.photos_chosen)
    for scanned in ("10482", "MARIA LOPEZ", "4 3 1981"):
        keyboard.scan(scanned, qtbot)
    assert heard(told) == {}
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Space)
    assert heard(told) == {"opened": 1, "camera": 1}


# Questions, settings: whatever lies over the window.


def test_a_burst_presses_no_button_of_a_sheet_and_a_persons_key_does(
    place: Place, keyboard: Keyboard, qtbot: QtBot
) -> None:
    sheet, button = Sheet("Withdraw this photo?", QSize(400, 200)), Button("Withdraw", "danger")
    QVBoxLayout(sheet).addWidget(button)
    told = spies(withdrawn=button.clicked)
    sheet.open_over(place, first_focus=button)
    for scanned in ("12345 678", "W10 482", "O10482?SM", "10 48"):
        keyboard.scan(scanned, qtbot)
    assert heard(told) == {}
    assert open_sheet(place) is sheet
    keyboard.press(Qt.Key.Key_Space)
    assert heard(told) == {"withdrawn": 1}


# The tray.


@pytest.fixture
def tray(place: Place) -> UploadTray:
    made = UploadTray()
    put(place, made)
    made.show_uploads((), (), (upload(UploadState.SENT),), (), {upload(UploadState.SENT).id: "10:02"}, NOW)
    rows = made._panel.waiting
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(0))
    return made


def test_a_burst_takes_nothing_back(tray: UploadTray, keyboard: Keyboard, qtbot: QtBot) -> None:
    told = spies(withdraw=tray.withdraw_clicked, wrong=tray.wrong_patient_clicked, list=tray.shift_list_clicked)
    keyboard.scan("10482", qtbot)
    tray._panel.shift_list.setFocus()
    keyboard.scan("10482 X", qtbot)
    assert heard(told) == {}
    keyboard.press(Qt.Key.Key_Return)
    assert heard(told) == {"list": 1}


@pytest.mark.parametrize(("row", "key"), keys_of(UPLOADS))
def test_each_key_of_the_tray_acts_on_the_row(tray: UploadTray, keyboard: Keyboard, row: Command, key: str) -> None:
    told = spies(withdraw=tray.withdraw_clicked, wrong=tray.wrong_patient_clicked)
    keyboard.press(combination(key).key())
    menus = [each for each in tray._panel.waiting.findChildren(QWidget) if each.inherits("QMenu")]
    assert bool(menus) == (row.id == "menu")
    assert bool(heard(told)) == (row.id == "take_back")
    for menu in menus:
        menu.close()


# The sheet and the card.


@pytest.fixture
def sheet(place: Place) -> CaptureSheet:
    made = CaptureSheet(MARIA, TODAY)
    made.show_shots(tuple(taken(number) for number in range(1, 10)))
    made.show_camera(LIVE)
    made.foot.consent.box.setChecked(True)
    made.open_over(place, first_focus=made.first_focus)
    return made


_DIALOGS = frozenset({"files", "paste", "see_both"})
"""These open a dialog, read the clipboard, and are of the files alone."""


@pytest.mark.parametrize(("row", "key"), keys_of(CAPTURE, but=_DIALOGS))
def test_each_key_of_the_sheet_does_its_command(
    sheet: CaptureSheet, keyboard: Keyboard, qtbot: QtBot, row: Command, key: str
) -> None:
    told = spies(
        take=sheet.shutter_pressed, retake=sheet.retake_pressed, choose=sheet.shot_ticked, send=sheet.send_pressed
    )
    press(keyboard, key, qtbot)
    names = {"shutter": "take", "send_anywhere": "send"}
    assert heard(told) == {names.get(row.id, row.id): 1}


def test_letters_that_are_off_tick_and_retake_nothing(sheet: CaptureSheet, keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.rules.letters_are_on = False
    told = spies(retake=sheet.retake_pressed, choose=sheet.shot_ticked, take=sheet.shutter_pressed)
    for key in (Qt.Key.Key_R, Qt.Key.Key_1):
        keyboard.press_alone(key, qtbot)
    assert heard(told) == {}
    keyboard.press(Qt.Key.Key_Space)
    assert heard(told) == {"take": 1}


def test_a_letter_of_a_sheet_that_was_closed_at_once_runs_nothing(
    sheet: CaptureSheet, keyboard: Keyboard, qtbot: QtBot
) -> None:
    told = spies(retake=sheet.retake_pressed)
    with qtbot.waitSignal(keyboard.rules.went_quiet):
        keyboard.press(Qt.Key.Key_R)
        sheet.hide()
    assert heard(told) == {}


@pytest.mark.parametrize(("row", "key"), keys_of(ID_CARD))
def test_each_key_of_the_card_does_its_command(
    place: Place, keyboard: Keyboard, qtbot: QtBot, row: Command, key: str
) -> None:
    card = IdCard(MARIA)
    put(place, card)
    card.show_camera(LIVE)
    if row.id in ("send", "retake"):
        card.show_kept(raster())
    card.first_focus.setFocus()
    told = spies(
        take=card.shutter_pressed, retake=card.retake_pressed, send=card.send_pressed, dismiss=card.dismiss_pressed
    )
    keyboard.scan("R2 10482", qtbot)
    assert heard(told) == {}
    press(keyboard, key, qtbot)
    assert heard(told) == {row.id: 1}


# Everywhere.


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    ScanGuard(made, MAIN)
    made.help_wanted.connect(lambda: open_help(made))
    return made


@pytest.mark.parametrize(("row", "key"), keys_of(MAIN))
def test_each_key_of_the_window_is_told(window: MainWindow, qtbot: QtBot, row: Command, key: str) -> None:
    told = spies(
        search=window.search_wanted,
        files=window.files_wanted,
        paste=window.paste_wanted,
        shutter=window.shutter_pressed,
        next_pane=window.next_pane_wanted,
        previous_pane=window.next_pane_wanted,
        look_again=window.look_again_wanted,
        settings=window.settings_wanted,
        help=window.help_wanted,
        today=window.today_wanted,
        back=window.back_wanted,
        leave=window.leave_wanted,
        quit=window.close_wanted,
    )
    keyboard = Keyboard(window)
    press(keyboard, key, qtbot)
    assert heard(told)[row.id] == 1
    assert heard(told).keys() <= {row.id, "next_pane", "previous_pane"}


def test_a_field_keeps_its_letters_and_signs(window: MainWindow, qtbot: QtBot) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "o?+-0r")
    assert field.text() == "o?+-0r"
    QTest.keyClick(field, Qt.Key.Key_F1)
    assert isinstance(open_sheet(window), HelpSheet)


def test_enter_activates_the_focused_button(place: Place, keyboard: Keyboard, viewer: ViewerPage) -> None:
    viewer.bar.details.setFocus()
    keyboard.press(Qt.Key.Key_Return)
    assert viewer.details.is_open


def test_escape_goes_one_step_back_at_a_time(place: Place, keyboard: Keyboard, viewer: ViewerPage) -> None:
    """Sheet, details, full screen, viewer."""
    told = viewer_told(viewer)
    viewer.full_screen.toggle()
    viewer.toggle_details()
    sheet = HelpSheet(VIEWER, keyboard.rules)
    sheet.open_over(place, first_focus=sheet.close_button)
    steps: list[Callable[[], bool]] = [
        lambda: open_sheet(place) is None,
        lambda: not viewer.details.is_open,
        lambda: not place.isFullScreen(),
        lambda: heard(told) == {"back": 1},
    ]
    for at, _ in enumerate(steps):
        assert not steps[at]()
        keyboard.press(Qt.Key.Key_Escape)
        assert [step() for step in steps] == [place_ <= at for place_ in range(len(steps))]


# The page of keys.


def rows_read(sheet: HelpSheet) -> list[str]:
    return [row.accessibleName() for row in sheet.rows]


def test_the_page_of_keys_has_every_row_of_the_open_screen_first(keyboard: Keyboard, viewer: ViewerPage) -> None:
    keyboard.rules.charts_are_linked = True
    read = rows_read(HelpSheet(table_at(viewer.stage), keyboard.rules))
    assert len(read) == sum(len(table.rows) for table in TABLES)
    for row, said in zip(VIEWER.rows, read, strict=False):
        assert said.startswith(f"{row.words()}: {row.key_names()[0]}")
    for table in TABLES:
        for row in table.rows:
            assert any(said.startswith(f"{row.words()}: ") for said in read)


def test_the_page_of_keys_leaves_out_keys_that_are_switched_off(keyboard: Keyboard, viewer: ViewerPage) -> None:
    keyboard.rules.letters_are_on = False
    read = rows_read(HelpSheet(table_at(viewer.stage), keyboard.rules))
    assert "Zoom in: Ctrl + or Ctrl =" in read
    assert "Full screen: F11" in read
    assert f"{MAIN['help'].words()}: F1" in read
    off = {VIEWER["rotate"].words(), VIEWER["actual"].words(), CAPTURE["choose"].words()}
    assert not [said for said in read if said.split(":")[0] in off]


def test_the_short_answers_that_have_the_words_are_shown(window: MainWindow) -> None:
    open_help(window)
    sheet = open_sheet(window)
    assert isinstance(sheet, HelpSheet)
    asked = {row.question.text(): row for row in sheet.answers.rows}
    QTest.keyClicks(sheet.answers.field, "shutter camera")
    assert [question for question, row in asked.items() if row.isVisible()] == ["The camera shows no picture"]
    sheet.answers.field.clear()
    assert all(row.isVisible() for row in asked.values())


@pytest.mark.parametrize(
    ("sought", "question"),
    [
        ("offline", "There is no connection"),
        ("no internet", "There is no connection"),
        ("WiFi", "There is no connection"),
        ("wi-fi", "There is no connection"),
        ("webcam", "The camera shows no picture"),
        ("mix-up", "A photo went to the wrong person"),
        ("twins", "Two people have the same name"),
        ("upload status", "Where is my photo now?"),
    ],
)
def test_an_answer_is_found_by_words_that_it_does_not_show(window: MainWindow, sought: str, question: str) -> None:
    open_help(window)
    sheet = open_sheet(window)
    assert isinstance(sheet, HelpSheet)
    sheet.answers.field.setText(sought)
    assert [row.question.text() for row in sheet.answers.rows if row.isVisible()] == [question]
    assert "offline" not in " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_a_burst_at_no_screen_runs_nothing(window: MainWindow, qtbot: QtBot) -> None:
    told, keyboard = spies(help=window.help_wanted, cerbo=window.cerbo_wanted), Keyboard(window)
    keyboard.rules.charts_are_linked = True
    for scanned in ("O?O", "?10482", "JO?"):
        keyboard.scan(scanned, qtbot)
    assert heard(told) == {}
    keyboard.press_alone(Qt.Key.Key_Question, qtbot)
    assert heard(told) == {"help": 1}


def test_a_burst_presses_no_button_of_a_strip_and_a_persons_key_does(window: MainWindow, qtbot: QtBot) -> None:
    strip = ConnectionStrip()
    window.add_strip(strip)
    strip.show_trouble("Offline", "Keep working.", can_set_up=True)
    told, keyboard = spies(tried=strip.try_wanted, set_up=strip.settings_wanted), Keyboard(window)
    for button in strip.findChildren(Button):
        button.setFocus()
        keyboard.scan("10 482", qtbot)
    assert heard(told) == {}
    for button in strip.findChildren(Button):
        button.setFocus()
        keyboard.press(Qt.Key.Key_Space)
    assert heard(told) == {"tried": 1, "set_up": 1}


def test_where_no_charts_are_known_nothing_opens_them(window: MainWindow, qtbot: QtBot) -> None:
    keyboard, told = Keyboard(window), spies(cerbo=window.cerbo_wanted)
    keyboard.press_alone(Qt.Key.Key_O, qtbot)
    assert heard(told) == {}
    assert not [said for said in rows_read(HelpSheet(None, keyboard.rules)) if "Cerbo: O" in said]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_page_of_keys_opens_over_a_sheet_and_gives_the_focus_back(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    sheet = CaptureSheet(MARIA, TODAY)
    sheet.show_shots(())
    sheet.show_camera(LIVE)
    sheet.open_over(window, first_focus=sheet.first_focus)
    keyboard = Keyboard(window)
    keyboard.press(key)
    qtbot.waitUntil(lambda: isinstance(open_sheet(window), HelpSheet))
    opened = open_sheet(window)
    assert isinstance(opened, HelpSheet)
    assert rows_read(opened)[0].startswith(CAPTURE.rows[0].words())
    keyboard.press(Qt.Key.Key_F1)
    assert open_sheet(window) is opened, "one is enough"
    keyboard.press(Qt.Key.Key_Escape)
    assert open_sheet(window) is sheet
    assert sheet.first_focus.hasFocus()


def test_the_page_of_keys_is_read_row_by_row(window: MainWindow) -> None:
    open_help(window)
    sheet, keyboard = open_sheet(window), Keyboard(window)
    assert isinstance(sheet, HelpSheet)
    assert sheet.answers.field.hasFocus()
    for row in sheet.rows[:4]:
        keyboard.press(Qt.Key.Key_Down)
        assert row.hasFocus()
    keyboard.press(Qt.Key.Key_End)
    assert sheet.rows[-1].hasFocus()
    keyboard.press(Qt.Key.Key_Tab)
    assert sheet.close_button.hasFocus()
