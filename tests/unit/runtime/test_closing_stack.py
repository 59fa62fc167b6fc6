"""Things end in reverse of the order in which they came, each of them, and in time."""

import asyncio

import pytest

from cerbo_desktop.runtime.closing_stack import ClosingStack


class Thing:
    def __init__(self, name: str, ended: list[str], failure: Exception | None = None, waits: bool = False) -> None:
        self._name, self._ended, self._failure, self._waits = name, ended, failure, waits

    async def aclose(self) -> None:
        if self._waits:
            await asyncio.Event().wait()
        self._ended.append(self._name)
        if self._failure is not None:
            raise self._failure


async def test_the_last_ends_first_and_a_failure_stops_nobody() -> None:
    ended: list[str] = []
    held = ClosingStack()
    held.callback(ended.append, "window")
    held.hold(Thing("server", ended))
    held.hold(Thing("outbox", ended, ValueError()))
    held.hold(Thing("shots", ended))
    with pytest.raises(ValueError):
        await held.aclose()
    assert ended == ["shots", "outbox", "server", "window"]


async def test_nothing_more_is_waited_for_once_time_is_up() -> None:
    ended: list[str] = []
    inner, outer = ClosingStack(), ClosingStack()
    outer.hold(Thing("window", ended, waits=True))
    outer.hold(inner)
    inner.hold(Thing("server", ended, waits=True))
    inner.hold(Thing("outbox", ended, waits=True))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await outer.aclose()
    assert ended == []
