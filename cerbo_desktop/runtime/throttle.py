"""Requests of a person that come faster than they can be carried out: sixty presses of a key are two looks, not sixty.

A key that is held asks thirty times a second, and a quick server answers in between.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from cerbo_desktop.runtime.clock import sleep_at_least
from cerbo_desktop.runtime.scope import TaskScope

_LEAST_S = 1.0
"""From the beginning of one to that of the next."""


class Throttle:
    """Runs `work` at most once at a time and once a second.

    However often it is asked for while it runs, or just after, it runs once more when that is over.
    """

    def __init__(self, scope: TaskScope, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        self._scope, self._work = scope, work
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False

    def ask(self) -> None:
        """Ask for a run of `work`. Needs a running loop; ignored once the scope is closed."""
        self._is_wanted = True
        if (self._task is None or self._task.done()) and not self._scope.is_closed:
            self._task = self._scope.start(self._run())

    async def _run(self) -> None:
        while self._is_wanted:
            self._is_wanted, began_s = False, time.monotonic()
            await self._work()
            await sleep_at_least(began_s + _LEAST_S - time.monotonic())
