"""A moment, or a day of which no time is known: what a date of Cerbo's may be."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

When = datetime | date
"""An aware moment in UTC, or a plain date where Cerbo gives a day without a time. The day is the same in every zone."""
Local = Callable[[datetime], datetime]
"""An aware moment on a wall clock."""

_NOON = time(12)


def on_wall_clock(when: When, local: Local) -> When:
    """The moment on the wall clock; a plain date stays that date, whatever the zone."""
    return local(when) if isinstance(when, datetime) else when


def utc_day(when: When) -> date:
    """The day of a moment in UTC; a plain date is itself."""
    return when.date() if isinstance(when, datetime) else when


def in_order(when: When, local: Local) -> datetime:
    """An aware moment to sort by, within the day on the wall clock: a plain date stands at noon there."""
    if isinstance(when, datetime):
        return when
    noon = datetime.combine(when, _NOON, UTC)
    return noon - (local(noon).utcoffset() or timedelta())
