"""Photos of this PC that have waited in Cerbo's queue for long: staff may not know of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope

LONG = timedelta(days=1)
_COUNTED_EACH_S = 300.0


class Waiting(NamedTuple):
    """Those that wait longest first, and the clinic's day on which they were counted."""

    uploads: tuple[Upload, ...]
    day: date


class LongWaits:
    """`feed` tells of them, and again each day. Counts anew from time to time, and asks Cerbo nothing."""

    def __init__(
        self,
        uploads: Feed[tuple[Upload, ...]],
        was_seen_waiting: Callable[[UploadId], bool],
        now: Callable[[], datetime],
        clock: Clock,
        scope: TaskScope,
    ) -> None:
        """`was_seen_waiting`: a look of this session saw the entry in the queue. What an earlier session saw may have
        been accepted meanwhile. `now` is by the server's clock, where more is known of it than this PC's own."""
        self._uploads, self._was_seen = uploads, was_seen_waiting
        self._now, self._clock = now, clock
        self.feed = Feed(Waiting((), self._today()))
        self._scope = scope.child("long waits")
        self._end = uploads.subscribe(lambda _: self._count(), replay=False)

    def start(self) -> None:
        """Begin to follow the uploads. Needs a running loop."""
        self._scope.start(self._count_repeatedly(), key="count")

    async def aclose(self) -> None:
        self._end()
        await self._scope.aclose()

    async def _count_repeatedly(self) -> None:
        while True:
            self._count()
            await self._clock.sleep(_COUNTED_EACH_S)

    def _count(self) -> None:
        now = self._now()
        waiting = [each for each in self._uploads.latest if is_long(each, now) and self._was_seen(each.id)]
        longest_first = tuple(sorted(waiting, key=lambda each: each.changed_at))
        self.feed.publish(Waiting(longest_first, self._today()))

    def _today(self) -> date:
        return self._clock.local(self._clock.now()).date()


def is_long(upload: Upload, now: datetime) -> bool:
    """Whether the upload has waited in Cerbo's queue for long.

    Not where its entry is not known, or a person has to look at it anyway.
    """
    is_waiting = upload.state is UploadState.SENT and upload.queue_id is not None and not upload.needs_person
    return is_waiting and now - upload.changed_at >= LONG
