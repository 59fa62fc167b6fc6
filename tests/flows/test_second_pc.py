"""Two PCs at one desk: an ID photo that another PC seems to have sent already is not sent without a person's word."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, THOMAS_BECKER
from cerbo_desktop.ui.text import dates
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button
from tests.waiting import until

_TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def cameras(closed_desk: Desk) -> list[Camera]:
    """Every camera that the program opens."""
    made: list[Camera] = []
    closed_desk.make_camera = camera_maker(made, [])
    return made


def _question(desk: Desk) -> str:
    """What the card has to say of the other PC's entry, which is made here."""
    made_at = desk.clinic.send_from_another_pc(THOMAS_BECKER, _TEN_MINUTES).created.astimezone()
    return f"Cerbo’s queue has an entry for Thomas Becker, {dates.clock(made_at)}, that this PC did not send."


async def _send_id_photo(desk: Desk, cameras: list[Camera]) -> None:
    """Of Thomas, with the card that opens by itself or by its button."""
    await desk.open_patient("Thomas Becker")
    page = desk.pages.patient
    await until(lambda: desk.has_card or has_button(page, "Take ID photo") or "on its way" in desk.page_words)
    if not desk.has_card:
        page.id_photo_chosen.emit()  # not offered while one is on its way, and it may have been chosen just before
    await until(lambda: desk.has_card and cameras[-1].state is CameraState.LIVE)
    desk.card.first_focus.setFocus()
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: not desk.has_card)


async def _is_asked_after_a_restart_too(desk: Desk, question: str) -> None:
    await desk.tray_says(question)
    assert "Needs attention" in desk.tray_words
    assert_plain(desk.tray_words)
    await desk.close()
    await desk.start()
    desk.widen()
    await desk.tray_says(question)
    assert not desk.clinic.photos_received(THOMAS_BECKER)


async def test_sent_anyway_it_is_stored_once(desk: Desk, cameras: list[Camera]) -> None:
    question = _question(desk)
    await _send_id_photo(desk, cameras)
    await _is_asked_after_a_restart_too(desk, question)
    await desk.click_when_there("Send anyway", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert "Needs attention" not in desk.tray_words
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1


async def test_not_sent_nothing_is_stored_and_the_next_persons_photo_has_gone(
    desk: Desk, cameras: list[Camera], photo: Path
) -> None:
    question = _question(desk)
    await _send_id_photo(desk, cameras)
    await desk.tray_says(question)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    await _is_asked_after_a_restart_too(desk, question)
    await desk.click_when_there("Don’t send", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Delete photo")
    await until(lambda: question not in desk.tray_words)
    assert len(desk.clinic.photos_received(GRACE_ADEYEMI)) == 1
    assert not desk.clinic.photos_received(THOMAS_BECKER)


def _older_than_an_hour(desk: Desk) -> None:
    desk.clinic.send_from_another_pc(THOMAS_BECKER, timedelta(minutes=62))


def _message(desk: Desk) -> None:
    desk.clinic.add_request(THOMAS_BECKER, "message")


@pytest.mark.parametrize("arrange", [_older_than_an_hour, _message])
async def test_what_is_no_photo_of_just_now_asks_nothing(
    desk: Desk, cameras: list[Camera], arrange: Callable[[Desk], None]
) -> None:
    arrange(desk)
    await _send_id_photo(desk, cameras)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1


async def test_this_pcs_own_earlier_photo_asks_nothing(desk: Desk, cameras: list[Camera]) -> None:
    await _send_id_photo(desk, cameras)
    await desk.tray_says("Waiting in Cerbo’s queue")
    await desk.close()
    await desk.start()
    desk.widen()
    await _send_id_photo(desk, cameras)
    await until(lambda: len(desk.clinic.photos_received(THOMAS_BECKER)) == 2)
    await desk.all_wait_in_queue(2)
