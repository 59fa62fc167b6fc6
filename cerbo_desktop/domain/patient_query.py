"""One question to Cerbo's search for patients."""

from dataclasses import dataclass
from datetime import date

WILDCARD = "%"
"""Within a name of a `PatientQuery`: any letters, or none."""


@dataclass(frozen=True, slots=True)
class PatientQuery:
    """One question to `patients/search`; at least one field is set. Names and e-mail match by prefix.

    Names may hold wildcards; those that a person typed must have been taken out before. `is_whole`: names match as a
    whole.
    """

    last_name: str = ""
    first_name: str = ""
    email: str = ""
    born: date | None = None
    is_whole: bool = False
    first_row: int = 0
    """For the rest of an answer that was cut."""
