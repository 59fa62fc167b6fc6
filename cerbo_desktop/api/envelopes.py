"""Where the rows of a list answer stand, and what stands around them (contract 2.1).

Of Cerbo's lists only some were ever seen, so rows are looked for under every likely name, in an object whose keys are
ids or places, in a nested answer, as a bare list, and as one record alone. What cannot be told to be rows is no list at
all: it must never pass for an empty one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec
from msgspec import Raw

from cerbo_desktop.api import absences, page_notes, row_fields, wire
from cerbo_desktop.api.name_words import word_set
from cerbo_desktop.api.raw_json import MAX_NOTE_BYTES, is_empty, is_list, is_null, is_object, value_of
from cerbo_desktop.api.wire import Record

_OUTER_NAMES = ("data", "response", "payload", "result", "body")
"""Likely names of what holds the rows, or another object with the rows in it."""
_NAMES = ("results", "items", "records", "entries", "rows", "list", "values", "objects")
"""Likely names of the rows of any list; each kind of row brings its own besides."""
_ASIDE = word_set(
    "meta metadata paging pagination links _links parameters params filters query request error errors warning warnings"
    " message messages"
)
"""Never the rows, whatever they hold."""
_ENVELOPE_FIELDS = ("has_more", "hasMore", "total_count", "totalCount")
"""Only what is around a list has them."""
_COMMON = (
    frozenset(absences.ID_FIELDS)
    | frozenset((*row_fields.ClosedFields.__annotations__, *row_fields.StatusFields.__annotations__))
    | word_set(
        "object type status name title notes date created created_at date_created category content_type"
        " pt_id patient_id patient_details"
    )
)
"""Fields that a record of any kind, and an envelope, may have as well."""
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of an answer, each still as its own JSON text, and what stands around them."""

    rows: tuple[Raw, ...] = ()
    keys: tuple[str, ...] = ()
    """Of each row, where they were the values of an object; else empty."""
    around: tuple[Record, ...] = ()
    """What stands around the rows, the outer first. `data` is None in it where null stood in place of the rows."""
    is_alone: bool = False
    """One record and nothing that says that it is of a list."""
    is_told: bool = True
    """False for one object in place of a list that has an id, as anything may, and no other sign of the wanted kind."""
    is_refused: bool = False
    """`result: false` (contract 2.3)."""

    @property
    def without_rows(self) -> "Found":
        """The same without its rows, so that the answer's own text need not be kept."""
        return replace(self, rows=(), keys=())

    @property
    def has_more(self) -> bool | None:
        """Whether the answer says that more rows follow; None where it says nothing about that."""
        return page_notes.has_more(self.around)

    @property
    def total(self) -> int | None:
        """How many rows it says that there are; whether of this page or of the whole list is unknown (contract 2.1)."""
        return page_notes.total(self.around)


def find(answer: bytes, kind: "Kind") -> Found | None:
    """The rows of an answer that is JSON; None where nothing in it can be told to be rows.

    Raises `msgspec.DecodeError` for what is no JSON.
    """
    return _Search(kind).within(Raw(answer.strip(wire.SPACES)), _DEEPEST)


class Kind:
    """How rows of one kind are recognised. `names`: what a list of them may be called; `fields`: what they may have."""

    def __init__(self, names: tuple[str, ...], fields: Iterable[str]) -> None:
        self.names = names
        self._marks = frozenset(fields) - _COMMON
        self._objects = {name.rstrip("s") for name in names}

    def is_told(self, named: Mapping[str, Raw]) -> bool:
        """Whether an object says by its `object`, or by a field of its own, that it is a row of this kind."""
        return not self._marks.isdisjoint(named) or _object_of(named).rpartition("_")[2] in self._objects

    def is_group(self, named: Mapping[str, Raw]) -> bool:
        """Whether an object holds rows and is none itself: those of a year, or an album with its photos."""
        if not named or self.is_told(named):
            return False
        if _numbered(named) or all(is_object(each) for each in named.values()):
            return True
        return any(_has_rows(named[name]) for name in (*_OUTER_NAMES, *self.names, *_NAMES) if name in named)


class _Search:
    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        names = kind.names
        self._own = names
        self._places = (*_OUTER_NAMES, *names, *(name for name in _NAMES if name not in names))

    def within(self, raw: Raw, levels: int) -> Found | None:
        if is_list(raw):
            return Found(tuple(msgspec.json.decode(raw, type=list[Raw])))
        if not is_object(raw) or levels == 0:
            return None
        named = msgspec.json.decode(raw, type=dict[str, Raw])
        found = self._in_object(raw, named, levels)
        is_refused = "result" in named and wire.flag(value_of(named["result"])) is False
        return replace(found or Found(), is_refused=True) if is_refused else found

    def _in_object(self, raw: Raw, named: Mapping[str, Raw], levels: int) -> Found | None:
        if self._is_record(named):
            if self._kind.is_told(named):
                return Found((raw,), is_alone=True)
            notes = {name: _note(raw) for name, raw in named.items()}
            return Found((raw,), around=(notes,), is_alone=True, is_told=False)
        placed = {name: found for name in self._places if (found := self._at(name, named, levels)) is not None}
        if placed:
            place = self._chosen(placed)
            is_others = place not in self._own and not placed.get(place, Found()).rows and self._is_other(named)
            return _inside(placed[place], named, place) if place and not is_others else None
        rows = _numbered(named) or (_named_rows(named) if levels < _DEEPEST else {})
        if rows:
            around = {name: _note(raw) for name, raw in named.items() if name not in rows}
            return Found(tuple(rows.values()), tuple(rows), (around,))
        return _without_rows(named)

    def _is_record(self, named: Mapping[str, Raw]) -> bool:
        """A record alone, and none that has the wanted rows in it."""
        # Anything may have an id. What does not say what it is may be around the rows of any name.
        names = self._own if self._kind.is_told(named) else self._places
        has_rows = any(_may_hold_rows(named[name]) for name in names if name in named)
        return (
            _has_id(named)
            and not has_rows
            and not _is_envelope(named)
            and not ("data" in named and is_list(named["data"]))
        )

    def _is_other(self, named: Mapping[str, Raw]) -> bool:
        """A record of another kind, whose empty lists are its own."""
        return _has_id(named) and _object_of(named) not in ("", "list") and not self._kind.is_told(named)

    def _chosen(self, placed: Mapping[str, Found]) -> str:
        """The name of the rows; empty where more than one may be it."""
        filled = [name for name, found in placed.items() if found.rows]
        if "data" in filled or not filled:
            return "data" if "data" in placed else next(iter(placed))
        likely = [name for name in filled if name in self._own] or filled
        return likely[0] if len(likely) == 1 else ""

    def _at(self, name: str, named: Mapping[str, Raw], levels: int) -> Found | None:
        """The rows that a field of this name holds."""
        raw = named.get(name)
        if raw is None:
            return None
        if is_null(raw) or is_empty(raw):
            return Found()
        return self.within(raw, levels - 1)


def _inside(found: Found, named: Mapping[str, Raw], place: str) -> Found:
    """With what stands around it in this object."""
    around: dict[str, object] = {name: _note(raw) for name, raw in named.items() if name != place}
    if is_null(named[place]):
        around["data"] = None
    return replace(found, around=(around, *found.around), is_alone=False)


def _without_rows(named: Mapping[str, Raw]) -> Found | None:
    """An answer without any rows is an empty list where it says so itself."""
    found = Found(around=({name: _note(raw) for name, raw in named.items()},))
    return found if found.total == 0 else None


def _is_envelope(named: Mapping[str, Raw]) -> bool:
    """It says of itself that it is around a list."""
    return any(name in named for name in _ENVELOPE_FIELDS) or (
        "object" in named and value_of(named["object"]) == "list"
    )


def _numbered(named: Mapping[str, Raw]) -> dict[str, Raw]:
    """Rows under their ids or places, with or without notes beside them."""
    return {name: raw for name, raw in named.items() if name.isdecimal() and is_object(raw)}


def _object_of(named: Mapping[str, Raw]) -> str:
    """What it says that it is."""
    return wire.clean_text(value_of(named["object"])).lower() if "object" in named else ""


def _has_id(named: Mapping[str, Raw]) -> bool:
    return any(name in named and wire.id_text(value_of(named[name])) for name in absences.ID_FIELDS)


def _may_hold_rows(raw: Raw) -> bool:
    return is_list(raw) or is_object(raw) or is_null(raw)


def _has_rows(raw: Raw) -> bool:
    """Whether it is a list of objects with ids."""
    rows = msgspec.json.decode(raw, type=list[Raw]) if is_list(raw) else []
    return bool(rows) and is_object(rows[0]) and _has_id(msgspec.json.decode(rows[0], type=dict[str, Raw]))


def _named_rows(named: Mapping[str, Raw]) -> Mapping[str, Raw]:
    """Within another object: rows under any names, where there is nothing else."""
    are_rows = _ASIDE.isdisjoint(named) and all(is_object(raw) for raw in named.values())
    return named if are_rows else {}


def _note(raw: Raw) -> object:
    """A value beside the rows. One that is too long for a note is only known to be there."""
    return value_of(raw) if memoryview(raw).nbytes <= MAX_NOTE_BYTES else absences.TOO_LONG
