"""How few requests each act of a day takes, as the clinic counts them."""

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.practice import drawing
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, GRACE_ADEYEMI
from tests.flows.desk import Desk
from tests.flows.turned_clock import TurnedClock, turned_clock
from tests.waiting import until


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> TurnedClock:
    return turned_clock(monkeypatch)


async def _quiet(desk: Desk) -> None:
    """Nothing on the line, and nothing that comes of what was on it."""
    quiet = 0
    while quiet < 20:
        quiet = 0 if desk.clinic.counters.in_flight() else quiet + 1
        await asyncio.sleep(0.01)


def _lists(desk: Desk) -> Counter[str]:
    """Lists of photos and queues, and what was sent, since the last reset."""
    kinds = ("images", "queue", "upload")
    return Counter({kind: desk.clinic.counters.count(kind) for kind in kinds})


async def _pass(desk: Desk, clock: TurnedClock, seconds: int) -> None:
    """Ten seconds at a time, each with all that it brings."""
    for _ in range(seconds // 10):
        clock.turn(10)
        await _quiet(desk)


@pytest.mark.parametrize(("is_newest_first", "before"), [(True, 2), (False, 1)])
async def test_an_upload_into_a_long_album_lists_its_newest_end_alone(
    closed_desk: Desk, clock: TurnedClock, photo: Path, is_newest_first: bool, before: int
) -> None:
    """1,200 photos are twelve pages. The old code listed all of them before the sending, after it, and at each look."""
    desk = closed_desk
    desk.clinic.switches.newest_first = is_newest_first
    await desk.start()
    desk.widen()
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    await _quiet(desk)
    desk.clinic.counters.reset()
    await desk.send_file(photo)
    await until(lambda: _state(desk) is UploadState.SENT)
    await _quiet(desk)
    assert _lists(desk) == {"queue": 2, "images": before, "upload": 1}
    desk.clinic.counters.reset()
    await _pass(desk, clock, 40)
    assert _lists(desk)["images"] == 0, "the queue shows it"
    assert 1 <= _lists(desk)["queue"] <= 4
    desk.clinic.counters.reset()
    desk.clinic.accept_all()
    clock.turn(60)
    await desk.tray_says("Found in chart")
    await until(lambda: desk.filter_words[0] == "All, 1201")
    await _quiet(desk)
    assert _lists(desk)["images"] <= 2 * before + 3, "the look, the album, the watch, and the face"


async def test_a_list_in_no_order_is_not_read_whole_again_at_each_look(
    closed_desk: Desk, clock: TurnedClock, photo: Path
) -> None:
    desk = closed_desk
    desk.clinic.switches.shuffles_photos = True
    desk.clinic.fill_album(GRACE_ADEYEMI, [partial(drawing.numbered, number) for number in range(1, 251)])
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await desk.send_file(photo)
    await until(lambda: _state(desk) is UploadState.SENT)
    await _quiet(desk)
    desk.clinic.counters.reset()
    await _pass(desk, clock, 240)
    assert _lists(desk)["images"] == 0
    desk.clinic.accept_all()
    await _pass(desk, clock, 120)
    await desk.tray_says("Found in chart")
    await until(lambda: desk.filter_words[0] == "All, 251")


async def test_a_search_by_id_asks_once(desk: Desk) -> None:
    await desk.board_is_there()
    await _quiet(desk)
    desk.clinic.counters.reset()
    await desk.search(str(GRACE_ADEYEMI))
    desk.press(Qt.Key.Key_Return)
    await desk.album_is_known()
    await until(lambda: desk.banner_name.startswith("Patient Grace Adeyemi"))
    await _quiet(desk)
    assert desk.clinic.counters.count("patient") == 1


def _state(desk: Desk) -> UploadState | None:
    uploads = desk.services.uploading.feed.latest
    return uploads[0].state if uploads else None
