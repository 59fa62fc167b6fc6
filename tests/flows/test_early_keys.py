"""What is typed into the window while it is still empty goes on in the search box, and nowhere else."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cerbo_desktop.app.options import Options
from cerbo_desktop.practice.patients import MARIA_LOPEZ
from cerbo_desktop.ui.early_keys import EarlyKeys
from cerbo_desktop.ui.window import MainWindow
from tests.flows.desk import Desk
from tests.waiting import until


def _scan(window: MainWindow) -> None:
    window.show()
    window.collect_keys()
    QTest.keyClicks(window.focusWidget(), str(MARIA_LOPEZ))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


async def test_a_card_scanned_before_there_is_a_page_opens_its_patient(closed_desk: Desk) -> None:
    closed_desk.at_empty_window = _scan
    await closed_desk.start()
    await until(lambda: "Maria Lopez" in closed_desk.banner_name)
    assert closed_desk.pane.field.text() == str(MARIA_LOPEZ)


async def test_it_lands_in_no_field_of_the_set_up_page(closed_desk: Desk) -> None:
    closed_desk.at_empty_window = _scan
    await closed_desk.start_with(Options())
    fields = [
        field
        for field in closed_desk.window.findChildren(QLineEdit)
        if field.isVisible() and not isinstance(field, EarlyKeys)
    ]
    await until(lambda: closed_desk.window.focusWidget() in fields)
    assert not any(str(MARIA_LOPEZ) in field.text() for field in fields)
