"""A photo in a patient's chart: the record, not the bytes."""

from dataclasses import dataclass, replace
from enum import Enum

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.moments import When


class PhotoType(Enum):
    """The server's `photo_type`; blank where a record names none."""

    PERSONAL = "personal"
    MEDICAL = "medical"
    UNSTATED = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """Only the id is certain; every other field of the server's record is unknown territory (contract 6.6)."""

    id: PhotoId
    patient_id: PatientId
    photo_type: PhotoType = PhotoType.UNSTATED
    taken_at: When | None = None
    """Where it stands in the album: the date it was taken, else the date it was added, else the one date there is.
    Aware, UTC (contract 2.6), or a plain date where Cerbo gives no time; None where it gives no date."""
    mime_type: str = ""
    title: str = ""
    size_bytes: int | None = None
    added_at: When | None = None
    """When it came into the chart, where Cerbo says so."""
    has_date_taken: bool = False
    """`taken_at` is what Cerbo calls the date it was taken."""
    is_waiting: bool = False
    """Its record says that it waits for staff, so that it is in the chart's list and not in the chart."""

    def completed_by(self, other: "Photo") -> "Photo":
        """Return this record with its gaps filled from `other`, another record of the same photo."""
        dated = self if self.has_date_taken or not (other.has_date_taken or self.taken_at is None) else other
        completed = replace(
            self,
            photo_type=other.photo_type if self.photo_type is PhotoType.UNSTATED else self.photo_type,
            taken_at=dated.taken_at,
            has_date_taken=dated.has_date_taken,
            added_at=self.added_at or other.added_at,
            mime_type=self.mime_type or other.mime_type,
            title=self.title or other.title,
            size_bytes=self.size_bytes if self.size_bytes is not None else other.size_bytes,
        )
        return self if completed == self else completed


@dataclass(frozen=True, slots=True)
class Content:
    """The encoded bytes of one photo, exactly as the server keeps them."""

    data: bytes
    media_type: str
    """From the first bytes, not from the server's header, such as `image/jpeg`."""
