"""Several callers who want the same thing at the same time get one piece of work."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from cerbo_desktop.runtime.scope import TaskScope

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(slots=True)
class _Shared(Generic[Value]):
    outcome: asyncio.Future[Value]
    task: asyncio.Task[None]
    waiting_count: int = 0


class SingleFlight(Generic[Key, Value]):
    """One running piece of work for each key, whose result or exception all its callers get.

    A cancelled caller leaves the work to the others; it ends when the last one leaves. `scope` is for this alone, and
    ends with it.
    """

    def __init__(self, scope: TaskScope) -> None:
        self._scope = scope
        self._running: dict[Key, _Shared[Value]] = {}

    def is_running(self, key: Key) -> bool:
        return key in self._running

    async def get(self, key: Key, work: Callable[[], Coroutine[Any, Any, Value]]) -> Value:
        """What the running work for `key` brings; `work` is begun where there is none."""
        shared = self._running.get(key)
        if shared is None:
            shared = self._running[key] = self._begun(key, work)
        shared.waiting_count += 1
        try:
            return await asyncio.shield(shared.outcome)
        finally:
            shared.waiting_count -= 1
            if shared.waiting_count == 0:
                self._leave(key, shared)

    def let_go(self, key: Key) -> None:
        """Have later callers begin anew; those of the running work still get what it brings."""
        self._running.pop(key, None)

    def cancel_all(self) -> None:
        """Cancel all work, and with it everybody who waits for it."""
        self._running.clear()
        self._scope.cancel_all()

    async def aclose(self) -> None:
        """As `cancel_all`, for good; wait until all work has ended."""
        self._running.clear()
        await self._scope.aclose()

    def _begun(self, key: Key, work: Callable[[], Coroutine[Any, Any, Value]]) -> _Shared[Value]:
        outcome: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        shared = _Shared(outcome, self._scope.start(_settle(outcome, work)))
        shared.task.add_done_callback(lambda _: self._end(key, shared))
        return shared

    def _leave(self, key: Key, shared: _Shared[Value]) -> None:
        """The last caller has gone; whoever comes now begins anew instead of joining what is being cancelled."""
        if self._running.get(key) is shared:
            del self._running[key]
        shared.task.cancel()

    def _end(self, key: Key, shared: _Shared[Value]) -> None:
        """Also for a task that was cancelled before its first step, which no `finally` in it sees."""
        if self._running.get(key) is shared:
            del self._running[key]
        if not shared.outcome.done():
            shared.outcome.cancel()


async def _settle(outcome: asyncio.Future[Value], work: Callable[[], Coroutine[Any, Any, Value]]) -> None:
    try:
        value = await work()
    except Exception as error:  # noqa: BLE001 - it belongs to the callers, who get it from the future
        if not outcome.done():
            outcome.set_exception(error)
            outcome.exception()  # retrieved: nobody may wait any more
    else:
        if not outcome.done():
            outcome.set_result(value)
