"""What a person means by the text in the search box: a name, a birth date, an id, an e-mail, or too little yet.

Cerbo has no free-text search (contract 5.1), so the text becomes a few prefix questions. How the server treats
accents, and whether it combines fields by AND, is unknown: the answers are checked here once more.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, folded
from cerbo_desktop.domain.ports import PatientQuery
from cerbo_desktop.services.birth_dates import dates_in_digits, find_birth_date, is_unfinished_date

MAX_TEXT = 120
MAX_QUERIES = 6
"""For one round: more would be unkind to the server for what one box of text can mean."""
_APOSTROPHES = "'’‘`´ʼ"
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}
MAX_ID_DIGITS = 9
_ID = re.compile(r"^(?:id|no\.?\s)?\s*[:#]?\s*([0-9]{1,20})$", re.IGNORECASE)


class SearchKind(Enum):
    NOTHING = "nothing"
    TOO_SHORT = "too short"
    UNFINISHED_DATE = "unfinished date"
    NAME = "name"
    DATE = "date"
    ID = "id"
    EMAIL = "e-mail"


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """One part of "Searched last name lopez, first name mar"."""

    field: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What to ask. A later round is asked only when the earlier ones found nobody."""

    kind: SearchKind
    rounds: tuple[tuple[PatientQuery, ...], ...] = ()
    patient_id: PatientId | None = None
    dates: tuple[date, ...] = ()
    last_name: str = ""
    first_name: str = ""
    either_name: str = ""
    """Names given without a comma: their order is open."""
    email: str = ""

    @property
    def can_be_asked(self) -> bool:
        return bool(self.rounds) or self.patient_id is not None

    @property
    def is_ambiguous_date(self) -> bool:
        return len(self.dates) > 1

    @property
    def searched(self) -> tuple[SearchedWord, ...]:
        """The fields searched and what for, dates left to `dates`."""
        words = []
        if self.either_name:
            is_one = " " not in self.either_name
            words.append(SearchedWord("last or first name" if is_one else "first and last name", self.either_name))
        if self.last_name:
            words.append(SearchedWord("last name", self.last_name))
        if self.first_name:
            words.append(SearchedWord("first name", self.first_name))
        if self.email:
            words.append(SearchedWord("e-mail", self.email))
        return tuple(words)


@dataclass(frozen=True, slots=True)
class _Names:
    last: str = ""
    first: str = ""
    either: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return bool(self.last or self.first or self.either)

    @property
    def is_long_enough(self) -> bool:
        return any(_is_long_enough(part) for part in (self.last, self.first, *self.either))


def interpret(text: str, today: date) -> Interpretation:
    """Never raises, and never makes an empty query, whatever is typed."""
    cleaned = _cleaned(text)
    if not cleaned:
        return Interpretation(SearchKind.NOTHING)
    if "@" in cleaned:
        return _as_email(cleaned)
    if found := _ID.match(cleaned):
        return _as_number(found[1], today)
    if found_date := find_birth_date(cleaned, today):
        return _as_date(found_date.dates, _names_in(found_date.rest))
    if is_unfinished_date(cleaned):
        return Interpretation(SearchKind.UNFINISHED_DATE)
    names = _names_in(cleaned)
    if not names.is_long_enough:
        return Interpretation(SearchKind.TOO_SHORT)
    return _of_names(SearchKind.NAME, names, _name_rounds(names))


def matches(patient: Patient, interpretation: Interpretation) -> bool:
    """True when this patient is one that was asked for; generous with accents, hyphens and apostrophes."""
    if interpretation.dates and patient.born not in interpretation.dates:
        return False
    last, first = name_key(patient.last_name), name_key(patient.first_name)
    if interpretation.last_name and not starts_some_word(last, name_key(interpretation.last_name)):
        return False
    if interpretation.first_name and not starts_some_word(first, name_key(interpretation.first_name)):
        return False
    return _has_each_word(patient, name_key(interpretation.either_name).split())


def name_key(name: str) -> str:
    """A name for comparing: `folded`, and apostrophes, hyphens and letters that do not decompose made plain."""
    plain = "".join(" " if sign in "-‐‑–" else sign for sign in name if sign not in _APOSTROPHES)
    return folded(folded(plain).translate(_UNDECOMPOSED))


def starts_some_word(key: str, prefix: str) -> bool:
    """True when `prefix` stands at the start of the name, or of a later word in it (a second surname)."""
    return f" {key}".find(f" {prefix}") >= 0


def _has_each_word(patient: Patient, words: list[str]) -> bool:
    left = name_key(f"{patient.first_name} {patient.middle_name} {patient.last_name}").split()
    for word in sorted(words, key=len, reverse=True):
        match = next((each for each in left if each.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _cleaned(text: str) -> str:
    """Without what cannot be part of a name: control and direction marks, and the server's wildcards."""
    kept = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text[: 4 * MAX_TEXT]))
    plain = "".join(sign for sign in kept if unicodedata.category(sign)[0] != "C" and sign not in '%_*?"“”<>\\')
    return " ".join(plain.split())[:MAX_TEXT].strip()


def _as_email(text: str) -> Interpretation:
    address = next(word for word in text.split() if "@" in word).strip(",;")
    if len(address) < 2:
        return Interpretation(SearchKind.TOO_SHORT)
    return Interpretation(SearchKind.EMAIL, ((PatientQuery(email=address),),), email=address)


def _as_number(digits: str, today: date) -> Interpretation:
    """An id; eight digits that make a date are the date first. Six may be one when no patient has that id."""
    dates = dates_in_digits(digits, today)
    rounds = (tuple(PatientQuery(born=each) for each in dates),) if dates else ()
    kind = SearchKind.DATE if dates and len(digits) == 8 else SearchKind.ID
    return Interpretation(kind, rounds, PatientId(digits.lstrip("0") or "0"), dates)


def _as_date(dates: tuple[date, ...], names: _Names) -> Interpretation:
    """By the date alone: few share one, and names are checked here. Then by name, should the date not be searchable."""
    by_date = (tuple(PatientQuery(born=each) for each in dates),)
    rounds = by_date + (_name_rounds(names) if names.is_long_enough else ())
    return _of_names(SearchKind.DATE, names, rounds, dates)


def _of_names(
    kind: SearchKind,
    names: _Names,
    rounds: tuple[tuple[PatientQuery, ...], ...],
    dates: tuple[date, ...] = (),
) -> Interpretation:
    return Interpretation(
        kind, rounds, None, dates, last_name=names.last, first_name=names.first, either_name=" ".join(names.either)
    )


def _names_in(text: str) -> _Names:
    last, comma, first = text.partition(",")
    if comma:
        return _Names(last=_trimmed(last), first=_trimmed(first.replace(",", " ")))
    return _Names(either=tuple(word for word in map(_trimmed, text.split()) if word))


def _trimmed(name: str) -> str:
    return " ".join(name.strip(" .;:/#()[]&+=!|~^{}$").split()) if any(map(str.isalpha, name)) else ""


def _is_long_enough(name: str) -> bool:
    letters = [sign for sign in name if sign.isalpha()]
    return len(letters) >= 2 or any(unicodedata.east_asian_width(sign) in "WF" for sign in letters)


def _name_rounds(names: _Names) -> tuple[tuple[PatientQuery, ...], ...]:
    if not names.either:
        asked = [PatientQuery(names.last, names.first)]
    elif len(names.either) == 1:
        asked = [PatientQuery(names.either[0]), PatientQuery(first_name=names.either[0])]
    else:
        asked = _splits(names.either)
    typed = _spelled(asked)
    wider = _whole(names.either) if len(names.either) > 1 else []
    wider += [other for query in asked for other in (*_relaxed(query), *_accented(query))]
    first, rest = typed[:MAX_QUERIES], dict.fromkeys((*typed[MAX_QUERIES:], *_spelled(wider)))
    later = tuple(query for query in rest if query not in first)[:MAX_QUERIES]
    return (first, later) if later else (first,)


def _splits(words: tuple[str, ...]) -> list[PatientQuery]:
    """Each way to read some words as first name(s) and last name(s), in both orders; middle names may stand between."""
    queries = []
    for cut in sorted(range(1, len(words)), key=lambda cut: min(cut, len(words) - cut)):
        queries.append(PatientQuery(" ".join(words[cut:]), words[0]))
        queries.append(PatientQuery(" ".join(words[:cut]), words[cut]))
    if len(words) == 2:
        queries += [PatientQuery(" ".join(words)), PatientQuery(first_name=" ".join(words))]
    return queries


def _whole(words: tuple[str, ...]) -> list[PatientQuery]:
    return [
        PatientQuery(" ".join(words)),
        PatientQuery("-".join(words)),
        PatientQuery(first_name=" ".join(words)),
        PatientQuery(first_name="-".join(words)),
    ]


def _spelled(queries: list[PatientQuery]) -> tuple[PatientQuery, ...]:
    """The queries as typed, then with the other apostrophe, then without accents."""
    typed = [PatientQuery(_straight(q.last_name), _straight(q.first_name)) for q in queries]
    curled = [PatientQuery(_curly(q.last_name), _curly(q.first_name)) for q in typed]
    bare = [PatientQuery(_unaccented(q.last_name), _unaccented(q.first_name)) for q in typed]
    return tuple(dict.fromkeys(q for q in (*typed, *curled, *bare) if q.last_name or q.first_name))


def _straight(name: str) -> str:
    return "".join("'" if sign in _APOSTROPHES else sign for sign in name)


def _curly(name: str) -> str:
    return name.replace("'", "’")


def _unaccented(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _relaxed(query: PatientQuery) -> list[PatientQuery]:
    """Both names cut before the first letter that may carry an accent in Cerbo."""
    if not (query.last_name and query.first_name):
        return []
    return [PatientQuery(_before_accent(query.last_name), _before_accent(query.first_name))]


def _before_accent(name: str) -> str:
    cut = next((at for at, sign in enumerate(name) if at and folded(sign) in _ACCENTED), len(name))
    return name[:cut]


def _accented(query: PatientQuery) -> list[PatientQuery]:
    """One name alone cannot be cut short, so it is spelled with an accent here and there."""
    if (query.last_name and query.first_name) or " " in query.last_name + query.first_name:
        return []
    return [
        PatientQuery(_with_accent(query.last_name, at), _with_accent(query.first_name, at))
        for at, sign in enumerate(query.last_name or query.first_name)
        if sign.lower() in _ACCENTED
    ][:3]


def _with_accent(name: str, at: int) -> str:
    return f"{name[:at]}{_ACCENTED[name[at].lower()]}{name[at + 1 :]}" if name else ""
