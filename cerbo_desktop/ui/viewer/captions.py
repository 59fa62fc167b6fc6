"""What stands around a photo in the viewer, as values. No Qt: the presenter makes them, the page shows them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import assert_never

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import album, patients, viewer

_ICONS = {PhotoType.PERSONAL: "person", PhotoType.MEDICAL: "medical", PhotoType.UNSTATED: "photos"}


class Flaw(Enum):
    """What keeps a picture from being all that the photo was."""

    DAMAGED = "damaged"
    THUMBNAIL_ONLY = "thumbnail only"
    REDUCED = "reduced"
    """It has more pixels than are decoded."""

    @property
    def word(self) -> str:
        """The word that the chip in the bar shows for this flaw."""
        match self:
            case Flaw.DAMAGED:
                return viewer.damaged()
            case Flaw.THUMBNAIL_ONLY:
                return album.thumbnail_only()
            case Flaw.REDUCED:
                return viewer.reduced()
            case _:
                assert_never(self)

    @property
    def sentence(self) -> str:
        """The sentence that the pill on the photo shows for this flaw."""
        match self:
            case Flaw.DAMAGED:
                return viewer.damaged_note()
            case Flaw.THUMBNAIL_ONLY:
                return viewer.thumbnail_only_note()
            case Flaw.REDUCED:
                return viewer.reduced_note()
            case _:
                assert_never(self)


def flaw_of(raster: Raster) -> Flaw | None:
    """What is wrong with a photo that was decoded at its full size; None where nothing is."""
    if raster.is_of_small_copy:
        return Flaw.THUMBNAIL_ONLY
    if not raster.is_whole:
        return Flaw.DAMAGED
    return None if raster.is_full_size else Flaw.REDUCED


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
    """The words that tell which photo is shown."""

    photo_id: PhotoId
    when: str
    icon: str
    place: str
    """Its type and its place in the set: `Medical · 1 of 23`."""
    spoken: str


@dataclass(frozen=True, slots=True)
class FilmEntry:
    """One picture of the film strip. `month` is empty where the month is that of the entry before."""

    photo_id: PhotoId
    month: str
    spoken: str


def patient_caption(patient: Patient, today: date) -> PatientCaption:
    """The words of the bar that tell whose photo is shown. `today` gives the age."""
    return PatientCaption(
        patients.full_name(patient),
        patients.date_of_birth(patient.born),
        patients.age(patient.born, today) if patient.born else "",
        patients.sex(patient.sex),
        plain(patient.id),
    )


def photo_caption(photo: Photo, number: int, count: int, clock: Clock, *, is_partial: bool = False) -> PhotoCaption:
    """The caption of photo `number` (from 1) of `count`; times on the workstation's clock. `is_partial`: more may
    come."""
    return PhotoCaption(
        photo.id,
        viewer.taken(photo.taken_at, clock.local),
        _ICONS[photo.photo_type],
        viewer.place(photo.photo_type, number, count, is_partial=is_partial),
        album.photo_spoken(photo, number, count, clock.local, is_partial=is_partial),
    )


def film_entries(photos: tuple[Photo, ...], clock: Clock, *, is_partial: bool = False) -> tuple[FilmEntry, ...]:
    """The film strip of `photos`, given in the album's order: newest first."""
    entries, last = [], ""
    for number, photo in enumerate(photos, 1):
        month = viewer.month(photo.taken_at, clock.local)
        spoken = album.photo_spoken(photo, number, len(photos), clock.local, is_partial=is_partial)
        entries.append(FilmEntry(photo.id, "" if month == last else month, spoken))
        last = month
    return tuple(entries)
