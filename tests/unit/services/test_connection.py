"""Whether Cerbo can be reached: learnt from every exchange, probed only while it cannot."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    SignedOut,
    Stalled,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import (
    Busy,
    Connection,
    ConnectionState,
    Intercepted,
    KeyRefused,
    NotTrusted,
    Offline,
    Online,
)
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until


class Line:
    """The connection with a server whose every answer it hears of, as the real client tells it."""

    def __init__(self) -> None:
        self.server, self.clock = FakeCerboServer(), HandClock()
        self.returned_from: list[ConnectionState] = []
        self.connection = Connection(self.clock, TaskScope("test", self._fail), self.returned_from.append)
        self.connection.probe_with(self.server)

    @property
    def returns(self) -> int:
        return len(self.returned_from)

    def _fail(self, failure: BaseException) -> None:
        raise failure

    def state(self) -> ConnectionState:
        return self.connection.feed.latest

    @property
    def probes(self) -> int:
        return self.server.count("probe")


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    line = Line()
    yield line
    await line.connection.aclose()


async def test_a_lost_line_is_probed_with_growing_waits(line: Line) -> None:
    since = line.clock.now()
    line.connection.note(Unreachable())
    for number, wait_s in enumerate((5, 10, 20, 30, 60, 60)):
        await until(lambda wait_s=wait_s: line.clock.sleeping_s == [wait_s])  # type: ignore[misc]
        state = line.connection.feed.latest
        assert isinstance(state, Offline)
        assert state.since == since
        assert line.probes == number
        line.clock.turn(wait_s)


async def test_any_answer_ends_it_and_is_told_once(line: Line) -> None:
    line.connection.note(Unreachable())
    await until(lambda: line.clock.sleeping_s)
    line.connection.note(None)
    line.connection.note(None)
    assert line.connection.feed.latest == Online()
    assert line.returns == 1
    line.clock.turn(600)
    await asyncio.sleep(0.01)
    assert line.probes == 0, "nothing is probed while Cerbo answers"


async def test_a_person_may_try_at_once(line: Line) -> None:
    line.connection.note(Unreachable())
    await until(lambda: line.clock.sleeping_s)
    line.connection.try_now()
    await until(lambda: line.probes == 1)


@pytest.mark.parametrize("error", [SignedOut(), Untrusted(TlsFault.EXPIRED, "Some Proxy")])
async def test_what_a_person_must_mend_is_not_probed(line: Line, error: ServerError) -> None:
    line.connection.note(error)
    expected = KeyRefused() if isinstance(error, SignedOut) else NotTrusted(TlsFault.EXPIRED, "Some Proxy")
    assert line.connection.feed.latest == expected
    line.clock.turn(3600)
    await asyncio.sleep(0.01)
    assert line.probes == 0


async def test_a_guest_network_is_told_apart(line: Line) -> None:
    line.connection.note(BadAnswer(BadAnswerKind.WEB_PAGE))
    await until(lambda: isinstance(line.connection.feed.latest, Intercepted))


@pytest.mark.parametrize("error", [Forbidden(), Missing(), BadAnswer(BadAnswerKind.NOT_JSON)])
async def test_a_refusal_is_no_lost_line(line: Line, error: ServerError) -> None:
    line.connection.note(error)
    assert line.connection.feed.latest == Online()


async def test_a_short_overload_is_not_worth_a_word(line: Line) -> None:
    line.connection.note(Overloaded(2.0))
    assert line.connection.feed.latest == Online()


async def test_an_overload_is_told_with_its_end_and_probed_then(line: Line) -> None:
    since = line.clock.now()
    line.connection.note(Overloaded(10.0))
    assert line.state() == Busy(since, since + timedelta(seconds=10))
    await until(lambda: line.clock.sleeping_s == [10])
    line.connection.note(Overloaded(20.0))
    line.clock.turn(10)
    await until(lambda: line.clock.sleeping_s == [10])
    assert line.probes == 0, "it was told of a longer wait"
    line.clock.turn(10)
    await until(lambda: line.probes == 1)
    await until(lambda: line.clock.sleeping_s == [5])
    assert isinstance(line.state(), Busy), "an answer that told nothing is no proof of calm"
    line.clock.turn(5)
    await until(lambda: line.probes == 2)
    line.connection.note(None)
    assert line.state() == Online()
    assert [type(each) for each in line.returned_from] == [Busy]


async def test_a_lost_line_is_worse_than_an_overload(line: Line) -> None:
    line.connection.note(Overloaded(10.0))
    line.connection.note(Unreachable())
    await until(lambda: isinstance(line.connection.feed.latest, Offline))
    line.connection.note(Overloaded(1.0))
    assert isinstance(line.connection.feed.latest, Busy)


async def test_one_photo_that_did_not_get_on_is_no_lost_line(line: Line) -> None:
    line.connection.note(Stalled())
    line.connection.note(Stalled())
    await until(lambda: line.probes == 1)
    assert line.state() == Online()
    line.connection.note(Unreachable())  # as the client tells it where the short question fails too
    await until(lambda: isinstance(line.state(), Offline))
    line.connection.note(Stalled())
    await until(lambda: line.clock.sleeping_s == [5])
    assert line.probes == 1


async def test_a_recovery_that_does_not_last_starts_nothing_and_the_waits_grow(line: Line) -> None:
    for wait_s in (5, 10, 20, 30, 60, 60):
        line.connection.note(Unreachable())
        await until(lambda: isinstance(line.state(), Offline))
        await until(lambda wait_s=wait_s: line.clock.sleeping_s == [wait_s])  # type: ignore[misc]
        line.connection.note(None)
        assert line.state() == Online()
        assert line.returns == 1, "only the first recovery was thought to last"
        await asyncio.sleep(0)
    line.clock.turn(60)
    await until(lambda: line.returns == 2)


async def test_a_recovery_that_lasts_asks_everything_again_once(line: Line) -> None:
    for wait_s in (0, 5, 10):
        line.connection.note(Unreachable())
        await until(lambda: isinstance(line.state(), Offline))
        line.connection.note(None)
        told = line.returns
        if wait_s:
            await until(lambda wait_s=wait_s: wait_s in line.clock.sleeping_s)  # type: ignore[misc]
            assert told == line.returns
            line.clock.turn(wait_s)
            await until(lambda told=told: line.returns == told + 1)  # type: ignore[misc]
    assert line.returns == 3
    line.clock.turn(100)
    line.connection.note(Unreachable())
    await until(lambda: isinstance(line.state(), Offline))
    line.connection.note(None)
    assert line.returns == 4, "the last recovery lasted"


async def test_a_person_who_tries_waits_for_nothing(line: Line) -> None:
    for number in range(1, 4):
        line.connection.note(Unreachable())
        await until(lambda: isinstance(line.state(), Offline))
        line.connection.try_now()
        await until(lambda number=number: line.probes == number)  # type: ignore[misc]
        line.connection.note(None)
        assert line.returns == number


async def test_things_that_fail_one_after_the_other_are_looked_at_every_five_seconds(line: Line) -> None:
    line.connection.note(Stalled())
    await until(lambda: line.probes == 1)
    for _ in range(3):
        await asyncio.sleep(0)
        line.connection.note(Stalled())
    await until(lambda: line.clock.sleeping_s == [5])
    assert line.probes == 1
    line.clock.turn(5)
    await until(lambda: line.probes == 2)
    assert line.state() == Online()


async def test_a_slow_line_is_told_while_it_is_there(line: Line) -> None:
    line.connection.note_slow(True)
    assert line.state() == Online(is_slow=True)
    line.connection.note(Unreachable())
    await until(lambda: isinstance(line.state(), Offline))
    line.connection.note(None)
    assert line.state() == Online(is_slow=True)
    line.connection.note_slow(False)
    assert line.state() == Online()


async def test_trying_again_and_again_is_two_tries(line: Line) -> None:
    line.connection.note(Unreachable())
    gate = line.server.hold("probe")
    line.connection.try_now()
    await until(lambda: line.probes == 1)
    for _ in range(59):
        line.connection.try_now()
        await asyncio.sleep(0)
    gate.set()
    await until(lambda: line.probes == 2 and not line.server.in_flight)
    assert line.server.cancelled["probe"] == 0
