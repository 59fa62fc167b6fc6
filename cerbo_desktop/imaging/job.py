"""What a worker is asked for: a request, and the future that its answer settles in the loop that asked."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.frames import Reply, Request


class Job:
    """One request, and the future that its answer settles; the future belongs to the loop in which the job was made."""

    def __init__(
        self, request: Request, payload: bytes, deadline_s: float, read: Callable[[Reply, bytes], Any]
    ) -> None:
        self.request = request
        self.payload = payload
        self.deadline_s = deadline_s
        self.read = read
        """Makes the result out of the answer; a `ValueError` means that the answer is nonsense."""
        self._loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self._loop.create_future()
        self.is_abandoned = False
        self.was_cut_short = False
        """Its worker was ended from outside; it gets one more."""

    def abandon(self) -> None:
        """Note that nobody waits any more: a job that has not begun never will."""
        self.is_abandoned = True
        self.payload = b""

    def succeed(self, result: Any) -> None:
        """Settle the future with `result`, from any thread."""
        self._soon(self._set_result, result)

    def fail(self, reason: RefusalReason) -> None:
        """Settle the future with `CannotShow(reason)`, from any thread."""
        self._soon(self._set_exception, CannotShow(reason))

    def _soon(self, deliver: Callable[[Any], None], value: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(deliver, value)

    def _set_result(self, result: Any) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def _set_exception(self, error: CannotShow) -> None:
        if not self.future.done():
            self.future.set_exception(error)
