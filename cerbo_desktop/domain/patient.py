"""A patient as Cerbo describes one, reduced to what tells people apart."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from cerbo_desktop.domain.ids import PatientId

APOSTROPHES = "'’‘‛`´ʼʻʹ′＇"
HYPHENS = "-‐‑‒–—－"
_SAME_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"}
    | {"ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e", ".": ""}
    | dict.fromkeys(APOSTROPHES, "")
    | dict.fromkeys(HYPHENS, " ")
)
"""Letters that do not decompose into a letter and an accent, and signs that differ from typist to typist."""


class Sex(Enum):
    FEMALE = "female"
    MALE = "male"
    UNSTATED = "unstated"


class PatientStatus(Enum):
    """From `patient_status_description` alone: `inactive` is true for three of these (contract 5.4)."""

    ACTIVE = "active"
    PROSPECTIVE = "prospective"
    INACTIVE = "inactive"
    DECEASED = "deceased"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Patient:
    """One person. Any text may be empty; `born` is a plain date and never shifted by a time zone (contract 2.6)."""

    id: PatientId
    first_name: str
    last_name: str
    middle_name: str = ""
    born: date | None = None
    sex: Sex = Sex.UNSTATED
    status: PatientStatus = PatientStatus.UNKNOWN
    email: str = ""
    phone: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, or what there is of them."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or "No name"

    @property
    def takes_photos(self) -> bool:
        return self.status is not PatientStatus.DECEASED

    def is_minor(self, today: date) -> bool:
        return self.born is not None and years_between(self.born, today) < 18


def years_between(born: date, today: date) -> int:
    """Whole years from birth to `today`; never below zero."""
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return max(0, today.year - born.year - (not had_birthday))


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """A name for comparing: case, accents, apostrophes and full-width forms make no difference, a hyphen is a space.

    Searching, the board and namesakes all compare by this, so that they agree on who is meant. The names of a day's
    board are folded once and not at each letter that is typed.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_SAME_LETTERS)).casefold()
    bare = "".join(sign for sign in decomposed if not _is_mark(sign)).translate(_SAME_LETTERS)
    return " ".join(bare.split())


def squeezed(text: str) -> str:
    """`folded` without its spaces: Smith-Jones, Smith Jones and SmithJones are one name."""
    return folded(text).replace(" ", "")


def are_namesakes(one: Patient, other: Patient) -> bool:
    """Different people whose names read the same, however they are spelled and divided into first and last."""
    return one.id != other.id and namesake_key(one) != "" and namesake_key(one) == namesake_key(other)


def namesake_key(patient: Patient) -> str:
    """Equal for people whose names read the same; empty for somebody without a name."""
    return squeezed(f"{patient.first_name} {patient.last_name}")


def _is_mark(sign: str) -> bool:
    """Accents, and signs that nobody sees."""
    return bool(unicodedata.combining(sign)) or (unicodedata.category(sign)[0] == "C" and not sign.isspace())
