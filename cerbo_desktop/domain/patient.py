"""A patient as Cerbo describes one, reduced to what tells people apart."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.ids import PatientId


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


def folded(text: str) -> str:
    """Text for comparing names: no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def are_namesakes(one: Patient, other: Patient) -> bool:
    """Different people whose first and last names read the same, case and accents ignored."""
    return one.id != other.id and _name_key(one) == _name_key(other)


def _name_key(patient: Patient) -> tuple[str, str]:
    return folded(patient.first_name), folded(patient.last_name)
