"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain

# Lists that cannot be read, and rows that could not.

SOME_PHOTOS_MISSING = "Some photos may be missing from this list. Open the patient in Cerbo to see all of them."


def photos_not_read(count: int) -> str:
    photos = phrases.count(count, "photo")
    return f"{photos} of this chart could not be read and {_is(count)} not shown. Open the patient in Cerbo to see all."


def patients_not_read(count: int) -> str:
    entries = phrases.count(count, "entry/entries")
    return f"{entries} of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo."


MAY_BE_MORE_PATIENTS = "Cerbo may have more who fit. Type more letters."


def visits_not_read(count: int) -> tuple[str, str]:
    """In full, and where there is little room."""
    return f"{phrases.count(count, 'visit')} could not be read", f"{count} not read"


def visits_not_read_since(as_of: datetime) -> str:
    """Short: it stands between the title and the choice of providers."""
    return f"Old: {phrases.clock(as_of)}"


QUEUE_NOT_READ = (
    "Cerbo’s queue can’t be read just now. These photos reached it; whether staff have accepted them since isn’t known."
    " The app keeps looking."
)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


PHOTOS_NOT_LISTED = "Cerbo doesn’t list this patient’s photos."
MAY_SEND_UNLISTED = "The chart may have no photos yet: look in Cerbo. Photos can be sent all the same."
LIST_GONE = "Cerbo shows no photos of this patient now."
LOOK_IN_CERBO = "It did before. Photos on this page are from then: look in Cerbo whether they are still there."
NOT_READABLE = "Cerbo gave an answer that cannot be read."


def it_says(words: str) -> str:
    """What a server said in place of a list, in its own words."""
    said = plain(words).rstrip(".")
    return f"It says: “{said}”" if said.endswith(("!", "?", "…")) else f"It says: “{said}.”"


CHART_NOT_LISTED = "Cerbo’s list of this patient’s photos can’t be read just now."

# Dates that Cerbo gives without a time, or in no readable form.

NO_DATES = "Cerbo gives no dates for these photos. The newest number stands first."

# What a key may not do.

ASK_ADMINISTRATOR = "Ask your administrator."
MAY_NOT_LIST_PHOTOS = "This key isn’t allowed to list this patient’s photos."
MAY_NOT_SHOW_PHOTO = "This key isn’t allowed to show this photo."
MAY_NOT_SHOW_WHOLE = "This key isn’t allowed to show the whole photo. Showing the preview."
MAY_NOT_SHOW_TILE = "Not allowed"
MAY_NOT_SHOW_SPOKEN = "this key isn’t allowed to show it, press Enter to ask again"
MAY_NOT_READ_RECORD = "This key isn’t allowed to read this patient’s record."
NOT_OFFERED = "Cerbo doesn’t offer this."
TELL_ADMINISTRATOR = "Tell your administrator."

# Types of photos.

ID_PHOTO_NOT_KNOWN = "ID photo not known: Cerbo does not say which photos are personal"
ID_PHOTO_NOT_LOADED = "ID photo not loaded yet"
FILTERS_OFF = "Cerbo does not say which photos are personal and which medical. All are shown."


def untyped_photos(untyped_count: int, total_count: int, *, is_asking: bool) -> str:
    """Beside the filters; empty where every photo has a type."""
    if not untyped_count:
        return ""
    if is_asking:
        return "Asking Cerbo for types…"
    if untyped_count == total_count:
        return "Cerbo gives no types here."
    return f"Cerbo gives no type for {phrases.count(untyped_count, 'photo')}."


# Photos that wait.

HELD_UP = "Waits for the photo under Needs attention."
"""Of one that goes out once a person has dealt with another."""


# Rate limits.

BUSY_TITLE = "Cerbo is busy"
BUSY_TEXT = "It asked this PC to wait. What is missing loads by itself."
BUSY_LOADS = "This loads by itself."
BUSY_LOOKING = (
    "Cerbo is busy. Looking whether it has the photo; if not, it is sent again. The photo is safe on this PC."
)
"""Cerbo had all of the photo, and asked to wait."""
CLOSED_IN_QUEUE = "The queue lists one entry more than before, as done."
"""In the place of what is missing. The strip alone counts: a second figure would stand still, or say another time."""


def busy_words(unsent: int) -> str:
    """Under the title; `unsent`: photos that go out by themselves."""
    if not unsent:
        return BUSY_TEXT
    photos = "1 photo is" if unsent == 1 else f"{unsent} photos are"
    return f"{BUSY_TEXT} {photos} saved and encrypted on this PC and will be sent then."


# The two routes to a photo's bytes, as the set-up test tells of them.

BOTH_ROUTES_WORK = "List and pictures work, by /stream and by /content."
ONE_ROUTE_WORKS = "List and pictures work by {works} alone: {other} {why}."
NO_ROUTE_WORKS = "The list works. A photo can’t be opened: /stream {stream}, /content {content}."
MAY_NOT_OPEN_PHOTOS = "The list works. This key isn’t allowed to open photos."
MAY_NOT_LIST_ANY_PHOTOS = "This key isn’t allowed to list photos."
NO_PHOTO_TO_TRY = "The list works. It holds no picture to try."
NO_LIST_OF_PHOTOS = (
    "Cerbo answers “not found” to each list of photos that was tried. Nobody there may have a photo yet. If they do, "
    "check the address."
)
NOBODY_TO_TRY = "Nobody has an appointment today to try it with."
ROUTE_NOT_ALLOWED = "isn’t allowed"
ROUTE_GIVES_NO_PHOTO = "gives no photo"

NOT_GIVEN_BY_CERBO = "Cerbo lists this photo, but doesn’t give it."
NO_PHOTO_COMES = "No photo of this patient comes. Look for it in Cerbo, and tell your administrator."
SMALL_COPY_WORD = "Small copy only"
SMALL_COPY = "Small copy only. Cerbo gives no larger one of this photo."

# Details of one photo.

DETAILS = "Details"
DETAILS_KEY = "Details (I)"
CLOSE_DETAILS = "Close details"
TOLD_BY_CERBO = "What Cerbo says"
IN_THE_FILE = "The file that came"
TAKEN, ADDED, DATED, TYPE, FORMAT, SIZE, PIXELS = "Taken", "Added", "Date", "Type", "Format", "Size", "Pixels"
PHOTO_ID = "Photo ID"
NOT_GIVEN = "Not given by Cerbo"
NOT_KNOWN = "Not known"
ASKING = "Asking Cerbo…"
RECORD_NOT_ALLOWED = (
    "This key isn’t allowed to read Cerbo’s record of this photo, so this is what the list says. The photo is safe in "
    "Cerbo. Ask your administrator."
)
RECORD_NOT_OFFERED = (
    "Cerbo doesn’t offer its record of a single photo, so this is what the list says. The photo is safe in Cerbo."
)
RECORD_OF_ANOTHER = (
    "Cerbo answered with the record of another patient. Nothing of it is shown: this is what the list says. Check this "
    "photo in Cerbo, and tell your administrator."
)
RECORD_WAITS = (
    "Cerbo is busy, so this is what the list says. The photo is safe in Cerbo. The rest of its record loads by itself."
)
RECORD_NOT_READ = (
    "Cerbo’s record of this photo could not be read, so this is what the list says. The photo is safe in Cerbo. "
    "It is asked for again once Cerbo answers, and when you close and open the details."
)

# An album whose further pages are on their way.


def photos_so_far(count: int) -> str:
    """100 photos so far"""
    return f"{phrases.count(count, 'photo')} so far"


def more_loading(count: int) -> str:
    """Beside the filters."""
    return f"{photos_so_far(count)}. More are loading…"


def place(number: int, count: int, *, is_partial: bool) -> str:
    """3 of 23, or 3 of 100 so far"""
    return f"{number} of {count} so far" if is_partial else f"{number} of {count}"


def none_of_type(word: str, *, is_whole: bool) -> str:
    """In the album's place; `is_whole`: the whole chart was read."""
    return f"No {word} photos." if is_whole else f"No {word} photos among those that could be read."


# An album without photos.

NO_PHOTOS_YET = "No photos yet"
START_WITH_ID_PHOTO = "Photos show here after staff accept them in Cerbo. Start with an ID photo for check-in."
ID_PHOTO_ON_ITS_WAY = "An ID photo is on its way"
SHOWS_ONCE_ACCEPTED = "It shows here after staff accept it in Cerbo. There is no need to take another."
ID_PHOTO_TAKEN = "An ID photo was taken"
ID_PHOTO_NEEDS_YOU = "It is not in the chart yet and waits for your decision in the list of photos."
TAKE_ID_PHOTO = "Take ID photo"
TAKE_PHOTOS = "Take photos"


def photos_on_their_way(count: int) -> str:
    """Photos that were not taken as ID photos."""
    return "A photo is on its way" if count == 1 else f"{count} photos are on their way"


def may_be_id_photo(count: int) -> str:
    if count == 1:
        return "It shows here after staff accept it in Cerbo, and may be the ID photo already."
    return "They show here after staff accept them in Cerbo, and one may be the ID photo already."


def photos_wait_for_you(count: int) -> str:
    return "A photo waits for you" if count == 1 else f"{count} photos wait for you"


def wait_for_your_decision(count: int) -> str:
    if count == 1:
        return ID_PHOTO_NEEDS_YOU
    return "They are not in the chart yet and wait for your decision in the list of photos."


# While the line is in a trouble that passes.

LOADS_BY_ITSELF = "It loads by itself once Cerbo answers again."
KNOWN_HERE_ALONE = "Known here. Others of this name may exist: ask for the date of birth before you open."
"""Above people of today's list and those opened before, where Cerbo could not be asked."""
SEARCHES_BY_ITSELF = "The search goes on by itself once Cerbo answers again."

# Looking again.

LOOK_AGAIN = "Look again"
LOOK_AGAIN_TIP = "Look again for new photos (F5)"
LOOKING = "Looking…"


def looked_again(at: datetime, new_count: int) -> str:
    """Looked at 10:42, 1 new photo"""
    found = phrases.count(new_count, "new photo") if new_count else "nothing new"
    return f"Looked at {phrases.clock(at)}, {found}"


# Slow lines.

SLOW_LINE = "Slow line"
TILE_BROKEN_OFF = "Not loaded yet"
TILE_BROKEN_OFF_SPOKEN = "not loaded yet, tried again soon, press Enter to try now"
STALLED_TITLE = "This photo stopped arriving."
STALLED_TEXT = "It is safe in Cerbo, and is tried again by itself. The line may be slow."
BROKEN_OFF_TEXT = "The photo is safe in Cerbo, and is tried again by itself."
NOT_WHOLE_YET = "Full quality has not come yet. Showing the preview, and trying again."
IN_PART = "In part"
REST_IS_LOADING = "The top of the photo is here. The rest is loading"


def came_in_part(share: float) -> str:
    """The first 49% of this photo came. The rest is missing."""
    return f"The first {phrases.percent(share)} of this photo came. The rest is missing."


def waits_for_answer() -> str:
    """Beneath "Waiting for Cerbo's answer". Linux alone tells when a photo has arrived (`api/outflow.py`)."""
    return "" if sys.platform == "linux" else "The photo’s last part may still be on its way to Cerbo."


# Photos that wait in Cerbo's queue for long.

_MOST_NAMES = 6


class LongWait(NamedTuple):
    """What the board's foot says: a headline, the text in forms from full to short, and all of it as it is spoken."""

    title: str
    texts: tuple[str, ...]
    spoken: str


def long_wait(photo_count: int, since: date, names: Sequence[str]) -> LongWait:
    """`names` of the patients, who waits longest first; `since`: the day on which that photo was sent."""
    photos, day = phrases.count(photo_count, "photo"), phrases.short_day(since)
    are = "waits" if photo_count == 1 else "wait"
    has = "has" if photo_count == 1 else "have"
    them = "it" if photo_count == 1 else "them"
    listed = [_some_of(names, shown) for shown in range(min(len(names), _MOST_NAMES), -1, -1)]
    return LongWait(
        f"{photos} {are} since {day}",
        tuple(f"Safe in Cerbo. Ask staff to accept {them}: {each}." for each in listed),
        f"{photos} {has} waited in Cerbo since {day}. Of {listed[0]}. Safe in Cerbo, but not in the chart yet. "
        f"Ask staff to accept {them} in Cerbo’s portal queue.",
    )


def _some_of(names: Sequence[str], count: int) -> str:
    """So many of the names; the others are counted."""
    named, more = [plain(name) for name in names[:count]], len(names) - count
    return _listed([*named, *([phrases.count(more, "more patient" if named else "patient")] if more else [])])


def _listed(names: Sequence[str]) -> str:
    """Maria Lopez, Hana Kim and Grace Adeyemi"""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
