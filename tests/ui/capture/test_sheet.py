"""The sheet alone: values in, signals out, and every key."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QClipboard, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QShortcut
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QListView, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, OutgoingPhoto, RefusalReason, Refused
from cerbo_desktop.services.shots import Examining, Shot, ShotId, ShotName, ShotSource
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.file_row import FileRowDelegate
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.file_dialog import picker
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import capture as words
from tests.fakes.odd_dialog import odd_dialog
from tests.flows.pseudo.room import painted_texts
from tests.flows.reading import words_of
from tests.ui.capture.desk import MARIA, TODAY

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
PHOTO = Accepted(OutgoingPhoto(b"x", MediaType.JPEG, 3024, 4032, "0"), Raster(2, 2, bytes(16), 3024, 4032))
BRIO, BUILT_IN, INFRARED = (
    CameraInfo("b1", "Logitech Brio"),
    CameraInfo("c2", "Built-in"),
    CameraInfo("d3", "IR Camera"),
)
SIZES = (PictureSize(1920, 1080), PictureSize(640, 480))
LIVE = CameraFacts(CameraState.LIVE, BRIO, (BRIO, INFRARED, BUILT_IN), SIZES[0], SIZES, is_remembered=True)


def taken(number: int, *, is_chosen: bool = True) -> Shot:
    return Shot(ShotId(number), ShotName(ShotSource.CAMERA, number), NOW, PHOTO, is_chosen, 3_200_000)


def added(number: int, name: str, refused: Refused | None = None) -> Shot:
    shot_name = ShotName(ShotSource.FILE, file_name=name)
    return Shot(ShotId(number), shot_name, NOW, refused or PHOTO, refused is None, 3_200_000)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def sheet(window: QWidget) -> Iterator[CaptureSheet]:
    made = CaptureSheet(MARIA, TODAY)
    made.show_shots(())
    made.show_camera(LIVE)
    made.open_over(window, first_focus=made.first_focus)
    yield made
    made.dismiss()


def press(sheet: CaptureSheet, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(sheet.focusWidget(), key, modifiers)


def _key_press(key: Qt.Key, *, is_repeat: bool) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", is_repeat)


def test_the_live_view_has_the_first_focus_and_the_designed_name(sheet: CaptureSheet) -> None:
    live = sheet.camera_tab.viewfinder.live
    assert QApplication.focusWidget() is live
    assert live.accessibleName() == "Live camera, Logitech Brio; Space takes a photo"


def test_the_live_view_is_896_by_504_in_the_full_window(sheet: CaptureSheet) -> None:
    assert sheet.camera_tab.viewfinder.size() == QSize(896, 504)


def test_the_live_view_shrinks_in_its_shape(sheet: CaptureSheet, window: QWidget) -> None:
    window.resize(1024, 700)
    QApplication.processEvents()
    size = sheet.camera_tab.viewfinder.size()
    assert 640 <= size.width() <= 690
    assert abs(size.width() / size.height() - 16 / 9) < 0.01
    assert sheet.rect().contains(sheet.foot.geometry())


def test_a_line_of_the_head_ends_between_two_facts_only(sheet: CaptureSheet, window: QWidget) -> None:
    facts = {"4 Mar 1981", "44 years", "Female", "ID 10482"}
    for width in range(880, 1200, 16):
        window.resize(width, 700)
        QApplication.processEvents()
        painted = {text.replace("\u00a0", " ") for _, text in painted_texts(sheet.head)}
        assert all(any(fact in text for text in painted) for fact in facts), (width, painted)


def whole_in_tab(sheet: CaptureSheet, part: QWidget) -> bool:
    """No part of it is beyond the left or right edge, where nobody can scroll to it."""
    tab = sheet.camera_tab.viewport()
    left = part.mapTo(tab, QPoint()).x()
    return left >= 0 and left + part.width() <= tab.width()


@pytest.mark.parametrize("size", [QSize(944, 600), QSize(880, 500), QSize(640, 400)])
def test_the_side_column_is_behind_a_button_in_a_narrow_sheet(
    qtbot: QtBot, sheet: CaptureSheet, window: QWidget, size: QSize
) -> None:
    window.resize(size)
    sheet.show_shots((taken(1),))
    QApplication.processEvents()
    tab, live = sheet.camera_tab, sheet.camera_tab.viewfinder
    assert not tab.side.isVisible()
    assert live.width() >= 480
    assert whole_in_tab(sheet, live)
    assert whole_in_tab(sheet, tab.open_side)
    QTest.mouseClick(tab.open_side, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert live.live.hasFocus(), "Space is still the shutter"
    parts = (live, tab.side.camera.select, tab.side.mirror.switch, tab.open_side)
    qtbot.waitUntil(lambda: all(part.isVisible() and whole_in_tab(sheet, part) for part in parts), timeout=2_000)
    QTest.mouseClick(tab.open_side, Qt.MouseButton.LeftButton)
    assert not tab.side.isVisible()
    window.resize(1100, 700)
    QApplication.processEvents()
    assert tab.side.isVisible()
    assert not tab.open_side.isVisible()


def test_the_side_column_opens_by_keyboard_and_is_the_next_stop(sheet: CaptureSheet, window: QWidget) -> None:
    window.resize(900, 600)
    QApplication.processEvents()
    heard = QSignalSpy(sheet.shutter_pressed)
    sheet.show_shots((taken(1),))
    tab = sheet.camera_tab
    tab.strip.setFocus()
    sheet.focusNextPrevChild(True)
    assert QApplication.focusWidget() is tab.open_side
    press(sheet, Qt.Key.Key_Space)
    assert heard.count() == 0
    sheet.focusNextPrevChild(True)
    assert QApplication.focusWidget() is tab.side.camera.select


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_F8])
def test_the_shutter_key_works_from_every_place_but_once(sheet: CaptureSheet, key: Qt.Key) -> None:
    heard = QSignalSpy(sheet.shutter_pressed)
    press(sheet, key)
    assert heard.count() == 1
    sheet.show_shots((taken(1),))
    sheet.camera_tab.strip.setFocus()
    press(sheet, key)
    assert heard.count() == 2


def test_a_held_space_takes_one_photo(sheet: CaptureSheet) -> None:
    heard = QSignalSpy(sheet.shutter_pressed)
    live = sheet.camera_tab.viewfinder.live
    for is_repeat in (False, True, True):
        event = _key_press(Qt.Key.Key_Space, is_repeat=is_repeat)
        QApplication.sendEvent(live, event)
    assert heard.count() == 1


def test_space_on_a_focused_switch_is_the_switch(sheet: CaptureSheet) -> None:
    heard, grid = QSignalSpy(sheet.shutter_pressed), QSignalSpy(sheet.grid_switched)
    sheet.camera_tab.side.grid.switch.setFocus(Qt.FocusReason.TabFocusReason)
    press(sheet, Qt.Key.Key_Space)
    assert (heard.count(), grid.count()) == (0, 1)


def test_a_click_leaves_the_focus_on_the_live_view(sheet: CaptureSheet) -> None:
    QTest.mouseClick(sheet.camera_tab.side.mirror.switch, Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.foot.consent.box, Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.head.segments[0], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is sheet.camera_tab.viewfinder.live


def test_a_shortcut_of_the_window_does_not_take_the_sheets_keys(sheet: CaptureSheet, window: QWidget) -> None:
    stolen: list[str] = []
    for keys in ("Space", "F8", "Esc", "Ctrl+V", "Ctrl+O"):
        QShortcut(keys, window).activated.connect(lambda keys=keys: stolen.append(keys))
    heard, left = QSignalSpy(sheet.shutter_pressed), QSignalSpy(sheet.leave_pressed)
    press(sheet, Qt.Key.Key_Space)
    press(sheet, Qt.Key.Key_F8)
    press(sheet, Qt.Key.Key_Escape)
    assert (heard.count(), left.count(), stolen) == (2, 1, [])


def test_the_shutter_ring_and_its_pill_are_clickable_the_rest_is_not(sheet: CaptureSheet) -> None:
    heard, live = QSignalSpy(sheet.shutter_pressed), sheet.camera_tab.viewfinder.live
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(448, 504 - 52))
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(896 - 60, 504 - 32))
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert heard.count() == 2


def test_numbers_choose_and_r_retakes(sheet: CaptureSheet, qtbot: QtBot) -> None:
    sheet.show_shots((taken(11), taken(12, is_chosen=False)))
    ticked, retaken = QSignalSpy(sheet.shot_ticked), QSignalSpy(sheet.retake_pressed)
    press(sheet, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: ticked.count() == 1)
    press(sheet, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: ticked.count() == 2)
    press(sheet, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: retaken.count() == 1)
    assert [ticked.at(at) for at in range(ticked.count())] == [[11, False], [12, True]]


def a_second_later() -> float:
    """A reader's Enter may come late: only after that is one a person's."""
    return time.monotonic() + 1.0


@pytest.mark.parametrize("place", ["live view", "send", "consent", "shots"])
def test_a_scanners_keys_tick_nothing_off_and_send_nothing(sheet: CaptureSheet, qtbot: QtBot, place: str) -> None:
    """Its letters, spaces and its Enter come within a few milliseconds, wherever the focus is."""
    sheet.show_shots((taken(11), taken(12)))
    sheet.foot.consent.box.setChecked(True)
    signals = (sheet.shot_ticked, sheet.retake_pressed, sheet.send_pressed, sheet.shutter_pressed, sheet.leave_pressed)
    spies = [QSignalSpy(signal) for signal in signals]
    places = {"live view": sheet.first_focus, "send": sheet.foot.send, "consent": sheet.foot.consent.box}
    places.get(place, sheet.camera_tab.strip).setFocus()
    for scanned in ("12104", "R2 1R1", "2"):
        QTest.keyClicks(sheet.focusWidget(), scanned)
        press(sheet, Qt.Key.Key_Return)
        with qtbot.waitSignal(rules_of(sheet).went_quiet):
            pass
    assert [spy.count() for spy in spies] == [0] * 5
    assert sheet.foot.consent.box.isChecked()
    sheet.first_focus.setFocus()
    rules_of(sheet).now_s = a_second_later
    press(sheet, Qt.Key.Key_Return)
    assert spies[2].count() == 1, "a person's Enter sends"


def test_send_says_to_whom_and_how_many(sheet: CaptureSheet) -> None:
    assert sheet.foot.send.text() == "Nothing to send to Maria Lopez yet"
    assert not sheet.foot.send.isEnabled()
    sheet.show_shots((taken(1), taken(2), taken(3), taken(4, is_chosen=False)))
    assert sheet.foot.send.text() == "Send 3 to Maria Lopez, 4 Mar 1981"
    assert sheet.foot.send.accessibleName() == "Send 3 photos to Maria Lopez, born 4 March 1981"


def test_without_consent_enter_asks_for_it_and_space_then_enter_send(sheet: CaptureSheet) -> None:
    sheet.show_shots((taken(1),))
    sent = QSignalSpy(sheet.send_pressed)
    press(sheet, Qt.Key.Key_Return)
    assert sent.count() == 0
    assert QApplication.focusWidget() is sheet.foot.consent.box
    press(sheet, Qt.Key.Key_Space)
    assert sheet.foot.consent.box.isChecked()
    press(sheet, Qt.Key.Key_Return)
    assert sent.count() == 1


def test_for_a_child_somebody_else_agrees(window: QWidget) -> None:
    for born, agreed in (
        (date(2016, 6, 30), "A parent or guardian agreed to photos for the record"),
        (date(1981, 3, 4), "Patient agreed to photos for the record"),
    ):
        made = CaptureSheet(replace(MARIA, born=born), TODAY)
        made.open_over(window, first_focus=made.first_focus)
        assert made.foot.consent.box.accessibleName() == agreed
        assert agreed in words_of(made.foot)
        made.dismiss()


def test_enter_on_cancel_is_cancel_and_ctrl_enter_sends(sheet: CaptureSheet) -> None:
    sheet.show_shots((taken(1),))
    sheet.foot.consent.box.setChecked(True)
    sent, left = QSignalSpy(sheet.send_pressed), QSignalSpy(sheet.leave_pressed)
    sheet.foot.cancel.setFocus(Qt.FocusReason.TabFocusReason)
    press(sheet, Qt.Key.Key_Return)
    assert (sent.count(), left.count()) == (0, 1)
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (sent.count(), left.count()) == (1, 1)


def _inked_px(widget: QWidget) -> int:
    """How many pixels of a widget differ from its left upper corner's neighbour."""
    image = widget.grab().toImage()
    face = image.pixelColor(image.width() // 2, 4)
    return sum(image.pixelColor(x, y) != face for x in range(image.width()) for y in range(image.height()))


def test_keys_are_named_only_while_they_do_that(sheet: CaptureSheet) -> None:
    """Enter and Space press what has the focus; Enter ticks no box, and sends from there."""
    sheet.show_shots((taken(1),))
    send, foot = sheet.foot.send, sheet.foot

    def focus(widget: QWidget) -> int:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        return _inked_px(send)

    with_key = focus(sheet.camera_tab.viewfinder.live)
    assert focus(foot.cancel) < with_key
    assert focus(foot.consent.box) == with_key
    assert focus(sheet.head.segments[0]) < with_key
    assert focus(sheet.camera_tab.viewfinder.live) == with_key


def test_nothing_to_send_sends_nothing(sheet: CaptureSheet) -> None:
    sheet.foot.consent.box.setChecked(True)
    sent = QSignalSpy(sheet.send_pressed)
    press(sheet, Qt.Key.Key_Return)
    assert sent.count() == 0


def test_the_camera_chooser_leaves_infrared_out_and_remembers(sheet: CaptureSheet) -> None:
    select = sheet.camera_tab.side.camera.select
    assert [select.itemText(at) for at in range(select.count())] == ["Logitech Brio", "Built-in"]
    assert select.accessibleDescription() == "Last used on this PC"
    chosen = QSignalSpy(sheet.camera_chosen)
    select.setCurrentIndex(1)
    select.activated.emit(1)
    assert chosen.at(0) == ["c2"]


def test_trouble_takes_the_place_of_the_picture(sheet: CaptureSheet) -> None:
    sheet.show_camera(CameraFacts(CameraState.BUSY, BRIO, (BRIO, INFRARED)))
    finder = sheet.camera_tab.viewfinder
    assert finder.currentWidget() is finder.trouble
    assert QApplication.focusWidget() is finder.trouble.retry
    asked = QSignalSpy(sheet.retry_pressed)
    press(sheet, Qt.Key.Key_Return)
    assert asked.count() == 1
    sheet.show_camera(LIVE)
    assert QApplication.focusWidget() is finder.live


def test_a_file_row_ticks_and_removes_where_it_shows_so(sheet: CaptureSheet) -> None:
    sheet.show_tab("files")
    sheet.show_shots((added(21, "a.jpg"), added(22, "b.pdf", Refused(RefusalReason.NOT_A_PHOTO, FileKind.PDF))))
    QApplication.processEvents()
    files = sheet.files_tab.files
    ticked, removed = QSignalSpy(sheet.shot_ticked), QSignalSpy(sheet.shot_removed)
    for row in (0, 1):
        rect = files.visualRect(files.shots.index(row))
        for zone in (FileRowDelegate.box_zone(rect.toRectF()), FileRowDelegate.cross_zone(rect.toRectF())):
            QTest.mouseClick(files.viewport(), Qt.MouseButton.LeftButton, pos=zone.center().toPoint())
    assert [ticked.at(at) for at in range(ticked.count())] == [[21, False]]
    assert [removed.at(at) for at in range(removed.count())] == [[21], [22]]


def test_the_reason_in_a_file_row_is_not_cut_in_a_narrow_sheet(sheet: CaptureSheet) -> None:
    sheet.show_tab("files")
    sheet.show_shots((added(21, "a.jpg", Refused(RefusalReason.UNREADABLE)),))
    for width in (1093, 960, 880):
        sheet.window().resize(width, 545)
        QApplication.processEvents()
        painted = " ".join(text for _, text in painted_texts(sheet.files_tab.files))
        assert "It was moved, or you don’t have permission to open it. Not added" in painted, width


def test_file_rows_tell_a_reader_everything(sheet: CaptureSheet) -> None:
    sheet.show_shots((added(21, "a.jpg"), added(22, "b.jpg", Refused(RefusalReason.NOT_A_PHOTO, FileKind.PDF))))
    model = sheet.files_tab.files.shots
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(role) == "a.jpg, chosen. Ready. Will be sent without location data"
    assert model.index(1).data(role) == "b.jpg. Not a photo. This is a PDF document. Not added"


def test_once_a_file_is_added_enter_sends_it_rather_than_choosing_another(sheet: CaptureSheet, qtbot: QtBot) -> None:
    chosen, sent = QSignalSpy(sheet.files_tab.choose_wanted), QSignalSpy(sheet.send_pressed)
    sheet.show_tab("files")
    assert sheet.files_tab.zone.choose.hasFocus()
    sheet.show_shots((added(1, "one.jpg"),))
    assert sheet.files_tab.files.hasFocus()
    press(sheet, Qt.Key.Key_Return)
    press(sheet, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sheet.foot.first_look.is_over)
    press(sheet, Qt.Key.Key_Return)
    assert (chosen.count(), sent.count()) == (0, 1)
    sheet.files_tab.zone.choose.setFocus()
    sheet.show_shots((replace(added(1, "one.jpg"), is_chosen=False),))
    assert sheet.files_tab.zone.choose.hasFocus(), "a verdict takes nobody's focus"


def _by_enter(sheet: CaptureSheet) -> None:
    sheet.files_tab.files.setFocus()
    press(sheet, Qt.Key.Key_Return)


def _by_ctrl_enter(sheet: CaptureSheet) -> None:
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _on_send(key: Qt.Key) -> Callable[[CaptureSheet], None]:
    def press_it(sheet: CaptureSheet) -> None:
        sheet.foot.send.setFocus()
        press(sheet, key)

    return press_it


@pytest.mark.parametrize("act", [_by_enter, _by_ctrl_enter, _on_send(Qt.Key.Key_Return), _on_send(Qt.Key.Key_Space)])
def test_no_key_sends_a_file_before_it_was_in_view(
    sheet: CaptureSheet, qtbot: QtBot, act: Callable[[CaptureSheet], None]
) -> None:
    """A double Enter in the dialog for files, or one more because nothing seems to happen."""
    sent = QSignalSpy(sheet.send_pressed)
    sheet.show_shots((taken(1),))
    sheet.show_tab("files")
    sheet.foot.consent.box.setChecked(True)
    unchecked = replace(added(2, "two.jpg"), state=Examining())
    sheet.show_shots((taken(1), unchecked))
    act(sheet)
    assert words.still_checking("Enter") in words_of(sheet)
    sheet.show_shots((taken(1), added(2, "two.jpg")))
    act(sheet)
    assert words.look_first("Enter") in words_of(sheet)
    assert sent.count() == 0
    qtbot.waitUntil(lambda: sheet.foot.first_look.is_over)
    act(sheet)
    assert sent.count() == 1
    assert words.goes_to_queue() in words_of(sheet)


def test_the_mouse_sends_at_once_and_so_does_enter_after_a_shot(sheet: CaptureSheet) -> None:
    """Whoever took the photo has seen it."""
    sent = QSignalSpy(sheet.send_pressed)
    sheet.foot.consent.box.setChecked(True)
    sheet.show_shots((taken(1),))
    press(sheet, Qt.Key.Key_Return)
    assert sent.count() == 1
    sheet.show_shots((taken(1), added(2, "two.jpg")))
    QTest.mouseClick(sheet.foot.send, Qt.MouseButton.LeftButton)
    assert sent.count() == 2


def test_enter_twice_in_the_dialog_for_files_sends_nothing(
    sheet: CaptureSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where the file was added before, so that nothing new comes."""
    odd_dialog(monkeypatch, "answers when raised", tmp_path / "one.jpg")
    sheet.show_shots((taken(1),))
    sheet.show_tab("files")
    sheet.foot.consent.box.setChecked(True)
    sent = QSignalSpy(sheet.send_pressed)
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheet.foot.first_look.is_covered)
    _by_enter(sheet)
    assert "The window for choosing files is still open." in words_of(sheet)
    with qtbot.waitSignal(sheet.files_added, timeout=30_000) as chosen:
        press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == [[tmp_path / "one.jpg"]]
    _by_enter(sheet)
    assert sent.count() == 0
    qtbot.waitUntil(lambda: sheet.foot.first_look.is_over)
    _by_enter(sheet)
    assert sent.count() == 1


def test_keys_of_the_file_list(sheet: CaptureSheet) -> None:
    sheet.show_tab("files")
    sheet.show_shots((added(21, "a.jpg"), added(22, "r.jpg")))
    sheet.files_tab.files.setFocus()
    ticked, removed, shutter = (QSignalSpy(s) for s in (sheet.shot_ticked, sheet.shot_removed, sheet.shutter_pressed))
    press(sheet, Qt.Key.Key_Space)
    press(sheet, Qt.Key.Key_Down)
    press(sheet, Qt.Key.Key_Delete)
    assert ([ticked.at(at) for at in range(ticked.count())], removed.count()) == ([[21, False], [22, False]], 0)
    sheet.show_shots((added(21, "a.jpg"), replace(added(22, "r.jpg"), is_chosen=False)))
    press(sheet, Qt.Key.Key_Delete)
    assert (ticked.count(), removed.at(0), shutter.count()) == (2, [22], 0)


def test_dropped_files_are_added_and_links_are_not(sheet: CaptureSheet, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("gopher:unreachable/b.jpg")])
    heard = QSignalSpy(sheet.files_added)
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(sheet, QDragEnterEvent(QPoint(200, 200), action, mime, button, keys))
    QApplication.sendEvent(sheet, QDropEvent(QPointF(200, 200), action, mime, button, keys))
    assert heard.at(0) == [[tmp_path / "a.jpg"]]


@pytest.fixture
def clipboard() -> Iterator[QClipboard]:
    """Emptied afterwards."""
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


def test_a_pasted_picture_keeps_the_bytes_it_came_with(sheet: CaptureSheet, clipboard: QClipboard) -> None:
    mime = QMimeData()
    mime.setData("image/jpeg", b"\xff\xd8 as it came")
    clipboard.setMimeData(mime)
    heard = QSignalSpy(sheet.picture_pasted)
    press(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert heard.at(0) == [b"\xff\xd8 as it came"]


def test_of_a_picture_in_several_formats_the_lossless_one_is_pasted(sheet: CaptureSheet, clipboard: QClipboard) -> None:
    """Else a photo that is in the list already would come as another picture."""
    mime = QMimeData()
    mime.setData("image/jpeg", b"\xff\xd8 encoded anew")
    mime.setData("image/png", b"\x89PNG as it came")
    clipboard.setMimeData(mime)
    heard = QSignalSpy(sheet.picture_pasted)
    press(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert heard.at(0) == [b"\x89PNG as it came"]


def test_a_pasted_bitmap_becomes_a_png(sheet: CaptureSheet, clipboard: QClipboard) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(image)
    clipboard.setMimeData(mime)
    heard = QSignalSpy(sheet.picture_pasted)
    press(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert heard.at(0)[0].startswith(b"\x89PNG")


def test_pasting_words_says_that_there_is_no_picture(sheet: CaptureSheet, clipboard: QClipboard) -> None:
    clipboard.setText("only words")
    heard = QSignalSpy(sheet.picture_pasted)
    press(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert heard.count() == 0
    assert sheet.problem == words.nothing_to_paste()


def test_esc_closes_the_dialog_for_files_before_the_sheet(sheet: CaptureSheet, monkeypatch: pytest.MonkeyPatch) -> None:
    odd_dialog(monkeypatch, "is silent")
    leaving = QSignalSpy(sheet.leave_pressed)
    opened, closed = QSignalSpy(sheet.incoming.picker.opened), QSignalSpy(sheet.incoming.picker.closed)
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    press(sheet, Qt.Key.Key_Escape)
    assert (opened.count(), closed.count(), leaving.count()) == (1, 1, 0)
    press(sheet, Qt.Key.Key_Escape)
    assert leaving.count() == 1


def test_what_is_asked_is_not_asked_behind_the_dialog_for_files(
    sheet: CaptureSheet, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "is silent")
    closed = QSignalSpy(sheet.incoming.picker.closed)
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    question = Sheet("Discard 1 photo?")
    question.open_over(window)
    assert closed.count() == 1
    question.dismiss()


def test_nothing_is_sent_over_the_head_of_somebody_who_chooses(
    sheet: CaptureSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "is silent")
    sent = QSignalSpy(sheet.send_pressed)
    sheet.show_shots((taken(1),))
    sheet.foot.consent.box.setChecked(True)
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(sheet.foot.send, Qt.MouseButton.LeftButton)
    assert sent.count() == 0
    assert "The window for choosing files is still open." in words_of(sheet)
    press(sheet, Qt.Key.Key_Escape)
    assert "The window for choosing files is still open." not in words_of(sheet)
    QTest.mouseClick(sheet.foot.send, Qt.MouseButton.LeftButton)
    assert sent.count() == 1


def test_an_impatient_enter_does_not_send_what_was_just_chosen(
    sheet: CaptureSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "answers when raised", "/one.jpg")
    sheet.show_shots((taken(1),))
    sheet.show_tab("files")
    sheet.foot.consent.box.setChecked(True)
    sent = QSignalSpy(sheet.send_pressed)
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(sheet.incoming.picker.closed, timeout=30_000):
        press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    began_s = time.monotonic()
    while time.monotonic() - began_s < 1.5:
        _by_enter(sheet)
        qtbot.wait(100)
    assert sent.count() == 0
    assert words.look_first("Enter") in words_of(sheet)


def test_enter_at_a_steady_pace_sends_once_the_new_photo_was_seen(sheet: CaptureSheet, qtbot: QtBot) -> None:
    """The new photo is the one that is shown large, and the words go when Enter works."""
    sheet.show_tab("files")
    sheet.show_shots((added(1, "one.jpg"),))
    qtbot.waitUntil(lambda: sheet.foot.first_look.is_over)
    sheet.foot.consent.box.setChecked(True)
    sent = QSignalSpy(sheet.send_pressed)
    sheet.expect_files()
    sheet.show_shots((added(1, "one.jpg"), added(2, "two.jpg")))
    current = sheet.files_tab.files.current_shot()
    assert current is not None
    assert current.name.file_name == "two.jpg"
    _by_enter(sheet)
    assert words.look_first("Enter") in words_of(sheet)
    qtbot.wait(400)
    _by_enter(sheet)
    assert sent.count() == 0
    qtbot.waitUntil(lambda: words.look_first("Enter") not in words_of(sheet))
    _by_enter(sheet)
    assert sent.count() == 1


def test_the_systems_own_dialog_opens_beside_the_loop_and_goes_with_the_sheet(
    sheet: CaptureSheet, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS."""
    monkeypatch.setattr(picker, "_RUNS_APART", False)
    for names in (["/one.jpg", "/two.png"], ["/three.jpg"]):
        press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
        heard = QSignalSpy(sheet.files_added)
        dialog.filesSelected.emit(names)
        assert heard.at(0) == [[Path(name) for name in names]]
        dialog.reject()
        assert not sheet.incoming.picker.is_open
    press(sheet, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    sheet.dismiss()
    assert not [each for each in window.findChildren(QFileDialog) if each.isVisible()]


def test_every_control_has_a_name_and_takes_the_focus_by_tab_alone(sheet: CaptureSheet) -> None:
    sheet.show_shots((taken(1), added(2, "a.jpg")))
    for control in sheet.findChildren(QWidget):
        is_here = control.window() is sheet.window() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_here and isinstance(control, QAbstractButton | QComboBox | QListView):
            name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            assert name, control
            if control is not sheet.camera_tab.viewfinder.live:
                assert control.focusPolicy() == Qt.FocusPolicy.TabFocus, name


def test_tab_visits_the_designed_order(sheet: CaptureSheet) -> None:
    sheet.show_shots((taken(1),))
    visited = [QApplication.focusWidget()]
    for _ in range(9):
        sheet.focusNextPrevChild(True)
        visited.append(QApplication.focusWidget())
    tab, side, foot = sheet.camera_tab, sheet.camera_tab.side, sheet.foot
    assert visited == [
        *(tab.viewfinder.live, tab.strip, side.camera.select, side.picture_size.select, side.grid.switch),
        *(side.mirror.switch, foot.consent.box, foot.cancel, foot.send, sheet.head.segments[0]),
    ]


def test_a_very_long_name_never_pushes_the_foot_out(window: QWidget) -> None:
    patient = Patient(PatientId("1"), "Maximiliana " * 6, "Wolfeschlegelsteinhausen", born=MARIA.born)
    sheet = CaptureSheet(patient, TODAY)
    window.resize(1024, 700)
    sheet.show_shots((taken(1),))
    sheet.open_over(window)
    QApplication.processEvents()
    assert sheet.foot.send.geometry().right() <= sheet.width() - 24
    assert sheet.foot.send.text() == "Send 1 to this patient, 4 Mar 1981"
    assert "Wolfeschlegelsteinhausen" in sheet.foot.send.accessibleName()
    sheet.dismiss()
