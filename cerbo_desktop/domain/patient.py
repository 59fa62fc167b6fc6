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

_GENERATIONS = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "2",
    "2nd": "2",
    "iii": "3",
    "3rd": "3",
} | {"iv": "4", "4th": "4", "v": "5", "5th": "5"}
"""What tells father from son, as it stands after a name, and one form for each."""


class Sex(Enum):
    """As Cerbo records it."""

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
    suffix: str = ""
    """Jr.: in most records it stands in one of the names instead."""

    @property
    def every_name(self) -> str:
        """All that the record has, middle name and suffix too: for telling namesakes apart. Empty where it has none."""
        names = (self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(part for part in names if part)

    @property
    def generation(self) -> str:
        """One form for Jr., Junior and their like, wherever the record has it; empty where it has none."""
        written = (self.suffix, *(split_generation(name)[1] for name in (self.last_name, self.first_name)))
        return next((found for each in (*written, self.middle_name) if (found := generation_of(each))), "")

    @property
    def full_name(self) -> str:
        """First and last name, or what there is of them; empty where there is neither."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def shared_name(self) -> str:
        """What two namesakes have in common: the full name without Jr. and the like. Empty where there is none."""
        names = (split_generation(name)[0] for name in (self.first_name, self.last_name))
        return " ".join(part for part in names if part)

    @property
    def takes_photos(self) -> bool:
        """Whether photos may be added to the chart: not for somebody who has died."""
        return self.status is not PatientStatus.DECEASED

    def is_minor(self, today: date) -> bool:
        """Whether the patient is under 18 on `today`; False where no date of birth is known."""
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
    """Equal for people whose names read the same, a father and a son too; empty for somebody without a name."""
    return squeezed(f"{split_generation(patient.first_name)[0]} {split_generation(patient.last_name)[0]}")


def generation_of(word: str) -> str:
    """One form for Jr., Junior and their like; empty for any other word."""
    return _GENERATIONS.get(folded(word), "")


def split_generation(name: str) -> tuple[str, str]:
    """A name and the word after it that says Jr. or the like. A name that is nothing else stays whole."""
    *before, last = name.replace(",", " ").split() or [""]
    return (" ".join(before), last) if before and generation_of(last) else (name, "")


def _is_mark(sign: str) -> bool:
    """Accents, and signs that nobody sees."""
    return bool(unicodedata.combining(sign)) or (unicodedata.category(sign)[0] == "C" and not sign.isspace())
