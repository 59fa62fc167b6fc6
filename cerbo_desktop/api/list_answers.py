"""A list's answer as values, made in a thread: as many rows as are worth having, and of each the fields we know.

Unknown fields are skipped without becoming objects, and rows past the ceiling are never looked into, so that the memory
and time of an answer are bounded by what we want of it. One row that cannot be read costs that row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypedDict, TypeVar

import msgspec
from msgspec import Raw

from cerbo_desktop.api import failures, wire
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind

Item = TypeVar("Item")

_MAX_NOTE_BYTES = 16 * 1024


class Envelope(TypedDict, total=False):
    """What stands around the rows."""

    data: Raw
    object: Any
    has_more: Any
    result: Any
    id: Any


@dataclass(frozen=True, slots=True)
class RowKind(Generic[Item]):
    """What the rows of a list are, and how many of them one list may bring."""

    fields: type
    """A `TypedDict` whose fields may hold anything."""
    read: Callable[[Record], Item | None]
    most: int
    may_be_none: Callable[[Record], bool] = lambda _: False
    """Whether a row of which `read` made nothing is one that Cerbo may well send."""


@dataclass(frozen=True, slots=True)
class ListAnswer(Generic[Item]):
    items: tuple[Item, ...]
    """Of the rows that could be read."""
    row_count: int
    """Of all rows that came, for the next page's offset."""
    has_more: bool
    is_cut: bool = False
    """There were more rows than one list may bring."""
    has_unread: bool = False
    """Some rows could not be read: who looks in this list for somebody may miss them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """An answer's own shape, with rows and records reduced to the fields we know."""

    value: object
    left_count: int
    """Rows past the ceiling."""
    is_mixed: bool
    """There was something else than records among the rows."""
    tells_failure: bool
    """What stands around the rows tells of a failure."""


def decoded(body: bytes, kind: RowKind[Any]) -> Decoded:
    """For a thread. Raises like `wire.decoded`."""
    reading = _Reading(kind)
    value = wire.decoded_as(body, reading.answer)
    return Decoded(value, reading.left_count, reading.is_mixed, reading.tells_failure)


def listed(answer: Decoded, kind: RowKind[Item], limit: int) -> ListAnswer[Item]:
    """For a thread. Raises like `wire.rows_of`, and `BadAnswer` where not one of the rows can be read or the answer
    tells of a failure.

    An absence may never be made of what was not understood: "no photos yet" and "no patient found" are believed.
    """
    found = wire.rows_of(answer.value, limit=limit)
    if answer.tells_failure:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    read = [(record, kind.read(record)) for record in found.records]
    items = tuple(item for _, item in read if item is not None)
    has_unread = answer.is_mixed or any(item is None and not kind.may_be_none(record) for record, item in read)
    if has_unread and not items:
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    row_count = len(found.records) + answer.left_count
    return ListAnswer(items, row_count, found.has_more, answer.left_count > 0, has_unread)


class _Reading:
    """Of one answer."""

    def __init__(self, kind: RowKind[Any]) -> None:
        self._most = kind.most
        self._row: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind.fields)
        self._fields: tuple[str, ...] = tuple(kind.fields.__annotations__)
        self.left_count = 0
        self.is_mixed = False
        self.tells_failure = False

    def answer(self, body: bytes) -> object:
        """The answer's own shape, as `wire.rows_of` knows it, with the rows in place of their text."""
        if _is_list(body):
            return self._rows(body)
        if not _is_object(body):
            return msgspec.json.decode(body)
        return self._enveloped(body)

    def _enveloped(self, body: bytes) -> Mapping[str, object]:
        envelope = msgspec.json.decode(body, type=Envelope)
        self._hear(body)
        is_record = "data" not in envelope or bool(wire.id_text(envelope.get("id")))
        own = self._one(body) if is_record else {}
        data = {"data": self._data(bytes(envelope["data"]))} if "data" in envelope else {}
        return {**own, **envelope, **data}

    def _data(self, raw: bytes) -> object:
        if _is_list(raw):
            return self._rows(raw)
        if not _is_object(raw):
            return msgspec.json.decode(raw)
        inner = msgspec.json.decode(raw, type=Envelope)
        if "data" in inner and _is_list(bytes(inner["data"])):
            self._hear(raw)
            return {**inner, "data": self._rows(bytes(inner["data"]))}
        if wire.id_text(inner.get("id")):
            return self._one(raw)
        return self._keyed(raw)

    def _hear(self, envelope: bytes) -> None:
        """Whether what stands around the rows tells of a failure."""
        named = msgspec.json.decode(envelope, type=dict[str, Raw])
        if "id" in named and wire.id_text(_value(named["id"])):
            return  # one record alone, whose fields speak of itself
        told = {name: _note(raw) for name, raw in named.items() if name != "data" or _is_null(raw)}
        self.tells_failure = self.tells_failure or failures.envelope_tells_failure(told)

    def _rows(self, raw: bytes) -> list[object]:
        return self._each(msgspec.json.decode(raw, type=list[Raw]))

    def _keyed(self, raw: bytes) -> dict[str, object]:
        named = msgspec.json.decode(raw, type=dict[str, Raw])
        return dict(zip(named, self._each(list(named.values())), strict=False))

    def _each(self, rows: list[Raw]) -> list[object]:
        self.left_count = max(0, len(rows) - self._most)
        read = [self._one(bytes(row)) if _is_object(bytes(row)) else None for row in rows[: self._most]]
        self.is_mixed = None in read
        return list(read)

    def _one(self, raw: bytes) -> dict[str, object]:
        try:
            row: dict[str, object] = self._row.decode(raw)
        except msgspec.MsgspecError:
            row = self._field_by_field(raw)
        return row

    def _field_by_field(self, raw: bytes) -> dict[str, object]:
        """For a row with a number in it that no computer holds: the rest of the row is worth having."""
        named = msgspec.json.decode(raw, type=dict[str, Raw])
        return {name: _value(named[name]) for name in self._fields if name in named}


def _value(raw: Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except msgspec.MsgspecError:
        return None


def _note(raw: Raw) -> object:
    """A value beside the rows. One that is too long for a note is only known to be there."""
    return _value(raw) if memoryview(raw).nbytes <= _MAX_NOTE_BYTES else True


def _is_null(raw: Raw) -> bool:
    """Without a copy of what may be a long list."""
    return memoryview(raw).nbytes < _MAX_NOTE_BYTES and bytes(raw).strip() == b"null"


def _is_list(text: bytes) -> bool:
    return text.lstrip(wire.SPACES)[:1] == b"["


def _is_object(text: bytes) -> bool:
    return text.lstrip(wire.SPACES)[:1] == b"{"
