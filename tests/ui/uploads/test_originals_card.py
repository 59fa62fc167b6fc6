"""The card that asks whether files may be deleted: what it says, and what it offers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.originals import OfferId, OriginalsOffer
from cerbo_desktop.services.sent_originals import Kept, Original
from cerbo_desktop.ui.text import originals
from cerbo_desktop.ui.uploads.originals_card import OriginalsCard
from tests.flows.reading import button_of, has_button, words_of

MARIA = Recipient(PatientId("10482"), "Maria Lopez", date(1981, 3, 4))
_SPACE = "\N{NO-BREAK SPACE}"


def offer(*names: str, folder: str = "Downloads", kept: Kept | None = None) -> OriginalsOffer:
    files = [Original(Path("/home/ana") / folder / name, name, "", UploadId(name), 3_200_000, kept) for name in names]
    return OriginalsOffer(OfferId(1), MARIA, tuple(files))


@pytest.fixture
def card(qtbot: QtBot) -> OriginalsCard:
    made = OriginalsCard(offer("IMG_2041.jpg", "IMG_2043.heic", "arm-left.jpg"))
    qtbot.addWidget(made)
    made.resize(288, 400)
    made.show()
    return made


def test_it_names_every_file_with_its_size_and_says_what_deleting_means(card: OriginalsCard) -> None:
    assert words_of(card).split("\n") == [
        "3 originals are still in Downloads",
        f"All 3 reached Cerbo’s queue for Maria Lopez, 4{_SPACE}Mar{_SPACE}1981. Delete the files on this PC?",
        *("IMG_2041.jpg", "3.2 MB", "IMG_2043.heic", "3.2 MB", "arm-left.jpg", "3.2 MB"),
        *("Delete 3", "Keep", originals.for_good()),
    ]
    assert card.accessibleName().startswith("3 originals are still in Downloads. All 3 reached")


def test_one_file_is_one(card: OriginalsCard) -> None:
    card.show_offer(offer("IMG_2041.jpg"))
    said = words_of(card)
    assert "1 original is still in Downloads" in said
    assert f"It reached Cerbo’s queue for Maria Lopez, 4{_SPACE}Mar{_SPACE}1981. Delete the file on this PC?" in said
    assert has_button(card, "Delete 1")


def test_files_of_several_folders_are_on_this_pc(card: OriginalsCard) -> None:
    here, there = offer("a.jpg"), offer("b.jpg", folder="Pictures")
    card.show_offer(replace(here, originals=(*here.originals, *there.originals)))
    assert "2 originals are still on this PC" in words_of(card)


def test_of_many_files_some_are_named_and_all_are_counted(card: OriginalsCard) -> None:
    card.show_offer(offer(*(f"{number}.jpg" for number in range(60))))
    said = words_of(card)
    assert "7.jpg" in said
    assert "8.jpg" not in said
    assert "and 52 more" in said
    assert has_button(card, "Delete 60")


@pytest.mark.parametrize(
    ("kept", "sentence", "is_tried_again"),
    [
        (Kept.CHANGED, "Changed since it was sent. Kept.", False),
        (Kept.IN_USE, "Could not delete a.jpg: open in another program.", True),
        (Kept.REFUSED, "Could not delete a.jpg: this PC does not allow it.", True),
    ],
)
def test_a_file_that_was_kept_says_why(card: OriginalsCard, kept: Kept, sentence: str, is_tried_again: bool) -> None:
    card.show_offer(offer("a.jpg", kept=kept))
    said = words_of(card)
    assert "1 original was not deleted" in said
    assert sentence in said
    assert has_button(card, "Delete 1") == (originals.for_good() in said) == is_tried_again
    assert has_button(card, "Keep" if is_tried_again else "Close")


def test_while_files_go_the_words_and_the_focus_stay(card: OriginalsCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.delete_clicked) as pressed:
        QTest.mouseClick(button_of(card, "Delete 3"), Qt.MouseButton.LeftButton)
    assert pressed.args == [1]
    card.show_offer(replace(offer("arm-left.jpg"), is_deleting=True))
    assert "3 originals are still in Downloads" in words_of(card)
    assert "IMG_2041.jpg" not in words_of(card)
    with qtbot.waitSignal(card.keep_clicked):
        QTest.mouseClick(button_of(card, "Keep"), Qt.MouseButton.LeftButton)
