"""What is asked for again and again is done twice."""

import asyncio
import time

from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from tests.waiting import until


class Work:
    def __init__(self) -> None:
        self.begun, self.ended = 0, 0
        self.gate = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        await self.gate.wait()
        self.ended += 1


async def test_sixty_presses_are_two_looks() -> None:
    failures: list[BaseException] = []
    scope, work = TaskScope("test", failures.append), Work()
    throttle = Throttle(scope, work)
    throttle.ask()
    await until(lambda: work.begun == 1)
    for _ in range(59):
        throttle.ask()
    work.gate.set()
    await until(lambda: work.ended == 2)
    throttle.ask()
    await until(lambda: work.ended == 3)
    assert work.begun == 3, "one that comes after the end is another look"
    await scope.aclose()
    assert failures == []


async def test_a_key_that_is_held_on_a_quick_line_is_one_look_a_second() -> None:
    failures: list[BaseException] = []
    scope, begun_s = TaskScope("test", failures.append), list[float]()

    async def look() -> None:
        begun_s.append(time.monotonic())

    throttle, asked_s = Throttle(scope, look), time.monotonic()
    while len(begun_s) < 3:
        throttle.ask()
        await asyncio.sleep(0)
    assert begun_s[1] >= asked_s + 1.0
    assert begun_s[2] >= asked_s + 1.0 + 1.0
    await scope.aclose()
    assert failures == []


async def test_what_was_ended_midway_can_be_asked_for_again() -> None:
    failures: list[BaseException] = []
    scope, work = TaskScope("test", failures.append), Work()
    throttle = Throttle(scope, work)
    throttle.ask()
    scope.cancel_all()
    await until(lambda: work.begun == 0)
    await asyncio.sleep(0)
    throttle.ask()
    await until(lambda: work.begun == 1)
    await scope.aclose()
    throttle.ask()
    assert work.ended == 0
    assert failures == []
