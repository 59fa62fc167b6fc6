"""The words of the album and the banner: captions, spoken names, counts. No Qt."""

from collections.abc import Sequence
from datetime import date, datetime

from cerbo_desktop.domain.moments import Local, on_wall_clock
from cerbo_desktop.domain.patient import Patient, PatientStatus, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnails import Failed, Ready, ThumbnailState
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import cerbo

TYPE_WORDS = {PhotoType.PERSONAL: "Personal", PhotoType.MEDICAL: "Medical", PhotoType.UNSTATED: ""}
TYPE_ICONS = {PhotoType.PERSONAL: "person", PhotoType.MEDICAL: "medical", PhotoType.UNSTATED: "photos"}
SEX_WORDS = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNSTATED: ""}

UNDER_18 = "Under 18: a parent or guardian agrees to photos."
MAY_HAVE_NAMESAKE = "Couldn’t check for others of this name. Ask for the date of birth."
DECEASED = "This patient is marked deceased."
SENDING_OFF = "Sending is off."
RIGHT_RECORD = "Check that this is the right record before you send photos."
STATUS_WORDS = {
    PatientStatus.PROSPECTIVE: "Prospective patient.",
    PatientStatus.INACTIVE: "Inactive patient.",
    PatientStatus.UNKNOWN: "Cerbo gave no status.",
}
TROUBLE_WORDS = {
    FailureKind.NOT_LOADED: "Could not load",
    FailureKind.OFFLINE: "Not loaded: offline",
    FailureKind.BROKEN_OFF: cerbo.TILE_BROKEN_OFF,
    FailureKind.CANNOT_SHOW: "Cannot show this file",
    FailureKind.NOT_ALLOWED: cerbo.MAY_NOT_SHOW_TILE,
}
_SPOKEN_TROUBLE = {
    FailureKind.NOT_LOADED: "could not load, press Enter to try again",
    FailureKind.OFFLINE: "not loaded, offline, press Enter to try again",
    FailureKind.BROKEN_OFF: cerbo.TILE_BROKEN_OFF_SPOKEN,
    FailureKind.CANNOT_SHOW: "cannot show this file",
    FailureKind.NOT_ALLOWED: cerbo.MAY_NOT_SHOW_SPOKEN,
}


def month_title(year: int, month: int) -> str:
    return phrases.month(date(year, month, 1)) if year else "No date"


def caption(photo: Photo, local: Local) -> str:
    """5 Nov, 09:41; the year stands in the month's heading."""
    return phrases.short_moment(on_wall_clock(photo.taken_at, local)) if photo.taken_at else "No date"


def mark(state: Ready) -> str:
    """What to know of a picture that is not all that the photo was; empty where it is."""
    if state.is_small_copy:
        return cerbo.SMALL_COPY_WORD
    return "" if state.raster.is_whole else "Damaged in part"


def tile_spoken(photo: Photo, place: str, local: Local, state: ThumbnailState | None) -> str:
    """Medical photo 3 of 23, 5 November 2025, 09:41, and what is amiss with it."""
    word = TYPE_WORDS[photo.photo_type]
    when = phrases.moment_spoken(on_wall_clock(photo.taken_at, local)) if photo.taken_at else "no date"
    parts = [f"{word} photo {place}" if word else f"Photo {place}", when]
    match state:
        case Ready():
            parts += [mark(state).lower()] if mark(state) else []
        case Failed():
            parts.append(_SPOKEN_TROUBLE[state.kind])
        case _:
            parts.append("loading")
    return ", ".join(parts)


def identity_spoken(patient: Patient, today: date) -> str:
    """Maria Lopez, born 4 March 1981, 44 years, female, ID 10482"""
    parts = [plain(patient.full_name)]
    if patient.born:
        parts += [f"born {phrases.day_spoken(patient.born)}", phrases.age(patient.born, today)]
    else:
        parts.append("no date of birth")
    parts += [SEX_WORDS[patient.sex].lower(), f"ID {plain(patient.id)}"]
    return ", ".join(part for part in parts if part)


def waiting_note(sent_at: Sequence[datetime], taken_at: Sequence[datetime], today: date) -> str:
    """Photos that wait in Cerbo's queue, and photos that Cerbo took without our seeing them there, by their times in
    clinic time, with the day where that is not `today`; empty for none."""
    return " ".join(part for part in (_sent_note(sent_at, today), _taken_note(taken_at, today)) if part)


def _sent_note(sent_at: Sequence[datetime], today: date) -> str:
    if not sent_at:
        return ""
    if len(sent_at) == 1:
        return f"1 photo sent {_at(sent_at[0], today)} is waiting for staff in Cerbo. It shows here once accepted."
    first, last = min(sent_at), max(sent_at)
    when = _at(first, today)
    if when != _at(last, today):
        until = f"{phrases.short_time(last, today)}{' today' if last.date() == today != first.date() else ''}"
        when = f"from {phrases.short_time(first, today)} to {until}"
    return f"{len(sent_at)} photos sent {when} are waiting for staff in Cerbo. They show here once accepted."


def _at(when: datetime, today: date) -> str:
    return f"{'at' if when.date() == today else 'on'} {phrases.short_time(when, today)}"


def _taken_note(taken_at: Sequence[datetime], today: date) -> str:
    if not taken_at:
        return ""
    if len(taken_at) == 1:
        return f"Cerbo took 1 photo {_at(taken_at[0], today)}. It shows here once accepted."
    return f"Cerbo took {len(taken_at)} photos. They show here once accepted."
