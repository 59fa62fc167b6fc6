"""Where the focus is: after an opening, when a control goes, and one step back at a time."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cerbo_desktop.practice.answer_forms import UploadAnswer
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARGARET_ELLISON, MARIA_LOPEZ, THOMAS_BECKER
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.settings.view import SettingsSheet
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.rows import UploadRows
from tests.flows.desk import Desk
from tests.flows.reading import button_of
from tests.variants import some_now
from tests.waiting import until

_CONTROL = Qt.KeyboardModifier.ControlModifier


# An empty album.


async def _by_mouse(desk: Desk) -> None:
    await desk.board_is_there()
    desk.click_on_board("Thomas Becker")


async def _by_search(desk: Desk) -> None:
    await desk.search(str(THOMAS_BECKER))
    desk.press(Qt.Key.Key_Return)


@some_now(
    ("open_empty", "is_late", "is_after_another"),
    itertools.product([_by_mouse, _by_search], [False, True], [False, True]),
)
async def test_space_opens_the_camera_of_an_empty_album_however_it_was_opened(
    desk: Desk, open_empty: Callable[[Desk], object], is_late: bool, is_after_another: bool
) -> None:
    if is_after_another:
        await desk.open(GRACE_ADEYEMI)
        await desk.pictures_are_there()
        desk.press(Qt.Key.Key_F, _CONTROL)
        desk.press(Qt.Key.Key_Escape)
    if is_late:
        desk.clinic.faults.set("images", Fault.SLOW, pace_s=0.2, piece_bytes=8)
    await open_empty(desk)  # type: ignore[misc]
    await until(lambda: desk.pages.patient.empty.take.isVisible())
    assert desk.pages.patient.empty.take.hasFocus()
    text = desk.pane.field.text()
    desk.press(Qt.Key.Key_Space)
    assert desk.has_card
    assert desk.pane.field.text() == text


# A control that goes.


def _controls(part: QWidget) -> list[QWidget]:
    return [
        each
        for each in part.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    ]


def _smallest_part_with_others(control: QWidget) -> QWidget:
    part = control.parentWidget()
    while part is not None and not [each for each in _controls(part) if each is not control]:
        part = part.parentWidget()
    assert part is not None
    return part


async def _walk(desk: Desk) -> int:
    """Let each button in view go while it has the focus; return how many there were."""
    buttons = [each for each in _controls(desk.window) if isinstance(each, QAbstractButton)]
    for button in buttons:
        for turn in (QWidget.setVisible, QWidget.setEnabled):
            if not (button.isVisible() and button.isEnabled()):
                continue  # the tray folds where the focus comes to what it covers
            part = _smallest_part_with_others(button)
            button.setFocus()
            turn(button, False)
            focus = QApplication.focusWidget()
            assert focus is not None, button.text()
            assert part.isAncestorOf(focus), f"{button.text()} {button.accessibleName()} -> {focus}"
            turn(button, True)
    return len(buttons)


async def test_no_button_of_the_welcome_and_the_board_throws_the_focus_away(desk: Desk) -> None:
    desk.widen()
    await desk.board_is_there()
    assert await _walk(desk)


async def test_no_button_of_a_patients_page_with_notices_throws_the_focus_away(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARGARET_ELLISON)
    await until(lambda: "nactive" in desk.page_words)
    assert await _walk(desk)


async def test_no_button_of_a_card_or_a_strip_throws_the_focus_away(desk: Desk, photo: Path) -> None:
    desk.widen()
    desk.clinic.faults.set("upload", Fault.TOO_LARGE)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Not sent")
    desk.clinic.go_offline()
    desk.press(Qt.Key.Key_F5)
    await desk.strip_says("Offline")
    assert await _walk(desk)


async def test_no_button_of_the_viewer_throws_the_focus_away(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await desk.full_quality()
    desk.pages.viewer.toggle_details()
    assert await _walk(desk)


async def test_no_button_of_the_photo_sheet_throws_the_focus_away(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    for button in [each for each in _controls(desk.sheet) if isinstance(each, QAbstractButton)]:
        button.setFocus()
        button.hide()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert desk.sheet.isAncestorOf(focus)
        button.show()
    assert open_sheet(desk.window) is desk.sheet


# One step back, and from pane to pane.


async def test_esc_in_the_album_goes_to_the_board(desk: Desk) -> None:
    await desk.open_patient("Maria Lopez")
    await desk.pictures_are_there()
    assert desk.album.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert _focus() is desk.pane.board.list


async def test_esc_closes_the_id_card_while_the_search_box_has_the_focus(desk: Desk) -> None:
    await desk.open(THOMAS_BECKER)
    await until(lambda: desk.pages.patient.empty.take.isVisible())
    desk.press(Qt.Key.Key_Space)
    assert desk.has_card
    desk.press(Qt.Key.Key_F, _CONTROL)
    await through_the_window(desk, Qt.Key.Key_Escape)
    await until(lambda: not desk.has_card)
    assert desk.pane.field.hasFocus()
    assert desk.pane.field.text() == str(THOMAS_BECKER)
    await through_the_window(desk, Qt.Key.Key_Escape)
    assert desk.pane.field.text() == ""


async def through_the_window(desk: Desk, key: Qt.Key) -> None:
    """As the window system sends it, so that those who watch the window see it first."""
    handle = desk.window.windowHandle()
    assert handle is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(handle, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


async def test_f6_goes_to_the_photos(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.press(Qt.Key.Key_F, _CONTROL)
    desk.press(Qt.Key.Key_F6)
    assert desk.album.hasFocus()


async def test_photos_that_need_a_person_come_right_after_the_left_pane_by_tab(desk: Desk, photo: Path) -> None:
    desk.widen()
    desk.clinic.faults.set("upload", Fault.TOO_LARGE)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Not sent")
    desk.press(Qt.Key.Key_F, _CONTROL)
    while desk.pane.isAncestorOf(_focus()):
        desk.press(Qt.Key.Key_Tab)
    assert desk.pages.tray.isAncestorOf(_focus())


async def test_settings_open_at_their_body_and_keep_the_way_back_from_the_question(desk: Desk) -> None:
    await desk.board_is_there()
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    sheet = open_sheet(desk.window)
    assert isinstance(sheet, SettingsSheet)
    assert sheet.first_focus.hasFocus()
    remove = button_of(sheet, "Remove my data from this PC…")
    remove.setFocus()
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.is_asked)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is sheet)
    assert remove.hasFocus()


async def test_the_shift_list_opens_at_its_rows(desk: Desk, photo: Path) -> None:
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.click("Shift list", desk.pages.tray)
    assert isinstance(QApplication.focusWidget(), UploadRows)


async def test_enter_a_moment_after_sending_opens_no_photo(desk: Desk, photo: Path) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.album.setFocus()
    await desk.send_file(photo)
    assert desk.album.hasFocus()
    await through_the_window(desk, Qt.Key.Key_Return)
    assert not desk.pages.viewer.isVisible()


async def test_the_space_of_an_empty_album_is_named_only_while_it_opens_the_camera(desk: Desk) -> None:
    await desk.open(THOMAS_BECKER)
    await until(lambda: desk.pages.patient.empty.take.hasFocus())
    take = desk.pages.patient.empty.take
    with_key, size = take.grab().toImage(), take.size()
    desk.press(Qt.Key.Key_F, _CONTROL)
    without = take.grab().toImage()
    assert without != with_key
    assert take.size() == size
    desk.pages.patient.banner.take_photos.setFocus()
    assert take.grab().toImage() == without, "Space would press the button in the banner"
    desk.press(Qt.Key.Key_F6)
    desk.pages.patient.focus_album()
    assert take.grab().toImage() == with_key


async def test_the_esc_of_back_to_today_is_named_only_while_it_leads_there(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    back = desk.pane.results.back
    desk.pane.field.setFocus()
    with_key = back.grab().toImage()
    desk.album.setFocus()
    without = back.grab().toImage()
    assert without != with_key, "Esc would go to the list"
    desk.press(Qt.Key.Key_F, _CONTROL)
    assert back.grab().toImage() == with_key


# The tray of a narrow window.


async def _with_refused(desk: Desk, photo: Path) -> None:
    desk.clinic.faults.set("upload", Fault.TOO_LARGE)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await desk.send_file(photo)
    await until(lambda: len(_urgent_cards(desk)) == 1)


def _cards(desk: Desk) -> list[UploadCard]:
    return [each for each in desk.window.findChildren(UploadCard) if not each.isHidden()]


def _urgent_cards(desk: Desk) -> list[UploadCard]:
    return [each for each in _cards(desk) if "needs attention" in each.accessibleName()]


def _count_of(desk: Desk) -> QAbstractButton:
    (count,) = [
        each
        for each in desk.pages.tray.findChildren(QAbstractButton)
        if each.isVisible() and "attention" in each.accessibleName()
    ]
    return count


@pytest.mark.parametrize("by_key", [False, True])
async def test_the_count_of_the_folded_tray_opens_it_at_the_photo_that_needs_a_person(
    desk: Desk, photo: Path, by_key: bool
) -> None:
    desk.window.resize(1092, 614)
    await _with_refused(desk, photo)
    if by_key:
        desk.press(Qt.Key.Key_F, _CONTROL)
        while desk.pane.isAncestorOf(_focus()):
            desk.press(Qt.Key.Key_Tab)
        assert _focus() is _count_of(desk)
        desk.press(Qt.Key.Key_Return)
    else:
        QTest.mouseClick(_count_of(desk), Qt.MouseButton.LeftButton)
    panel = desk.pages.tray.shown
    assert panel is not desk.pages.tray, "it lies open over the centre"
    assert _focus() is button_of(panel, "Take again")


async def test_the_last_card_leaves_the_focus_to_the_button_that_folds_the_tray(desk: Desk, photo: Path) -> None:
    desk.window.resize(1092, 614)
    await _with_refused(desk, photo)
    QTest.mouseClick(_count_of(desk), Qt.MouseButton.LeftButton)
    button_of(desk.pages.tray.shown, "Delete photo").setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.is_asked)
    desk.answer("Delete photo")
    await until(lambda: not _cards(desk))
    assert desk.pages.tray.shown is not desk.pages.tray, "it lies open over the centre"
    assert desk.pages.tray.shown.isAncestorOf(_focus())
    assert _focus().accessibleName() == "Collapse uploads"


@pytest.mark.parametrize("is_cancelled", [True, False])
async def test_after_send_again_the_focus_is_on_its_button_or_on_what_is_left(
    desk: Desk, photo: Path, is_cancelled: bool
) -> None:
    desk.window.resize(1440, 900)
    desk.clinic.switches.upload_answer = UploadAnswer.STATUS_ERROR
    for patient in (GRACE_ADEYEMI, MARIA_LOPEZ):
        await desk.open(patient)
        await desk.send_file(photo)
    await until(lambda: len(_urgent_cards(desk)) == 2)
    first, second = sorted(_urgent_cards(desk), key=lambda each: each.y())
    button_of(first, "Send again").setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.is_asked)
    desk.clinic.switches.upload_answer = UploadAnswer.RESULT
    desk.question.buttons["stay" if is_cancelled else "go"].setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: not desk.is_asked)
    if is_cancelled:
        assert _focus() is button_of(first, "Send again")
    else:
        await until(lambda: first not in _urgent_cards(desk))
        assert second.isAncestorOf(_focus())


@pytest.mark.parametrize("width_px", [1092, 1440])
async def test_after_a_deletion_the_focus_is_on_the_card_that_takes_its_place(
    desk: Desk, photo: Path, width_px: int
) -> None:
    desk.window.resize(width_px, 614)
    await _with_refused(desk, photo)
    await desk.open(MARIA_LOPEZ)
    await desk.send_file(photo)
    await until(lambda: len(_urgent_cards(desk)) == 2)
    if width_px < 1360:
        QTest.mouseClick(_count_of(desk), Qt.MouseButton.LeftButton)
    first, second = sorted(_cards(desk), key=lambda each: each.y())
    button_of(first, "Delete photo").setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.is_asked)
    desk.question.buttons["go"].setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: not desk.is_asked and _cards(desk) == [second])
    assert _focus() is button_of(second, "Take again"), "and not the one that deletes another photo"
