"""A photo in a patient's chart: the record, not the bytes."""

from dataclasses import dataclass
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
    """Aware, UTC (contract, top), or a plain date where Cerbo gives no time; None where it gives no date."""
    mime_type: str = ""
    title: str = ""
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The encoded bytes of one photo, exactly as the server keeps them."""

    data: bytes
    media_type: str
    """From the first bytes, not from the server's header, such as `image/jpeg`."""
