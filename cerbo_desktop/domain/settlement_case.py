"""What is looked at to decide what has become of a photo: the answer, and the news in the queue and in the chart."""

from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.server_snapshot import EntryNature


class QueueNews(Enum):
    """What the queue's list tells of this upload."""

    NOT_NOW = "not now"
    """It could be read before the sending, and can't be read now."""
    UNREADABLE = "unreadable"
    """It couldn't be read before the sending: what is new in it can't be told."""
    CUT = "cut"
    NOTHING_NEW = "nothing new"
    NO_PHOTO_NEW = "no photo new"
    """Something is new, and all of it says that it is no photo."""
    CLOSED_NEW = "closed new"
    """All that is new and may be a photo says that it waits for nobody any more."""
    ONE_NEW = "one new"
    """One new entry that may be a photo, and the answer doesn't name it."""
    SEVERAL_NEW = "several new"
    """As above, more than one."""
    NAMED_NEW = "named new"
    """The entry that the answer names is there, and is new."""
    OURS_WAITS = "ours waits"
    """The entry that was seen before is still there."""
    OURS_LEFT = "ours left"
    """The entry that was seen before is not in a complete list any more."""


class ChartNews(Enum):
    """What the chart tells of this upload."""

    NOT_READ = "not read"
    """Unreadable, not asked, or a new photo in it couldn't be loaded."""
    CUT = "cut"
    NOTHING_NEW = "nothing new"
    NEW_PHOTO = "new photo"
    """A photo that is new, that is no other upload's, and that does not carry our mark."""
    FOUND = "found"
    """A photo with our mark or our hash."""
    FOUND_TWICE = "found twice"
    """Two of them, where more than one try of it may have arrived."""


IN_CHART = frozenset({ChartNews.FOUND, ChartNews.FOUND_TWICE})


class Both(Enum):
    """Whether earlier looks showed the photo in the chart while an entry of it waited in the queue.

    The queue is listed before the chart, so that one look alone shows both at each normal acceptance.
    """

    NEVER = "never"
    JUST_NOW = "just now"
    BEFORE = "before"


class Others(Enum):
    """Which other uploads may be open for this patient."""

    NONE = "none"
    UNKNOWN = "unknown"
    """The queue has older entries that may be photos and that this PC did not send."""
    OURS = "ours"
    """Another photo of ours for this patient is or may be in Cerbo, and its entry isn't known."""


class Known(Enum):
    """What earlier looks have settled."""

    NOTHING = "nothing"
    TAKEN = "taken"
    """Called taken: Cerbo said so, and the queue couldn't be read."""
    SENT_UNSEEN = "sent, unseen"
    """A person, or an earlier version, called it sent; no entry of it was seen."""
    SEEN = "seen"
    """Its entry was seen, once or within a minute."""
    SEEN_TWICE = "seen twice"


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the decision looks at."""

    answer: Answer
    queue: QueueNews
    chart: ChartNews
    others: Others = Others.NONE
    known: Known = Known.NOTHING
    nature: EntryNature = EntryNature.UNSTATED
    """What the one new, or the named, entry says of itself."""
    is_early: bool = False
    """Cerbo answered a moment ago: its lists may lag behind."""
    is_old: bool = False
    """Nothing new was heard of it for so long that its sealed bytes need not stay; never for one that a person is asked
    about."""
    both: Both = Both.NEVER
    tries: int = 1
    """How many tries of it may be in Cerbo."""
    another_waits: bool = False
    """A person sent it again, and an entry that may be another try of it is in the queue."""
    has_second_entry: bool = False
    """It was told that it is in the chart, and an entry of it in the queue."""
    is_queue_whole: bool = True
    """The queue's list is complete: what is not in it is not there."""
    is_surely_ours: bool = True
    """The answer named its entry as the queue's, or it was sent again. One that is neither, beside the photo in the
    chart, is somebody else's: there was one try, and it is in the chart."""
    is_taking_back: bool = False
    """A person decided to take its entry back, and what came of it isn't known."""
    was_put_off: bool = False
    """Cerbo asked for a wait after the last byte."""
    is_overdue: bool = False
    """Then: lists that can't be read have been waited for long enough."""
    was_absent_before: bool = False
    """A look some moments ago showed nothing of it either, in lists that were whole."""
    was_gone_before: bool = False
    """A look showed it in neither list either, long enough ago."""
