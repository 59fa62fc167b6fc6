"""The life of a photo on its way to the chart: states, the legal moves between them, and what one upload is.

No idempotency key exists (contract 6.5), so the move that matters is `SENDING -> COMMITTING`: before the last byte
has left, a failure proves that the server holds nothing; after it, only looking can tell.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import PhotoFacts


def upload_id_of(photo: PhotoFacts) -> UploadId:
    """The photo's own id, so that the same photo accepted twice is one upload. Every photo that was examined carries
    one; the hash stands in for it where a photo came another way."""
    return UploadId(photo.unique_id or photo.sha256[:32])


class UploadState(Enum):
    """Where a photo stands on its way to the chart."""

    QUEUED = "queued"
    SENDING = "sending"
    COMMITTING = "committing"
    SENT = "sent"
    """Its entry was seen in the portal queue, or a person said that it is there; staff accept it."""
    TAKEN = "taken"
    """Cerbo said that it took it, and its queue can't be looked into."""
    ACCEPTED = "accepted"
    """Found in the chart."""
    UNSURE = "unsure"
    """The answer was lost after the last byte: it may have arrived."""
    CHECKING = "checking"
    """A person asked for a look."""
    NEEDS_REVIEW = "needs review"
    """Looked, and still unsure: a person decides."""
    REFUSED = "refused"
    """Cerbo said no, it could not be reached, or a person stopped it or is asked first: nothing was stored."""
    GONE = "gone"
    """It was seen in the queue and is now neither there nor in the chart."""
    LEFT_QUEUE = "left queue"
    """It was seen in the queue, is there no more, and a new photo is in the chart: a person looks at both."""
    DISCARDED = "discarded"


_S = UploadState
_FOUND = (_S.SENT, _S.TAKEN, _S.ACCEPTED, _S.LEFT_QUEUE, _S.GONE)
"""What a look may find out."""
LEGAL_MOVES: dict[UploadState, frozenset[UploadState]] = {
    _S.QUEUED: frozenset({_S.SENDING, _S.REFUSED, _S.NEEDS_REVIEW, _S.DISCARDED}),
    _S.SENDING: frozenset({_S.COMMITTING, _S.QUEUED, _S.REFUSED, _S.NEEDS_REVIEW, _S.DISCARDED}),
    _S.COMMITTING: frozenset({_S.UNSURE, _S.REFUSED, _S.NEEDS_REVIEW, _S.QUEUED}),
    _S.UNSURE: frozenset({*_FOUND, *(_S.CHECKING, _S.NEEDS_REVIEW, _S.REFUSED, _S.QUEUED, _S.DISCARDED)}),
    _S.CHECKING: frozenset({*_FOUND, _S.NEEDS_REVIEW, _S.UNSURE}),
    _S.NEEDS_REVIEW: frozenset({*_FOUND, _S.CHECKING, _S.QUEUED, _S.DISCARDED}),
    _S.REFUSED: frozenset({_S.QUEUED, _S.NEEDS_REVIEW, _S.DISCARDED}),
    _S.TAKEN: frozenset({_S.SENT, _S.ACCEPTED, _S.DISCARDED}),
    _S.SENT: frozenset({_S.ACCEPTED, _S.LEFT_QUEUE, _S.GONE, _S.NEEDS_REVIEW, _S.DISCARDED}),
    _S.LEFT_QUEUE: frozenset({_S.ACCEPTED, _S.GONE, _S.SENT, _S.DISCARDED}),
    _S.GONE: frozenset({_S.ACCEPTED, _S.LEFT_QUEUE, _S.SENT, _S.QUEUED, _S.DISCARDED}),
    _S.ACCEPTED: frozenset({_S.SENT, _S.DISCARDED}),
    _S.DISCARDED: frozenset(),
}
"""`COMMITTING -> QUEUED` stands for a proof that nothing was stored (401 or 403 as the answer, or a last byte that was
kept back after all), and `UNSURE -> QUEUED` for a 429 after which the lists gave the proof.
`SENT -> DISCARDED` stands for a photo that a person withdrew from Cerbo's queue.
`GONE -> QUEUED` is a person's word alone, and `SENT -> NEEDS_REVIEW` stands for one that takes back "it's there".

A photo that a person sent again has an earlier try that may have arrived. Where the new try certainly stored nothing,
it is a doubt as before, and goes to `NEEDS_REVIEW`. Found in the chart, it stays in the list until a person takes it
out (`ACCEPTED -> DISCARDED`), and another entry that shows by then makes it `SENT` once more."""

AFTER_CRASH = {_S.SENDING: _S.QUEUED, _S.COMMITTING: _S.UNSURE, _S.CHECKING: _S.UNSURE}
"""What a start makes of what was on the line: nothing left for certain, or only looking can tell."""
UNSENT_STATES = frozenset({_S.QUEUED, _S.SENDING, _S.COMMITTING, _S.UNSURE, _S.CHECKING, _S.NEEDS_REVIEW, _S.REFUSED})
"""States in which the photo's bytes must be kept: Cerbo does not certainly have them."""
UNDERWAY_STATES = UNSENT_STATES | {_S.SENT, _S.TAKEN, _S.LEFT_QUEUE, _S.GONE}
"""The chart has no photo yet as far as is known, and one was taken: it is here, may have arrived, or waits in Cerbo.
One that is gone counts until a person has decided: sent once more unasked, it would be in the chart twice."""
NEEDS_PERSON_STATES = frozenset({_S.NEEDS_REVIEW, _S.REFUSED, _S.GONE, _S.LEFT_QUEUE})
"""UNSURE and CHECKING are not among them: the app looks first and asks only if it stays unsure."""
MAY_HAVE_ARRIVED_STATES = frozenset({_S.COMMITTING, _S.UNSURE, _S.CHECKING, _S.NEEDS_REVIEW})
"""It may be in Cerbo, and nobody knows as which entry."""
MAY_BE_IN_QUEUE_STATES = MAY_HAVE_ARRIVED_STATES | {_S.TAKEN, _S.SENT}
FOLLOWED_STATES = frozenset({_S.UNSURE, _S.NEEDS_REVIEW, _S.TAKEN, _S.SENT, _S.LEFT_QUEUE, _S.GONE})
"""The app looks for them in Cerbo again and again; see `Upload.is_followed`."""


class UploadProblem(Enum):
    """Why an upload is not moving. Kept beside the state; the words stand in the interface."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    BUSY = "busy"
    CHART_NOT_LISTED = "chart not listed"
    """What the chart holds has to be known before it is sent, and Cerbo gave no list of it that can be read."""
    SIGNED_OUT = "signed out"
    FORBIDDEN = "forbidden"
    TOO_BIG = "too big"
    REFUSED = "refused"
    PATIENT_MISSING = "patient missing"
    NO_ANSWER = "no answer"
    DISK = "disk"
    """This PC's disk would not take down that it is being sent, so that it was not."""
    LIST_CHANGED = "list changed"
    """Something else changed the list of uploads while the app runs: until the next start it takes nothing down."""
    UNREADABLE = "unreadable"
    """Its sealed file does not open."""
    STOPPED = "stopped"
    """A person stopped the sending before the last byte had left."""
    ANOTHER_ENTRY = "another entry"
    """An ID photo, and another PC seems to have sent one for this patient a moment ago: a person decides."""


HOLDING_TROUBLES = frozenset(
    {UploadProblem.SIGNED_OUT, UploadProblem.UNTRUSTED, UploadProblem.DISK, UploadProblem.LIST_CHANGED}
)
"""Troubles that no waiting mends: the whole queue holds until a person acts."""


class CheckResult(Enum):
    """What looking in Cerbo showed of a photo that may have arrived."""

    NOTHING_NEW = "nothing new"
    NEW_IN_QUEUE = "new in queue"
    """The portal queue holds an entry that was not there before: a hint, no proof."""
    SEVERAL_IN_QUEUE = "several in queue"
    CLOSED_IN_QUEUE = "closed in queue"
    """Its list holds an entry more than before, which says that it waits for nobody. It may be this photo."""
    NEW_IN_CHART = "new in chart"
    """The chart holds a photo that was not there before and that doesn't carry our mark."""
    COULD_NOT_LOOK = "could not look"
    LIST_CUT = "list cut"
    """Of the queue's list only a part could be read."""
    NOT_NOW = "not now"
    """The queue could be read before, and can't be read now."""
    NO_LIST_BEFORE = "no list before"
    """The queue can be read now, and it isn't known what was in it before the sending."""


class IllegalMoveError(Exception):
    """A move that the table does not allow: a defect, never an event of the outside world."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The patient as shown when the photo was taken; frozen there so that no later choice can re-point a photo."""

    id: PatientId
    name: str
    """Empty for a patient without one."""
    born: date | None

    @classmethod
    def of(cls, patient: Patient) -> "Recipient":
        """The recipient that `patient` is at this moment."""
        return cls(patient.id, patient.full_name, patient.born)


@dataclass(frozen=True, slots=True)
class Upload:
    """One photo on its way to the chart, as the screens show it."""

    id: UploadId
    recipient: Recipient
    photo: PhotoFacts
    preview: Raster
    taken_at: datetime
    """Aware UTC: when it was accepted for sending."""
    changed_at: datetime
    state: UploadState = UploadState.QUEUED
    sent_bytes: int = 0
    """Of the photo's own bytes, for progress; 0 unless sending."""
    trouble: UploadProblem | None = None
    retry_at: datetime | None = None
    """When the app will try again by itself; None when it will not."""
    queue_id: QueueId | None = None
    """Its entry in the queue: seen there, or named in a field that says that it is the queue's."""
    sighting: CheckResult | None = None
    can_be_withdrawn: bool = False
    """The queue showed `queue_id` as new after the sending, and nothing speaks against its being this photo."""
    has_answer: bool = False
    """Cerbo answered, and not with a failure."""
    new_photo_id: PhotoId | None = None
    """The new photo in the chart that a person is asked to look at."""
    is_id_photo: bool = False
    """Taken with the ID photo card."""
    sent_by: Person = NOBODY
    """Who accepted it for sending."""
    other_entry_at: datetime | None = None
    """With the trouble ANOTHER_ENTRY: when that entry was made. Aware."""
    has_photo: bool = True
    """Its sealed bytes are still on this PC."""
    second_entry_id: QueueId | None = None
    """With SENT: it is in the chart, and this entry, its own or another try's, waits in the queue as well."""
    is_twice_in_chart: bool = False
    """With ACCEPTED: two photos of the chart are this one."""
    other_try_id: QueueId | None = None
    """An entry of the queue that may be another try of this photo, which a person sent again."""
    is_sent_again: bool = False
    """More than one try of it may be in Cerbo."""
    is_told: bool = False
    """With SENT: a person said that it is there, and no look has shown it so far."""

    @property
    def is_unsent(self) -> bool:
        """Whether Cerbo does not certainly have it."""
        return self.state in UNSENT_STATES

    @property
    def can_be_untold(self) -> bool:
        """Whether a person may take back that the photo is in Cerbo: its bytes are still here, to be sent again."""
        return self.is_told and self.has_photo

    @property
    def is_double(self) -> bool:
        """Whether the photo is in the chart twice, or will be once a second entry of it is accepted."""
        return self.second_entry_id is not None or self.is_twice_in_chart

    @property
    def is_loosely_found(self) -> bool:
        """Whether it is in the chart while another try of it is unaccounted for: a person has to look."""
        return self.state is UploadState.ACCEPTED and self.is_sent_again

    @property
    def is_followed(self) -> bool:
        """Whether looks in Cerbo go on for it."""
        return self.state in FOLLOWED_STATES or self.is_loosely_found

    @property
    def needs_person(self) -> bool:
        """Whether it goes no further until a person does something about it."""
        is_held = self.trouble in HOLDING_TROUBLES or self.trouble is UploadProblem.FORBIDDEN
        return self.state in NEEDS_PERSON_STATES or is_held or self.is_double or self.is_loosely_found

    def moved(self, state: UploadState, at: datetime, *, trouble: UploadProblem | None = None) -> "Upload":
        """The upload after a legal move.

        Raises:
            IllegalMoveError: the table has no such move.
        """
        if state not in LEGAL_MOVES[self.state]:
            raise IllegalMoveError(f"{self.state.value} -> {state.value}")
        moved = replace(self, state=state, changed_at=at, trouble=trouble, retry_at=None, sent_bytes=0)
        return replace(moved, new_photo_id=None, second_entry_id=None, is_twice_in_chart=False, is_told=False)
