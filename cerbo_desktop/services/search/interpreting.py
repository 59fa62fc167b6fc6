"""What a person means by the text in the search box: a name, a birth date, an id, an e-mail, or too little yet.

Cerbo has no free-text search (contract 5.1), so the text becomes a few prefix questions. How the server treats
accents, and whether it combines fields by AND, is unknown: `matching.py` checks the answers once more.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import folded
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.services.search.birth_dates import DateFault, dates_in_digits, fault_of_date, find_birth_date
from cerbo_desktop.services.search.interpretation import Interpretation, SearchKind
from cerbo_desktop.services.search.phone_numbers import has_phone_number
from cerbo_desktop.services.search.spellings import (
    MAX_QUESTIONS,
    Round,
    spelled_alone,
    spelled_as_it_stands,
    spelled_in_any_order,
    spelled_in_fields,
    with_typed,
)
from cerbo_desktop.services.search.typed_names import TypedNames, names_in

MAX_TEXT = 120
"""Longer text is no name and no date: it was pasted by mistake."""
MAX_ID_DIGITS = 9
_ID = re.compile(
    r"^(?P<label>(?:(?:patient|pt|chart)\.?\s*)?(?:id|#)?\s*(?:no\.?\s|number\s|#)?)\s*[:#]?\s*(?P<digits>[0-9]{1,20})[.,]?$",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(r"\s*@\s*")
_NAME_LABEL = re.compile(r"^(?:patient|pt|name|full name|patient name)\s*:\s*", re.IGNORECASE)
_SAME_SIGNS = str.maketrans({"´": "’", "、": ",", "。": ".", "・": " ", "\\": "/", ";": ","})


_KINDS_OF_FAULT = {
    DateFault.UNFINISHED: SearchKind.UNFINISHED_DATE,
    DateFault.NO_SUCH_DAY: SearchKind.NO_SUCH_DAY,
    DateFault.NOT_YET: SearchKind.DAY_TO_COME,
    DateFault.TOO_LONG_AGO: SearchKind.TOO_LONG_AGO,
}


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
        if fault in (None, DateFault.UNFINISHED) and has_phone_number(text):
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


def _cleaned(text: str) -> str:
    """Full-width forms as plain ones; without control and direction marks, and without the server's wildcards."""
    same = unicodedata.normalize("NFKC", text[: 4 * MAX_TEXT].translate(_SAME_SIGNS))
    parts_words = "" if "@" in same else "_"
    unwanted = '%*?"“”<>\\'
    kept = (" " if sign.isspace() or sign in parts_words else sign for sign in same)
    plain = "".join(sign for sign in kept if unicodedata.category(sign)[0] != "C" and sign not in unwanted)
    return " ".join(plain.split())


def _as_email(text: str) -> Interpretation:
    address = (
        next(word for word in _AT_SIGN.sub("@", text).split() if "@" in word).strip(",;()[]").removeprefix("mailto:")
    )
    if len(address) < 2:
        return Interpretation(SearchKind.TOO_SHORT)
    return Interpretation(SearchKind.EMAIL, (Round((PatientQuery(email=address),)),), email=address)


def _as_number(digits: str, today: date, *, is_labelled: bool) -> Interpretation:
    """An id, and a birth date where six or eight digits make one: who has the id and who was born then, both."""
    if not is_labelled and has_phone_number(digits):
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
