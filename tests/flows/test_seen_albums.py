"""Photos and facts that were seen a minute ago stay while the line is away, with a word that says how old they are."""

import re

import pytest

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ
from tests.flows.desk import Desk
from tests.variants import some_now
from tests.waiting import until

_OLD = r"Photos as of \d\d:\d\d\. New ones show once Cerbo answers again\."


async def _see_maria_and_go_to_grace(desk: Desk) -> list[str]:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    seen = desk.tiles
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    return seen


@pytest.mark.parametrize("fault", [Fault.OFFLINE, Fault.CAPTIVE_PORTAL])
async def test_photos_that_were_seen_stay_while_the_line_is_away(desk: Desk, fault: Fault) -> None:
    seen = await _see_maria_and_go_to_grace(desk)
    desk.clinic.faults.set("*", fault)
    await desk.open_patient("Maria Lopez")
    await until(lambda: re.search(_OLD, desk.page_words))
    await desk.pictures_are_there()
    assert desk.tiles == seen[: len(desk.tiles)], "the strip takes the room of a line"
    assert desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"]
    assert "Could not reach Cerbo" not in desk.page_words, "the strip says it"
    desk.clinic.faults.clear()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not re.search(_OLD, desk.page_words))
    await until(lambda: desk.tiles == seen)


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.UNAUTHORIZED, Fault.NOT_FOUND])
async def test_whoever_may_not_see_them_any_more_sees_none(desk: Desk, fault: Fault) -> None:
    await _see_maria_and_go_to_grace(desk)
    desk.clinic.faults.set("*", fault)
    await desk.open_patient("Maria Lopez")
    assert desk.tiles == []
    assert desk.filter_words == ["All", "Personal", "Medical"]
    assert not re.search(_OLD, desk.page_words)


_TROUBLES = [
    *(Fault.OFFLINE, Fault.CAPTIVE_PORTAL, Fault.TOO_MANY, Fault.UNAUTHORIZED, Fault.FORBIDDEN),
    *(Fault.SERVER_ERROR, Fault.MALFORMED_JSON, Fault.RESULT_FALSE),
]


@some_now("fault", _TROUBLES)
async def test_nothing_is_counted_of_an_album_that_nobody_has_seen(desk: Desk, fault: Fault) -> None:
    desk.widen()
    await desk.board_is_there()
    desk.clinic.faults.set("*", fault)
    desk.click_on_board("Maria Lopez")
    told: list[list[str]] = []
    end = desk.services.albums.album.subscribe(lambda _: told.append(desk.filter_words))
    await until(lambda: desk.clinic.counters.count("images") and not desk.clinic.counters.in_flight())
    end()
    assert desk.filter_words == ["All", "Personal", "Medical"]
    assert all(each == ["All", "Personal", "Medical"] for each in told)
