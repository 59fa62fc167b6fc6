"""The portal queue's list (contract 7.1, whose shape nobody has seen): its entries, and whether they are all."""

import re
from datetime import datetime

from cerbo_desktop.api import failures, wire
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
_MORE_FIELDS = ("has_more", "hasMore", "more", "truncated")
_NEXT_FIELDS = ("next", "next_page", "next_url", "next_page_url", "next_cursor")
_TOTAL_FIELDS = ("total_count", "total", "count", "total_rows")
_PAGING_FIELDS = ("meta", "paging", "pagination", "links")
"""Objects in which such notes may stand."""
_OTHER_TYPES = ("text/", "application/pdf")
_CLOSED = frozenset(
    {"accepted", "approved", "archived", "cancelled", "canceled", "closed", "declined", "deleted", "denied", "rejected"}
)
"""The list is of open requests by default (contract 7.1). One that says that it is closed waits for nobody."""


def read(body: bytes, patient_id: str) -> Listing[QueueEntry]:
    """For a thread. Raises `BadAnswer` for what is no JSON, and as `listing` does."""
    return listing(wire.decoded(body), patient_id)


def listing(answer: object, patient_id: str) -> Listing[QueueEntry]:
    """The open entries. Not complete where the answer may hold only a part of them.

    Raises:
        BadAnswer: another shape, entries of another patient, or words of a failure around the entries.
        ServerRefused: `result` is false.
    """
    if isinstance(answer, dict):
        wire.refuse_false_result(answer)
    envelopes = _envelopes(answer)
    rows = _rows(envelopes[-1] if envelopes else answer)
    if rows is None or any(failures.envelope_tells_failure(_without_rows(each)) for each in envelopes):
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    records = [row for row in rows[:MAX_QUEUE_ROWS] if isinstance(row, dict)]
    found = {entry.id: (entry, _is_closed(record)) for record in records if (entry := _entry(record, patient_id))}
    is_whole = len(found) == len(rows) and not _may_be_capped(envelopes, len(rows))
    return Listing(tuple(entry for entry, is_closed in found.values() if not is_closed), is_complete=is_whole)


def _envelopes(answer: object) -> list[Record]:
    """What stands around the rows, the outer first: none, one, or the two of `{"data": {"data": [...]}}`."""
    if not isinstance(answer, dict):
        return []
    inner = answer.get("data")
    return [answer, inner] if isinstance(inner, dict) and isinstance(inner.get("data"), list) else [answer]


def _without_rows(envelope: Record) -> Record:
    return {name: value for name, value in envelope.items() if name != "data" or value is None}


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


def _may_be_capped(envelopes: list[Record], row_count: int) -> bool:
    """It says that there is more, or it is as long as the longest page and may have been cut there."""
    if row_count == PAGE_SIZE:
        return True
    notes = [*envelopes, *(each[name] for each in envelopes for name in _PAGING_FIELDS if name in each)]
    return any(_says_more(each, row_count) for each in notes if isinstance(each, dict))


def _says_more(told: Record, row_count: int) -> bool:
    if any(wire.flag(told.get(name)) for name in _MORE_FIELDS):
        return True
    if any(told.get(name) and wire.flag(told.get(name)) is not False for name in _NEXT_FIELDS):
        return True
    return any((wire.whole_number(told.get(name)) or 0) > row_count for name in _TOTAL_FIELDS)


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


def _is_closed(record: Record) -> bool:
    return wire.first_text(record, "status").strip().lower() in _CLOSED


def _made_at(record: Record) -> datetime | None:
    """A date without an hour doesn't say how long ago that was."""
    texts = [record.get(name) for name in _DATE_FIELDS]
    return next((read for text in texts if _has_hour(text) and (read := wire.moment(text)) is not None), None)


def _has_hour(text: object) -> bool:
    return isinstance(text, str) and ":" in text


def _nature(record: Record) -> EntryNature:
    """What it says of itself, by its type of file and the words of its kind."""
    if (mime_type := wire.first_text(record, "mime_type", "content_type").lower()).startswith("image/"):
        return EntryNature.PHOTO
    kind = " ".join(wire.first_text(record, name) for name in ("request_type", "type", "category", "object"))
    says_photo, says_other = _PHOTO.search(kind) is not None, _OTHER.search(kind) is not None
    if mime_type.startswith(_OTHER_TYPES) or (says_other and not says_photo):
        return EntryNature.OTHER
    # A form or a message may speak of a photo, or carry one: it says neither that it is one nor that it is none.
    return EntryNature.PHOTO if says_photo and not says_other else EntryNature.UNSTATED
