"""Birth dates as people type them. Where a spelling can be read in two ways, both dates come back."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.patient import folded

OLDEST_YEARS = 130

_MONTH_STEMS = {
    1: ("jan", "ene"),
    2: ("feb",),
    3: ("mar", "mrz"),
    4: ("apr", "abr"),
    5: ("may", "mai"),
    6: ("jun",),
    7: ("jul",),
    8: ("aug", "ago"),
    9: ("sep", "set"),
    10: ("oct", "okt"),
    11: ("nov",),
    12: ("dec", "dic", "dez"),
}
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre"),
    *("mrz", "mai", "okt", "dez"),
)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"['’]?(?P<year>\d{4}|\d{2})"
_GAP = r"(?:\s*[\s,./-]\s*(?:de\s+)?)"
_ISO = re.compile(r"(?<!\d)(\d{4}(?=[-./])|(?:1[89]|20)\d\d)([-./ ])(\d{1,2})\2(\d{1,2})(?!\d)")
_EAST_ASIAN = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]?(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([-./, ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_FIGURES = re.compile(r"^\D*(?<![\d#+(./-])(\d{8}|\d{6})(?!\d)\D*$")
"""19810304 or 030481, with a name or a label and no other figures."""
_ID_LABEL = re.compile(r"\b(?:id|no\.?|nr\.?|number|mrn|acct|account|ssn|zip)\s*:?\s*$", re.IGNORECASE)
_WORDED = (
    re.compile(rf"(?<!\d){_DAY}{_GAP}?(?:of\s+)?{_MONTH}{_GAP}?{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\w){_MONTH}{_GAP}?{_DAY}{_GAP}{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}}){_GAP}?{_MONTH}{_GAP}?{_DAY}(?!\d)", re.IGNORECASE),
)
_LABEL = re.compile(
    r"[(\[]?\s*\b(?:d\.?\s?o\.?\s?b\b\.?|dates?\s+of\s+birth|birth\s?dates?|b(?:irth)?-?day|bd|born(?:\s+on)?(?:\s+the)?"
    r"|geb(?:oren)?\b\.?(?:\s+am)?|f(?:echa)?\.?\s+de\s+nac(?:imiento)?\.?|nacid[oa])\s*[:=#-]?\s*$"
    r"|^(?:b|the)\b\.?\s*:?\s*$|生年月日\s*:?\s*$",
    re.IGNORECASE,
)
"""What people and programs write before a birth date."""
_TIME = re.compile(
    r"^[T\s,]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:[ap]\.?m\.?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?![\w:])",
    re.IGNORECASE,
)
"""What a program puts after a date. A birth date has no time zone, so the day stays as it is written."""
_PARTIAL = re.compile(
    r"^(?:\d{1,4}[\s./-]+(?:\d{1,2}[\s./-]*)?|\d{1,2}[\s./-]*(?:of\s+|de\s+)?(?P<month>[^\W\d_]+)[\s./-]*)\d{0,3}$"
)
_YEAR_OR_DAY = re.compile(r"^(?:(?:1[89]|20)\d\d|0?[1-9]|[12]\d|3[01])$")
"""All that a date after a name may begin with, or all that is known of it."""
_PARTIAL_US = re.compile(r"^(?P<month>[^\W\d_]{3,})\.?\s*\d{1,2}[\s,./-]*\d{0,3}$")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date found in the typed text: its possible readings, earliest first, and the text around it (`rest`)."""

    dates: tuple[date, ...]
    rest: str


class DateFault(Enum):
    """Why a date is no date of birth."""

    UNFINISHED = "unfinished"
    """4 mar, whose year is still to come."""
    NO_SUCH_DAY = "no such day"
    NOT_YET = "not yet"
    TOO_LONG_AGO = "too long ago"


def find_birth_date(text: str, today: date) -> FoundDate | None:
    """The first thing in `text` that reads as a date not after `today`; None where there is none.

    Two-digit years are the latest ones not in the future.
    """
    text = unicodedata.normalize("NFC", text)
    for pattern in _WORDED:
        if (found := pattern.search(text)) and (dates := _worded(found, today)):
            return _found(text, found, dates)
    if (found := _ISO.search(text)) and (dates := _dates([(found[1], found[3], found[4])], today)):
        return _found(text, found, dates)
    if (found := _EAST_ASIAN.search(text)) and (dates := _dates([(found[1], found[2], found[3])], today)):
        return _found(text, found, dates)
    if found := _NUMERIC.search(text):
        day, month, year = found[1], found[3], found[4]
        readings = [(year, month, day), (year, day, month)]
        if dates := tuple(sorted(_dates(readings, today))):
            return _found(text, found, dates)
    found = _FIGURES.match(text)
    if found and not _ID_LABEL.search(text[: found.start(1)]) and (dates := dates_in_digits(found[1], today)):
        return _found(text, found, dates, group=1)
    return None


def dates_in_digits(digits: str, today: date) -> tuple[date, ...]:
    """Readings of a run of digits: 8 as year-month-day, day-month-year or month-day-year; 6 with a short year."""
    if not digits.isascii() or not digits.isdigit():
        return ()
    if len(digits) == 8:
        ymd = (digits[:4], digits[4:6], digits[6:])
        return _dates([ymd], today) or tuple(sorted(_dates(_both_orders(digits), today)))
    return tuple(sorted(_dates(_both_orders(digits), today))) if len(digits) == 6 else ()


def fault_of_date(text: str, today: date) -> DateFault | None:
    """Why a date in `text` is no birth date; None where there is none. Its figures may still be on their way."""
    for readings in _readings(unicodedata.normalize("NFC", text)):
        days = [made for each in readings if (made := _calendar_day(*each)) is not None]
        if any(int(part or 0) == 0 for each in readings for part in each[1:]):
            return DateFault.UNFINISHED
        if not days:
            return DateFault.NO_SUCH_DAY
        if all(len(each[0]) < 4 for each in readings):
            return DateFault.UNFINISHED
        return DateFault.NOT_YET if min(days) > today else DateFault.TOO_LONG_AGO
    return DateFault.UNFINISHED if _ends_in_begun_date(text.split()) else None


def _ends_in_begun_date(words: list[str]) -> bool:
    """4 mar, or lopez 4 mar, or born 1981: a date that is being typed, by itself or after names and labels."""
    for at, word in enumerate(words):
        begun = " ".join(words[at:]).lstrip("([")
        if _is_begun_date(begun) or (at and _YEAR_OR_DAY.match(begun)):
            return True
        if any(map(str.isdigit, word)):
            return False
    return False


def _is_begun_date(text: str) -> bool:
    found = _PARTIAL.match(text) or _PARTIAL_US.match(text)
    return found is not None and (not found["month"] or _month_of(found["month"], is_whole=False) is not None)


def _readings(text: str) -> Iterator[list[tuple[str, str, str]]]:
    """Year, month and day of each whole date in `text`, in every order."""
    for pattern in _WORDED:
        if (found := pattern.search(text)) and (month := _month_of(found["month"])):
            yield [(found["year"], str(month), found["day"])]
    for pattern, month_at in ((_ISO, 3), (_EAST_ASIAN, 2)):
        if found := pattern.search(text):
            yield [(found[1], found[month_at], found[month_at + 1])]
    if found := _NUMERIC.search(text):
        yield [(found[4], found[3], found[1]), (found[4], found[1], found[3])]


def _calendar_day(year: str, month: str, day: str) -> date | None:
    """A short year stands for any: 2000 has a 29 February."""
    try:
        return date(int(year) if len(year) == 4 else 2000, int(month), int(day))
    except ValueError:
        return None


def _both_orders(digits: str) -> list[tuple[str, str, str]]:
    one, two, year = digits[:2], digits[2:4], digits[4:]
    return [(year, two, one), (year, one, two)]


def _found(text: str, found: "re.Match[str]", dates: tuple[date, ...], *, group: int = 0) -> FoundDate:
    """The text around the date, without a label before it, a time after it, and the commas between."""
    before = _LABEL.sub("", text[: found.start(group)]).rstrip(" ,;(")
    after = _TIME.sub("", text[found.end(group) :]).lstrip(" ,;)].")
    return FoundDate(dates, f"{before} {after}".strip())


def _worded(found: "re.Match[str]", today: date) -> tuple[date, ...]:
    month = _month_of(found["month"])
    return _dates([(found["year"], str(month), found["day"])], today) if month else ()


def _month_of(word: str, *, is_whole: bool = True) -> int | None:
    """The month that `word` abbreviates; in a word still being typed, its first letters are enough."""
    key = folded(word)
    if not any(name.startswith(key) for name in _MONTH_NAMES):
        return None
    for number, stems in _MONTH_STEMS.items():
        if key.startswith(stems) or (not is_whole and any(stem.startswith(key) for stem in stems)):
            return number
    return None


def _dates(readings: list[tuple[str, str, str]], today: date) -> tuple[date, ...]:
    made = (_date(year, month, day, today) for year, month, day in readings)
    return tuple(dict.fromkeys(each for each in made if each is not None))


def _date(year: str, month: str, day: str, today: date) -> date | None:
    try:
        if len(year) == 4:
            made = date(int(year), int(month), int(day))
        else:
            made = _latest_past(int(year), int(month), int(day), today)
    except ValueError:
        return None
    return made if made <= today and made.year >= today.year - OLDEST_YEARS else None


def _latest_past(short_year: int, month: int, day: int, today: date) -> date:
    century = today.year - today.year % 100
    if (century + short_year, month, day) > (today.year, today.month, today.day):
        century -= 100
    return date(century + short_year, month, day)
