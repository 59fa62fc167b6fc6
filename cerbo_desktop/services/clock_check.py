"""Compares this PC's clock with the server's: photo times and the order of a day's photos come from it."""

from datetime import UTC, datetime, timedelta

from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed

TOLERANCE = timedelta(minutes=2)
_AGREEMENT = timedelta(minutes=1)
_LARGEST = timedelta(days=366)
"""More than that is no clock that runs wrong, but a server that doesn't know the date."""
_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""No server of this app is older; a clock that starts without a battery begins with 1970 or 2000."""


class ClockCheck:
    """`feed` gets how far this PC's clock is ahead of the server's (negative: behind), once, and only where two answers
    in a row agree that it is more than the tolerance."""

    def __init__(self, clock: Clock) -> None:
        self.feed: Feed[timedelta | None] = Feed(None)
        self._clock = clock
        self._suspected: timedelta | None = None

    def server_now(self) -> datetime:
        """Now by the server's clock, as far as it is known to differ from this PC's. Aware UTC."""
        return self._clock.now() - (self.feed.latest or timedelta(0))

    def note(self, server_time: datetime, took_s: float) -> None:
        """Note the time that an answer names. `took_s` is how long ago the question was asked: the server wrote its
        time somewhere in between."""
        if self.feed.latest is not None:
            return
        ahead = self._ahead(server_time, timedelta(seconds=max(0.0, took_s)))
        before, self._suspected = self._suspected, ahead
        if ahead is not None and before is not None and abs(ahead - before) <= _AGREEMENT:
            self.feed.publish(ahead)

    def _ahead(self, server_time: datetime, took: timedelta) -> timedelta | None:
        now = self._clock.now()
        if server_time < _EARLIEST or abs(now - server_time) > _LARGEST:
            return None
        if server_time - now > TOLERANCE:
            return now - server_time
        ahead = now - took - server_time
        return ahead if ahead > TOLERANCE else None
