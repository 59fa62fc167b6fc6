"""The ID card between two notices and the lower edge of a low screen, in the made-up language."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.patient import PatientStatus
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.shown import album_shown
from tests.flows.pseudo.walk import Walk
from tests.ui.gallery.made import MARIA, utc
from tests.ui.gallery.test_low_page import FORMS
from tests.ui.gallery.test_page import TODAY, maria
from tests.variants import some_now

_SIZES = (QSize(715, 600), QSize(715, 483), QSize(715, 427))


@some_now("form", FORMS)
async def test_the_id_card_on_a_low_page(qtbot: QtBot, form: str) -> None:
    walk, page, card = Walk("Maria", "Lopez", "Brio", "Built-in"), PatientPage(utc), IdCard(maria())
    for part in (page, card):
        qtbot.addWidget(part)
    page.show()
    page.open_patient(maria(), TODAY)
    page.show_record(maria(PatientStatus.PROSPECTIVE), TODAY)
    page.show_album(album_shown(Album(MARIA), None))
    page.namesakes.set_namesakes((), may_be_more=True)
    page.set_card(card)
    FORMS[form](card)
    for size in _SIZES:
        await walk.see(form, page, card, sizes=(size,))
        assert page.size() == size
        buttons = [each for each in card.findChildren(QPushButton) if each.isVisible()]
        assert [each.text() for each in buttons if each.visibleRegion().boundingRect() != each.rect()] == []
    page.set_card(None)
    walk.judge()
