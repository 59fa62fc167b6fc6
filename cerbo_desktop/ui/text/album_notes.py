"""The words above the album: what is missing in the list of photos, and which photos wait for staff."""

from collections.abc import Sequence
from datetime import date, datetime

from cerbo_desktop.ui.text import dates, lists, numbers
from cerbo_desktop.ui.text.catalogue import translate


def some_photos_missing() -> str:
    return translate(
        "AlbumNotes", "Some photos may be missing from this list. Open the patient in Cerbo to see all of them."
    )


def only_the_first_shown(count: int) -> str:
    return translate(
        "AlbumNotes", "Only the first {count} photos are shown. Open the patient in Cerbo to see all of them."
    ).format(count=numbers.whole(count))


def photos_not_read(n: int) -> str:
    return translate(
        "AlbumNotes",
        "%n photo(s) of this chart could not be read and (is|are) not shown. Open the patient in Cerbo to see all.",
        "",
        n,
    )


def photos_as_of(listed_at: datetime, today: date, *, is_passing: bool) -> str:
    """Photos as of 10:12.; the moment is in clinic time. `is_passing`: the list is asked for again by itself."""
    if is_passing:
        pattern = translate("AlbumNotes", "Photos as of {time}. New ones show once Cerbo answers again.")
    else:
        pattern = translate("AlbumNotes", "Photos as of {time}.")
    return pattern.format(time=dates.short_time(listed_at, today))


def none_as_of(listed_at: datetime, today: date, *, is_passing: bool) -> str:
    """The same where the album held none: No photos as of 10:12. It may stand alone, below a card."""
    if is_passing:
        pattern = translate("AlbumNotes", "No photos as of {time}. New ones show once Cerbo answers again.")
    else:
        pattern = translate("AlbumNotes", "No photos as of {time}.")
    return pattern.format(time=dates.short_time(listed_at, today))


def no_dates() -> str:
    return translate("AlbumNotes", "Cerbo has no dates for these photos. The newest number stands first.")


def waiting_note(sent_at: Sequence[datetime], taken_at: Sequence[datetime], today: date) -> str:
    """Photos that wait in Cerbo's queue, and photos that Cerbo took without our seeing them there, by their times in
    clinic time, with the day where that is not `today`; empty for none."""
    return lists.sentences(_sent_note(sent_at, today), _taken_note(taken_at, today))


def _sent_note(sent_at: Sequence[datetime], today: date) -> str:
    if not sent_at:
        return ""
    n, first, last = len(sent_at), min(sent_at), max(sent_at)
    if dates.short_time(first, today) != dates.short_time(last, today):
        return _sent_between(n, first, last, today)
    if first.date() == today:
        return translate(
            "AlbumNotes",
            "%n photo(s) sent at {time} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.",
            "",
            n,
        ).format(time=dates.clock(first))
    return translate(
        "AlbumNotes",
        "%n photo(s) sent on {moment} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.",
        "",
        n,
    ).format(moment=dates.short_moment(first))


def _sent_between(n: int, first: datetime, last: datetime, today: date) -> str:
    if last.date() == today != first.date():
        pattern = translate(
            "AlbumNotes",
            "%n photo(s) sent from {first} to {last} today are waiting for staff in Cerbo. "
            "They show here once accepted.",
            "",
            n,
        )
    else:
        pattern = translate(
            "AlbumNotes",
            "%n photo(s) sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.",
            "",
            n,
        )
    return pattern.format(first=dates.short_time(first, today), last=dates.short_time(last, today))


def _taken_note(taken_at: Sequence[datetime], today: date) -> str:
    n = len(taken_at)
    if not n:
        return ""
    if n > 1:
        return translate("AlbumNotes", "Cerbo took %n photo(s). They show here once accepted.", "", n)
    when = taken_at[0]
    if when.date() == today:
        return translate("AlbumNotes", "Cerbo took 1 photo at {time}. It shows here once accepted.").format(
            time=dates.clock(when)
        )
    return translate("AlbumNotes", "Cerbo took 1 photo on {moment}. It shows here once accepted.").format(
        moment=dates.short_moment(when)
    )
