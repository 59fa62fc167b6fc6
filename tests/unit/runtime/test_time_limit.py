"""A limit that does not count the time in which the program stood still, on a loop whose clock a test can turn."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from cerbo_desktop.runtime.time_limit import TimeLimit
from tests.fakes.sleeping_loop import SleepingLoop


def _run(main: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=SleepingLoop) as runner:
        runner.run(main)


def _loop() -> SleepingLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SleepingLoop)
    return loop


async def _wait(limit_s: float | None, answer: "asyncio.Future[str]") -> str:
    async with TimeLimit(limit_s):
        return await answer


def _is_over(task: "asyncio.Task[str]") -> bool:
    return task.done() and isinstance(task.exception(), TimeoutError)


def test_an_answer_that_came_while_the_pc_slept_is_used() -> None:
    async def main() -> None:
        answer = _loop().create_future()
        waiting = asyncio.create_task(_wait(20.0, answer))
        await asyncio.sleep(0)
        _loop().sleep_through(60.0)
        await asyncio.sleep(0)  # the timers that are due run first, as they do in asyncio
        answer.set_result("stored")
        assert await waiting == "stored"

    _run(main())


def test_a_limit_that_is_only_near_after_the_sleep_gives_time_too() -> None:
    async def main() -> None:
        answer = _loop().create_future()
        waiting = asyncio.create_task(_wait(20.0, answer))
        await asyncio.sleep(0)
        _loop().sleep_through(19.99)
        await _loop().turns(5)
        _loop().pass_s(0.5)
        await _loop().turns(5)
        answer.set_result("stored")
        assert await waiting == "stored"

    _run(main())


def test_without_an_answer_the_wait_ends_after_the_grace_and_there_is_one_grace() -> None:
    async def main() -> None:
        waiting = asyncio.create_task(_wait(20.0, _loop().create_future()))
        await asyncio.sleep(0)
        _loop().sleep_through(60.0)
        await _loop().turns(5)
        assert not waiting.done()
        for _ in range(6):
            _loop().pass_s(1.0)
            await _loop().turns(5)
        assert _is_over(waiting)
        again = asyncio.create_task(_wait(20.0, _loop().create_future()))
        await asyncio.sleep(0)
        for _ in range(2):
            _loop().sleep_through(60.0)
            await _loop().turns(5)
        assert _is_over(again)

    _run(main())


def test_a_loop_that_runs_gets_no_grace() -> None:
    async def main() -> None:
        waiting = asyncio.create_task(_wait(3.0, _loop().create_future()))
        await asyncio.sleep(0)
        for _ in range(3):
            assert not waiting.done()
            _loop().pass_s(1.0)
            await _loop().turns(5)
        assert _is_over(waiting)

    _run(main())


def test_no_limit_and_a_timely_answer_leave_no_timer_behind() -> None:
    async def main() -> None:
        for limit_s in (None, 20.0):
            answer = _loop().create_future()
            answer.set_result("at once")
            assert await _wait(limit_s, answer) == "at once"
        assert _loop().timers == 0

    _run(main())


def test_a_cancellation_stays_a_cancellation() -> None:
    async def main() -> None:
        waiting = asyncio.create_task(_wait(20.0, _loop().create_future()))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    _run(main())
