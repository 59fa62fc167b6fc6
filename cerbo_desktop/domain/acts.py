"""What is done with patients and photos at this PC, each act a value: for the audit, the log, and screens that follow.

An act names records by their ids. It never holds a patient's name or anything that was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.account import Clinic
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.domain.verdict import RefusalReason

KNOWN_OUTCOMES = frozenset(
    {
        *(UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED),
        *(UploadState.LEFT_QUEUE, UploadState.GONE, UploadState.REFUSED),
    }
)
"""States in which it is known what became of a photo."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done; its class says what."""


@dataclass(frozen=True, slots=True)
class ActOfPatient(Act):
    """An act that concerns a patient."""

    patient_id: PatientId


@dataclass(frozen=True, slots=True)
class ActOfUpload(ActOfPatient):
    """An act that concerns a photo on its way to the chart."""

    upload_id: UploadId


@dataclass(frozen=True, slots=True)
class Searched(Act):
    """A search was answered; `found_count` patients were shown."""

    found_count: int


@dataclass(frozen=True, slots=True)
class PatientOpened(ActOfPatient):
    """A patient's page was shown."""


@dataclass(frozen=True, slots=True)
class PhotoShown(ActOfPatient):
    """A photo of the chart was shown large."""

    photo_id: PhotoId


@dataclass(frozen=True, slots=True)
class ShotTaken(ActOfPatient):
    """A photo was taken, chosen or pasted for a patient; nothing of it is kept or sent yet."""


@dataclass(frozen=True, slots=True)
class ShotDiscarded(ActOfPatient):
    """A photo that was taken, chosen or pasted was taken out again before it was sent."""


@dataclass(frozen=True, slots=True)
class FileRefused(ActOfPatient):
    """A photo that was taken, chosen or pasted cannot be sent."""

    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class PhotoSent(ActOfUpload):
    """A photo was accepted for sending: it is sealed on this PC's disk, and goes out by itself."""


@dataclass(frozen=True, slots=True)
class SendingStopped(ActOfUpload):
    """A person stopped a photo before its last byte had left."""


@dataclass(frozen=True, slots=True)
class OutcomeKnown(ActOfUpload):
    """The app found out what became of a photo: it is in the queue or the chart, gone, or was not sent."""

    outcome: UploadState
    """One of `KNOWN_OUTCOMES`."""
    problem: UploadProblem | None = None


@dataclass(frozen=True, slots=True)
class Decided(ActOfUpload):
    """A person decided about a photo; the ledger had taken it down before anything was done."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class SentAgain(ActOfUpload):
    """A photo was queued once more although an earlier try of it may have arrived."""


@dataclass(frozen=True, slots=True)
class Withdrawn(ActOfUpload):
    """A photo's entry was taken out of Cerbo's queue."""


@dataclass(frozen=True, slots=True)
class Deleted(ActOfUpload):
    """A photo was taken out of this PC's list, with its bytes where they were still here."""


@dataclass(frozen=True, slots=True)
class TakenOver(ActOfUpload):
    """A photo that another account left on this PC became one of this account."""


@dataclass(frozen=True, slots=True)
class OriginalsDeleted(ActOfPatient):
    """A person had the files deleted from which photos were made that Cerbo has."""

    deleted_count: int
    kept_count: int
    """Files that were to be deleted and stay: they were changed since, or can't be deleted."""


@dataclass(frozen=True, slots=True)
class OpenedInCerbo(Act):
    """Cerbo was opened in the browser."""

    patient_id: PatientId | None
    """Whose chart was asked for; None for Cerbo's start page. Where no address of charts is known, the start page
    opens for a patient too."""


@dataclass(frozen=True, slots=True)
class TextCopied(Act):
    """Text was copied to the clipboard: out of a text field, or out of the support file."""


@dataclass(frozen=True, slots=True)
class SetupFinished(Act):
    """A person set up the connection to a clinic: address, key and secret are kept, and the clinic is connected."""


@dataclass(frozen=True, slots=True)
class SupportFileWritten(Act):
    """The support file was saved where a person chose."""


@dataclass(frozen=True, slots=True)
class DataRemoved(Act):
    """Everything of one person was removed from this PC: secrets, settings, photos. The log has ended by then."""

    even_unsent: bool
    """Photos that were not certainly in Cerbo were allowed to go with it."""
    are_files_gone: bool
    """False where some files could not be deleted; what opens them is gone."""


@dataclass(frozen=True, slots=True)
class SettingsChanged(Act):
    """A person changed a setting."""

    name: str
    """The setting's name in our own code."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act, when it was done, by whom, and in which clinic."""

    act: Act
    at: datetime
    """Aware UTC."""
    by: Person
    """`NOBODY` for what the app found out by itself, and for a person whom the system does not name."""
    clinic: Clinic | None = None
    """None for what concerns this PC alone, such as its settings."""


Publish = Callable[[Act], None]


def to_nobody(_act: Act) -> None:
    """Publish an act that nobody follows."""
