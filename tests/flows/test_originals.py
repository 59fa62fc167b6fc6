"""After sending: the files on this PC may be deleted once Cerbo has all of their photos, and only as they were sent."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.text import originals
from cerbo_desktop.ui.uploads.originals_card import OriginalsCard
from tests.fakes.found_files import with_film_behind
from tests.flows.desk import Desk
from tests.flows.reading import button_of, has_button, words_of
from tests.waiting import until


def cards_of(desk: Desk) -> list[OriginalsCard]:
    return [card for card in desk.pages.tray.findChildren(OriginalsCard) if card.isVisible()]


def card_words(desk: Desk) -> str:
    return "\n".join(words_of(card) for card in cards_of(desk))


async def three_sent(desk: Desk, photo: Path) -> list[Path]:
    """Send three files for Grace. Returns at once: how far they are is another matter."""
    files = [photo, photo.with_name("arm.jpg"), photo.with_name("face.jpg")]
    for place, file in enumerate(files[1:], 1):
        with Image.open(photo) as opened:
            opened.resize((300 * place, 200)).save(file)
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    desk.drop(files)
    await desk.examined()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    return files


async def test_the_files_may_go_once_all_are_in_the_queue_and_one_that_was_changed_stays(
    desk: Desk, photo: Path
) -> None:
    desk.clinic.switches.upload_pace_s = 0.05
    files = await three_sent(desk, photo)
    await desk.tray_says("Sending")
    assert not cards_of(desk)
    await until(lambda: bool(cards_of(desk)), 30.0)
    said = card_words(desk)
    assert f"3 originals are still in {photo.parent.name}" in said
    assert "All 3 reached Cerbo’s queue for Grace Adeyemi, 7\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}1986." in said
    assert originals.for_good() in said
    assert all(file.name in said for file in files)
    files[1].write_bytes(files[1].read_bytes() + b"edited")
    button_of(desk.pages.tray, "Delete 3").setFocus()
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "1 original was not deleted" in card_words(desk))
    assert "Changed since it was sent. Kept." in card_words(desk)
    assert [file.exists() for file in files] == [False, True, False]
    assert not has_button(desk.pages.tray, "Delete 1"), "it is no copy of what was sent"
    desk.click("Close", desk.pages.tray)
    await until(lambda: not cards_of(desk))
    assert files[1].exists()


async def test_a_file_with_a_film_behind_its_photo_is_never_offered(desk: Desk, photo: Path) -> None:
    """A phone's moving photo: the photo alone is sent."""
    film = photo.with_name("moving.jpg")
    with Image.open(photo) as opened:
        opened.resize((300, 200)).save(film)
    film.write_bytes(with_film_behind(film.read_bytes(), 100) + photo.read_bytes())
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo, film])
    await desk.examined()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: bool(cards_of(desk)), 30.0)
    await desk.all_wait_in_queue(2)
    assert "1 original is still in" in card_words(desk)
    assert film.name not in card_words(desk)


async def test_withdrawing_or_keeping_leaves_the_files_alone(desk: Desk, photo: Path) -> None:
    files = await three_sent(desk, photo)
    await until(lambda: bool(cards_of(desk)), 30.0)
    await desk.services.uploading.withdraw(desk.services.uploading.feed.latest[0].id)
    await until(lambda: "2 originals are still in" in card_words(desk))
    button_of(desk.pages.tray, "Keep").setFocus()
    desk.press(Qt.Key.Key_Return)
    await until(lambda: not cards_of(desk))
    assert all(file.exists() for file in files)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.pages.tray.isAncestorOf(focus)
