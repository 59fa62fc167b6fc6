"""Whether another PC seems to have sent a patient's ID photo a moment ago: the one place that decides it.

Pure. Every cell stands in `tests/unit/domain/test_another_pc.py`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot

RECENT = timedelta(hours=1)
"""An entry that is older has nothing to do with the visit of just now."""
CLOCKS_DIFFER_BY = timedelta(minutes=2)
"""A difference between this PC's clock and the server's that nobody is told of: an entry may be that far ahead."""


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """What this PC knows of its own photos in one patient's queue."""

    ids: frozenset[QueueId] = frozenset()
    are_all_known: bool = True
    """False where one of its photos is or may be in the queue, and nobody knows as which entry."""


def entry_of_another_pc(
    before: ServerSnapshot, own: OwnEntries, approved_ids: frozenset[QueueId], server_now: datetime
) -> datetime | None:
    """When the newest entry was made that this PC did not send, that is recent and that may be a photo.

    None where there is none, and where the list doesn't show it beyond doubt. `before` is the list from before the
    sending, `approved_ids` are entries in spite of which a person sends the photo.
    """
    if before.queue is not Reading.COMPLETE or not own.are_all_known:
        return None
    foreign = before.queue_ids - before.other_entry_ids - own.ids - approved_ids
    dates = [before.entry_dates[each] for each in foreign if each in before.entry_dates]
    return max((date for date in dates if -CLOCKS_DIFFER_BY <= server_now - date <= RECENT), default=None)
