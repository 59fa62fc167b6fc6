"""What cannot be opened yet is tried again: by itself, when asked, and never twice at once."""

import asyncio
import functools

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.outbox import Outbox
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.periodic_retry import PeriodicRetry
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.outbox.stock import photo, upload
from tests.waiting import until


class Door:
    """Opens when it is told to, and can be made to take its time."""

    def __init__(self) -> None:
        self.is_open = False
        self.tries = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    def was_tried(self, times: int) -> bool:
        return self.tries == times

    async def __call__(self) -> bool:
        self.tries += 1
        was_open = self.is_open
        await self.may_answer.wait()
        return was_open


async def test_it_is_tried_again_every_half_minute_until_it_succeeds() -> None:
    clock, door, failures = HandClock(), Door(), list[BaseException]()
    attempts = PeriodicRetry("door", door, clock, TaskScope("test", failures.append))
    attempts.try_now()
    for tries in (1, 2, 3):
        await until(lambda: clock.sleeping_s)
        assert (door.tries, clock.sleeping_s) == (tries, [30.0])
        clock.turn(30.0)
        await until(functools.partial(door.was_tried, tries + 1))
    await until(lambda: clock.sleeping_s)
    door.is_open = True
    attempts.try_now()
    await until(lambda: door.tries == 5)
    assert clock.sleeping_s == []
    attempts.try_now()
    await asyncio.sleep(0)
    assert door.tries == 5, "nothing is left to try"
    await attempts.aclose()
    assert not failures


async def test_asking_during_an_attempt_brings_another_one_right_after_it() -> None:
    clock, door = HandClock(), Door()
    attempts = PeriodicRetry("door", door, clock, TaskScope("test", lambda _: None))
    door.may_answer.clear()
    attempts.try_now()
    await until(lambda: door.tries == 1)
    door.is_open = True  # too late for the attempt that is under way
    attempts.try_now()
    assert door.tries == 1, "never two at once"
    door.may_answer.set()
    await until(lambda: door.tries == 2)
    assert clock.sleeping_s == []
    await attempts.aclose()


async def test_an_outbox_that_is_not_open_takes_no_photo_and_then_passes_everything_on() -> None:
    inner, reasons = MemoryOutbox(), [NotSafeReason.KEYRING_LOCKED, NotSafeReason.DISK_FULL]

    async def make() -> Outbox:
        if reasons:
            raise NotSafe(reasons.pop(0))
        return inner

    async def count() -> int:
        return 2

    outbox = ReopenableOutbox(make, count)
    for reason in tuple(reasons):
        with pytest.raises(NotSafe) as caught:
            await outbox.recover()
        assert caught.value.reason is reason
        with pytest.raises(NotSafe) as caught:
            await outbox.accept(upload(), photo())
        assert caught.value.reason is reason
    assert await outbox.count_waiting() == 2
    await outbox.recover()
    await outbox.accept(upload(), photo())
    assert await outbox.photo(upload().id) == photo()
    assert len((await outbox.recover()).kept) == 1
