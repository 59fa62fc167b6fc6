"""Pictures that failed for the line's sake are asked for again: soon, then later and later, and not on a lost line."""

from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.later_tries import LaterTries
from tests.fakes.hand_clock import HandClock
from tests.waiting import until


class Tiles:
    """Count how often they were asked for again."""

    def __init__(self) -> None:
        self.clock, self.is_online, self.try_count = HandClock(), True, 0
        self.scope = TaskScope("tiles", self._fail)
        self.later = LaterTries(self.scope, self._again, lambda: self.is_online, self.clock.sleep)

    async def wait(self, seconds: float) -> None:
        await until(lambda: self.clock.sleeping_s == [seconds])
        self.clock.turn(seconds)

    async def are_tried(self, count: int) -> None:
        await until(lambda: self.try_count == count)

    def _again(self) -> None:
        self.try_count += 1

    def _fail(self, failure: BaseException) -> None:
        raise failure


@pytest.fixture
async def tiles() -> AsyncIterator[Tiles]:
    tiles = Tiles()
    yield tiles
    await tiles.scope.aclose()


async def test_each_wait_is_longer_until_a_picture_came(tiles: Tiles) -> None:
    for count, wait_s in enumerate((5, 10, 20, 40, 60, 60), 1):
        tiles.later.note_failed()
        tiles.later.note_failed()
        await tiles.wait(wait_s)
        await tiles.are_tried(count)
    tiles.later.note_ready()
    tiles.later.note_failed()
    await tiles.wait(5)
    await tiles.are_tried(7)


async def test_a_lost_line_is_not_tried(tiles: Tiles) -> None:
    tiles.is_online = False
    tiles.later.note_failed()
    await tiles.wait(5)
    await until(lambda: tiles.clock.sleeping_s == [10])
    assert tiles.try_count == 0
    tiles.is_online = True
    tiles.clock.turn(10)
    await tiles.are_tried(1)
