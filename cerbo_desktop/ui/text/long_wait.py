"""Photos that have been waiting in Cerbo's queue for long, and of whom."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cerbo_desktop.ui.text import dates, lists, patients
from cerbo_desktop.ui.text.catalogue import translate

_MOST_NAMES = 6


class LongWait(NamedTuple):
    """What the board's foot says: a headline, the text in forms from full to short, and all of it as it is spoken."""

    title: str
    texts: tuple[str, ...]
    spoken: str


def long_wait(photo_count: int, since: date, names: Sequence[str]) -> LongWait:
    """`names` of the patients, who waits longest first; `since`: the day on which that photo was sent."""
    day = dates.short_day(since)
    listed = [_some_of(names, shown) for shown in range(min(len(names), _MOST_NAMES), -1, -1)]
    title = translate("LongWait", "%n photo(s) waiting since {day}", "", photo_count).format(day=day)
    return LongWait(
        title, tuple(_ask_staff(photo_count, each) for each in listed), _spoken(photo_count, day, listed[0])
    )


def _ask_staff(n: int, names: str) -> str:
    return translate("LongWait", "Safe in Cerbo. Ask staff to accept (it|them): {names}.", "", n).format(names=names)


def _spoken(n: int, day: str, names: str) -> str:
    return translate(
        "LongWait",
        "%n photo(s) (has|have) been waiting in Cerbo since {day}. Of {names}. Safe in Cerbo, but not in the chart "
        "yet. Ask staff to accept (it|them) in Cerbo’s portal queue.",
        "",
        n,
    ).format(day=day, names=names)


def _some_of(names: Sequence[str], count: int) -> str:
    """So many of the names; the others are counted."""
    named = [patients.shown_name(name) for name in names[:count]]
    n = len(names) - count
    if not n:
        return lists.listed(named)
    if not named:
        return translate("LongWait", "%n patient(s)", "inside a sentence: in place of names", n)
    return lists.listed([*named, translate("LongWait", "%n more patient(s)", "inside a sentence: after names", n)])
