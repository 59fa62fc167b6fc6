"""The cards for people of one name."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.namesakes import NamesakesPage
from cerbo_desktop.ui.search.rows import NamesakeCard, namesake_card
from cerbo_desktop.ui.search.welcome import WelcomePage
from cerbo_desktop.ui.text.result_rows import masked_email, masked_phone
from tests.ui.search.people import MARIA, OTHER_MARIA, VISITS, morning_clock


def cards() -> tuple[NamesakeCard, NamesakeCard]:
    return (
        namesake_card(MARIA, VISITS[0], morning_clock()),
        namesake_card(OTHER_MARIA, None, morning_clock()),
    )


FACE = Raster(4, 4, bytes(64), 4, 4)


@pytest.fixture
def page(qtbot: QtBot) -> NamesakesPage:
    faces = RowFaces()
    faces.set_face(MARIA.id, FACE)
    faces.set_face(OTHER_MARIA.id, None)
    made = NamesakesPage(faces)
    qtbot.addWidget(made)
    made.resize(1088, 868)
    made.show_namesakes(cards())
    made.show()
    return made


def chosen(page: NamesakesPage) -> list[str]:
    said: list[str] = []
    page.patient_chosen.connect(said.append)
    return said


def texts(page: NamesakesPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def buttons(page: NamesakesPage) -> list[Button]:
    """Those that open, and not the dashed faces."""
    return [button for button in page.findChildren(Button) if button.isVisible()]


def test_what_a_card_tells(page: NamesakesPage) -> None:
    shown = texts(page)
    assert "Which Maria Lopez?" in shown
    for fact in ("4 Mar 1981", "44 years", "Female", "10482", "mar•••@example.com", "ends in 42", "Today 10:15"):
        assert fact in shown, fact
    assert "No visit today" in shown
    assert not any("maria.lopez" in text for text in shown)


def test_nobody_is_chosen_beforehand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, box, page = QVBoxLayout(window), QLineEdit(), NamesakesPage(RowFaces())
    column.addWidget(box)
    column.addWidget(page)
    window.show()
    box.setFocus()
    said = chosen(page)
    page.show_namesakes(cards())
    QApplication.processEvents()
    assert window.focusWidget() is box, "the person goes on typing"
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert said == []


def test_alt_keys_and_clicks_choose(page: NamesakesPage) -> None:
    said = chosen(page)
    page.choose(2)
    page.choose(3)
    page.choose(0)
    QTest.mouseClick(buttons(page)[0], Qt.MouseButton.LeftButton)
    assert said == [OTHER_MARIA.id, MARIA.id]


def test_readers_hear_the_date_of_birth_on_the_button(page: NamesakesPage) -> None:
    assert buttons(page)[0].accessibleName().startswith("Open Maria Lopez, 4 Mar 1981, Age 44 years")


@pytest.mark.parametrize(("width", "count"), [(1088, 4), (664, 2), (1088, 12)])
def test_many_people_or_little_room_make_a_list_with_the_same_facts(
    page: NamesakesPage, width: int, count: int
) -> None:
    page.resize(width, 700)
    page.show_namesakes([cards()[at % 2] for at in range(count)])
    for _ in range(count):  # some cards a turn
        QApplication.processEvents()
    shown = buttons(page)
    assert len(shown) == count
    assert len({button.x() for button in shown}) == 1
    assert any("mar•••@example.com" in text for text in texts(page))
    assert max(button.mapTo(page, button.rect().topRight()).x() for button in shown) < width


def test_the_page_follows_its_width(page: NamesakesPage) -> None:
    for width in (664, 1088, 720, 500, 1400):
        page.resize(width, 700)
        QApplication.processEvents()
        assert len(buttons(page)) == 2
        assert page.horizontalScrollBar().maximum() == 0 or width < 664


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        *(("maria.lopez@example.com", "mar•••@example.com"), ("ab@example.com", "a•••@example.com")),
        *(("a@example.com", "a•••@example.com"), ("", ""), ("nothing", "")),
    ],
)
def test_an_email_is_masked(email: str, shown: str) -> None:
    assert masked_email(email) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("555-0142", "ends in 42"), ("", ""), ("42", ""), ("+1 (555) 010-07", "ends in 07")]
)
def test_a_phone_is_masked(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


def test_the_welcome_page_fits_any_width(qtbot: QtBot) -> None:
    window, page = QWidget(), WelcomePage(RowFaces())
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(page)
    window.show()
    for width in (1088, 664, 1088):
        window.resize(width, 700)
        QApplication.processEvents()
        assert page.width() == width
        assert all(label.mapTo(page, label.rect().topRight()).x() < width for label in page.findChildren(QLabel))


def test_cards_and_their_buttons_tell_a_father_from_his_son(qtbot: QtBot) -> None:
    father = replace(MARIA, id=PatientId("1"), first_name="Robert", last_name="Pine", middle_name="Ellis")
    son = replace(father, id=PatientId("2"), middle_name="", last_name="Pine, Jr.", born=date(1976, 8, 8))
    page = NamesakesPage(RowFaces())
    qtbot.addWidget(page)
    page.show_namesakes([namesake_card(each, None, morning_clock()) for each in (son, father)])
    page.show()
    shown = texts(page)
    assert {"Which Robert Pine?", "Robert Pine, Jr.", "Robert Ellis Pine"} <= set(shown)
    assert [button.accessibleName().partition(",")[0] for button in buttons(page)][1] == "Open Robert Ellis Pine"
    assert buttons(page)[0].accessibleName().startswith("Open Robert Pine, Jr., 8 Aug 1976")


def test_cards_leave_out_what_cerbo_does_not_know() -> None:
    card = namesake_card(VISITS[1].patient, None, morning_clock())
    assert isinstance(card, NamesakeCard)
    assert [fact.label for fact in card.facts] == ["Age", "Sex", "ID"]


def test_on_a_low_screen_the_button_of_each_card_is_in_view(page: NamesakesPage) -> None:
    page.resize(730, 556)
    QApplication.processEvents()
    opening = [each for each in buttons(page) if each.text().startswith("Open")]
    assert len(opening) == 2
    for each in opening:
        assert each.mapTo(page, each.rect().bottomLeft()).y() < page.height()
