"""What is known from outside about one upload: what Cerbo answered, and what its lists showed before and after."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot

SEEN_TWICE_AFTER = timedelta(seconds=60)
"""Two looks at least this far apart that both showed the entry: only then are the sealed bytes given up."""
TAKEN_KEPT = timedelta(days=7)
"""How long the sealed bytes of a photo stay that Cerbo took, and that can't be seen in its lists any more."""


class Answer(Enum):
    """What kind of answer came to the request that carried the photo."""

    LOST = "lost"
    """None, or one that proves nothing: a broken line, a 5xx, broken JSON."""
    WEB_PAGE = "web page"
    """A page in place of an answer, from a sign-in page or a proxy."""
    EMPTY = "empty"
    """2xx with nothing in it, or with nothing that is known: no body, `{}`, `{"status": "ok"}`, a list."""
    CONFIRMED = "confirmed"
    """2xx with `result: true` and no id."""
    QUEUE_ID = "queue id"
    """2xx with an id in a field that says that it is the queue's."""
    OTHER_ID = "other id"
    """2xx with an id of unknown kind: the queue's, or the image's own."""
    FAILED = "failed"
    """2xx whose body tells of a failure, with or without an id, or that names another patient."""
    DENIED_WITH_ID = "denied with id"
    """`result: false` beside an id: it contradicts itself."""
    DENIED = "denied"
    """`result: false` alone: nothing was stored."""
    REFUSED = "refused"
    """A status that proves that nothing was stored."""
    TURNED_AWAY = "turned away"
    """A redirect, 406 or 429: most probably nothing was stored, and the lists tell."""


TOOK = frozenset({Answer.CONFIRMED, Answer.QUEUE_ID, Answer.OTHER_ID})
"""Answers that say that Cerbo took the photo."""
MAY_SHOW_LATER = TOOK | {Answer.EMPTY, Answer.TURNED_AWAY}
"""Cerbo's lists may lag behind these, and decide."""


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """The queue entry that is this upload's, as looks showed it."""

    id: QueueId
    last_seen_at: datetime
    can_be_withdrawn: bool = False
    is_seen_twice: bool = False
    """Two looks of one session, `SEEN_TWICE_AFTER` apart by a clock that nobody can set, showed it."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long nothing new was heard of an upload, counted so that a PC clock that jumps adds a day at most.

    Within a session the count goes by the clock that nobody can set. The time between two sessions is known by the wall
    clock alone, so it counts for a day at most, and for nothing where that clock was set back.
    """

    since: datetime
    """When something was last heard; what is heard later begins a new count."""
    until: datetime
    """The wall clock at the last count."""
    time: timedelta = timedelta()


_LONGEST_GAP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one upload from outside. Kept sealed beside the photo, so that a restart decides as the session
    before would have."""

    before: ServerSnapshot | None = None
    """What chart and queue held before the photo was last sent; None where that is not known."""
    answer: Answer = Answer.LOST
    named_id: QueueId | None = None
    """The id in the answer: a hint until the queue shows it."""
    answered_at: datetime | None = None
    told_at: datetime | None = None
    """When a person said that it is there."""
    entry: SeenEntry | None = None
    photo_id: PhotoId | None = None
    """The photo in the chart that is this upload, found by its marks or named by a person."""
    other_photo_ids: frozenset[PhotoId] = frozenset()
    """New photos of which a person said that they are not this one."""
    tries: int = 1
    """How many tries of it may be in Cerbo: more than one where a person sent it again, or where it was put off."""
    was_put_off: bool = False
    """Cerbo had the whole photo and asked for a wait. It may have stored it all the same: the lists decide before it is
    sent once more, which counts as another try."""
    other_entry_at: datetime | None = None
    """When the entry was made that another PC seems to have sent, and because of which a person was asked."""
    approved_ids: frozenset[QueueId] = frozenset()
    """Entries in spite of which a person sends it: they are not asked about again."""
    waited: Waited | None = None
    new_photo_id: PhotoId | None = None
    """The new photo of the chart that a person is asked about since its entry left the queue."""
    earlier_ids: frozenset[QueueId] = frozenset()
    """Entries that came between the first sending and the last: each may be an earlier try of this photo."""
    other_try_id: QueueId | None = None
    """An entry of the latest list that is not `entry`, and that may be another try of this photo."""
    second_entry_id: QueueId | None = None
    """Two looks showed it in the chart while this entry, its own or another try's, waited in the queue."""
    is_twice_in_chart: bool = False
    """Two photos of the chart carry its marks."""
    taking_back_id: QueueId | None = None
    """The entry that Cerbo was asked to delete for a person, until it is known what came of that."""

    @property
    def is_sent_again(self) -> bool:
        """Whether it was sent more than once."""
        return self.tries > 1

    @property
    def is_only_told(self) -> bool:
        """Whether a person said that the photo is in Cerbo and no look has shown it so far."""
        return self.told_at is not None and self.entry is None and self.photo_id is None

    @property
    def has_answer(self) -> bool:
        """Cerbo answered, and its lists tell the rest."""
        return self.answer in MAY_SHOW_LATER

    @property
    def can_be_withdrawn(self) -> bool:
        """Its entry may be deleted from the queue. Beside a photo in the chart only one that the answer named: the
        photo may be the one that was just sent, and another entry somebody else's."""
        entry = self.entry
        if entry is None or not entry.can_be_withdrawn:
            return False
        return self.second_entry_id is None or (entry.id == self.second_entry_id and self.names(entry.id))

    def is_only_in(self, queue: ServerSnapshot) -> bool:
        """Its entry is in this list, and nothing is known of it that only the chart could settle."""
        is_listed = self.entry is not None and self.entry.id in queue.queue_ids
        is_settled = self.photo_id is None and self.second_entry_id is None and self.taking_back_id is None
        return is_listed and is_settled and not self.is_sent_again

    def names(self, queue_id: QueueId | None) -> bool:
        """The answer named this entry well enough beside the photo in the chart. After one try an id of unknown kind
        doesn't: it may be the image's own, and that try is in the chart."""
        is_queue_id = self.answer is Answer.QUEUE_ID or (self.answer is Answer.OTHER_ID and self.is_sent_again)
        return is_queue_id and queue_id is not None and queue_id == self.named_id

    @property
    def queue_number(self) -> QueueId | None:
        """The number of its entry, as seen in the queue or named in a field that says that it is the queue's."""
        if self.entry is not None:
            return self.entry.id
        return self.named_id if self.answer is Answer.QUEUE_ID else None

    def begun_anew(self, before: ServerSnapshot, other_entry_at: datetime | None) -> "Evidence":
        """What is known when the photo is about to be sent: this list, and what people have decided."""
        if self.was_put_off:
            return replace(self, tries=self.tries + 1, was_put_off=False).begun_anew(before, other_entry_at)
        return Evidence(
            before=self._with_photos_of_first(before),
            other_photo_ids=self.other_photo_ids if self.is_sent_again else frozenset(),
            tries=self.tries,
            other_entry_at=other_entry_at,
            approved_ids=self.approved_ids,
            earlier_ids=self._earlier_tries(before) if self.is_sent_again else frozenset(),
        )

    def _with_photos_of_first(self, now: ServerSnapshot) -> ServerSnapshot:
        """What came to the chart since the first sending stays new: it may be the first try, accepted meanwhile."""
        if not self.is_sent_again or self.before is None or self.before.chart is not Reading.COMPLETE:
            return now
        return replace(now, photo_ids=now.photo_ids & self.before.photo_ids)

    def _earlier_tries(self, now: ServerSnapshot) -> frozenset[QueueId]:
        if self.before is None or self.before.queue is not Reading.COMPLETE:
            return self.earlier_ids
        return self.earlier_ids | (now.new_since(self.before) - now.other_entry_ids)

    @property
    def heard_at(self) -> datetime | None:
        """When something was last heard of it: an answer, a person's word, its entry in the queue.

        After an answer that says nothing its entry may be somebody else's, and seeing that again is no news.
        """
        seen_at = self.entry.last_seen_at if self.entry is not None and self.answer is not Answer.EMPTY else None
        heard = [each for each in (self.answered_at, self.told_at, seen_at) if each]
        return max(heard, default=None)

    def counted(self, now: datetime, passed: timedelta | None) -> "Evidence":
        """Count the waiting time up to `now`, by `passed` since the last count (None: another session made that)."""
        heard_at = self.heard_at
        if heard_at is None:
            return self
        waited = self.waited
        if waited is None or waited.since != heard_at:
            waited, passed = Waited(heard_at, heard_at), None
        if passed is None:
            passed = min(max(now - waited.until, timedelta()), _LONGEST_GAP)
        return replace(self, waited=Waited(heard_at, now, waited.time + passed))

    def is_old(self, kept_for: timedelta) -> bool:
        """Nothing new was heard of it for so long that its sealed bytes need not stay."""
        return self.waited is not None and self.waited.since == self.heard_at and self.waited.time >= kept_for


NO_EVIDENCE = Evidence()
