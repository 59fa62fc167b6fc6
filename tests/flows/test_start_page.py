"""The centre before anybody is opened: who is here without an ID photo, and examples of what can be searched for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.practice.patients import HANA_KIM, PRIYA_RAMAN
from cerbo_desktop.ui.kit.buttons import LinkButton
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.search.welcome import WelcomePage
from tests.flows.desk import Desk
from tests.flows.reading import rows_of
from tests.waiting import until


def page(desk: Desk) -> WelcomePage:
    return desk.workspace.search.welcome


def waiting(desk: Desk) -> PatientListView:
    return page(desk).without_photo.list


def names(desk: Desk) -> list[str]:
    return [row.partition(",")[0] for row in rows_of(waiting(desk))] if waiting(desk).isVisible() else []


@pytest.mark.parametrize("by_key", [False, True])
async def test_each_example_finds_somebody(desk: Desk, by_key: bool) -> None:
    await desk.board_is_there()
    examples = page(desk).findChildren(LinkButton)
    assert [each.text() for each in examples] == ["lopez, mar", "4 mar 1981", "10482", "maria.lopez@"]
    for example in examples:
        if by_key:
            example.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(example, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(example, Qt.MouseButton.LeftButton)
        await until(lambda: desk.pane.results.isVisible() and not desk.pane.results.is_searching)
        assert desk.pane.field.text() == example.text()
        assert desk.pane.field.hasFocus()
        assert any("Maria Lopez" in row for row in desk.found), example.text()
        desk.press(Qt.Key.Key_Escape)
        await until(page(desk).isVisible)


async def test_who_is_here_without_an_id_photo_follows_the_board(desk: Desk) -> None:
    await until(lambda: names(desk) == ["Thomas Becker"])
    desk.clinic.set_visit_status(HANA_KIM, "checked-in")
    desk.clinic.set_visit_status(PRIYA_RAMAN, "checked-in")
    desk.press(Qt.Key.Key_F5)
    await until(lambda: names(desk) == ["Thomas Becker", "Hana Kim"])
    desk.clinic.set_visit_status(HANA_KIM, "completed")
    desk.press(Qt.Key.Key_F5)
    await until(lambda: names(desk) == ["Thomas Becker"])


@pytest.mark.parametrize("by_key", [False, True])
async def test_whoever_waits_for_an_id_photo_is_opened(desk: Desk, by_key: bool) -> None:
    await until(lambda: names(desk) == ["Thomas Becker"])
    if by_key:
        waiting(desk).setFocus(Qt.FocusReason.TabFocusReason)
        desk.press(Qt.Key.Key_Return)
    else:
        desk.click_row(waiting(desk), 0)
    await until(lambda: "Thomas Becker" in desk.banner_name)


@pytest.mark.parametrize("is_wide", [False, True])
async def test_tab_comes_from_the_board_to_the_centre_and_to_settings_last(desk: Desk, is_wide: bool) -> None:
    if is_wide:
        desk.widen()
    await until(lambda: names(desk) == ["Thomas Becker"])
    await desk.search("10482")
    desk.press(Qt.Key.Key_Escape)
    assert desk.pane.field.hasFocus()
    way: list[QWidget | None] = []
    while desk.pane.footer.settings not in way:
        desk.press(Qt.Key.Key_Tab)
        way.append(QApplication.focusWidget())
        assert len(way) < 20
    examples = page(desk).findChildren(LinkButton)
    assert way[:3] == [desk.pane.board.list, desk.pane.board.provider, waiting(desk)]
    assert way[3:7] == examples
