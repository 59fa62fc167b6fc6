"""Cerbo's dates in each form that is likely (contract 2.6): a moment, or a day without a time.

What has no zone is UTC, as the vendor says of the image endpoints. A day alone stays a day: made into a moment it would
be another day in some zones, and it would show a time that nobody knows. What cannot be read is no date.
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.moments import When

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_UTC_WORD = re.compile(r" ?(UTC|GMT|Z)$", re.IGNORECASE)
_MAIL = re.compile(
    r"([A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(:\d{2})? ?(GMT|UTC|UT|Z|[+-]\d{4})", re.IGNORECASE
)
"""RFC 2822. Of the zones only those that mean the same to everybody."""
_NUMBER = re.compile(r"\d{9,13}(\.\d+)?")
_FIRST_SECONDS, _PAST_SECONDS = 10**8, 10**11
"""From 1973 on. A smaller number may be anything, also a date in figures."""
_FIRST_MILLISECONDS, _PAST_MILLISECONDS = 10**12, 10**13
"""From 2001 on. Twelve figures are rather a date: 202511050940."""
_IN_FIGURES = re.compile(r"20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])")
"""A day and an hour: 2025110509, which would be seconds in 2034."""
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


def day(value: object) -> date | None:
    """A plain date, never shifted, whatever time stands behind it; None for zero dates and nonsense."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        read = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return read if _FIRST_YEAR <= read.year <= _LAST_YEAR else None


def when(value: object) -> When | None:
    """Read a date as Cerbo writes it: an aware UTC moment, or a plain date where it gives no time; None where it can't
    be read."""
    if isinstance(value, dict):
        return _of_object(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    text = value.strip() if isinstance(value, str) else ""
    if _NUMBER.fullmatch(text):
        return _of_number(float(text))
    on_day, bare = day(text), _UTC_WORD.sub("", text)
    if on_day is not None and len(bare) == len("2025-11-05"):
        return on_day
    try:
        if on_day is not None:
            return _in_utc(datetime.fromisoformat(bare))
        return _in_utc(parsedate_to_datetime(text)) if _MAIL.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def moment(value: object) -> datetime | None:
    """As `when`, for a moment alone: None where only the day is known."""
    found = when(value)
    return found if isinstance(found, datetime) else None


def first(record: Record, *names: str) -> When | None:
    """Return the first of these fields that can be read as a date; None where none can."""
    return next((found for name in names if (found := when(record.get(name))) is not None), None)


def first_moment(record: Record, *names: str) -> datetime | None:
    """As `first`, for a moment alone: None where only days are known."""
    return next((found for name in names if (found := moment(record.get(name))) is not None), None)


def _of_object(value: Record) -> When | None:
    """As PHP writes a date into JSON, in UTC: `{"date": "2025-11-05 09:40:00.000000", "timezone": "UTC"}`."""
    zone = value.get("timezone")
    is_utc = isinstance(zone, str) and zone.upper() in ("UTC", "GMT", "Z", "+00:00")
    text = value.get("date")
    return when(text) if is_utc and isinstance(text, str) else None


def _of_number(value: float) -> datetime | None:
    """Seconds or milliseconds since 1970, where it cannot be a date in figures."""
    are_seconds = _FIRST_SECONDS <= value < _PAST_SECONDS and not _IN_FIGURES.fullmatch(str(int(value)))
    if not are_seconds and not _FIRST_MILLISECONDS <= value < _PAST_MILLISECONDS:
        return None
    try:
        return _in_utc(datetime.fromtimestamp(value if are_seconds else value / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _in_utc(read: datetime) -> datetime | None:
    found = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
