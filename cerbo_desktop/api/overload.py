"""What an overloaded Cerbo, or a gateway before it, asks for: a wait, in any of the forms that servers write it."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from cerbo_desktop.api.http_dates import http_date

UNAVAILABLE = 503
STATUSES = frozenset({429, UNAVAILABLE})
_HEADERS = ("retry-after", "ratelimit-reset", "x-ratelimit-reset")
_MAX_WAIT_S = 60.0
_EPOCH_S = 1_000_000_000.0
"""No server asks for a wait of thirty years: so large a number is a moment, in seconds since 1970."""


def wait_asked_s(headers: Mapping[str, str]) -> float | None:
    """The wait that the headers ask for: 0 to 60 seconds, by the first one that names it as seconds, moment or date.

    None where none does, or what they say makes no sense.
    """
    now = http_date(headers.get("date", "")) or datetime.now(UTC)
    waits = (_seconds(headers.get(name, "").strip(), now) for name in _HEADERS)
    asked_s = next((wait_s for wait_s in waits if wait_s is not None), None)
    return None if asked_s is None else max(0.0, min(_MAX_WAIT_S, asked_s))


def _seconds(text: str, now: datetime) -> float | None:
    if re.fullmatch(r"[0-9]{1,400}([.][0-9]{1,20})?", text):
        number = float(text)
        return number if number < _EPOCH_S or math.isinf(number) else number - now.timestamp()
    until = http_date(text)
    return None if until is None else (until - now).total_seconds()
