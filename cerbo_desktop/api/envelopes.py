"""Where the rows of a list answer stand, and what stands around them (contract 2.1).

Of Cerbo's lists only some were ever seen, so rows are looked for under every likely name, in an object whose keys are
ids or places, in a nested answer, as a bare list, and as one record alone. What cannot be told to be rows is no list at
all: it must never pass for an empty one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec
from msgspec import Raw

from cerbo_desktop.api import wire
from cerbo_desktop.api.wire import Record

_OUTER_NAMES = ("data", "response", "payload", "result", "body")
"""Likely names of what holds the rows, or another object with the rows in it."""
_NAMES = ("results", "items", "records", "entries", "rows", "list", "values", "objects")
"""Likely names of the rows of any list; each kind of row brings its own besides."""
_ASIDE = frozenset(
    {
        "meta",
        "metadata",
        "paging",
        "pagination",
        "links",
        "_links",
        "parameters",
        "params",
        "filters",
        "query",
        "request",
    }
    | {"error", "errors", "warning", "warnings", "message", "messages"}
)
"""Never the rows, whatever they hold."""
_MORE_FIELDS = ("has_more", "hasMore", "more", "truncated")
_NEXT_FIELDS = ("next", "next_page", "next_url", "next_page_url", "next_cursor")
_TOTAL_FIELDS = ("total_count", "totalCount", "total", "count", "total_rows")
_PAGING_FIELDS = ("meta", "metadata", "paging", "pagination", "links")
"""Objects in which such notes may stand."""
_ID_FIELDS = ("id", "image_id", "photo_id", "queue_request_id", "portal_queue_id", "appointment_id")
_DEEPEST = 4
_MAX_NOTE_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of an answer, each still its own text."""

    rows: tuple[Raw, ...] = ()
    keys: tuple[str, ...] = ()
    """Of each row, where they were the values of an object; else empty."""
    around: tuple[Record, ...] = ()
    """What stands around the rows, the outer first. `data` is None in it where null stood in place of the rows."""
    is_alone: bool = False
    """One record and nothing that says that it is of a list."""
    is_refused: bool = False
    """`result: false` (contract 2.3)."""

    @property
    def without_rows(self) -> "Found":
        """So that the answer's own text need not be kept."""
        return replace(self, rows=(), keys=())

    @property
    def has_more(self) -> bool | None:
        """Whether it says that more rows follow; None where it says nothing of it."""
        notes = list(_notes(self.around))
        told = [wire.flag(note.get(name)) for note in notes for name in _MORE_FIELDS]
        if any(told) or any(_goes_on(note.get(name)) for note in notes for name in _NEXT_FIELDS):
            return True
        return False if False in told else None

    @property
    def total(self) -> int | None:
        """How many rows it says that there are; whether of this page or of the whole list is unknown (contract 2.1)."""
        told = (wire.whole_number(note.get(name)) for note in _notes(self.around) for name in _TOTAL_FIELDS)
        return max((each for each in told if each is not None), default=None)


def find(answer: bytes, names: tuple[str, ...] = ()) -> Found | None:
    """The rows of an answer that is JSON; None where there are none to be told. `names`: those of this kind of rows.

    Raises `msgspec.DecodeError` for what is no JSON.
    """
    return _Search(names).within(Raw(answer.strip(wire.SPACES)), _DEEPEST)


class _Search:
    def __init__(self, names: tuple[str, ...]) -> None:
        self._own = names
        self._places = (*_OUTER_NAMES, *names, *(name for name in _NAMES if name not in names))

    def within(self, raw: Raw, levels: int) -> Found | None:
        if _is_list(raw):
            return Found(tuple(msgspec.json.decode(raw, type=list[Raw])))
        if not is_object(raw) or levels == 0:
            return None
        named = msgspec.json.decode(raw, type=dict[str, Raw])
        found = self._in_object(raw, named, levels)
        is_refused = "result" in named and wire.flag(value_of(named["result"])) is False
        return replace(found or Found(), is_refused=True) if is_refused else found

    def _in_object(self, raw: Raw, named: Mapping[str, Raw], levels: int) -> Found | None:
        if self._is_record(named):
            return Found((raw,), is_alone=True)
        placed = {name: found for name in self._places if (found := self._at(name, named, levels)) is not None}
        if placed:
            place = self._chosen(placed)
            if not place or (not placed[place].rows and _has_rows_elsewhere(named, place)):
                return None
            return _inside(placed[place], named, place)
        rows = _numbered(named) or (_named_rows(named) if levels < _DEEPEST else {})
        if rows:
            around = {name: _note(raw) for name, raw in named.items() if name not in rows}
            return Found(tuple(rows.values()), tuple(rows), (around,))
        return _without_rows(named)

    def _is_record(self, named: Mapping[str, Raw]) -> bool:
        """A record alone, and none that has the wanted rows in it."""
        has_id = any(name in named and wire.id_text(value_of(named[name])) for name in _ID_FIELDS)
        has_rows = any(_is_list(named[name]) or is_object(named[name]) for name in self._own if name in named)
        return has_id and not has_rows and not _is_envelope(named) and not ("data" in named and _is_list(named["data"]))

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
        if _is_null(raw) or _is_empty(raw):
            return Found()
        return self.within(raw, levels - 1)


def _inside(found: Found, named: Mapping[str, Raw], place: str) -> Found:
    """With what stands around it in this object."""
    around: dict[str, object] = {name: _note(raw) for name, raw in named.items() if name != place}
    if _is_null(named[place]):
        around["data"] = None
    return replace(found, around=(around, *found.around), is_alone=False)


def _without_rows(named: Mapping[str, Raw]) -> Found | None:
    """An answer without any rows is an empty list where it says so itself."""
    found = Found(around=({name: _note(raw) for name, raw in named.items()},))
    return found if found.total == 0 and not _has_rows_elsewhere(named, "") else None


def _is_envelope(named: Mapping[str, Raw]) -> bool:
    """It says of itself that it is around a list."""
    return any(name in named for name in (*_MORE_FIELDS[:2], *_TOTAL_FIELDS[:2])) or (
        "object" in named and value_of(named["object"]) == "list"
    )


def _numbered(named: Mapping[str, Raw]) -> dict[str, Raw]:
    """Rows under their ids or places, with or without notes beside them."""
    return {name: raw for name, raw in named.items() if name.isdecimal() and is_object(raw)}


def _named_rows(named: Mapping[str, Raw]) -> Mapping[str, Raw]:
    """Within another object: rows under any names, where there is nothing else."""
    are_rows = _ASIDE.isdisjoint(named) and all(is_object(raw) for raw in named.values())
    return named if are_rows else {}


def _has_rows_elsewhere(named: Mapping[str, Raw], place: str) -> bool:
    """Whether rows may stand under a name that nobody thought of."""
    return any(_may_be_rows(named[name]) for name in named.keys() - {place} - _ASIDE)


def _may_be_rows(raw: Raw) -> bool:
    if _is_list(raw):
        rows = msgspec.json.decode(raw, type=list[Raw])
        return bool(rows) and is_object(rows[0])
    if not is_object(raw):
        return False
    named = msgspec.json.decode(raw, type=dict[str, Raw])
    return bool(named) and all(is_object(each) for each in named.values())


def _notes(around: Iterable[Record]) -> Iterator[Record]:
    for each in around:
        yield each
        for name in _PAGING_FIELDS:
            note = each.get(name)
            if isinstance(note, dict):
                yield note


def _goes_on(following: object) -> bool:
    return bool(following) and wire.flag(following) is not False


def value_of(raw: Raw) -> object:
    """None for a value that no computer holds."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.MsgspecError:
        return None


def _note(raw: Raw) -> object:
    """A value beside the rows. One that is too long for a note is only known to be there."""
    return value_of(raw) if memoryview(raw).nbytes <= _MAX_NOTE_BYTES else True


def _starts_with(raw: Raw, sign: bytes) -> bool:
    return bytes(memoryview(raw)[:1]) == sign


def _is_list(raw: Raw) -> bool:
    return _starts_with(raw, b"[")


def is_object(raw: Raw) -> bool:
    return _starts_with(raw, b"{")


def _is_null(raw: Raw) -> bool:
    return _starts_with(raw, b"n")


def _is_empty(raw: Raw) -> bool:
    """An object with nothing in it, which some servers write for an empty list."""
    return is_object(raw) and memoryview(raw).nbytes < _MAX_NOTE_BYTES and value_of(raw) == {}
