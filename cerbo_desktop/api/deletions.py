"""Whether a photo's row says that the photo was deleted, in any likely way: a list may go on naming it.

A photo that staff took out of a chart may be another patient's. A mark that says nothing, such as a database's zero
as a date, would hide a whole chart.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from cerbo_desktop.api import dates, wire
from cerbo_desktop.api.name_words import run_together, spaced
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.moments import When, utc_day

_GONE = r"(deleted|removed|archived|void|voided|trashed|enteredinerror)"
_MARK = re.compile(rf"(is|was)?{_GONE}|{_GONE}(at|on|date)|date{_GONE}")
_GONE_STATUSES = frozenset(
    {"deleted", "removed", "archived", "void", "voided", "trashed", "rejected", "entered in error"}
)
_SET_WORDS = frozenset({"y", "yes", "t", "on"}) | _GONE_STATUSES
_LAST_ZERO = date(1970, 1, 1)
"""What a zero may be as a date: 1970, the evening before where a zone was taken off, 1900."""
_SLACK = timedelta(days=1)
"""A day without a zone may be the one before."""


@lru_cache(maxsize=1024)
def is_mark(name: str) -> bool:
    """Whether a field of this name may say that a record was deleted, as a flag or by the moment."""
    return _MARK.fullmatch(run_together(name)) is not None


def is_deleted(record: Record, since: When | None) -> bool:
    """Whether the record says that its photo was deleted.

    `since` is the age of the photo by its own dates, where that is known: a mark from before it is no deletion.
    """
    if any(is_mark(name) and _is_set(value, since) for name, value in record.items()):
        return True
    return _words(record.get("status")) in _GONE_STATUSES


def _is_set(value: object, since: When | None) -> bool:
    if wire.flag(value) is True or _words(value) in _SET_WORDS:
        return True
    at = dates.when(value)
    if at is None or utc_day(at) <= _LAST_ZERO:
        return False
    return since is None or utc_day(at) >= utc_day(since) - _SLACK


def _words(value: object) -> str:
    return " ".join(spaced(wire.clean_text(value)).lower().split())
