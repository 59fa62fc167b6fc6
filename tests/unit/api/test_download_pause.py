"""An answer that stands still frees its line and its place, and leaves a connection that can be used."""

import pytest

from cerbo_desktop.api.download_pause import DownloadPause
from cerbo_desktop.runtime.progress_limit import ProgressLimit
from tests.unit.api.told import Told


@pytest.fixture
def told() -> Told:
    return Told()


async def test_it_says_each_change_once(told: Told) -> None:
    pause = DownloadPause(told, ProgressLimit(60.0), told)
    for is_held in (False, True, True, False, False):
        pause(is_held)
    assert told.words == ["hold", "aside", "back", "go on"]


async def test_an_answer_that_ends_while_it_stands_still_leaves_its_connection_readable(told: Told) -> None:
    """Its bytes may have been here already; the next answer over this connection would never be read."""
    pause = DownloadPause(told, ProgressLimit(60.0), told)
    pause(True)
    pause.end()
    pause(True)
    assert told.words == ["hold", "aside", "back", "go on"]
