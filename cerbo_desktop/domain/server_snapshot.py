"""What Cerbo's lists of one patient hold at one moment, and how much of them was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from cerbo_desktop.domain.ids import PhotoId, QueueId


class EntryNature(Enum):
    """What a queue entry says of itself."""

    PHOTO = "photo"
    UNSTATED = "unstated"
    OTHER = "other"
    """A message, a questionnaire: no photo."""


class Reading(Enum):
    """How much of a list was read."""

    COMPLETE = "complete"
    CUT = "cut"
    """Only a part: what is missing from it may still be there."""
    UNREADABLE = "unreadable"
    """This key isn't allowed to read it, its form isn't understood, or the server or the line failed."""


@dataclass(frozen=True, slots=True)
class ServerSnapshot:
    """What a patient's chart and queue hold at one moment, as far as their lists were read."""

    photo_ids: frozenset[PhotoId] = frozenset()
    queue_ids: frozenset[QueueId] = frozenset()
    chart: Reading = Reading.COMPLETE
    queue: Reading = Reading.COMPLETE
    photo_entry_ids: frozenset[QueueId] = frozenset()
    """Those of `queue_ids` that say that they are photos."""
    other_entry_ids: frozenset[QueueId] = frozenset()
    """Those of `queue_ids` and `closed_ids` that say that they are no photos."""
    closed_ids: frozenset[QueueId] = frozenset()
    """Entries that are listed beside `queue_ids` and say that they wait for nobody any more."""
    waiting_photo_ids: frozenset[PhotoId] = frozenset()
    """Photos that the chart's list shows, and that say that they wait for staff; none of `photo_ids`. Not kept."""
    entry_dates: Mapping[QueueId, datetime] = field(default_factory=dict)
    """When those of `queue_ids` were made that tell it. Looked at before a sending, and not kept."""

    def nature(self, queue_id: QueueId) -> EntryNature:
        """What this entry of the queue says of itself."""
        if queue_id in self.other_entry_ids:
            return EntryNature.OTHER
        return EntryNature.PHOTO if queue_id in self.photo_entry_ids else EntryNature.UNSTATED

    def new_since(self, before: "ServerSnapshot") -> frozenset[QueueId]:
        """Entries that wait now and were not listed before, in whatever status."""
        return self.queue_ids - before.queue_ids - before.closed_ids

    def closed_since(self, before: "ServerSnapshot") -> frozenset[QueueId]:
        """Entries that came since `before`, and say that they are closed."""
        return self.closed_ids - before.queue_ids - before.closed_ids
