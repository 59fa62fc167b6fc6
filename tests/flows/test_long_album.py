"""1,200 photos: what is in view comes first, what left the view is not worked for, and nothing stutters."""

import asyncio
import sys

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.practice.drawing import BLOCKS
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, MARIA_LOPEZ
from cerbo_desktop.services.photos import kept_bytes, thumbnails
from cerbo_desktop.services.photos.thumbnails import IN_FLIGHT
from cerbo_desktop.ui.gallery.layout import STUCK_PX
from tests.flows.desk import Desk
from tests.flows.ticking import percentile, ticking
from tests.waiting import until
from tests.yardstick import bound_ms

_COUNT = 1200


async def _fully_listed(desk: Desk) -> None:
    await until(lambda: desk.filter_words == ["All, 1200", "Personal, 24", "Medical, 1176"])


async def _drawn(desk: Desk, numbers: range) -> None:
    """Have the clinic draw these photos now, so that its drawing is not measured."""
    photos = desk.clinic.album(EVELYN_LONGACRE)
    await asyncio.to_thread(lambda: [photos[number - 1].content for number in numbers])


def _shown_numbers(desk: Desk) -> list[int]:
    """What belongs into the cells in view: the album runs from photo 1,200 down to photo 1."""
    return [_COUNT - row for row in desk.album.rows_in_view()]


async def test_first_screen_then_the_end_and_nothing_between(desk: Desk) -> None:
    """While the list still grows other photos come into view, one page after the other: how many is left to chance."""
    were_wanted: set[str] = set()
    desk.album.wanted_changed.connect(lambda visible, near: were_wanted.update(visible, near))
    await desk.open(EVELYN_LONGACRE)
    await _fully_listed(desk)
    await desk.pictures_are_there()
    assert desk.numbers == _shown_numbers(desk)
    await _nothing_more_is_asked(desk)
    on_the_way = len(_asked(desk))
    assert set(_asked(desk)) <= were_wanted
    desk.press(Qt.Key.Key_End)
    await until(lambda: desk.album.rows_in_view().stop == _COUNT)
    await desk.pictures_are_there()
    assert desk.numbers == _shown_numbers(desk)
    assert desk.numbers[-1] == 1
    await _nothing_more_is_asked(desk)
    at_the_end = _asked(desk)[on_the_way:]
    assert set(at_the_end) <= _wanted(desk)
    assert len(at_the_end) == len(set(at_the_end))


async def _nothing_more_is_asked(desk: Desk) -> None:
    """All that is in view or near it is there."""
    counters = desk.clinic.counters
    await until(lambda: set(_asked(desk)) >= _wanted(desk) and counters.in_flight("content") == 0)


def _wanted(desk: Desk) -> set[str]:
    visible, near = desk.album.wanted
    return {*visible, *near}


async def test_the_visible_come_before_the_near(desk: Desk) -> None:
    await desk.board_is_there()
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    desk.clinic.switches.latency_s = 0.05
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    visible, near = map(set, desk.album.wanted)
    asked = [photo_id for photo_id in _asked(desk) if photo_id in visible | near]
    assert len(visible & set(asked[: len(visible) + IN_FLIGHT])) == len(visible)


def _asked(desk: Desk) -> list[str]:
    """Ids of Evelyn's photos in the order in which they were asked for."""
    seen = desk.clinic.counters.seen("content")
    return [each.path.split("/")[-2] for each in seen if f"/{EVELYN_LONGACRE}/" in each.path]


async def test_pages_that_came_are_not_told_as_if_they_were_all(desk: Desk) -> None:
    await desk.search(str(EVELYN_LONGACRE))
    desk.clinic.switches.holds_later_pages = True
    desk.click_row(desk.pane.results.list, 0)
    await until(lambda: "100 photos so far. More are loading…" in desk.page_words)
    assert desk.filter_words == ["All", "Personal", "Medical"]
    assert all(" of 100 so far, " in tile for tile in desk.tiles)
    await desk.pictures_are_there()
    await desk.open_photo()
    await until(lambda: "100 of 100 so far" in desk.viewer_words)
    desk.clinic.switches.holds_later_pages = False
    await until(lambda: "of 1200" in desk.viewer_words)
    assert "so far" not in desk.viewer_words
    desk.press(Qt.Key.Key_Escape)
    await _fully_listed(desk)
    assert "so far" not in desk.page_words
    assert all(" of 1200, " in tile for tile in desk.tiles)


async def test_paging_through_stays_smooth_and_within_budget(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    await desk.open(EVELYN_LONGACRE)
    await _fully_listed(desk)
    await _drawn(desk, range(1101, 1201))
    await desk.pictures_are_there()
    async with ticking() as gaps:
        for _ in range(12):
            desk.press(Qt.Key.Key_PageDown)
            await until(lambda: len([state for state in desk.states if state is not None]) > 0)
            await asyncio.sleep(0.08)
        await desk.pictures_are_there()
    assert desk.numbers == _shown_numbers(desk)
    worst, usual = max(gaps), percentile(gaps, 0.99)
    with capsys.disabled():
        sys.stdout.write(
            f"\nlongest work between two beats while paging {worst:.0f} ms, p99 {usual:.0f} ms, of {len(gaps)} beats\n"
        )
    assert usual <= bound_ms(50)
    assert desk.services.thumbnails.used_bytes <= thumbnails.BUDGET_BYTES
    assert desk.services.contents.used_bytes <= kept_bytes.LIMIT_BYTES


async def test_the_painted_tile_is_the_photo_of_its_cell(desk: Desk) -> None:
    """From the pixels on screen: a square tile shows blocks 2 to 13 of a numbered photo's 16."""
    await desk.open(EVELYN_LONGACRE)
    await _fully_listed(desk)
    desk.press(Qt.Key.Key_End)
    await until(lambda: desk.album.rows_in_view().stop == _COUNT)
    await desk.pictures_are_there()
    screen = desk.album.viewport().rect().adjusted(0, STUCK_PX, 0, 0)  # the heading of a month may lie over the rest
    whole = [row for row in desk.album.rows_in_view() if screen.contains(desk.album.tile_rect(row))]
    assert len(whole) >= 4
    for row in whole:
        assert _painted_bits(desk, row) == _bits(_COUNT - row)[2:14], row


def _bits(number: int) -> list[bool]:
    return [bool(number >> (BLOCKS - 1 - place) & 1) for place in range(BLOCKS)]


def _painted_bits(desk: Desk, row: int) -> list[bool]:
    rect = desk.album.tile_rect(row)
    tile = desk.album.viewport().grab(rect).toImage()
    edge = rect.width()
    return [tile.pixelColor((2 * block + 1) * edge // 24, edge // 16).lightness() > 127 for block in range(12)]


async def test_leaving_a_patient_ends_the_requests(desk: Desk) -> None:
    await desk.board_is_there()
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    await desk.search(str(EVELYN_LONGACRE))
    desk.clinic.switches.latency_s = 1.0
    desk.click_row(desk.pane.results.list, 0)
    await until(lambda: desk.clinic.counters.in_flight("content") > 1)
    desk.clinic.switches.latency_s = 0.0
    await desk.open_patient("Maria Lopez, born 4 March 1981")
    assert "Maria Lopez" in desk.banner_name
    await desk.pictures_are_there()
    await until(lambda: desk.clinic.counters.in_flight("content") == 0)
    evelyns = {photo.id for photo in desk.clinic.album(EVELYN_LONGACRE)}
    marias = {str(photo.id) for photo in desk.clinic.album(MARIA_LOPEZ)}
    assert set(desk.album.wanted[0]) <= marias
    assert not [each for each in desk.album.wanted[0] if int(each) in evelyns]
    assert len(_asked(desk)) <= IN_FLIGHT + 2
