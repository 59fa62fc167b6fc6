import asyncio
import random
from functools import partial

import pytest

from cerbo_desktop.domain.errors import Overloaded
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.priority_limiter import PriorityLimiter
from tests.fakes.hand_timer import HandTimer
from tests.waiting import until


class Visits:
    """Runs visitors and notes who came in and how many were inside."""

    def __init__(self, limiter: PriorityLimiter) -> None:
        self.limiter = limiter
        self.entered: list[str] = []
        self.most_inside = 0
        self.doors: dict[str, asyncio.Event] = {}

    async def visit(self, name: str, urgency: Urgency | DynamicUrgency, *, is_long: bool = False) -> None:
        self.doors[name] = asyncio.Event()
        async with self.limiter.place(urgency, is_long=is_long):
            self.entered.append(name)
            self.most_inside = max(self.most_inside, self.limiter.inside)
            await self.doors[name].wait()


async def test_the_most_urgent_goes_first_and_equals_in_order() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.BACKGROUND))
        await until(lambda: visits.entered)
        for name, urgency in [
            ("later", Urgency.BACKGROUND),
            ("near", Urgency.NEAR),
            ("seen 1", Urgency.VISIBLE),
            ("seen 2", Urgency.VISIBLE),
            ("now", Urgency.NOW),
        ]:
            group.create_task(visits.visit(name, urgency))
        await until(lambda: limiter.waiting == 5)
        for name in ("first", "now", "seen 1", "seen 2", "near", "later"):
            await until(partial(visits.entered.__contains__, name))
            visits.doors[name].set()
    assert visits.entered == ["first", "now", "seen 1", "seen 2", "near", "later"]
    assert visits.most_inside == 1


async def test_the_reserve_is_for_now_alone() -> None:
    limiter = PriorityLimiter(2, reserve=1)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        for name in ("a", "b", "c"):
            group.create_task(visits.visit(name, Urgency.VISIBLE))
        await until(lambda: limiter.waiting == 1)
        group.create_task(visits.visit("search", Urgency.NOW))
        await until(lambda: "search" in visits.entered)
        assert limiter.inside == 3
        visits.doors["search"].set()
        await until(lambda: limiter.inside == 2)
        assert "c" not in visits.entered
        for name in ("a", "b"):
            visits.doors[name].set()
        await until(lambda: "c" in visits.entered)
        visits.doors["c"].set()


async def test_cancelling_anywhere_gives_every_place_back() -> None:
    chance = random.Random(7)
    limiter = PriorityLimiter(3)

    async def visitor() -> None:
        async with limiter.place(chance.choice(list(Urgency))):
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        tasks = []
        for _ in range(400):
            tasks.append(group.create_task(visitor()))
            for task in chance.sample(tasks, min(len(tasks), 2)):
                if chance.random() < 0.4:
                    task.cancel()
            if chance.random() < 0.5:
                await asyncio.sleep(0)
    assert limiter.inside == 0
    assert limiter.waiting == 0


async def test_cancelled_in_the_moment_of_its_turn() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.NOW))
        await until(lambda: visits.entered)
        second = group.create_task(visits.visit("second", Urgency.NOW))
        await until(lambda: limiter.waiting == 1)
        visits.doors["first"].set()
        await asyncio.sleep(0)
        second.cancel()
    assert limiter.inside == 0


async def test_slowing_down_halves_and_successes_give_back() -> None:
    limiter = PriorityLimiter(4)
    limiter.note_refused(0.0, 1.0)
    assert limiter.width == 2
    limiter.note_refused(0.0, 1.0)
    limiter.note_refused(0.0, 1.0)
    assert limiter.width == 1
    for _ in range(100):
        limiter.recover()
    assert limiter.width == 4


@pytest.mark.parametrize("inside", [4])
async def test_slowing_down_lets_nobody_new_in(inside: int) -> None:
    timer = HandTimer()
    limiter = PriorityLimiter(inside, reserve=0, timer=timer)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        for number in range(inside + 1):
            group.create_task(visits.visit(str(number), Urgency.VISIBLE))
        await until(lambda: limiter.waiting == 1)
        limiter.note_refused(0.0, 1.0)
        timer.turn(1)
        limiter.note_answered(1.0)
        visits.doors["0"].set()
        visits.doors["1"].set()
        await until(lambda: limiter.inside == 2)
        assert limiter.waiting == 1
        visits.doors["2"].set()
        await until(lambda: "4" in visits.entered)
        for number in (3, 4):
            visits.doors[str(number)].set()


async def test_who_becomes_more_urgent_goes_before_those_who_were_first() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits, opened = Visits(limiter), DynamicUrgency(Urgency.NEAR)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.VISIBLE))
        await until(lambda: visits.entered)
        for name, urgency in (("seen", Urgency.VISIBLE), ("near", Urgency.NEAR), ("opened", opened)):
            group.create_task(visits.visit(name, urgency))
        await until(lambda: limiter.waiting == 3)
        opened.raise_to(Urgency.NOW)
        opened.raise_to(Urgency.BACKGROUND)  # no rise
        assert limiter.waiting == 3
        for name in ("first", "opened", "seen", "near"):
            await until(partial(visits.entered.__contains__, name))
            visits.doors[name].set()
    assert visits.entered == ["first", "opened", "seen", "near"]
    assert (limiter.inside, limiter.waiting) == (0, 0)


async def test_who_becomes_urgent_enough_for_the_reserve_goes_in_at_once() -> None:
    limiter = PriorityLimiter(1, reserve=1)
    visits, opened = Visits(limiter), DynamicUrgency(Urgency.VISIBLE)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.VISIBLE))
        await until(lambda: visits.entered)
        group.create_task(visits.visit("opened", opened))
        await until(lambda: limiter.waiting == 1)
        opened.raise_to(Urgency.NOW)
        await until(lambda: "opened" in visits.entered)
        for door in visits.doors.values():
            door.set()


async def test_the_outbox_comes_after_every_picture_but_is_not_kept_out_for_ever() -> None:
    """Pictures come without end, as while somebody scrolls on and on."""
    limiter = PriorityLimiter(1, reserve=0)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("0", Urgency.VISIBLE))
        await until(lambda: visits.entered)
        group.create_task(visits.visit("face", Urgency.BACKGROUND))
        group.create_task(visits.visit("sent 1", Urgency.OUTBOX))
        group.create_task(visits.visit("sent 2", Urgency.OUTBOX))
        await until(lambda: limiter.waiting == 3)
        for number in range(1, 30):
            group.create_task(visits.visit(str(number), Urgency.NEAR))
            await until(partial(visits.doors.__contains__, str(number)))
            visits.doors[visits.entered[-1]].set()
            await until(lambda number=number: len(visits.entered) > number)  # type: ignore[misc]  # binds the loop's value
        for _ in range(3):
            visits.doors[visits.entered[-1]].set()
            await until(lambda: not visits.doors[visits.entered[-1]].is_set())
        visits.doors[visits.entered[-1]].set()
    places = [visits.entered.index(name) for name in ("sent 1", "sent 2", "face")]
    assert places == [9, 18, 27], "eight pictures between two of them"


async def test_the_photo_on_show_needs_no_patience() -> None:
    """However long others waited, the reserve is free for what a person waits for."""
    limiter = PriorityLimiter(2, reserve=1)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        for name in ("a", "b"):
            group.create_task(visits.visit(name, Urgency.VISIBLE))
        await until(lambda: limiter.inside == 2)
        group.create_task(visits.visit("sent", Urgency.OUTBOX))
        await until(lambda: limiter.waiting == 1)
        for number in range(20):
            group.create_task(visits.visit(f"opened {number}", Urgency.NOW))
            await until(partial(visits.entered.__contains__, f"opened {number}"))
            visits.doors[f"opened {number}"].set()
            await until(lambda: limiter.inside == 2)
        assert "sent" not in visits.entered
        visits.doors["a"].set()
        await until(lambda: "sent" in visits.entered)
        for name in ("b", "sent"):
            visits.doors[name].set()


async def test_searches_without_end_leave_room_for_pictures() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("0", Urgency.NOW))
        await until(lambda: visits.entered)
        for name in ("tile 1", "tile 2"):
            group.create_task(visits.visit(name, Urgency.VISIBLE))
        await until(lambda: limiter.waiting == 2)
        for number in range(1, 20):
            group.create_task(visits.visit(str(number), Urgency.NOW))
            await until(partial(visits.doors.__contains__, str(number)))
            visits.doors[visits.entered[-1]].set()
            await until(lambda number=number: len(visits.entered) > number)  # type: ignore[misc]  # binds the loop's value
        for _ in range(2):
            visits.doors[visits.entered[-1]].set()
            await until(lambda: not visits.doors[visits.entered[-1]].is_set())
        visits.doors[visits.entered[-1]].set()
    assert [visits.entered.index(name) for name in ("tile 1", "tile 2")] == [9, 18]


async def test_a_pause_holds_everybody_and_then_lets_one_try() -> None:
    timer = HandTimer()
    limiter = PriorityLimiter(4, timer=timer)
    visits = Visits(limiter)
    limiter.note_refused(timer.elapsed_s(), 10.0)
    async with asyncio.TaskGroup() as group:
        for name in ("tile 1", "tile 2"):
            group.create_task(visits.visit(name, Urgency.VISIBLE))
        await until(lambda: limiter.waiting == 2)
        timer.turn(9)
        assert not visits.entered
        timer.turn(1)
        await until(lambda: visits.entered)
        assert visits.entered == ["tile 1"]
        timer.turn(60)
        assert limiter.inside == 1
        limiter.note_answered(timer.elapsed_s())
        await until(lambda: visits.entered == ["tile 1", "tile 2"])
        for door in visits.doors.values():
            door.set()


async def test_whoever_has_no_patience_is_told_when_a_long_pause_begins_and_at_the_door() -> None:
    timer = HandTimer()
    limiter = PriorityLimiter(1, reserve=0, timer=timer)

    async def ask() -> None:
        async with limiter.place(Urgency.NOW, patience_s=2.0):
            raise AssertionError("let in")

    async with limiter.place(Urgency.NOW):
        waiting = asyncio.ensure_future(ask())
        await until(lambda: limiter.waiting == 1)
        limiter.note_refused(timer.elapsed_s(), 30.0)
        with pytest.raises(Overloaded) as told:
            await waiting
        assert told.value.retry_after_s == 30.0
    with pytest.raises(Overloaded):
        await ask()
    assert (limiter.inside, limiter.waiting) == (0, 0)


async def test_an_answer_to_what_went_past_it_ends_a_pause() -> None:
    timer = HandTimer()
    limiter = PriorityLimiter(1, timer=timer)
    visits = Visits(limiter)
    limiter.note_refused(timer.elapsed_s(), 30.0)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("tile", Urgency.VISIBLE))
        await until(lambda: limiter.waiting == 1)
        timer.turn(1)
        limiter.note_answered(timer.elapsed_s())
        await until(lambda: visits.entered == ["tile"])
        visits.doors["tile"].set()


async def test_a_learnt_pace_keeps_the_order_of_urgency() -> None:
    timer = HandTimer()
    limiter = PriorityLimiter(4, timer=timer)
    visits = Visits(limiter)
    for _ in range(3):
        limiter.note_refused(timer.elapsed_s(), 1.0)
        timer.turn(1)
        async with limiter.place(Urgency.VISIBLE):
            limiter.note_answered(timer.elapsed_s())
        timer.turn(0.1)
    async with asyncio.TaskGroup() as group:
        for name, urgency in (("tile", Urgency.VISIBLE), ("search", Urgency.NOW)):
            group.create_task(visits.visit(name, urgency))
        await until(lambda: limiter.waiting == 2)
        timer.turn(1.25)
        await until(lambda: visits.entered == ["search"])
        visits.doors["search"].set()
        await until(lambda: limiter.inside == 0)
        assert limiter.waiting == 1
        timer.turn(1.25)
        await until(lambda: visits.entered == ["search", "tile"])
        visits.doors["tile"].set()


async def test_whoever_stands_aside_leaves_its_place_and_takes_it_back_at_once() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.NEAR))
        await until(lambda: visits.entered)
        group.create_task(visits.visit("second", Urgency.NOW))
        await until(lambda: limiter.waiting == 1)
        limiter.step_aside()
        await until(lambda: "second" in visits.entered)
        limiter.step_back()
        assert limiter.inside == 2
        for name in ("first", "second"):
            visits.doors[name].set()
    assert limiter.inside == 0


async def test_what_is_waited_for_no_longer_falls_behind() -> None:
    limiter = PriorityLimiter(1, reserve=0)
    visits, passed = Visits(limiter), DynamicUrgency(Urgency.NOW)
    async with asyncio.TaskGroup() as group:
        group.create_task(visits.visit("first", Urgency.VISIBLE))
        await until(lambda: visits.entered)
        for name, urgency in (("passed", passed), ("seen", Urgency.VISIBLE), ("search", Urgency.NOW)):
            group.create_task(visits.visit(name, urgency))
        await until(lambda: limiter.waiting == 3)
        passed.become(Urgency.NEAR)
        assert limiter.waiting == 3
        for name in ("first", "search", "seen", "passed"):
            await until(partial(visits.entered.__contains__, name))
            visits.doors[name].set()
    assert visits.entered == ["first", "search", "seen", "passed"]
    assert (limiter.inside, limiter.waiting) == (0, 0)


async def test_whole_photos_leave_the_last_place_of_the_reserve_to_a_search() -> None:
    limiter = PriorityLimiter(1, reserve=2)
    visits = Visits(limiter)
    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(visits.visit(f"photo {number}", Urgency.NOW, is_long=True))
        await until(lambda: limiter.waiting == 1)
        assert limiter.inside == 2
        group.create_task(visits.visit("search", Urgency.NOW))
        await until(lambda: "search" in visits.entered)
        visits.doors["photo 0"].set()
        await until(lambda: limiter.inside == 2)
        assert "photo 2" not in visits.entered
        visits.doors["search"].set()
        await until(lambda: "photo 2" in visits.entered)
        for name in ("photo 1", "photo 2"):
            visits.doors[name].set()
    assert (limiter.inside, limiter.waiting) == (0, 0)
