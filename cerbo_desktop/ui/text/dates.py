"""Dates and times as the app writes them: 4 Mar 1981, Wed 5 Nov 2025, 09:41.

The names of months and days are of the app's language. Whether the clock has 12 or 24 hours is the system's setting.
"""

from datetime import date, datetime
from functools import cache

from PySide6.QtCore import QDate, QLocale, QTime

from cerbo_desktop.domain.moments import When
from cerbo_desktop.ui.text import lists


def day(when: date) -> str:
    """4 Mar 1981"""
    return _written(when, "d MMM yyyy")


def unbroken_day(when: date) -> str:
    """4 Mar 1981, which no end of a line parts; for a sentence that wraps"""
    return lists.unbroken(day(when))


def day_spoken(when: date) -> str:
    """4 March 1981, for screen readers"""
    return _written(when, "d MMMM yyyy")


def weekday(when: date) -> str:
    """Wed 12 Nov 2025"""
    return _written(when, "ddd d MMM yyyy")


def short_weekday(when: date) -> str:
    """Wed 12 Nov"""
    return _written(when, "ddd d MMM")


def clock(when: datetime) -> str:
    """09:41, or 9:41 AM where the system's clock has 12 hours; the moment is already in clinic time"""
    return clock_of(when, has_12_hours=_system_has_12_hours())


def clock_of(when: datetime, *, has_12_hours: bool) -> str:
    """The time of day on a clock of 12 or of 24 hours."""
    return QLocale().toString(QTime(when.hour, when.minute), "h:mm AP" if has_12_hours else "HH:mm")


def moment(when: When) -> str:
    """Wed 5 Nov 2025, 09:41; without a time where none is known"""
    return _with_clock(weekday(when), when)


def exact_moment(when: When) -> str:
    """5 Nov 2025, 09:41; without a time where none is known"""
    return _with_clock(day(when), when)


def moment_spoken(when: When) -> str:
    """5 November 2025, 09:41; without a time where none is known"""
    return _with_clock(day_spoken(when), when)


def short_moment(when: When) -> str:
    """5 Nov, 09:41; without a time where none is known"""
    return _with_clock(short_day(when), when)


def short_time(when: datetime, today: date) -> str:
    """09:41; on another day 5 Nov, 09:41"""
    return clock(when) if when.date() == today else short_moment(when)


def short_day(when: date) -> str:
    """5 Nov"""
    return _written(when, "d MMM")


def month(when: date) -> str:
    """November 2025"""
    return f"{QLocale().standaloneMonthName(when.month)} {when.year}"


def short_month(when: date) -> str:
    """Nov 2025"""
    return f"{QLocale().standaloneMonthName(when.month, QLocale.FormatType.ShortFormat)} {when.year}"


def _written(when: date, pattern: str) -> str:
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)


def _with_clock(day_words: str, when: When) -> str:
    return f"{day_words}, {clock(when)}" if isinstance(when, datetime) else day_words


@cache
def _system_has_12_hours() -> bool:
    return "ap" in QLocale.system().timeFormat(QLocale.FormatType.ShortFormat).lower()
