"""What Cerbo's portal queue says: of its entries, and to a photo that is sent to it."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.server_snapshot import EntryNature


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One entry of a patient's portal queue; anything but the id may be missing (contract 7.1)."""

    id: QueueId
    kind: str = ""
    created_at: datetime | None = None
    nature: EntryNature = EntryNature.UNSTATED
    is_closed: bool = False
    """It is listed, and says that it waits for nobody any more."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer to a photo, other than a plain refusal. Never by itself a proof that Cerbo has the photo."""

    answer: Answer
    named_id: QueueId | None = None
    """The id in it: `answer` says of which kind."""
