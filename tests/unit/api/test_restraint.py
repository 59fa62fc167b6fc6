"""Where Cerbo refuses one kind of question and answers the others, only that kind waits."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

import pytest

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.download_pause import DownloadPause
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.restraint import Restraint
from cerbo_desktop.domain.errors import Overloaded, ServerError
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.progress_limit import ProgressLimit
from tests.fakes.hand_timer import HandTimer
from tests.unit.api.told import Told
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
            self.timer.turn(0.01)
            with self.restraint.sending() as started_s:
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
    await until(lambda: line.restraint.is_in_doubt)
    assert line.restraint.needs_question
    await line.ask(SEARCH)
    assert not line.restraint.is_in_trouble
    assert line.asked[-1] is SEARCH, "at once"
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
    with pytest.raises(Overloaded) as told:
        await line.ask(SEARCH, 429)
    assert told.value.retry_after_s == 60.0
    assert not line.restraint.is_in_doubt
    with pytest.raises(Overloaded):
        await line.ask(UPLOAD)
    assert UPLOAD not in line.asked


async def test_in_doubt_one_question_goes_alone_and_the_others_follow_its_answer(line: Line) -> None:
    async with line.restraint.place(SEARCH):
        line.timer.turn(0.1)
        with line.restraint.sending() as started_s:
            assert not line.restraint.needs_question, "it is on its way"
            sending = asyncio.ensure_future(line.ask(UPLOAD))
            await asyncio.sleep(0)
            assert UPLOAD not in line.asked
            line.timer.turn(0.1)
        line.restraint.note(SEARCH, 200, {}, started_s)
        await sending


async def test_questions_that_were_on_their_way_together_are_answers_to_the_doubt() -> None:
    line = Line()
    async with line.restraint.place(PHOTOS[0]), line.restraint.place(SEARCH):
        line.timer.turn(1)
        assert isinstance(line.restraint.note(PHOTOS[0], 429, {}, 0.5), Overloaded)
        assert isinstance(line.restraint.note(SEARCH, 429, LONG, 0.5), Overloaded)
    assert line.restraint.is_in_trouble
    assert not line.restraint.is_in_doubt
    with pytest.raises(Overloaded):
        await line.ask(UPLOAD)


async def test_a_photo_that_is_refused_alone_teaches_no_pace() -> None:
    """Five others come between its refusals, each at once, as fast as they were asked for."""
    line = Line()
    for _ in range(3):
        for each in PHOTOS[1:]:
            await line.ask(each)
        with pytest.raises(ServerError):
            await line.ask(PHOTOS[0], 503)
        await line.ask(SEARCH)
        line.timer.turn(1)
    async with asyncio.timeout(5):
        for each in PHOTOS[1:]:
            await line.ask(each)


async def test_a_photo_that_stands_still_leaves_the_place_of_its_kind_to_the_one_it_waits_for() -> None:
    line = Line()
    for _ in range(2):  # so that one photo goes at a time
        with pytest.raises(Overloaded):
            await line.ask(PHOTOS[0], 429)
        await line.ask(SEARCH)
        line.timer.turn(60)
    async with line.restraint.place(PHOTOS[0]) as place, asyncio.timeout(5):
        with line.restraint.sending() as started_s:
            line.timer.turn(1)
        line.restraint.note(PHOTOS[0], 200, {}, started_s)
        second = asyncio.ensure_future(line.ask(PHOTOS[1]))
        await asyncio.sleep(0)
        assert PHOTOS[1] not in line.asked
        pause = DownloadPause(Told(), ProgressLimit(60.0), place)
        pause(True)
        await second
        pause.end()
        third = asyncio.ensure_future(line.ask(PHOTOS[2]))
        await asyncio.sleep(0)
        assert PHOTOS[2] not in line.asked, "it has taken its place back"
    await third


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
    await line.ask(SEARCH)
    assert line.asked == [SEARCH, SEARCH]
    line.timer.turn(60)
    await asyncio.gather(*waiting)
