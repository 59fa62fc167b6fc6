"""A loop that can be disturbed at any `await` of any of its tasks: every run takes the same way up to there.

`disturbed(run, act, at)` runs a coroutine and calls `act(task)` when the `at`-th await is reached, in the very step in
which that task gives up its turn. With `at` 0 nothing is disturbed and the number of awaits is returned, so that a
test can go through all of them.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

Act = Callable[["asyncio.Task[Any]"], object]
Chosen = Callable[[str], bool]
"""Whether the awaits of a task with this name count."""


class InlineExecutor(ThreadPoolExecutor):
    """Work for threads is done on the spot, so that a run has one order of events."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as failure:  # noqa: BLE001  # as a thread would hand it over
            done.set_exception(failure)
        return done


@dataclass
class _Disturbance:
    act: Act
    at: int
    is_counted: Chosen
    count: int = 0

    def pass_await(self) -> None:
        task = asyncio.current_task()
        if task is not None and self.is_counted(task.get_name()):
            self.count += 1
            if self.count == self.at:
                self.act(task)


class _Watched(Coroutine[Any, Any, Any]):
    """A coroutine that tells of each time it gives up its turn."""

    def __init__(self, work: Coroutine[Any, Any, Any], tell: Callable[[], None]) -> None:
        self._work, self._tell = work, tell

    def send(self, value: Any) -> Any:
        given = self._work.send(value)
        self._tell()
        return given

    def throw(self, *failure: Any) -> Any:
        given = self._work.throw(*failure)
        self._tell()
        return given

    def close(self) -> None:
        self._work.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._work.__await__()


def disturbed(run: Coroutine[Any, Any, None], act: Act, at: int, is_counted: Chosen = lambda _name: True) -> int:
    """How many awaits there were. The run's own task is the one that plays the person, and is never counted."""
    disturbance = _Disturbance(act, at, is_counted)

    def make_task(loop: asyncio.AbstractEventLoop, work: Any, **named: Any) -> "asyncio.Task[Any]":
        return asyncio.Task(_Watched(work, disturbance.pass_await), loop=loop, **named)

    async def play() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(InlineExecutor(1))
        loop.set_task_factory(make_task)
        await run

    with asyncio.Runner() as runner:
        runner.run(play())
    return disturbance.count
