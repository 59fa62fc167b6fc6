"""Whether an answer without rows says plainly that there are none (contract 2.1, ANSWERS 1).

"No photos yet" opens the camera for an ID photo, so an empty list is believed only where nothing around it speaks of
rows that it does not show, or of a reason why it shows none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from cerbo_desktop.api import dates, empty_words, failures, mark_words, wire
from cerbo_desktop.api.name_words import word_set, words_of
from cerbo_desktop.api.wire import Record

TOO_LONG = object()
"""Stands for a value beside the rows that is too long for a note."""
ID_FIELDS = ("id", "image_id", "photo_id", "queue_request_id", "portal_queue_id", "appointment_id")
_RECORD_IDS = (*ID_FIELDS, "pt_id", "patient_id", "user_id")
_QUESTION = word_set("parameters params filters query request links _links sort order columns fields schema")
"""Tell of what was asked, or lead elsewhere."""
_META = frozenset({"meta", "metadata", "paging", "pagination"})
_COUNTS = word_set("total totals count counts num found hits records items results rows entries elements remaining")
_NO_COUNTS = word_set("per max min limit size time ms seconds duration retry api rate calls quota bytes offset id")
"""With these in its name a number counts something else."""
_REQUESTS = frozenset({"request", "requests"})
_SETTINGS = word_set("size sizes limit limits version versions options")
_NAMES = word_set(
    "name title practice clinic url href path copyright license server host agent generator version docs documentation"
    " zone timezone locale language currency description"
)
"""A text in such a field is somebody's name or an address, whatever it sounds like."""
_SENTENCE_WORDS = 3
"""A text of so many words says something."""
_MARKUP = re.compile(r"<[^<>]*>")
_SAID_LETTERS = 120
_DEEPEST = 4


def is_plain(around: Iterable[Record], names: tuple[str, ...], *, is_first_page: bool = True) -> bool:
    """Whether an answer without rows says plainly that there are none.

    `around`: what stands around the rows that did not come. `names`: the names that rows of this kind may have. A later
    page may be empty beside a total of the rows before it.
    """
    reader = _Reader(names, counts=is_first_page)
    says_none = partial(empty_words.says_none, of_patients="patients" in names)
    return not any(
        _is_unsure_null(each) or reader.speaks_of_rows(each) or reader.is_marked(each) or _withholds(each, says_none)
        for each in around
    )


def said(around: Iterable[Record]) -> str:
    """What an answer without rows says in words, as one short line without markup; empty where it says nothing."""
    texts = (text for each in around for text in _sayings(each, _DEEPEST))
    plain = (" ".join(_MARKUP.sub(" ", text).split()) for text in texts)
    return next((wire.clean_text(text, _SAID_LETTERS) for text in plain if text), "")


def _sayings(named: Record, levels: int) -> Iterator[str]:
    """Texts for people first, then whole sentences under any other name."""
    for is_for_people in (True, False):
        for name, value in named.items():
            if _is_for_people(name, value) is is_for_people:
                yield from (text for text in failures.texts(value) if is_for_people or _is_sentence(name, text))
    if levels:
        for each in _inner(named):
            yield from _sayings(each, levels - 1)


def _is_for_people(name: str, value: object) -> bool:
    return failures.is_message(name) or bool(words_of(name) & empty_words.MESSAGES and isinstance(value, str))


def _is_sentence(name: str, text: str) -> bool:
    return len(text.split()) >= _SENTENCE_WORDS and not words_of(name) & _NAMES and dates.when(text) is None


def _is_unsure_null(envelope: Record) -> bool:
    """Null in place of the rows is an empty list; in something that has an id it is any empty field."""
    return envelope.get("data", ()) is None and _has_id(envelope, ID_FIELDS)


class _Reader:
    """Of what may be rows, or their number."""

    def __init__(self, names: tuple[str, ...], *, counts: bool) -> None:
        self._names = frozenset(names)
        self._own = tuple(name.rstrip("s") for name in names)
        self._counts = counts

    def speaks_of_rows(self, named: Record, levels: int = _DEEPEST) -> bool:
        return any(
            self._is_count(name, value) or self._holds_rows(name, value, levels)
            for name, value in named.items()
            if name.lower() not in _QUESTION
        )

    def is_marked(self, named: Record, levels: int = _DEEPEST, *, is_record: bool = False) -> bool:
        """Whether a mark is set that says that there are rows, or somewhere else, or that nobody thought of.

        A record beside the list may be marked in its own way: of its marks only those count that speak of our rows or
        of a move.
        """
        if any(self._is_mark(name, value, is_record=is_record) for name, value in named.items()):
            return True
        inner = ((name, value) for name, value in named.items() if isinstance(value, dict))
        return levels > 0 and any(
            self.is_marked(value, levels - 1, is_record=is_record or _is_record(value))
            for name, value in inner
            if name.lower() not in _QUESTION
        )

    def _is_mark(self, name: str, value: object, *, is_record: bool) -> bool:
        words = words_of(name)
        if words & mark_words.MOVED and not words & _REQUESTS:
            return bool(value) and wire.flag(value) is not False
        if not _is_set(value):
            return False
        own = frozenset(word for word in words if self._is_own(word))
        says_there_are = bool(own) and words <= own | mark_words.FLAG_WORDS
        return says_there_are or not (is_record or words <= own | mark_words.HARMLESS)

    def _holds_rows(self, name: str, value: object, levels: int) -> bool:
        if value is TOO_LONG:
            return True
        if isinstance(value, list):
            return not failures.is_message(name) and _are_rows(value) and not words_of(name) & _SETTINGS
        if not isinstance(value, dict) or not value or failures.is_message(name) or words_of(name) & _NO_COUNTS:
            return False
        if name.lower() in _META or _is_record(value):
            return self._is_of_kind(name, value) or self._says_so_by_name(value, levels)
        return levels == 0 or _is_numbered(value) or _are_objects(value) or self.speaks_of_rows(value, levels - 1)

    def _is_of_kind(self, name: str, record: Record) -> bool:
        kind = wire.clean_text(record.get("object")).lower()
        return _is_record(record) and (self._is_own(name) or self._is_own(kind.rpartition("_")[2]))

    def _says_so_by_name(self, named: Record, levels: int) -> bool:
        """A record beside the list, a patient's say, has lists and counts of its own: only our names are ours."""
        ours = {name: value for name, value in named.items() if self._is_own(name)}
        counts = {name: value for name, value in named.items() if not _is_record(named) and not isinstance(value, list)}
        return levels > 0 and self.speaks_of_rows(ours | counts, levels - 1)

    def _is_own(self, name: str) -> bool:
        return any(own in name.lower() for own in self._own)

    def _is_count(self, name: str, value: object) -> bool:
        words = words_of(name)
        if not self._counts or words & _NO_COUNTS or (words & _REQUESTS and not self._is_own(name)):
            return False
        if "pages" in words or "page" in words:
            # An empty list has one page, or none.
            return bool(words & {"pages", "last", "count", "total"}) and (wire.whole_number(value) or 0) > 1
        if name.lower() not in self._names and not words & _COUNTS:
            return False
        told = value.values() if isinstance(value, dict) else (value,)
        return any(wire.whole_number(each) for each in told)


def _is_set(value: object) -> bool:
    """A mark that is set. A number is one where it stands for yes, and mostly it counts something."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "y"))


def _is_record(value: Record) -> bool:
    return _has_id(value, _RECORD_IDS)


def _has_id(record: Record, names: tuple[str, ...]) -> bool:
    return any(wire.id_text(record.get(name)) for name in names)


def _are_rows(values: list[object], levels: int = _DEEPEST) -> bool:
    """Whether this list, or a list in it, holds objects or ids. Words don't count; what is nested too deep does."""
    return levels == 0 or any(
        _may_be_row(each) or (isinstance(each, list) and _are_rows(each, levels - 1)) for each in values
    )


def _may_be_row(value: object) -> bool:
    if isinstance(value, dict):
        return bool(value)
    found = wire.id_text(value)
    return any(letter.isdigit() for letter in found) or isinstance(value, float)


def _is_numbered(named: Mapping[str, object]) -> bool:
    return any(name.isdecimal() and isinstance(value, dict | list) for name, value in named.items()) or all(
        name.isdecimal() for name in named
    )


def _are_objects(named: Mapping[str, object]) -> bool:
    return all(isinstance(value, dict) for value in named.values())


def _withholds(named: Record, says_none: Callable[[str], bool], levels: int = _DEEPEST) -> bool:
    """Whether it gives, or may give, a reason why no rows came."""
    return any(_is_reason(name, value, says_none) for name, value in named.items()) or any(
        _withholds(each, says_none, levels - 1) for each in _inner(named) if levels
    )


def _inner(named: Record) -> Iterator[Record]:
    """What speaks of the same answer. A record beside the list speaks of itself."""
    for name, value in named.items():
        if isinstance(value, dict) and name.lower() not in _QUESTION and not _is_record(value):
            yield value


def _is_reason(name: str, value: object, says_none: Callable[[str], bool]) -> bool:
    words = words_of(name)
    if _is_for_people(name, value):
        return not all(map(says_none, failures.texts(value)))
    if isinstance(value, str) and wire.flag(value) is None and wire.whole_number(value) is None:
        if words & empty_words.RIGHTS:
            return not empty_words.says_allowed(value)
        if words & empty_words.VERDICTS:
            return not empty_words.says_done(value)
        return not words & _NAMES and _is_strange(value, says_none)
    return _is_flag_against(words, wire.flag(value))


def _is_strange(text: str, says_none: Callable[[str], bool]) -> bool:
    """Words that tell of a reason, or a whole sentence that nobody foresaw."""
    if failures.speaks_of_failure(text) or failures.says_withheld(text):
        return True
    is_sentence = len(text.split()) >= _SENTENCE_WORDS and dates.when(text) is None
    return (is_sentence or bool(word_set(text.lower()) & mark_words.MOVED)) and not says_none(text)


def _is_flag_against(words: frozenset[str], is_set: bool | None) -> bool:
    against = mark_words.WITHHELD if is_set else mark_words.GIVEN
    return is_set is not None and bool(words & against) and words <= against | mark_words.FLAG_WORDS
