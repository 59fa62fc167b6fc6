"""What the text in the search box was taken for, and what to ask Cerbo because of it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.services.search.spellings import Round


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
