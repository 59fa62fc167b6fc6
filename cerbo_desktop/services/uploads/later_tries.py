"""When pictures that failed for the line's sake are asked for again, without anybody having to."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import chain, repeat

from cerbo_desktop.runtime.scope import TaskScope

_WAITS_S = (5.0, 10.0, 20.0, 40.0, 60.0)


class LaterTries:
    """Calls `again` some seconds after a failure, and later each time, until a picture came.

    Not while `may_try` says no: a line that is lost is somebody else's to watch.
    """

    def __init__(
        self,
        scope: TaskScope,
        again: Callable[[], None],
        may_try: Callable[[], bool],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._scope = scope
        self._again = again
        self._may_try = may_try
        self._sleep = sleep
        self.note_ready()

    def note_failed(self) -> None:
        if not self._scope.is_running(self) and not self._scope.is_closed:
            self._scope.start(self._try(), key=self)

    def note_ready(self) -> None:
        self._waits_s = chain(_WAITS_S, repeat(_WAITS_S[-1]))

    async def _try(self) -> None:
        while True:
            await self._sleep(next(self._waits_s))
            if self._may_try():
                break
        # After this task has ended, so that what fails at once begins the next wait.
        asyncio.get_running_loop().call_soon(self._again)
