"""Tasks have an owner: the latest wins, closing waits, and a failure is heard at once."""

import asyncio

import pytest

from cerbo_desktop.runtime.scope import TaskScope
from tests.waiting import until


async def test_the_latest_of_a_key_wins() -> None:
    failures: list[BaseException] = []
    scope = TaskScope("test", failures.append)
    ended: list[str] = []

    async def work(name: str) -> None:
        await (asyncio.Event().wait() if name == "old" else asyncio.sleep(0))
        ended.append(name)

    old = scope.start(work("old"), key="query")
    await asyncio.sleep(0)
    await scope.start(work("new"), key="query")
    assert old.cancelled()
    assert ended == ["new"]
    assert not scope.is_running("query")
    await scope.aclose()
    assert failures == []


async def test_a_failure_reaches_the_owner() -> None:
    failures: list[BaseException] = []
    scope = TaskScope("test", failures.append)

    async def work() -> None:
        raise ValueError("broken")

    scope.start(work())
    await until(lambda: failures)
    assert isinstance(failures[0], ValueError)
    await scope.aclose()


async def test_closing_waits_for_the_end_of_each_task() -> None:
    scope = TaskScope("test", lambda failure: None)
    ended = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            ended.append(True)

    scope.start(work())
    scope.start(work(), key="other")
    await asyncio.sleep(0)
    await scope.aclose()
    assert ended == [True, True]
    assert scope.is_closed
    with pytest.raises(RuntimeError):
        scope.start(work())


async def test_a_child_ends_with_its_parent_and_fails_to_the_same_handler() -> None:
    failures: list[BaseException] = []
    parent, order = TaskScope("parent", failures.append), list[str]()

    async def until_cancelled(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            order.append(name)

    async def fail() -> None:
        raise ValueError

    older, younger = parent.child("older"), parent.child("younger", first=lambda _: order.append("heard first"))
    parent.start(until_cancelled("parent"))
    older.start(until_cancelled("older"))
    younger.start(until_cancelled("younger"))
    await asyncio.wait({younger.start(fail())})
    await asyncio.sleep(0)
    assert (order, [type(failure) for failure in failures]) == (["heard first"], [ValueError])

    await parent.aclose()
    assert order[1:] == ["younger", "older", "parent"]
    assert older.is_closed
    assert parent.child("late").is_closed


async def test_a_child_that_ended_is_forgotten_and_its_parent_goes_on() -> None:
    failures: list[BaseException] = []
    parent = TaskScope("parent", failures.append)
    await parent.child("child").aclose()
    done = parent.start(asyncio.sleep(0))
    await asyncio.wait({done})
    await parent.aclose()
    assert not failures
