"""A list's answer as values, made in a thread: as many rows as are worth having, and of each the fields we know.

Unknown fields are skipped without becoming objects, and rows past the ceiling are never looked into, so that the memory
and time of an answer are bounded by what we want of it. One row that cannot be read costs that row, and is counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Raw

from cerbo_desktop.api import absences, envelopes, failures, raw_json, row_fields, whose, wire
from cerbo_desktop.api.envelopes import Found
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefusal, ServerRefused

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class RowKind(Generic[Item]):
    """What the rows of a list are, and how many of them one list may bring."""

    fields: type
    """A `TypedDict` whose fields may hold anything."""
    read: Callable[[Record], Item | None]
    most: int
    may_be_none: Callable[[Record], bool] = lambda _: False
    """Whether a row of which `read` made nothing is one that Cerbo may well send."""
    names: tuple[str, ...] = ()
    """What a list of them may be called in an answer."""
    owner: str = ""
    """The patient whose they are, where they are one's: what says around them that it is another's is refused."""


@dataclass(frozen=True, slots=True)
class ListAnswer(Generic[Item]):
    """The readable rows of one answer of a list, and what the answer says of the rest."""

    items: tuple[Item, ...]
    """Of the rows that could be read."""
    row_count: int
    """Of all rows that came, for the next page's offset."""
    has_more: bool
    is_cut: bool = False
    """There were more rows than one list may bring."""
    unreadable_count: int = 0
    """Rows that could not be read: who looks in this list for somebody may miss them."""
    total: int | None = None
    """How many rows the answer says that there are, in it or in the whole list."""
    last: Item | None = None
    """Of the last row; None where that one could not be read."""
    is_silent: bool = False
    """It says neither whether more rows follow nor how many there are."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """An answer with its rows reduced to the fields we know."""

    found: Found | None
    """Its own rows left out; None where it is no list and no record."""
    records: tuple[Record | None, ...]
    """None for what is no record."""
    left_count: int
    """Rows past the ceiling."""


def decoded(body: bytes, kind: RowKind[Any]) -> Decoded:
    """The answer with its rows reduced to the fields we know. To be called in a thread.

    Raises as `wire.decoded`, and `BadAnswer` for an answer that is empty or null.
    """
    if body.removeprefix(b"\xef\xbb\xbf").strip() in (b"", b"null"):
        raise BadAnswer(BadAnswerKind.NOTHING)
    return wire.decoded_as(body, _Reading(kind).answer)


def listed(answer: Decoded, kind: RowKind[Item], limit: int, first_row: int = 0) -> ListAnswer[Item]:
    """What rows `first_row` and on of a list say, of which `limit` were asked for. To be called in a thread.

    Without a word on whether there is more, a page as long as asked for means that there is.

    Raises:
        ServerRefused: `result` is false, which a status of 200 may come with (contract 2.3).
        BadAnswer: it is no list, tells of a failure, names rows that it does not show, has none without saying plainly
            that there are none, or not one row can be read. An absence may never be made of what was not understood:
            "no photos yet" and "no patient found" are believed.
    """
    found = understood(answer)
    _refuse_other_owner(found, kind)
    is_absence = not answer.records and not answer.left_count
    if not found.is_told:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    if is_absence and not absences.is_plain(found.around, kind.names, is_first_page=not first_row):
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE, absences.said(found.around))
    read = [(record, kind.read(record) if record is not None else None) for record in answer.records]
    items = tuple(item for _, item in read if item is not None)
    unreadable_count = sum(item is None and (record is None or not kind.may_be_none(record)) for record, item in read)
    if unreadable_count and not items:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    row_count = len(answer.records) + answer.left_count
    has_more = row_count >= limit if found.has_more is None else found.has_more
    is_cut = answer.left_count > 0
    last = read[-1][1] if read and not is_cut else None
    is_silent = found.has_more is None and found.total is None
    return ListAnswer(items, row_count, has_more, is_cut, unreadable_count, found.total, last, is_silent)


def only_record(answer: Decoded, kind: RowKind[Any]) -> Record:
    """The one object of an answer, bare or with something around it (contract 2.2). Raises like `listed`."""
    found = understood(answer)
    _refuse_other_owner(found, kind)
    record = answer.records[0] if len(answer.records) == 1 else None
    if record is None or not (found.is_alone or found.around):
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    return record


def understood(answer: Decoded) -> Found:
    """What stands around the rows, unless it tells of a failure. Raises as `listed`."""
    found = answer.found
    if found is not None and found.is_refused:
        raise ServerRefused(ServerRefusal.RESULT_FALSE)
    if found is None:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    if any(map(failures.envelope_tells_failure, found.around)):
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE, "" if answer.records else absences.said(found.around))
    return found


def _refuse_other_owner(found: Found, kind: RowKind[Any]) -> None:
    if kind.owner and any(whose.is_of_other(each, kind.owner) for each in found.around):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)


class _Reading:
    """Of one answer."""

    def __init__(self, kind: RowKind[Any]) -> None:
        self._kind = kind
        self._shape = envelopes.Kind(kind.names, kind.fields.__annotations__)
        self._row: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind.fields)
        self._fields: tuple[str, ...] = tuple(kind.fields.__annotations__)

    def answer(self, body: bytes) -> Decoded:
        found = envelopes.find(body, self._shape)
        if found is None:
            msgspec.json.decode(body)  # what is no JSON at all is told so
            return Decoded(None, (), 0)
        records = [self._one(row) for row in found.rows[: self._kind.most]]
        return Decoded(found.without_rows, _with_ids(records, found.keys), max(0, len(found.rows) - self._kind.most))

    def _one(self, raw: Raw) -> Record | None:
        """None for what is no record: it is no object, or has the rows in it."""
        if not raw_json.is_object(raw):
            return None
        named = msgspec.json.decode(raw, type=dict[str, Raw])
        if self._shape.is_group(named):
            return None
        try:
            row: Record = self._row.decode(raw)
        except msgspec.MsgspecError:
            row = self._field_by_field(named)
        others = {name: raw_json.value_of(named[name]) for name in named if row_fields.is_of_any_record(name)}
        return {**others, **row}

    def _field_by_field(self, named: Mapping[str, Raw]) -> Record:
        """For a row with a number in it that no computer holds: the rest of the row is worth having."""
        return {name: raw_json.value_of(named[name]) for name in self._fields if name in named}


def _with_ids(records: list[Record | None], keys: tuple[str, ...]) -> tuple[Record | None, ...]:
    """Rows under their ids need not hold them a second time. Keys that only count the rows are no ids."""
    counts = {str(at) for at in range(len(keys) + 1)}
    are_ids = bool(keys) and all(key.isdecimal() for key in keys) and not set(keys) <= counts
    if not are_ids:
        return tuple(records)
    return tuple(
        {"id": key, **record} if record is not None else None for key, record in zip(keys, records, strict=False)
    )
