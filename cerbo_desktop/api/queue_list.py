"""The portal queue's list (contract 7.1, whose shape nobody has seen): its entries, and whether they are all."""

import re
from dataclasses import replace
from functools import partial

from cerbo_desktop.api import dates, failures, list_answers, whose, wire
from cerbo_desktop.api.envelopes import Found
from cerbo_desktop.api.list_answers import RowKind
from cerbo_desktop.api.name_words import word_set, words_of
from cerbo_desktop.api.row_fields import ClosedFields, QueueFields, StatusFields
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.limits import MAX_QUEUE_ROWS, PAGE_SIZE
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.server_snapshot import EntryNature

_ID_FIELDS = ("id", "queue_request_id", "portal_queue_id")
_DATE_FIELDS = ("created", "date_created", "created_at", "date")
_PHOTO = re.compile(r"image|photo|picture|portrait", re.IGNORECASE)
_OTHER = re.compile(
    r"message|appointment|questionnaire|survey|\bforms?\b|refill|prescription|payment|invoice|billing", re.IGNORECASE
)
"""What is certainly no photo. A document, a file, an upload, a request and any word we don't know may be one."""
_OTHER_TYPES = ("text/", "application/pdf")
_CLOSED = word_set(
    "accepted approved archived cancelled canceled closed complete completed declined deleted denied dismissed done"
    " filed finished handled imported processed rejected removed resolved settled withdrawn"
)
_STILL_OPEN = word_set("not no never un non pending awaiting waiting open reopened be being yet partially needs")
"""With these beside it the same word says that it is not: "not yet accepted", "to be processed"."""
_NAMES = ("enqueued", "requests", "queue_requests", "queue", "portal_queue", "enqueued_requests")
_KIND: RowKind[QueueEntry] = RowKind(QueueFields, lambda _: None, MAX_QUEUE_ROWS, names=_NAMES)


def read(body: bytes, patient_id: str) -> Listing[QueueEntry]:
    """The entries of the queue, closed ones too. To be called in a thread.

    The listing is not complete where the answer may hold only a part of them.

    Raises:
        BadAnswer: no JSON, another shape, entries of another patient, none that can be read, or words of a failure.
        ServerRefused: `result` is false.
    """
    answer = list_answers.decoded(body, _KIND)
    found = list_answers.understood(answer)
    if found.is_alone:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)  # an entry, or anything else that has an id
    kind = replace(_KIND, read=partial(_entry, patient_id=patient_id), owner=patient_id)
    listed = list_answers.listed(answer, kind, MAX_QUEUE_ROWS)
    entries = {entry.id: entry for entry in listed.items}
    is_whole = len(entries) == listed.row_count and not _may_be_capped(found, listed.row_count)
    return Listing(tuple(entries.values()), is_complete=is_whole, unreadable_count=listed.unreadable_count)


def _may_be_capped(found: Found, row_count: int) -> bool:
    """It says that there is more, or it is as long as the longest page and may have been cut there."""
    return row_count == PAGE_SIZE or found.has_more is True or (found.total or 0) > row_count


def _entry(record: Record, patient_id: str) -> QueueEntry | None:
    if whose.names_other(record, patient_id):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
    found = wire.first_id(record, *_ID_FIELDS)
    if not found:
        return None
    return QueueEntry(
        id=QueueId(found),
        kind=wire.first_text(record, "request_type", "type", "object"),
        # A date without an hour doesn't say how long ago that was.
        created_at=dates.first_moment(record, *_DATE_FIELDS),
        nature=_nature(record),
        is_closed=_is_closed(record),
    )


def _is_closed(record: Record) -> bool:
    """The list is of open requests by default (contract 7.1). One that says that it is closed waits for nobody: an
    accepted photo would else seem to be in the chart and in the queue."""
    said = (" ".join(failures.texts(record.get(name))) for name in StatusFields.__annotations__)
    return any(map(_says_closed, said)) or any(_is_closed_by(record.get(name)) for name in ClosedFields.__annotations__)


def _says_closed(status: str) -> bool:
    words = words_of(status)
    return bool(words & _CLOSED) and not words & _STILL_OPEN


def _is_closed_by(value: object) -> bool:
    """A flag that is set, or the moment when it happened."""
    return wire.flag(value) is True or dates.when(value) is not None


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
