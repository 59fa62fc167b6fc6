"""Who may fetch a photo, who stands still, and that nobody is forgotten."""

import asyncio
import random

import pytest

from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.line_rate import LineRate
from cerbo_desktop.runtime.photo_lane import PhotoLane, Turn
from tests.waiting import until

NOW, VISIBLE, NEAR, OUTBOX = Urgency.NOW, Urgency.VISIBLE, Urgency.NEAR, Urgency.OUTBOX


class Shown(LineRate):
    """A line that has shown what a test says."""

    def __init__(self) -> None:
        super().__init__(lambda: 0.0)
        self.shown: float | None = None

    @property
    def bytes_s(self) -> float | None:
        return self.shown

    @property
    def is_fast(self) -> bool:
        return (self.shown or 0) >= 2_500_000

    @property
    def is_slow(self) -> bool:
        return self.shown is not None and self.shown < 500_000


class Album:
    """Photos in the lane: who went in, in order, and who stands still."""

    def __init__(self, lane: PhotoLane) -> None:
        self.lane = lane
        self.entered: list[str] = []
        self.turns: dict[str, Turn] = {}
        self._doors: dict[str, asyncio.Event] = {}
        self._group = asyncio.TaskGroup()

    async def __aenter__(self) -> "Album":
        await self._group.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        for door in self._doors.values():
            door.set()
        await self._group.__aexit__(*failure)  # type: ignore[arg-type]  # as it was given

    async def ask(self, name: str, urgency: Urgency | DynamicUrgency) -> "asyncio.Task[None]":
        self._doors[name] = asyncio.Event()
        task = self._group.create_task(self._fetch(name, urgency))
        await settle()
        return task

    async def _fetch(self, name: str, urgency: Urgency | DynamicUrgency) -> None:
        async with self.lane.turn(urgency) as turn:
            self.entered.append(name)
            self.turns[name] = turn
            await self._doors[name].wait()
        del self.turns[name]

    async def end(self, name: str) -> None:
        self._doors[name].set()
        await settle()

    @property
    def inside(self) -> set[str]:
        return {name for name, turn in self.turns.items() if not turn.is_held}

    @property
    def held(self) -> set[str]:
        return {name for name, turn in self.turns.items() if turn.is_held}


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
def line() -> Shown:
    return Shown()


@pytest.fixture
def lane(line: Shown) -> PhotoLane:
    return PhotoLane(line, 4)


async def test_one_at_a_time_until_the_line_has_shown_more(line: Shown, lane: PhotoLane) -> None:
    async with Album(lane) as album:
        for name, urgency in (("a", VISIBLE), ("b", NEAR), ("c", VISIBLE), ("d", NEAR), ("e", NEAR), ("f", NEAR)):
            await album.ask(name, urgency)
        assert album.entered == ["a"]
        line.shown = 2_000_000
        lane.look()
        await settle()
        assert album.entered == ["a"]
        line.shown = 3_000_000
        lane.look()
        await settle()
        assert album.entered == ["a", "c"]
        await album.end("a")
        await album.end("c")
        assert album.entered == ["a", "c", "b", "d", "e", "f"]


async def test_small_photos_that_are_there_at_once_leave_room_for_others(lane: PhotoLane) -> None:
    async with Album(lane) as album:
        for name in "abcde":
            await album.ask(name, VISIBLE)
        lane.note_whole(100_000, 0.06)
        await settle()
        assert album.entered == ["a", "b", "c", "d"]
        lane.note_whole(100_000, 0.9)
        await album.end("a")
        assert album.entered == ["a", "b", "c", "d"]


async def test_a_person_who_waits_goes_in_and_the_others_stand_still(lane: PhotoLane) -> None:
    async with Album(lane) as album:
        await album.ask("tile", VISIBLE)
        await album.ask("next tile", VISIBLE)
        await album.ask("opened", NOW)
        assert (album.inside, album.held) == ({"opened"}, {"tile"})
        await album.ask("opened after it", NOW)
        assert (album.inside, album.held) == ({"opened after it"}, {"tile", "opened"})
        await album.end("opened after it")
        assert (album.inside, album.held) == ({"opened"}, {"tile"})
        await album.end("opened")
        assert (album.inside, album.held) == ({"tile"}, set())
        await album.end("tile")
        assert album.inside == {"next tile"}


async def test_a_photo_that_is_opened_on_its_way_goes_on_alone(line: Shown, lane: PhotoLane) -> None:
    line.shown = 5_000_000
    urgency = DynamicUrgency(VISIBLE)
    async with Album(lane) as album:
        await album.ask("other", VISIBLE)
        await album.ask("opened", urgency)
        await album.ask("waiting", VISIBLE)
        assert album.inside == {"other", "opened"}
        urgency.raise_to(NOW)
        await settle()
        assert (album.inside, album.held) == ({"opened"}, {"other"})


async def test_photos_that_were_passed_go_on_one_after_the_other(lane: PhotoLane) -> None:
    passed = {str(number): DynamicUrgency(VISIBLE) for number in range(5)}
    async with Album(lane) as album:
        for name, urgency in passed.items():
            await album.ask(name, urgency)
        for name, urgency in passed.items():
            urgency.raise_to(NOW)
            await settle()
            assert album.inside == {name}
            urgency.become(VISIBLE)
            assert len(album.inside) == 1
        passed["1"].raise_to(NOW)
        assert album.inside == {"1"}, "opened once more"
        await album.end("1")
        for _ in range(4):
            assert len(album.inside) == 1
            await album.end(min(album.inside))
        assert album.turns == {}


async def test_one_large_photo_ends_the_room_that_small_ones_had(line: Shown, lane: PhotoLane) -> None:
    async with Album(lane) as album:
        for name in "abcde":
            await album.ask(name, VISIBLE)
        lane.note_whole(100_000, 0.06)
        await settle()
        lane.note_size(album.turns["c"], 500_000)
        assert album.held == set()
        lane.note_size(album.turns["c"], 1_400_000)
        assert (album.inside, album.held) == ({"a"}, {"b", "c", "d"})
        await album.end("a")
        lane.note_whole(100_000, 0.06)
        assert album.inside == {"b"}, "a large one waits among them"
        await album.end("b")
        assert album.inside == {"c"}
        await album.end("c")
        lane.note_whole(100_000, 0.06)
        await settle()
        assert album.inside == {"d", "e"}


async def test_nothing_is_known_of_how_large_the_next_patients_photos_are(lane: PhotoLane) -> None:
    async with Album(lane) as album:
        lane.note_whole(100_000, 0.06)
        lane.forget_sizes()
        for name in "abc":
            await album.ask(name, VISIBLE)
        assert album.entered == ["a"]


async def test_what_is_out_of_sight_stands_still_for_what_is_in_view(lane: PhotoLane) -> None:
    async with Album(lane) as album:
        await album.ask("near", NEAR)
        await album.ask("seen", VISIBLE)
        assert (album.inside, album.held) == ({"seen"}, {"near"})
        await album.end("seen")
        assert album.inside == {"near"}


async def test_pictures_without_end_do_not_keep_the_outbox_out(lane: PhotoLane) -> None:
    async with Album(lane) as album:
        await album.ask("0", VISIBLE)
        await album.ask("outbox", OUTBOX)
        for number in range(1, 30):
            await album.ask(str(number), VISIBLE)
        for number in range(20):
            if "outbox" in album.turns:
                break
            await album.end(str(number))
        assert album.inside == {"outbox"}
        await album.ask("opened", NOW)
        assert album.held == {"outbox"}


async def test_who_holds_a_photo_is_told_once_for_each_change(lane: PhotoLane) -> None:
    told: list[bool] = []
    async with Album(lane) as album:
        await album.ask("tile", VISIBLE)
        await album.ask("opened", NOW)
        album.turns["tile"].obey(told.append)
        await album.end("opened")
        await album.ask("opened again", NOW)
        album.turns["tile"].obey(None)
        await album.end("opened again")
    assert told == [True, False, True]


async def test_slowness_is_told_while_photos_are_on_their_way(line: Shown) -> None:
    told: list[bool] = []
    lane = PhotoLane(line, 4, told.append)
    line.shown = 100_000
    lane.look()
    assert told == []
    async with Album(lane) as album:
        await album.ask("a", VISIBLE)
        assert told == [True]
        line.shown = 1_000_000
        lane.look()
        assert told == [True, False]
        line.shown = 100_000
        lane.look()
        await album.end("a")
    assert told == [True, False, True, False]


async def test_cancelling_anywhere_gives_every_place_back(line: Shown, lane: PhotoLane) -> None:
    chance = random.Random(5)

    async def fetch() -> None:
        async with lane.turn(chance.choice(list(Urgency))):
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        tasks = []
        for _ in range(300):
            line.shown = chance.choice((None, 100_000, 5_000_000))
            tasks.append(group.create_task(fetch()))
            for task in chance.sample(tasks, min(len(tasks), 2)):
                if chance.random() < 0.4:
                    task.cancel()
            if chance.random() < 0.5:
                await asyncio.sleep(0)
    async with Album(lane) as album:
        await album.ask("last", Urgency.BACKGROUND)
        await until(lambda: album.inside == {"last"})
