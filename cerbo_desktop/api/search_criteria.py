"""A question for patients as the fields of a request."""

from cerbo_desktop.domain.patient_query import WILDCARD, PatientQuery


def criteria_of(query: PatientQuery) -> dict[str, str]:
    """Contract 5.1: `%` is the wildcard. A criterion of wildcards alone would ask for everybody, so it is dropped."""
    asked = {"last_name": query.last_name, "first_name": query.first_name, "email": query.email.replace(WILDCARD, "")}
    ending = "" if query.is_whole else WILDCARD
    criteria = {
        name: f"{text.strip().rstrip(WILDCARD)}{ending}" for name, text in asked.items() if text.strip(f" {WILDCARD}")
    }
    return criteria if query.born is None else {**criteria, "dob": query.born.isoformat()}
