"""The portal queue's list (contract 7.1, whose shape nobody has seen): its entries, and whether they are all."""

import re
from datetime import datetime

from cerbo_desktop.api import wire
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.evidence import EntryNature
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.limits import MAX_QUEUE_ROWS, PAGE_SIZE
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.ports import QueueEntry

_ID_FIELDS = ("id", "queue_request_id", "portal_queue_id")
_DATE_FIELDS = ("created", "date_created", "created_at", "date")
_PHOTO = re.compile(r"image|photo|picture|portrait", re.IGNORECASE)
_OTHER = re.compile(
    r"message|appointment|questionnaire|survey|\bforms?\b|refill|prescription|payment|invoice|billing", re.IGNORECASE
)
"""What is certainly no photo. A document, a file, an upload, a request and any word we don't know may be one."""
_OTHER_TYPES = ("text/", "application/pdf")


def read(body: bytes, patient_id: str) -> Listing[QueueEntry]:
    """For a thread. Raises `BadAnswer` for what is no JSON, and as `listing` does."""
    return listing(wire.decoded(body), patient_id)


def listing(answer: object, patient_id: str) -> Listing[QueueEntry]:
    """The entries. Not complete where the answer may hold only a part of them.

    Raises:
        BadAnswer: another shape, or entries of another patient.
        ServerRefused: `result` is false.
    """
    if isinstance(answer, dict):
        wire.refuse_false_result(answer)
    envelope = _envelope(answer)
    rows = _rows(envelope)
    if rows is None:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    found = [_entry(row, patient_id) for row in rows[:MAX_QUEUE_ROWS] if isinstance(row, dict)]
    entries = {entry.id: entry for entry in found if entry is not None}
    is_whole = len(entries) == len(rows) and not _may_be_capped(envelope, len(rows))
    return Listing(tuple(entries.values()), is_complete=is_whole)


def _envelope(answer: object) -> object:
    """Without a `{"data": {"data": [...]}}` around it."""
    inner = answer.get("data") if isinstance(answer, dict) else None
    return inner if isinstance(inner, dict) and isinstance(inner.get("data"), list) else answer


def _rows(envelope: object) -> list[object] | None:
    """In each form of contract 2.1. None for another shape: it must not pass for an empty queue."""
    if isinstance(envelope, list):
        return envelope
    if not isinstance(envelope, dict) or "data" not in envelope:
        return None
    data = envelope["data"]
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        if wire.first_id(data, *_ID_FIELDS):
            return [data]
        return list(data.values()) if all(isinstance(each, dict) for each in data.values()) else None
    return [] if data is None else None


def _may_be_capped(envelope: object, row_count: int) -> bool:
    """It says that there is more, or it is as long as the longest page and may have been cut there."""
    if row_count == PAGE_SIZE:
        return True
    if not isinstance(envelope, dict):
        return False
    total = wire.whole_number(envelope.get("total_count"))
    has_more = wire.flag(envelope.get("has_more"))
    return bool(has_more) or (total is not None and total > row_count)


def _entry(record: Record, patient_id: str) -> QueueEntry | None:
    if wire.names_other_patient(record, patient_id):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
    found = wire.first_id(record, *_ID_FIELDS)
    if not found:
        return None
    return QueueEntry(
        id=QueueId(found),
        kind=wire.first_text(record, "request_type", "type", "object"),
        created_at=_made_at(record),
        nature=_nature(record),
    )


def _made_at(record: Record) -> datetime | None:
    """A date without an hour doesn't say how long ago that was."""
    texts = [record.get(name) for name in _DATE_FIELDS]
    return next((read for text in texts if _has_hour(text) and (read := wire.moment(text)) is not None), None)


def _has_hour(text: object) -> bool:
    return isinstance(text, str) and ":" in text


def _nature(record: Record) -> EntryNature:
    """What it says of itself, by its type of file and the words of its kind."""
    mime_type = wire.first_text(record, "mime_type", "content_type").lower()
    kind = " ".join(wire.first_text(record, name) for name in ("request_type", "type", "category", "object"))
    if mime_type.startswith("image/") or _PHOTO.search(kind):
        return EntryNature.PHOTO
    is_other = mime_type.startswith(_OTHER_TYPES) or _OTHER.search(kind) is not None
    return EntryNature.OTHER if is_other else EntryNature.UNSTATED
