"""One row of the ledger, as the app understands it."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.ids import QueueId, UploadId
from cerbo_desktop.domain.upload import CheckResult, UploadProblem, UploadState

COLUMNS = "id, state, changed_at, trouble, retry_at, queue_id, sighting, card, standing"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger. `card` and `evidence` are sealed; the column of the latter is called `standing`."""

    id: UploadId
    state: UploadState
    changed_at: datetime
    trouble: UploadProblem | None
    retry_at: datetime | None
    queue_id: QueueId | None
    sighting: CheckResult | None
    card: bytes
    evidence: bytes | None


def row_of(found: tuple[object, ...]) -> Row | None:
    """The row from the values of `COLUMNS`; None where a value is not understood, such as one of a later version."""
    name, state, changed_at, trouble, retry_at, queue_id, sighting, card, evidence = found
    try:
        return Row(
            UploadId(str(name)),
            UploadState(state),
            _moment(changed_at),
            UploadProblem(trouble) if trouble is not None else None,
            _moment(retry_at) if retry_at is not None else None,
            QueueId(str(queue_id)) if queue_id is not None else None,
            CheckResult(sighting) if sighting is not None else None,
            bytes(card) if isinstance(card, bytes) else b"",
            bytes(evidence) if isinstance(evidence, bytes) else None,
        )
    except ValueError:
        return None


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment
