"""What is known of one patient's album and record, as whole values."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.errors import Forbidden, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.photo_types import Types


@dataclass(frozen=True, slots=True)
class Album:
    """What is known of one patient's photos, newest first, those without a date last."""

    patient_id: PatientId | None = None
    photos: tuple[Photo, ...] = ()
    is_loading: bool = False
    is_cut_short: bool = False
    """There may be photos that are not listed: rows that could not be read, or pages that made no sense."""
    unreadable_count: int = 0
    """Entries of Cerbo's list that could not be read."""
    error: ServerError | None = None
    """Why the last listing broke off; the photos listed before stay."""
    types: Types = Types.TOLD
    was_listed: bool = False
    """Once read to its end, so that its photos are not only the first ones."""
    listed_at: datetime | None = None
    """When that was last. Aware UTC."""

    @property
    def is_complete(self) -> bool:
        return self.patient_id is not None and not (self.is_loading or self.is_cut_short or self.error)

    @property
    def is_partial(self) -> bool:
        """Some photos came, and further pages are on their way or failed. A list cut short is told of in any case."""
        is_open = self.is_loading or self.error is not None
        return is_open and bool(self.photos) and not (self.was_listed or self.is_cut_short)

    @property
    def is_empty(self) -> bool:
        """Known to hold nothing: no photo came when it was last listed. That it can't be listed anew says nothing
        against that, unless Cerbo answers that there is nothing to see."""
        is_withheld = isinstance(self.error, Forbidden | Missing)
        return (self.is_complete or self.was_listed) and not (self.photos or self.is_cut_short or is_withheld)

    @property
    def has_no_personal_photo(self) -> bool:
        """Known to hold none: fully listed, and of each photo Cerbo has told that it is medical."""
        return self.is_complete and self.types is Types.TOLD and self.count(PhotoType.MEDICAL) == len(self.photos)

    def of_type(self, photo_type: PhotoType | None) -> tuple[Photo, ...]:
        """The photos of one type in the album's order; all of them for None."""
        if photo_type is None:
            return self.photos
        return tuple(photo for photo in self.photos if photo.photo_type is photo_type)

    def count(self, photo_type: PhotoType | None) -> int:
        if photo_type is None:
            return len(self.photos)
        return sum(photo.photo_type is photo_type for photo in self.photos)


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """The patient's full record: status and phone, which a list row or a visit may lack."""

    patient_id: PatientId | None = None
    patient: Patient | None = None
    error: ServerError | None = None
    """Why it could not be read. A patient beside it is as seen before."""


@dataclass(frozen=True, slots=True)
class Looked:
    """An album was listed once more."""

    patient_id: PatientId
    at: datetime
    """Aware UTC."""
    new_photos: tuple[Photo, ...] | None
    """Those that were not in it before; None where it was never listed to its end before: nothing in it is news."""
    is_asked: bool
    """A person wanted it."""
    number: int
    """Counts them: two may come in one moment."""
