"""The words around a photo in the viewer. No Qt: the presenter makes them, the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import on_wall_clock
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import cerbo

NO_DATE = "Cerbo gives no date"
LOADING = "Preview. Full quality is loading"
FAILED = "Could not load full quality. Showing the preview."
TURNED = "Turned on screen only. The photo is not changed."

_SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNSTATED: ""}
TYPES = {PhotoType.PERSONAL: "Personal", PhotoType.MEDICAL: "Medical", PhotoType.UNSTATED: "Photo"}
_ICONS = {PhotoType.PERSONAL: "person", PhotoType.MEDICAL: "medical", PhotoType.UNSTATED: "photos"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a picture from being all that the photo was."""

    word: str
    sentence: str


DAMAGED = Flaw("Damaged in part", "Damaged in part. Showing what can be read.")
SMALL_COPY = Flaw(cerbo.SMALL_COPY_WORD, cerbo.SMALL_COPY)


def flaw_of(raster: Raster) -> Flaw | None:
    if raster.is_of_small_copy:
        return SMALL_COPY
    return None if raster.is_whole else DAMAGED


@dataclass(frozen=True, slots=True)
class PatientCaption:
    """Who is on the photo. Name and date of birth are always shown; the rest where there is room."""

    name: str
    born: str
    age: str
    sex: str
    patient_id: str


@dataclass(frozen=True, slots=True)
class PhotoCaption:
    """Which photo it is."""

    photo_id: PhotoId
    when: str
    icon: str
    place: str
    """Its type and its place in the set: `Medical · 23 of 23`."""
    spoken: str


@dataclass(frozen=True, slots=True)
class FilmEntry:
    """One picture of the film strip. `month` is empty where the month is that of the entry before."""

    photo_id: PhotoId
    month: str
    spoken: str


def patient_caption(patient: Patient, today: date) -> PatientCaption:
    return PatientCaption(
        plain(patient.full_name),
        phrases.day(patient.born) if patient.born else "No date of birth",
        phrases.age(patient.born, today) if patient.born else "",
        _SEXES[patient.sex],
        plain(patient.id),
    )


def photo_caption(photo: Photo, number: int, count: int, clock: Clock, *, is_partial: bool = False) -> PhotoCaption:
    """The caption of photo `number` (from 1) of `count`; times on the workstation's clock. `is_partial`: more may
    come."""
    when = phrases.moment(on_wall_clock(photo.taken_at, clock.local)) if photo.taken_at else NO_DATE
    place = cerbo.place(number, count, is_partial=is_partial)
    in_set = f"{TYPES[photo.photo_type]} · {place}"
    return PhotoCaption(photo.id, when, _ICONS[photo.photo_type], in_set, _spoken(photo, place, clock))


def film_entries(photos: tuple[Photo, ...], clock: Clock, *, is_partial: bool = False) -> tuple[FilmEntry, ...]:
    """The film strip of `photos`, given in its own order: oldest first."""
    entries, last = [], ""
    for number, photo in enumerate(photos, 1):
        month = _short_month(on_wall_clock(photo.taken_at, clock.local)) if photo.taken_at else "No date"
        place = cerbo.place(number, len(photos), is_partial=is_partial)
        entries.append(FilmEntry(photo.id, "" if month == last else month, _spoken(photo, place, clock)))
        last = month
    return tuple(entries)


def progress_words(done_bytes: int, total_bytes: int | None) -> tuple[str, str]:
    """`3.8 of 6.1 MB` and `62 %`; what is not known is left out."""
    if not total_bytes:
        return (phrases.megabytes(done_bytes) if done_bytes else ""), ""
    return phrases.progress_of(done_bytes, total_bytes), phrases.percent(done_bytes / total_bytes)


def _short_month(when: date) -> str:
    return phrases.day(when).split(" ", 1)[1]


def _spoken(photo: Photo, place: str, clock: Clock) -> str:
    kind = f"{TYPES[photo.photo_type]} photo" if photo.photo_type is not PhotoType.UNSTATED else "Photo"
    when = phrases.moment_spoken(on_wall_clock(photo.taken_at, clock.local)) if photo.taken_at else NO_DATE
    return f"{kind} {place}, {when}"
