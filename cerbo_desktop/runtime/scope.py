"""Ownership of tasks: whoever starts one holds it, and ends it.

Nothing else in the app calls `create_task`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

Result = TypeVar("Result")
FailureHandler = Callable[[BaseException], None]


class TaskScope:
    """Creates, names, holds, cancels and awaits tasks.

    Starting with a `key` cancels the task that was started with the same key before: the latest wins. An exception
    reaches `on_failure` at once, in the loop; a cancelled task is silent. A child scope has the same handler and ends
    no later than its parent, so that whoever gets a scope needs no handler of its own.
    """

    def __init__(self, name: str, on_failure: FailureHandler) -> None:
        self._name = name
        self._on_failure = on_failure
        self._tasks: set[asyncio.Task[Any]] = set()
        self._latest: dict[Hashable, asyncio.Task[Any]] = {}
        self._children: dict[TaskScope, None] = {}  # in the order of their making
        self._parent: TaskScope | None = None
        self._is_closed = False

    def child(self, name: str, *, first: FailureHandler | None = None) -> "TaskScope":
        """A scope with this one's failure handler, which closes with it; the child of a closed scope is closed.

        `first` hears of the child's failures before the handler does.
        """
        child = TaskScope(name, self._on_failure if first is None else _both(first, self._on_failure))
        child._parent, child._is_closed = self, self._is_closed
        if not self._is_closed:
            self._children[child] = None
        return child

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def start(self, work: Coroutine[Any, Any, Any], *, key: Hashable | None = None) -> asyncio.Task[Any]:
        """Run `work` until it ends, is replaced by its key, or the scope closes. Needs a running loop."""
        if self._is_closed:
            work.close()
            raise RuntimeError(f"scope {self._name} is closed")
        if key is not None:
            self.cancel(key)
        label = self._name if key is None else f"{self._name}:{key}"
        task = asyncio.get_running_loop().create_task(work, name=label)
        self._tasks.add(task)
        if key is not None:
            self._latest[key] = task
        task.add_done_callback(lambda done: self._settle(done, key))
        return task

    def reporting(self) -> AbstractContextManager[None]:
        """Within `with`, what is raised reaches the failure handler at once and goes no further."""
        return _Reporting(self._on_failure)

    def cancel(self, key: Hashable) -> None:
        """Cancel the task last started with `key`, if it still runs."""
        task = self._latest.pop(key, None)
        if task is not None:
            task.cancel()

    def is_running(self, key: Hashable) -> bool:
        return key in self._latest

    def cancel_all(self) -> None:
        """Cancel everything; the scope stays open for new work."""
        for task in tuple(self._tasks):
            task.cancel()

    async def aclose(self) -> None:
        """Cancel everything and wait until each task has ended: those of the children first, the youngest child's
        before those of the others."""
        self._is_closed = True
        for child in reversed(tuple(self._children)):
            await child.aclose()
        while self._tasks:
            self.cancel_all()
            await asyncio.wait(tuple(self._tasks))
        if self._parent is not None:
            self._parent._children.pop(self, None)

    def _settle(self, task: asyncio.Task[Any], key: Hashable | None) -> None:
        self._tasks.discard(task)
        if key is not None and self._latest.get(key) is task:
            del self._latest[key]
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._on_failure(failure)


class _Reporting(AbstractContextManager[None]):
    def __init__(self, on_failure: FailureHandler) -> None:
        self._on_failure = on_failure

    def __exit__(self, _kind: object, failure: BaseException | None, _where: object) -> bool:
        if not isinstance(failure, Exception):  # nothing, or the program ends, or the task was cancelled
            return False
        self._on_failure(failure)
        return True


def _both(first: FailureHandler, then: FailureHandler) -> FailureHandler:
    def tell(failure: BaseException) -> None:
        first(failure)
        then(failure)

    return tell


async def run_to_completion(work: Coroutine[Any, Any, Result]) -> Result:
    """Await `work`, and finish it even where the caller is cancelled: the cancellation takes effect once the work has
    ended."""
    task = asyncio.get_running_loop().create_task(work, name="to its end")
    is_cancelled = False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            is_cancelled = True
    if is_cancelled:
        failure = None if task.cancelled() else task.exception()
        raise asyncio.CancelledError from failure
    return task.result()
