"""What is known of one patient's face, and by what."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.moments import When, in_order
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.type_lists import ListsByType

_BYTES_OF_NONE = 256
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownFace:
    """What the server said: a face and its date, or that there is none."""

    raster: Raster | None
    photo: Photo | None = None
    """Whose picture it is."""
    is_told: bool = True
    """False where Cerbo does not say which photos are personal: whether there is a face nobody knows."""
    is_by_list: bool = False
    """By what Cerbo listed as personal, which turns out to be worth nothing where it never lists any."""
    worth: ListsByType | None = None
    """Where it isn't told: what the lists by type were worth then. Once more is known of them, it is asked again."""

    @property
    def taken_at(self) -> When | None:
        return self.photo.taken_at if self.photo is not None else None

    @property
    def photo_id(self) -> PhotoId | None:
        return self.photo.id if self.photo is not None else None

    @property
    def size_bytes(self) -> int:
        return _BYTES_OF_NONE + (self.raster.size_bytes if self.raster is not None else 0)


@dataclass(frozen=True, slots=True)
class ByAlbum:
    """The newest personal photo of a patient, from a list that was read whole."""

    patient_id: PatientId
    newest: Photo | None
    """The newest personal photo; None where there is none."""

    @property
    def photo_id(self) -> PhotoId | None:
        return self.newest.id if self.newest is not None else None


def age_order(photo: Photo) -> tuple[datetime, int]:
    """The key that sorts photos by date, then by number: nobody knows the order of Cerbo's lists (contract 3)."""
    at = in_order(photo.taken_at, lambda moment: moment) if photo.taken_at is not None else _LONG_AGO
    return at, int(photo.id) if photo.id.isdecimal() else 0
