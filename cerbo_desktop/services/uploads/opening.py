"""Opens the outbox of a practice, as soon as that is possible, and says how it stands."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.periodic_retry import PeriodicRetry
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.services.uploads.uploading import Uploading


@dataclass(frozen=True, slots=True)
class Opening:
    """The first attempt has not ended yet."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Photos can be kept and sent."""

    recovered: RecoveryReport


@dataclass(frozen=True, slots=True)
class Closed:
    """No photo can be kept on this PC, and none that waits here can be sent."""

    reason: NotSafeReason
    waiting_count: int
    """Photos that wait on this PC all the same."""


OutboxStatus = Opening | Opened | Closed


class OutboxOpening:
    """`try_now` begins it; where it does not open at once, it is tried again by itself."""

    def __init__(self, uploading: Uploading, outbox: ReopenableOutbox, clock: Clock, scope: TaskScope) -> None:
        self.feed: Feed[OutboxStatus] = Feed(Opening())
        self._uploading, self._outbox = uploading, outbox
        self._retry = PeriodicRetry("opening", self._try, clock, scope)

    @property
    def is_closed(self) -> bool:
        return isinstance(self.feed.latest, Closed)

    def try_now(self) -> None:
        self._retry.try_now()

    async def aclose(self) -> None:
        await self._retry.aclose()

    async def _try(self) -> bool:
        try:
            recovered = await self._uploading.open()
        except NotSafe as failure:
            self.feed.publish(Closed(failure.reason, await self._outbox.count_waiting()))
            return False
        self.feed.publish(Opened(recovered))
        return True
