"""Photos over a slow line, in the real window: all of them come, none twice, and the one that is opened comes first.

The bytes that the line brought and the order of what was asked for are the judges; no time is.
"""

import asyncio
import os
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.app.options import Options
from cerbo_desktop.practice.answer_forms import RangeForm, VersionForm
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import RUTH_CALLOWAY
from cerbo_desktop.runtime import progress_limit
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.services.connection import ConnectionState, Online
from cerbo_desktop.services.photos import later_tries
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading
from tests.fakes.lines import Quality, SlowLine
from tests.flows.desk import Desk
from tests.variants import some_now
from tests.waiting import until

_BESIDE_BYTES = 120_000
"""The board, the search, the lists, and what an answer's head takes."""
_PHONE_BYTES = 4_900_000


@pytest.fixture
def line(clinic: PracticeClinic) -> Iterator[SlowLine]:
    with SlowLine(int(clinic.origin.rpartition(":")[2])) as line:
        yield line


def padded(size_bytes: int, number: int) -> bytes:
    """A sound JPEG of so many bytes, each number another: most of them lie in comments, which cost no time."""
    names = ("patch-a", "patch-b", "patch-c")
    jpeg = (resources_dir() / "practice" / f"{names[number % 3]}.jpg").read_bytes()
    left_bytes, comments = size_bytes - len(jpeg), b""
    while left_bytes > 4:
        length = min(left_bytes - 2, 60_000)
        comments += b"\xff\xfe" + length.to_bytes(2, "big") + os.urandom(length - 2)
        left_bytes -= length + 2
    return jpeg[:-2] + b"\xff\xd9" if not comments else jpeg[:2] + comments + jpeg[2:]


class Album:
    """Ruth Calloway's photos, and what became of their tiles and of the connection meanwhile."""

    def __init__(self, desk: Desk, line: SlowLine, sizes_bytes: Sequence[int]) -> None:
        self.desk, self.line = desk, line
        self.photos = [padded(size_bytes, number) for number, size_bytes in enumerate(sizes_bytes)]
        desk.clinic.fill_album(RUTH_CALLOWAY, [lambda data=data: data for data in self.photos])  # type: ignore[misc]  # mypy does not infer a lambda with a default
        self.failed: list[Failed] = []
        self.connection: list[ConnectionState] = []

    async def open(self, quality: Quality, *, stall_count: int = 0) -> None:
        """Over a line that has shown nothing yet: the faces of the board are missing, and all else is short."""
        clinic = self.desk.clinic
        for kind in ("content", "stream"):
            clinic.faults.set(kind, Fault.NOT_FOUND)
        await self.desk.start_with(Options(server=self.line.origin, key=clinic.username, secret=clinic.secret))
        self.desk.services.thumbnails.subscribe(self._note)
        self.desk.services.connection.feed.subscribe(self.connection.append)
        await self.desk.board_is_there()
        await self._board_is_quiet()
        clinic.faults.clear()
        if stall_count:
            clinic.faults.set("content", Fault.STALL_MID_BODY, times=stall_count)
        self.line.count_anew()
        clinic.counters.reset()
        self.line.quality = quality
        await self.desk.open(RUTH_CALLOWAY)

    async def _board_is_quiet(self) -> None:
        """Nothing has been on its way for many turns of the loop."""
        calm_turns = 0
        while calm_turns < 30:
            await asyncio.sleep(0.01)
            calm_turns = 0 if self.desk.clinic.counters.in_flight() else calm_turns + 1

    @property
    def size_bytes(self) -> int:
        return sum(map(len, self.photos))

    @property
    def asked(self) -> list[str]:
        """The photos whose bytes were asked for, in order."""
        photos = f"/patients/{RUTH_CALLOWAY}/images/"
        return [seen.path.split("/")[-2] for seen in self.desk.clinic.counters.seen() if photos in seen.path]

    @property
    def was_always_online(self) -> bool:
        return all(isinstance(state, Online) for state in self.connection)

    def _note(self, _: object, state: object) -> None:
        if isinstance(state, Failed):
            self.failed.append(state)


async def test_an_album_comes_photo_after_photo_and_the_foot_says_that_the_line_is_slow(
    closed_desk: Desk, line: SlowLine
) -> None:
    album = Album(closed_desk, line, [300_000] * 8)
    await album.open(Quality.named("3.2 Mbit/s, 20 ms"))
    await until(lambda: closed_desk.pane.footer.words == "Slow connection")
    waiting = [state for state in closed_desk.states if isinstance(state, Loading)]
    assert waiting
    await closed_desk.pictures_are_there(60.0)
    assert album.failed == []
    assert closed_desk.clinic.counters.peak("content") == 1
    assert len(album.asked) == len(set(album.asked)) == 8
    assert line.delivered_bytes < album.size_bytes + _BESIDE_BYTES
    await until(lambda: closed_desk.pane.footer.words == "Connected")
    assert album.was_always_online


@pytest.mark.parametrize("version", [VersionForm.UNNAMED, VersionForm.TAG])
async def test_what_came_of_a_broken_photo_does_not_come_again(
    version: VersionForm, closed_desk: Desk, line: SlowLine
) -> None:
    closed_desk.clinic.switches.answers_range = True
    closed_desk.clinic.switches.version = version
    album = Album(closed_desk, line, [500_000] * 3)
    line.cut(after_bytes=300_000, times=3)
    await album.open(Quality.named("16 Mbit/s"))
    await closed_desk.pictures_are_there(60.0)
    assert line.cuts_left == 0
    assert album.failed == []
    assert line.delivered_bytes < album.size_bytes + _BESIDE_BYTES
    assert album.was_always_online


@some_now("form", [RangeForm.OTHER_BYTES, RangeForm.OTHER_SIZE, RangeForm.NOTHING, RangeForm.REFUSED, None])
async def test_two_versions_are_never_put_together(form: RangeForm | None, closed_desk: Desk, line: SlowLine) -> None:
    closed_desk.clinic.switches.answers_range = form is not None
    closed_desk.clinic.switches.ranges = form or RangeForm.HONEST
    album = Album(closed_desk, line, [400_000])
    line.cut(after_bytes=200_000)
    await album.open(Quality.named("16 Mbit/s"))
    await closed_desk.pictures_are_there(60.0)
    shown = closed_desk.clinic.album(RUTH_CALLOWAY)[0]
    kept = next(iter(closed_desk.services.albums.album.latest.of_type(None)))
    content = closed_desk.services.contents.cached(kept.patient_id, kept.id)
    assert content is not None
    assert content.data == shown.content


async def test_a_photo_that_is_opened_has_the_line_to_itself(closed_desk: Desk, line: SlowLine) -> None:
    """But for what this PC's own socket still takes of the tile under way. With sockets that are read on, the tile's
    bytes would come all through it."""
    size_bytes = 4_000_000
    album = Album(closed_desk, line, [size_bytes] * 2)
    await album.open(Quality.named("16 Mbit/s, 20 ms"))
    await until(lambda: line.delivered_bytes > 150_000)
    tile = album.asked
    before_bytes = line.delivered_bytes
    await closed_desk.open_photo(1)
    await until(lambda: closed_desk.stage_name.endswith("Full quality"), 60.0)
    assert line.delivered_bytes - before_bytes < 1.6 * size_bytes
    await until(lambda: line.delivered_bytes > album.size_bytes, 60.0)
    await until(lambda: not closed_desk.clinic.counters.in_flight())
    assert album.asked[:1] == tile
    assert len(album.asked) == len(set(album.asked)) == 2
    assert line.delivered_bytes < album.size_bytes + _BESIDE_BYTES
    assert album.failed == []


async def test_photos_that_were_passed_leave_the_line_to_the_one_on_show_and_a_place_to_a_search(
    closed_desk: Desk, line: SlowLine
) -> None:
    """Each of them is a tile that is in view too, so none is given up."""
    size_bytes, clinic = 1_500_000, closed_desk.clinic
    album = Album(closed_desk, line, [size_bytes] * 6)
    await album.open(Quality.named("8 Mbit/s, 20 ms"))
    await until(lambda: line.delivered_bytes > 100_000)
    await closed_desk.open_photo(0)
    for number in range(1, 7):
        await until(lambda number=number: f"photo {number} of 6" in closed_desk.stage_name)  # type: ignore[misc]  # mypy does not infer a lambda with a default
        await until(lambda number=number: len(set(album.asked)) >= number)  # type: ignore[misc]  # mypy does not infer a lambda with a default
        if number < 6:
            closed_desk.press(Qt.Key.Key_Right)
    before_bytes = line.delivered_bytes
    await until(lambda: closed_desk.stage_name.endswith("Full quality"), 60.0)
    assert line.delivered_bytes - before_bytes < 3 * size_bytes
    for number in range(5, 0, -1):
        closed_desk.press(Qt.Key.Key_Left)
        await until(lambda number=number: f"photo {number} of 6" in closed_desk.stage_name)  # type: ignore[misc]  # mypy does not infer a lambda with a default
    before_bytes = line.delivered_bytes
    await closed_desk.search("Calloway")
    assert closed_desk.found
    assert line.delivered_bytes - before_bytes < size_bytes, "the search did not wait for a photo"
    await closed_desk.pictures_are_there(60.0)
    await until(lambda: not clinic.counters.in_flight())
    assert album.failed == []
    assert len(album.asked) == len(set(album.asked)) == 6
    assert line.delivered_bytes < album.size_bytes + _BESIDE_BYTES


async def test_a_tile_that_stood_still_loads_by_itself_later(
    closed_desk: Desk, line: SlowLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_limit, "QUIET_S", 1.0)
    monkeypatch.setattr(later_tries, "_WAITS_S", (0.5,))
    album = Album(closed_desk, line, [100_000])
    await album.open(Quality(), stall_count=6)
    await until(lambda: album.failed)
    await closed_desk.pictures_are_there(60.0)
    assert album.was_always_online


@pytest.mark.release
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "count"), [("1 Mbit/s, 50 ms", 3), ("2 Mbit/s, 50 ms", 4), ("10 Mbit/s, 50 ms", 16)])
async def test_an_album_of_a_phone_loads_whole(name: str, count: int, closed_desk: Desk, line: SlowLine) -> None:
    """With a connection that breaks now and then, and one photo that is opened while others are on their way."""
    closed_desk.clinic.switches.answers_range = True
    album = Album(closed_desk, line, [_PHONE_BYTES] * count)
    line.cut(after_bytes=3_000_000, times=2)
    await album.open(Quality.named(name))
    await until(lambda: line.delivered_bytes > 1_000_000, 60.0)
    before_bytes = line.delivered_bytes
    await closed_desk.open_photo(count - 1)
    await until(lambda: closed_desk.stage_name.endswith("Full quality"), 300.0)
    assert line.delivered_bytes - before_bytes < 1.1 * _PHONE_BYTES + _BESIDE_BYTES
    await until(lambda: line.delivered_bytes > album.size_bytes, 500.0)
    await until(lambda: not closed_desk.clinic.counters.in_flight())
    assert album.failed == []
    assert line.delivered_bytes < album.size_bytes + _BESIDE_BYTES
    assert album.was_always_online
