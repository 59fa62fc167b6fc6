"""The app's way of writing dates, sizes, counts and failures. English month and day names, whatever the system says."""

from __future__ import annotations

import math
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    CannotShow,
    CerboDesktopError,
    Forbidden,
    MaybeSent,
    Missing,
    NotSafe,
    NotSafeReason,
    Overloaded,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    Stalled,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.moments import When
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.ui.text import cerbo

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KB, _MB = 1_000, 1_000_000


def day(when: date) -> str:
    """4 Mar 1981"""
    return f"{when.day} {_MONTHS[when.month - 1][:3]} {when.year}"


def day_spoken(when: date) -> str:
    """4 March 1981, for screen readers"""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """Wed 12 Nov 2025"""
    return f"{_DAYS[when.weekday()]} {day(when)}"


def clock(when: datetime) -> str:
    """09:41; the moment is already in clinic time"""
    return f"{when.hour:02}:{when.minute:02}"


def moment(when: When) -> str:
    """Wed 5 Nov 2025, 09:41; without a time where none is known"""
    return _with_clock(weekday(when), when)


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
    return f"{when.day} {_MONTHS[when.month - 1][:3]}"


def _with_clock(day_words: str, when: When) -> str:
    return f"{day_words}, {clock(when)}" if isinstance(when, datetime) else day_words


def month(when: date) -> str:
    """November 2025"""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def megabytes(size_bytes: int) -> str:
    """6.1 MB; under a megabyte 412 KB"""
    if size_bytes < _MB - _KB // 2:
        return f"{max(1 if size_bytes else 0, round(size_bytes / _KB))} KB"
    return f"{size_bytes / _MB:.1f} MB"


def progress_of(done_bytes: int, total_bytes: int) -> str:
    """2.7 of 6.1 MB; both in the total's unit"""
    if total_bytes < _MB - _KB // 2:
        return f"{round(done_bytes / _KB)} of {megabytes(total_bytes)}"
    return f"{done_bytes / _MB:.1f} of {megabytes(total_bytes)}"


def percent(fraction: float) -> str:
    """45%; never 100 before the end"""
    shown = 100 if fraction >= 1 else min(99, round(100 * fraction))
    return f"{max(0, shown)}%"


def count(n: int, noun: str) -> str:
    """1 photo, 3 photos; give the plural of an irregular noun after a slash: "person/people" """
    singular, _, plural = noun.partition("/")
    return f"{n} {singular if n == 1 else plural or singular + 's'}"


def wait(seconds: float) -> str:
    """20 s; from a minute and a half on 2 min. Rounded up, so that a promise is never too early."""
    whole = max(1, math.ceil(seconds))
    return f"{whole} s" if whole < 60 else f"{math.ceil(whole / 60)} min"


def age(born: date, today: date) -> str:
    """44 years; under two years 14 months, under one month 9 days. Nothing for a birth date in the future."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if born > today:
        return ""
    if months >= 24:
        return f"{months // 12} years"
    return count(months, "month") if months else count((today - born).days, "day")


class ActionContext(Enum):
    """What the app was at when it failed, as far as the sentence depends on it."""

    SEARCHING = "searching"
    LOADING = "loading"
    LISTING_PHOTOS = "listing photos"
    OPENING_PHOTO = "opening a photo"
    READING_APPOINTMENTS = "reading appointments"
    SENDING = "sending"
    SIGNING_IN = "signing in"
    SETTING_UP = "setting up"


class Sentence(NamedTuple):
    """What happened; then whether the photo is safe and what to do. `is_safe`: nothing is lost or doubtful."""

    title: str
    text: str
    is_safe: bool = True
    may_retry: bool = True

    @property
    def whole(self) -> str:
        """Both in one line."""
        return f"{self.title} {self.text}".strip()

    def during_trouble(self, is_on: bool) -> Sentence:
        """While the line to Cerbo is in a trouble that passes: what failed is asked for again after it."""
        return self._replace(text=cerbo.LOADS_BY_ITSELF) if is_on and self.may_retry else self


_KEPT = "Nothing was sent; the photo is safe on this PC."
_AGAIN = "Try again in a moment."
HEIC_NOT_SAFE = "HEIC photos can’t be opened safely on this PC"
TAKE_JPEG = "On the iPhone: Settings, Camera, Formats, Most Compatible."


def error_sentence(error: CerboDesktopError, *, doing: ActionContext = ActionContext.LOADING) -> Sentence:
    """The words for a failure. Nothing in them comes from outside but what a server said in place of a list, quoted."""
    is_sending = doing is ActionContext.SENDING
    kept = _KEPT if is_sending else ""
    match error:
        case Untrusted():
            return _untrusted(error, kept)
        case Stalled():
            return Sentence(cerbo.STALLED_TITLE, cerbo.STALLED_TEXT)
        case Unreachable():
            return Sentence("Could not reach Cerbo.", kept or "Check the network connection, then try again.")
        case SignedOut():
            return _signed_out(doing, kept)
        case Forbidden():
            return _forbidden(doing, kept)
        case Missing():
            return _missing(doing)
        case Overloaded():
            return Sentence(f"{cerbo.BUSY_TITLE}.", kept or cerbo.BUSY_LOADS)
        case ServerRefused():
            return _server_refused(error, is_sending)
        case MaybeSent():
            text = "No answer came back. Look in Cerbo’s queue, then choose."
            return Sentence("May have arrived.", text, is_safe=False, may_retry=False)
        case BadAnswer():
            return _bad_answer(error, doing, kept)
        case CannotShow():
            return _cannot_show(error)
        case NotSafe():
            return _not_safe(error)
        case _:
            return Sentence("Something went wrong.", f"{kept} {_AGAIN}".strip())


def _untrusted(error: Untrusted, kept: str) -> Sentence:
    reasons = {
        TlsFault.EXPIRED: "Its certificate has run out. Check the date on this PC, or tell your administrator.",
        TlsFault.NOT_YET_VALID: "Its certificate is not valid yet. Check the date on this PC.",
        TlsFault.WRONG_HOST: "Its certificate belongs to another address. Check the practice address.",
        TlsFault.UNKNOWN_ISSUER: "This PC does not know who signed its certificate. Tell your administrator.",
        TlsFault.OTHER: "Its certificate could not be checked. Tell your administrator.",
    }
    return Sentence("The connection to Cerbo is not secure.", f"{reasons[error.fault]} {kept}".strip(), may_retry=False)


def _signed_out(doing: ActionContext, kept: str) -> Sentence:
    if doing is ActionContext.SIGNING_IN:
        return Sentence("User name or password is not right.", "", may_retry=False)
    if doing is ActionContext.SETTING_UP:
        return Sentence("Cerbo does not accept the key and secret.", "Check both, then test again.", may_retry=False)
    text = "Ask your administrator to check the connection settings."
    return Sentence("Cerbo no longer accepts this PC’s key.", f"{kept} {text}".strip(), may_retry=False)


def _forbidden(doing: ActionContext, kept: str) -> Sentence:
    match doing:
        case ActionContext.SENDING:
            title = "This key isn’t allowed to send photos."
            return Sentence(title, f"{kept} Ask your administrator.", may_retry=False)
        case ActionContext.READING_APPOINTMENTS:
            return Sentence("This key isn’t allowed to read appointments.", "Search still works.", may_retry=False)
        case ActionContext.SEARCHING:
            return Sentence("This key may not find patients.", cerbo.ASK_ADMINISTRATOR)
        case ActionContext.LISTING_PHOTOS:
            return Sentence(cerbo.MAY_NOT_LIST_PHOTOS, cerbo.ASK_ADMINISTRATOR)
        case ActionContext.OPENING_PHOTO:
            return Sentence(cerbo.MAY_NOT_SHOW_PHOTO, cerbo.ASK_ADMINISTRATOR)
        case _:
            return Sentence("This key may not see this.", cerbo.ASK_ADMINISTRATOR)


def _missing(doing: ActionContext) -> Sentence:
    match doing:
        case ActionContext.OPENING_PHOTO:
            return Sentence("This photo is no longer in Cerbo.", "It may have been deleted there.", may_retry=False)
        case ActionContext.SENDING:
            text = "Nothing was sent; the photo is safe on this PC. Check the patient in Cerbo."
            return Sentence("Cerbo no longer has this patient.", text, may_retry=False)
        case ActionContext.SETTING_UP:
            return Sentence("No Cerbo at this address.", "Check the practice address.", may_retry=False)
        case ActionContext.LISTING_PHOTOS:
            return Sentence(cerbo.PHOTOS_NOT_LISTED, cerbo.MAY_SEND_UNLISTED, may_retry=False)
        case _:
            return Sentence("Cerbo no longer has this.", "Search for the patient again.", may_retry=False)


def _server_refused(error: ServerRefused, is_sending: bool) -> Sentence:
    if not is_sending:
        return Sentence("Cerbo refused the request.", "Try again, or tell your administrator.")
    reasons = {
        ServerRefusal.TOO_BIG: "Cerbo refused the photo: too big.",
        ServerRefusal.WRONG_TYPE: "Cerbo refused the photo: it cannot take this type.",
        ServerRefusal.INVALID: "Cerbo refused the photo.",
        ServerRefusal.RESULT_FALSE: "Cerbo refused the photo.",
        ServerRefusal.NOT_OFFERED: "Cerbo refused the photo.",
    }
    return Sentence(
        reasons[error.reason], "It is safe on this PC.", may_retry=error.reason is not ServerRefusal.TOO_BIG
    )


def _bad_answer(error: BadAnswer, doing: ActionContext, kept: str) -> Sentence:
    match error.kind:
        case BadAnswerKind.WEB_PAGE | BadAnswerKind.REDIRECT:
            text = "The network may want you to sign in first: open a browser, then try again."
            return Sentence("A web page answered instead of Cerbo.", f"{kept} {text}".strip())
        case BadAnswerKind.NOT_A_PHOTO:
            return Sentence("Cerbo sent something that is not a photo.", "It is not shown.", may_retry=False)
        case BadAnswerKind.OTHER_PATIENT:
            return Sentence("Cerbo answered for another patient.", "Nothing of it is shown. Try again.")
        case BadAnswerKind.NOT_GIVEN:
            return Sentence(cerbo.NOT_GIVEN_BY_CERBO, cerbo.NO_PHOTO_COMES)
        case BadAnswerKind.LIST_GONE:
            return Sentence(cerbo.LIST_GONE, cerbo.LOOK_IN_CERBO)
        case BadAnswerKind.TOO_LARGE:
            return Sentence("Cerbo’s answer was too large.", "It was not loaded.", may_retry=False)
        case BadAnswerKind.NOT_OFFERED:
            return Sentence(cerbo.NOT_OFFERED, f"{kept} {cerbo.TELL_ADMINISTRATOR}".strip())
        case BadAnswerKind.CUT_OFF if doing is ActionContext.OPENING_PHOTO:
            return Sentence("The connection broke off.", cerbo.BROKEN_OFF_TEXT)
        case BadAnswerKind.CUT_OFF:
            return Sentence("The connection broke off.", f"{kept} {_AGAIN}".strip())
        case _:
            said = cerbo.it_says(error.words) if error.words else ""
            may_send = cerbo.MAY_SEND_UNLISTED if said and doing is ActionContext.LISTING_PHOTOS else ""
            return Sentence(cerbo.NOT_READABLE, " ".join(part for part in (said, may_send, kept, _AGAIN) if part))


def _cannot_show(error: CannotShow) -> Sentence:
    reasons = {
        RefusalReason.DAMAGED: "It is damaged.",
        RefusalReason.NOT_A_PHOTO: "It is not a photo.",
        RefusalReason.TOO_BIG: "It is too big.",
        RefusalReason.TOO_MANY_PIXELS: "It is too big.",
        RefusalReason.TOO_SLOW: "It takes too long to read. Open it in Cerbo instead.",
        RefusalReason.EMPTY: "It is empty.",
        RefusalReason.OUT_OF_ORDER: "The picture reader stopped. Try again, or start the app again.",
    }
    if error.reason is RefusalReason.NOT_SAFE_HERE:
        return Sentence(f"{HEIC_NOT_SAFE}.", TAKE_JPEG, may_retry=False)
    may_retry = error.reason is RefusalReason.OUT_OF_ORDER
    return Sentence(
        "Cannot show this file.", reasons.get(error.reason, "Open it in Cerbo instead."), may_retry=may_retry
    )


def _not_safe(error: NotSafe) -> Sentence:
    match error.reason:
        case NotSafeReason.NO_KEYRING:
            return Sentence(
                "This PC has no safe place for the secret.", "Set-up stops here.", is_safe=False, may_retry=False
            )
        case NotSafeReason.KEYRING_LOCKED:
            return Sentence("This PC’s password store is locked.", "Unlock it, then try again.", is_safe=False)
        case NotSafeReason.KEYRING_FAILED:
            return Sentence(
                "This PC’s password store does not answer.", "Sign out of the PC and in again.", is_safe=False
            )
        case NotSafeReason.KEY_GONE:
            text = "Photos sealed on this PC cannot be opened with this account. Their files are kept."
            return Sentence("The key for photos on this PC is gone.", text, is_safe=False, may_retry=False)
        case NotSafeReason.SEAL_BROKEN:
            text = "Its file on this PC was changed or damaged. The file is kept; take the photo again."
            return Sentence("This photo cannot be opened.", text, is_safe=False, may_retry=False)
        case NotSafeReason.NEWER_VERSION:
            text = "The photos it saved here are kept as they are. Start that version again, or update this one."
            return Sentence("A newer Cerbo Desktop was used on this PC.", text, is_safe=False, may_retry=False)
        case NotSafeReason.LIST_CHANGED:
            text = "The photos are kept. Close Cerbo Desktop and start it again: it then looks for each photo in Cerbo."
            return Sentence("Another program changed the list of photos.", text, is_safe=False, may_retry=False)
        case NotSafeReason.KEPT_FOR_ANOTHER:
            text = "It is safe on this PC for another patient and was not saved a second time. Take a new photo."
            return Sentence("This photo belongs to another patient.", text, may_retry=False)
        case _:
            return _disk_not_safe(error.reason)


def _disk_not_safe(reason: NotSafeReason) -> Sentence:
    reasons = {
        NotSafeReason.DISK_FULL: ("This PC’s disk is full.", "The photo is not kept. Make room, then keep it again."),
        NotSafeReason.DISK_BUSY: ("Another program holds this PC’s files.", "The photo is not kept yet. Try again."),
        NotSafeReason.DISK_READ_ONLY: (
            "This PC’s disk cannot be written.",
            "Photos cannot be kept safe here. Tell your administrator before you take any.",
        ),
    }
    fallback = ("This PC’s disk does not work.", "The photo is not kept. Tell your administrator.")
    title, text = reasons.get(reason, fallback)
    return Sentence(title, text, is_safe=False)
