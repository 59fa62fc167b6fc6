"""The durable queue as the services see it: what is kept of each upload, and what a restart finds."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from cerbo_desktop.domain.evidence import NO_EVIDENCE, Evidence
from cerbo_desktop.domain.ids import PatientId, QueueId, UploadId
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto


@dataclass(frozen=True, slots=True)
class RecoveredUpload:
    """One upload as the outbox has it, with what is known of it from outside."""

    upload: Upload
    evidence: Evidence = NO_EVIDENCE
    on_disk: UploadState | None = None
    """The state that the disk still names, where it would not take down what the start made of it."""
    is_photo_missing: bool = False
    """The row wants a photo and there is no file."""


@dataclass(frozen=True, slots=True)
class SentElsewhere:
    """What other accounts sent from this PC, so that it isn't taken for another PC's."""

    entry_ids: frozenset[QueueId] = frozenset()
    patient_ids: frozenset[PatientId] = frozenset()
    """Patients for whom one of their photos is or may be in the queue, as an entry that nobody knows."""


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What a start found."""

    kept: tuple[RecoveredUpload, ...]
    """Of this account, oldest first. What was SENDING is QUEUED again; what was COMMITTING or CHECKING is UNSURE."""
    unreadable_count: int = 0
    """Photos of this account that the present key does not open; their files are left alone."""
    foreign_count: int = 0
    """Photos that other accounts left on this PC: counted and never shown."""
    is_changed: bool = False
    """Something else than the app changed the list of uploads. What it made doubtful is UNSURE, and looked for."""
    elsewhere: SentElsewhere = SentElsewhere()


def account_digest(account: str) -> str:
    """The digest that stands for the name of an account where it would be written in clear."""
    return hashlib.sha256(account.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stranded:
    """A photo that another account left on this PC: unsent, or sent and still kept here, with nobody to look for it."""

    id: UploadId
    recipient: Recipient
    taken_at: datetime
    account: str
    """Its digest."""
    account_name: str = ""
    """Empty where an earlier version sealed the photo, which did not keep it."""
    was_sent: bool = False
    """It was, or may have been: taking it over means to look for it, not to send it."""


class Decision(Enum):
    """What a person decided about a photo; written down before it is done."""

    SEND_AGAIN = "send again"
    SEND_ANYWAY = "send anyway"
    """Although another PC seems to have sent an ID photo for the same patient."""
    CONFIRM_ARRIVED = "it is there"
    ARRIVAL_RETRACTED = "it is not there after all"
    DELETE = "delete"
    TAKE_BACK = "take back"
    SAME_PHOTO = "the new photo is this one"
    OTHER_PHOTO = "the new photo is another one"
    TAKE_OVER = "take over"
    """Send under this account what another account of the same practice left."""


class Outbox(Protocol):
    """The durable queue of one account. What a method did has reached the disk when it returns.

    Raises `NotSafe` where the disk or the key does not allow it; nothing has then changed.
    """

    async def recover(self) -> RecoveryReport:
        """Once, at the start: settle what a crash left behind and read everything that is there."""
        ...

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        """Keep a photo, sealed, and the marks by which it is known again. Only after this may the app say that it is
        safe.

        Accepting the same upload again for the same patient changes nothing; for another patient, or in another
        account, it raises `NotSafe(KEPT_FOR_ANOTHER)`.
        """
        ...

    async def earlier_uploads(self, patient_id: PatientId, marks: Marks) -> tuple[EarlierUpload, ...]:
        """The uploads of this account that left one of these marks, for this patient or another, oldest first.

        Those that a person discarded or withdrew, so that Cerbo does not have them, are not among them.
        """
        ...

    async def move(self, upload: Upload, was: UploadState) -> None:
        """Keep the upload's new state and what goes with it. A row that is not in `was` raises `IllegalMoveError`."""
        ...

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None: ...

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        """The photo's bytes, opened and checked against their hash."""
        ...

    async def drop_photo(self, upload_id: UploadId) -> None:
        """Remove the sealed bytes and keep the row: Cerbo has the photo."""
        ...

    async def remove(self, upload_id: UploadId) -> None:
        """Remove row and bytes."""
        ...

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        """Add to the record of decisions: when, which photo, what, who; chained with a key, so that a change shows."""
        ...

    async def stranded(self) -> tuple[Stranded, ...]:
        """Return the photos that other accounts left on this PC and that this key can open, oldest first."""
        ...

    async def take_over(self, upload_id: UploadId, by: Person) -> RecoveredUpload:
        """Make a stranded photo one of this account, and write that down as a person's decision, both or neither."""
        ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SealContext:
    """What a sealed text is bound to: it opens only as the same thing of the same subject and patient."""

    purpose: str
    """Of a closed set: `photo`, `card` and `standing` of the outbox, `thumbnail` of the cache."""
    subject: str
    """The upload's id, or the cached picture's name."""
    patient_id: str = ""
    media_type: str = ""


class Sealer(Protocol):
    """Sealing with one key. Pure work on bytes: call it off the interface's thread."""

    def prepare(self) -> None:
        """Load now what the first photo would have to wait for."""
        ...

    def seal(self, plain: bytes | bytearray, context: SealContext) -> bytes: ...

    def open(self, sealed: bytes, context: SealContext) -> bytes:
        """Raises `NotSafe(SEAL_BROKEN)` unless every byte is as it was sealed, for this very context."""
        ...

    def open_from(self, read: Callable[[int], bytes], size_bytes: int, context: SealContext) -> bytearray:
        """As `open`, of `size_bytes` that `read` gives piece by piece: memory for the plain text alone."""
        ...

    def tag(self, message: bytes) -> bytes:
        """32 bytes that nobody can compute for `message` without the key."""
        ...
