"""What is known of a photo that was added before."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.moments import When
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import Accepted


class SentWhere(Enum):
    """Where the earlier one is."""

    CERBO = "cerbo"
    """This PC sent it."""
    UPLOADS = "uploads"
    """It is in this PC's list of uploads, and Cerbo does not have it yet as far as is known."""
    CHART = "chart"
    """The patient's chart shows it."""
    OTHER_PATIENT = "other patient"
    """This PC has it, or sent it, for another patient: one of the two may be the wrong one."""


@dataclass(frozen=True, slots=True)
class SentBefore:
    """The earlier one of two photos that are the same."""

    where: SentWhere
    at: When | None = None
    """When it was sent or added (aware UTC), or was taken as the chart says (a plain date where the chart gives no
    time); None where that is not known."""


@dataclass(frozen=True, slots=True)
class EarlierUpload:
    """An upload of the same photo, as the outbox remembers it."""

    upload_id: UploadId
    at: datetime
    """Aware UTC: when it was accepted for sending."""
    state: UploadState | None
    """None where it is no longer in the list of uploads, because Cerbo has had it for some time."""
    is_for_patient: bool
    """It is for the patient who was asked about; else it is for another."""


class SentPhotos(Protocol):
    """Knows which photos were added before."""

    async def find(self, patient_id: PatientId, photo: Accepted) -> SentBefore | None:
        """The same photo, added before for this patient, or else for another; None where none is known.

        Of the chart photos are compared that were downloaded before, and at most a few that are as large as this one.
        """
        ...


Marks = frozenset[str]
"""Texts by which a photo is known again: hashes and ids, each with its kind before it."""


def carried_marks(photo: Accepted) -> Marks:
    """What the file itself is known by: its bytes, its pixels, and an id of this app that it carries."""
    source = photo.preparation
    return _marks(bytes=photo.source_sha256, pixels=source.pixels_sha256, id=source.source_unique_id)


def left_marks(photo: Accepted) -> Marks:
    """What the photo will be known by once it is sent: what the file is known by, and what goes out."""
    return carried_marks(photo) | _marks(bytes=photo.photo.sha256, id=photo.photo.unique_id)


def _marks(**found: str) -> Marks:
    return frozenset(f"{kind}:{text}" for kind, text in found.items() if text)
