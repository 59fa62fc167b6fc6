"""Where the focus is: after an opening, when a control goes, and one step back at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARGARET_ELLISON, MARIA_LOPEZ, THOMAS_BECKER
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.flows.desk import Desk
from tests.waiting import until

_CONTROL = Qt.KeyboardModifier.ControlModifier


# An empty album.


async def _by_mouse(desk: Desk) -> None:
    await desk.board_is_there()
    desk.click_on_board("Thomas Becker")


async def _by_search(desk: Desk) -> None:
    await desk.search(str(THOMAS_BECKER))
    desk.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("open_empty", [_by_mouse, _by_search])
@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("is_after_another", [False, True])
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
