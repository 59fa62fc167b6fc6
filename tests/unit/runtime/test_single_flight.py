"""One piece of work for all who want it."""

import asyncio

import pytest

from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.single_flight import SingleFlight


class Work:
    """Counts how often it began and was cut off; waits until told."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.begun = 0
        self.cut_off = 0
        self.error: Exception | None = None

    async def __call__(self) -> int:
        self.begun += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cut_off += 1
            raise
        if self.error is not None:
            raise self.error
        return self.begun


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def sharing(failures: list[BaseException]) -> SingleFlight[str, int]:
    return SingleFlight(TaskScope("test", failures.append))


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_callers_share_and_the_next_begins_anew(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    both = asyncio.gather(sharing.get("a", work), sharing.get("a", work))
    await settled()
    work.gate.set()
    assert tuple(await both) == (1, 1)
    assert not sharing.is_running("a")
    assert await sharing.get("a", work) == 2


async def test_one_leaves_and_the_other_gets_it(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    one, other = (asyncio.ensure_future(sharing.get("a", work)) for _ in range(2))
    await settled()
    one.cancel()
    await settled()
    work.gate.set()
    assert (await other, work.cut_off, one.cancelled()) == (1, 0, True)


async def test_the_last_one_leaving_ends_it_and_who_comes_then_begins_anew(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    one = asyncio.ensure_future(sharing.get("a", work))
    await settled()
    one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await one
    again = asyncio.ensure_future(sharing.get("a", work))
    await settled()
    work.gate.set()
    assert (await again, work.begun, work.cut_off) == (2, 2, 1)


async def test_leaving_before_the_first_step_leaves_nothing_behind(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    one = asyncio.ensure_future(sharing.get("a", work))
    await asyncio.sleep(0)
    one.cancel()
    await settled()
    assert (work.begun - work.cut_off, sharing.is_running("a")) == (0, False)


async def test_every_caller_gets_the_error_and_the_scope_does_not(
    sharing: SingleFlight[str, int], failures: list[BaseException]
) -> None:
    work = Work()
    work.error = KeyError("no")
    work.gate.set()
    ended = await asyncio.gather(sharing.get("a", work), sharing.get("a", work), return_exceptions=True)
    assert [type(each) for each in ended] == [KeyError, KeyError]
    assert failures == []


async def test_closing_cancels_who_waits(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    one = asyncio.ensure_future(sharing.get("a", work))
    await settled()
    await sharing.aclose()
    await settled()
    assert one.cancelled()
    assert work.cut_off == 1


async def test_what_was_let_go_is_begun_anew_and_still_reaches_its_callers(sharing: SingleFlight[str, int]) -> None:
    work = Work()
    old = asyncio.ensure_future(sharing.get("a", work))
    await settled()
    sharing.let_go("a")
    new = asyncio.ensure_future(sharing.get("a", work))
    await settled()
    assert work.begun == 2
    old.cancel()
    await settled()
    assert sharing.is_running("a")
    work.gate.set()
    assert (await new, work.cut_off) == (2, 1)
