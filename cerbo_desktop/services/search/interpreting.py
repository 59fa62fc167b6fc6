"""What a person means by the text in the search box: a name, a birth date, an id, an e-mail, or too little yet.

Cerbo has no free-text search (contract 5.1), so the text becomes a few prefix questions. How the server treats
accents, and whether it combines fields by AND, is unknown: the answers are checked here once more.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, folded, squeezed
from cerbo_desktop.domain.ports import PatientQuery
from cerbo_desktop.services.search.birth_dates import DateFault, dates_in_digits, fault_of_date, find_birth_date
from cerbo_desktop.services.search.phone_numbers import is_phone_number
from cerbo_desktop.services.search.spellings import (
    MAX_QUESTIONS,
    Round,
    spelled_alone,
    spelled_as_it_stands,
    spelled_in_any_order,
    spelled_in_fields,
    with_typed,
)
from cerbo_desktop.services.search.typed_names import TypedNames, bears, names_in

MAX_TEXT = 120
"""Longer text is no name and no date: it was pasted by mistake."""
MAX_ID_DIGITS = 9
_ID = re.compile(r"^(?P<label>id|no\.?\s|#)?\s*[:#]?\s*(?P<digits>[0-9]{1,20})$", re.IGNORECASE)
_NAME_LABEL = re.compile(r"^(?:patient|pt|name|full name|patient name)\s*:\s*", re.IGNORECASE)
_SAME_SIGNS = str.maketrans({"´": "’", "、": ",", "。": ".", "・": " "})


class SearchKind(Enum):
    """What the text in the search box is."""

    NOTHING = "nothing"
    TOO_SHORT = "too short"
    UNFINISHED_DATE = "unfinished date"
    NO_SUCH_DAY = "no such day"
    DAY_TO_COME = "day to come"
    TOO_LONG_AGO = "too long ago"
    PHONE = "phone"
    NAME = "name"
    DATE = "date"
    ID = "id"
    EMAIL = "e-mail"
    UNREADABLE = "unreadable"
    """More than a name, a date, an id or an e-mail: asking for a part of it could find the wrong person."""


_KINDS_OF_FAULT = {
    DateFault.UNFINISHED: SearchKind.UNFINISHED_DATE,
    DateFault.NO_SUCH_DAY: SearchKind.NO_SUCH_DAY,
    DateFault.NOT_YET: SearchKind.DAY_TO_COME,
    DateFault.TOO_LONG_AGO: SearchKind.TOO_LONG_AGO,
}


class SearchedField(Enum):
    """Where Cerbo was searched for a word."""

    LAST_OR_FIRST_NAME = "last or first name"
    FIRST_AND_LAST_NAME = "first and last name"
    LAST_NAME = "last name"
    FIRST_NAME = "first name"
    EMAIL = "e-mail"
    ID = "id"
    DATE_OF_BIRTH = "date of birth"
    LEFT_OUT = "left out"
    """Nobody was searched for by it."""


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """One part of "Searched last name lopez, first name mar"."""

    field: SearchedField
    value: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What to ask. A second round is asked only where the first found nobody.

    There is a second round for a birth date alone, should Cerbo not be able to search by it.
    """

    kind: SearchKind
    rounds: tuple[Round, ...] = ()
    patient_id: PatientId | None = None
    dates: tuple[date, ...] = ()
    last_name: str = ""
    first_name: str = ""
    either_name: str = ""
    """Names given without a comma: their order is open."""
    email: str = ""
    left_out: tuple[str, ...] = ()
    """Titles, suffixes and the like, as they were typed. Nobody was searched for by them."""
    to_bear: tuple[str, ...] = ()
    """Those of them that tell people apart."""

    @property
    def can_be_asked(self) -> bool:
        """Whether there is something to ask Cerbo for."""
        return bool(self.rounds) or self.patient_id is not None

    @property
    def is_ambiguous_date(self) -> bool:
        """Whether the date can be read in more than one way."""
        return len(self.dates) > 1

    @property
    def searched(self) -> tuple[SearchedWord, ...]:
        """The fields searched and what for, dates left to `dates`."""
        is_one = " " not in self.either_name
        words = (
            (SearchedField.LAST_OR_FIRST_NAME if is_one else SearchedField.FIRST_AND_LAST_NAME, self.either_name),
            (SearchedField.LAST_NAME, self.last_name),
            (SearchedField.FIRST_NAME, self.first_name),
            (SearchedField.EMAIL, self.email),
            (SearchedField.LEFT_OUT, " ".join(self.left_out)),
        )
        return tuple(SearchedWord(field, value) for field, value in words if value)


def interpret(text: str, today: date) -> Interpretation:
    """Never raises, and never makes an empty query, whatever is typed."""
    cleaned = _cleaned(text)
    if not cleaned:
        return Interpretation(SearchKind.NOTHING)
    if len(cleaned) > MAX_TEXT:
        return Interpretation(SearchKind.UNREADABLE)
    if "@" in cleaned:
        return _as_email(cleaned)
    if found := _ID.match(cleaned):
        return _as_number(found["digits"], today, is_labelled=bool(found["label"]))
    return _as_words(cleaned, today)


def _as_words(text: str, today: date) -> Interpretation:
    found_date = find_birth_date(text, today)
    if found_date is None:
        fault = fault_of_date(text, today)
        if fault in (None, DateFault.UNFINISHED) and is_phone_number(text):
            return Interpretation(SearchKind.PHONE)
        if fault is not None:
            return Interpretation(_KINDS_OF_FAULT[fault])
    names = names_in(_NAME_LABEL.sub("", text if found_date is None else found_date.rest))
    if not names.are_readable:
        return Interpretation(SearchKind.UNREADABLE)
    if found_date is not None:
        return _as_date(found_date.dates, names)
    if not names.is_long_enough:
        return Interpretation(SearchKind.TOO_SHORT)
    return _of_names(SearchKind.NAME, names, (_questions(names),))


def matches(patient: Patient, interpretation: Interpretation) -> bool:
    """True when this patient is one that was asked for; generous with accents, hyphens and apostrophes."""
    if interpretation.dates and patient.born not in interpretation.dates:
        return False
    if interpretation.last_name and not _reads_as(patient.last_name, interpretation.last_name):
        return False
    if interpretation.first_name and not _reads_as(patient.first_name, interpretation.first_name):
        return False
    return not interpretation.either_name or _has_names(patient, interpretation.either_name)


def fits(patient: Patient, asked: Interpretation) -> bool:
    """Whether a patient known here fits the text, by id and e-mail too: `matches` leaves those to the server."""
    if asked.patient_id is not None and patient.id == asked.patient_id:
        return True
    if asked.email:
        return patient.email.casefold().startswith(asked.email.casefold())
    return (asked.kind is not SearchKind.ID or bool(asked.dates)) and matches(patient, asked)


def has_all_that_was_typed(patient: Patient, asked: Interpretation) -> bool:
    """False where the text says Jr., or the like, and the record does not: it may be the father's."""
    return patient.id == asked.patient_id or all(bears(patient, word) for word in asked.to_bear)


def _reads_as(name: str, typed: str) -> bool:
    """True when the name, or what follows its first word, begins as typed: a second surname counts too."""
    words, wanted = folded(name).split(), squeezed(typed)
    return any("".join(words[at:]).startswith(wanted) for at in range(len(words)))


def _has_names(patient: Patient, typed: str) -> bool:
    first, last = f"{patient.first_name} {patient.middle_name}", patient.last_name
    in_a_row = any(_reads_as(whole, typed) for whole in (f"{first} {last}", f"{last} {first}"))
    return in_a_row or _has_each_word(folded(f"{first} {last}").split(), folded(typed).split())


def _has_each_word(left: list[str], words: list[str]) -> bool:
    for word in sorted(words, key=len, reverse=True):
        match = next((each for each in left if each.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _cleaned(text: str) -> str:
    """Full-width forms as plain ones; without control and direction marks, and without the server's wildcards."""
    same = unicodedata.normalize("NFKC", text[: 4 * MAX_TEXT].translate(_SAME_SIGNS))
    unwanted = '%*?"“”<>\\' if "@" in same else '%_*?"“”<>\\'
    kept = (" " if sign.isspace() else sign for sign in same)
    plain = "".join(sign for sign in kept if unicodedata.category(sign)[0] != "C" and sign not in unwanted)
    return " ".join(plain.split())


def _as_email(text: str) -> Interpretation:
    address = next(word for word in text.split() if "@" in word).strip(",;()[]").removeprefix("mailto:")
    if len(address) < 2:
        return Interpretation(SearchKind.TOO_SHORT)
    return Interpretation(SearchKind.EMAIL, (Round((PatientQuery(email=address),)),), email=address)


def _as_number(digits: str, today: date, *, is_labelled: bool) -> Interpretation:
    """An id, and a birth date where six or eight digits make one: who has the id and who was born then, both."""
    if not is_labelled and is_phone_number(digits):
        return Interpretation(SearchKind.PHONE)
    dates = () if is_labelled else dates_in_digits(digits, today)
    rounds = (_born(dates),) if dates else ()
    kind = SearchKind.DATE if dates and len(digits) == 8 else SearchKind.ID
    return Interpretation(kind, rounds, PatientId(digits.lstrip("0") or "0"), dates)


def _as_date(dates: tuple[date, ...], names: TypedNames) -> Interpretation:
    """By the date alone: few share one, and names are checked here. Then by name, should the date not be searchable."""
    by_name = (_first_of(_questions(names), MAX_QUESTIONS - len(dates)),) if names.is_long_enough else ()
    return _of_names(SearchKind.DATE, names, (_born(dates), *by_name), dates)


def _born(dates: tuple[date, ...]) -> Round:
    return Round(tuple(PatientQuery(born=each) for each in dates))


def _first_of(asked: Round, count: int) -> Round:
    """As many questions as are left for this search."""
    is_whole = len(asked.questions) <= count
    finds_everybody = asked.finds_everybody and is_whole
    return replace(asked, questions=asked.questions[:count], if_cut=(), if_nobody=(), finds_everybody=finds_everybody)


def _of_names(
    kind: SearchKind,
    names: TypedNames,
    rounds: tuple[Round, ...],
    dates: tuple[date, ...] = (),
) -> Interpretation:
    return Interpretation(
        kind,
        rounds,
        None,
        dates,
        last_name=names.last,
        first_name=names.first,
        either_name=" ".join(names.either),
        left_out=names.left_out,
        to_bear=names.to_bear,
    )


def _questions(names: TypedNames) -> Round:
    also = spelled_as_it_stands(*names.as_typed) if names.as_typed else ()
    if not names.either:
        return spelled_in_fields(names.last, names.first, also)
    words = tuple(folded(" ".join(names.either)).split())
    if len(words) < 2:
        return spelled_alone(names.either[0], also)
    return with_typed(spelled_in_any_order(words, also), names.either[-1], names.either[0])
