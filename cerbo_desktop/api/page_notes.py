"""What stands around the rows of a list about how many there are, and whether more follow (contract 2.1, ANSWERS 1)."""

import re
from collections.abc import Iterable, Iterator

from cerbo_desktop.api import wire
from cerbo_desktop.api.name_words import spaced
from cerbo_desktop.api.wire import Record

_MORE = re.compile(
    r"((is|are|there (is|are)) )?(more|truncated|partial)"
    r"|(has|have)( a)? (more|next)( (items|rows|results|records|pages?))?"
    r"|more (available|items|rows|results|records|pages|to come)|incomplete results?|load more"
)
"""In the name of a flag, in small letters and with spaces between its words: more follows where it is set."""
_LAST = re.compile(r"(is )?(last|final|end|eof|complete)( (page|of list|of results))?")
"""More follows where it is not."""
_NEXT = re.compile(
    r"(@?odata )?next( page)?( (url|uri|href|link|cursor|token|offset|start|row|index|marker|number|id))?"
    r"|(page )?(cursor|bookmark)|continuation( (token|key|url|id))?|scroll id"
)
"""More follows where it holds anything."""
_TOTAL = re.compile(
    r"total|count|total count|(total|num|number|count)( of)? (rows|records|items|results|entries|hits|elements|found)"
    r"|(rows?|records?|items?|results?|entries|hits) (total|count|found)"
)
_PAGE = re.compile(r"(current |this )?page( (number|no|index))?")
_PAGES = re.compile(r"(total |num |number of |max |last )pages?|pages?( count| total)?")
_HOLDERS = frozenset(
    {"meta", "metadata", "paging", "pagination", "pager", "page", "links", "_links", "page_info", "pageInfo"}
    | {"response_metadata", "responseMetadata", "list_info", "listInfo"}
)
"""Objects in which such notes may stand."""
_DEEPEST = 3


def has_more(around: Iterable[Record]) -> bool | None:
    """Whether more rows follow; None where nothing is said of it."""
    notes = [dict(_named(each)) for note in around for each in _notes(note, _DEEPEST)]
    told = {wire.flag(value) for note in notes for name, value in note.items() if _MORE.fullmatch(name)}
    told |= {not value for note in notes for name, value in note.items() if _LAST.fullmatch(name) and value is False}
    goes_on = any(_is_set(value) for note in notes for name, value in note.items() if _NEXT.fullmatch(name))
    if True in told or goes_on or any(map(_is_before_last, notes)) or "next" in _rels(around):
        return True
    return False if False in told else None


def total(around: Iterable[Record]) -> int | None:
    """How many rows it says that there are; whether of this page or of the whole list is unknown (contract 2.1)."""
    named = (each for note in around for inner in _notes(note, _DEEPEST) for each in _named(inner))
    told = (wire.whole_number(value) for name, value in named if _TOTAL.fullmatch(name))
    return max((each for each in told if each is not None), default=None)


def _notes(note: Record, levels: int) -> Iterator[Record]:
    yield note
    if levels:
        for name, inner in note.items():
            if name in _HOLDERS and isinstance(inner, dict):
                yield from _notes(inner, levels - 1)


def _named(note: Record) -> Iterator[tuple[str, object]]:
    for name, value in note.items():
        yield spaced(name).lower().strip(), value


def _is_before_last(note: Record) -> bool:
    """Page 1 of 3. The first page may be called 0."""
    page = _greatest(note, _PAGE)
    pages = _greatest(note, _PAGES)
    return page is not None and pages is not None and max(page, 1) < pages


def _greatest(note: Record, names: re.Pattern[str]) -> int | None:
    told = (wire.whole_number(value) for name, value in note.items() if names.fullmatch(name))
    return max((each for each in told if each is not None), default=None)


def _rels(around: Iterable[Record]) -> Iterator[object]:
    """What each of a list of links leads to, in the form of many servers."""
    for note in around:
        listed = note.get("links", note.get("_links"))
        for link in listed if isinstance(listed, list) else ():
            if isinstance(link, dict):
                yield link.get("rel")


def _is_set(following: object) -> bool:
    return bool(following) and wire.flag(following) is not False
