"""Where Cerbo refuses one kind of question and answers the others, only that kind waits."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

import pytest

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.restraint import Restraint
from cerbo_desktop.domain.errors import Overloaded
from cerbo_desktop.domain.urgency import Urgency
from tests.fakes.hand_timer import HandTimer
from tests.waiting import until

SEARCH, UPLOAD = Call(Operation.SEARCH_PATIENTS), Call(Operation.CREATE_PHOTO, ("7",), urgency=Urgency.OUTBOX)
PHOTOS = [Call(Operation.PHOTO_CONTENT, ("7", str(each)), urgency=Urgency.VISIBLE) for each in range(6)]
LONG: Mapping[str, str] = {"retry-after": "3600"}


class Line:
    def __init__(self) -> None:
        self.timer = HandTimer()
        self.restraint = Restraint(self.timer)
        self.asked: list[Call] = []

    async def ask(self, call: Call, status: int = 200) -> None:
        async with self.restraint.place(call):
            self.asked.append(call)
            started_s = self.timer.elapsed_s()
            self.timer.turn(0.01)
            error = self.restraint.note(call, status, LONG if status == 429 else {}, started_s)
            if error is not None:
                raise error


@pytest.fixture
async def line() -> Line:
    """Something was answered, and then a photo is refused for an hour."""
    line = Line()
    await line.ask(SEARCH)
    with pytest.raises(Overloaded) as told:
        await line.ask(PHOTOS[0], 429)
    assert told.value.retry_after_s == 60.0
    return line


async def test_only_the_kind_that_is_refused_waits_as_told(line: Line) -> None:
    with_a_photo = asyncio.ensure_future(line.ask(PHOTOS[1], 429))
    searching = asyncio.ensure_future(line.ask(SEARCH))
    await until(lambda: line.restraint.is_in_trouble)
    line.timer.turn(2.5)
    await searching
    assert not line.restraint.is_in_trouble
    assert line.asked[-1] is SEARCH
    line.timer.turn(60)
    with pytest.raises(Overloaded):
        await with_a_photo
    assert not line.restraint.is_in_trouble, "now it is known"
    await line.ask(SEARCH)
    assert line.asked.count(PHOTOS[1]) == 1


async def test_a_photo_that_has_another_way_does_not_wait_for_its_kind_alone(line: Line) -> None:
    by_either = [replace(each, has_other_way=True) for each in PHOTOS]
    stream = Call(Operation.PHOTO_STREAM, ("7", "1"), urgency=Urgency.VISIBLE)
    for each in by_either[:3]:
        with pytest.raises(Overloaded):
            await line.restraint.asked(each, partial(line.ask, each))
    line.timer.turn(2.5)
    await line.ask(stream)
    assert line.asked == [SEARCH, PHOTOS[0], stream]
    line.timer.turn(60)
    tries = [asyncio.ensure_future(line.restraint.asked(each, partial(line.ask, each, 429))) for each in by_either]
    assert all(isinstance(each, Overloaded) for each in await asyncio.gather(*tries, return_exceptions=True))
    assert line.asked == [SEARCH, PHOTOS[0], stream, by_either[0]], "one tries at each pause"
    line.timer.turn(60)
    await line.restraint.asked(by_either[1], partial(line.ask, by_either[1]))
    await line.restraint.asked(by_either[2], partial(line.ask, by_either[2]))


async def test_a_question_of_another_kind_that_is_refused_too_pauses_all(line: Line) -> None:
    line.timer.turn(2.5)
    with pytest.raises(Overloaded) as told:
        await line.ask(SEARCH, 429)
    assert told.value.retry_after_s == 60.0
    with pytest.raises(Overloaded):
        await line.ask(UPLOAD)
    assert UPLOAD not in line.asked


async def test_those_that_waited_for_a_place_wait_with_their_kind() -> None:
    line = Line()
    await line.ask(SEARCH)
    async with AsyncExitStack() as inside:
        for each in PHOTOS[:4]:
            await inside.enter_async_context(line.restraint.place(each))
        waiting = [asyncio.ensure_future(line.ask(each)) for each in PHOTOS[4:]]
        await asyncio.sleep(0)
        line.timer.turn(1)
        line.restraint.note(PHOTOS[0], 429, LONG, line.timer.elapsed_s())
    line.timer.turn(2.5)
    await line.ask(SEARCH)
    assert line.asked == [SEARCH, SEARCH]
    line.timer.turn(60)
    await asyncio.gather(*waiting)
