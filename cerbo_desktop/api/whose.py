"""Whose a record is: every patient that it names has to be the one who was asked for.

What another patient's record holds may never be shown in this chart, so one name that contradicts is enough, whatever
another one says beside it. A text that is no id of the known kind names nobody: it would refuse a whole list for good.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache

from cerbo_desktop.api import wire
from cerbo_desktop.api.name_words import run_together
from cerbo_desktop.api.wire import Record


class _Says(Enum):
    """What a field says of the patient, by its name."""

    PERSON = "an id, a path or the patient's own record"
    MAY_BE_PERSON = "the same where it says that it is a patient"
    LINK = "paths"
    FIELDS = "fields like these"


_NAMES = {
    **dict.fromkeys(("ptid", "patientid", "patient", "pt", "patientdetails", "ptdetails"), _Says.PERSON),
    **dict.fromkeys(("subject", "owner"), _Says.MAY_BE_PERSON),
    **dict.fromkeys(("href", "link", "links", "self", "uri"), _Says.LINK),
    **dict.fromkeys(("attributes", "relationships"), _Says.FIELDS),
}
_OWN_NAMES = ("id", "data", "reference")
"""Where a patient's record, or what stands in its place, has the patient's id."""
_NOTES = frozenset({"meta", "metadata", "header", "parameters", "params", "query", "context"})
"""Objects around rows that speak of the same list. Any other object may speak of other people."""
_IN_PATH = re.compile(r"(?:^|/)patients?/([A-Za-z0-9_.~-]+)", re.IGNORECASE)
"""`/api/v1/patients/8/images/5`, and FHIR's `Patient/8`."""
_DEEPEST = 4


def is_told_by(name: str) -> bool:
    """Whether a field of this name may say whose a record is."""
    return _sense_of(name) is not None


def names_other(record: Record, patient_id: str) -> bool:
    """True when the record names a patient who is not this one. 0 and words are nobody."""
    return any(_is_other(each, patient_id) for each in _told(record, _DEEPEST))


def is_of_other(envelope: Record, patient_id: str) -> bool:
    """Like `names_other`, of what stands around rows: it may be the patient's own record as well."""
    if _is_patient(envelope) and _is_other(wire.id_text(envelope.get("id")), patient_id):
        return True
    notes = (value for name, value in envelope.items() if name.lower() in _NOTES and isinstance(value, Mapping))
    return names_other(envelope, patient_id) or any(names_other(each, patient_id) for each in notes)


def tells_of_other(answer: object, patient_id: str, levels: int = _DEEPEST) -> bool:
    """Whether any object of an answer that is about one photo is, or names, another patient."""
    if levels < 0 or not isinstance(answer, dict | list):
        return False
    if isinstance(answer, list):
        return any(tells_of_other(each, patient_id, levels - 1) for each in answer)
    inner = any(tells_of_other(each, patient_id, levels - 1) for each in answer.values())
    return inner or is_of_other(answer, patient_id)


@lru_cache(maxsize=1024)
def _sense_of(name: str) -> _Says | None:
    bare = run_together(name)
    return _Says.LINK if bare.startswith("url") or bare.endswith("url") else _NAMES.get(bare)


def _told(record: Record, levels: int) -> Iterator[str]:
    for name, value in record.items():
        match _sense_of(name):
            case _Says.PERSON:
                yield from _ids(value, levels)
            case _Says.MAY_BE_PERSON:
                yield from _ids_of_subject(value, levels)
            case _Says.LINK:
                yield from _in_paths(value, levels)
            case _Says.FIELDS if isinstance(value, dict) and levels:
                yield from _told(value, levels - 1)


def _ids(value: object, levels: int) -> Iterator[str]:
    if isinstance(value, dict) and levels:
        yield from _ids_of_person(value, levels)
    elif isinstance(value, list) and levels:
        for each in value:
            yield from _ids(each, levels - 1)
    elif isinstance(value, str) and (in_path := _IN_PATH.search(value)):
        yield in_path[1]
    else:
        yield wire.id_text(value)


def _ids_of_person(person: Record, levels: int) -> Iterator[str]:
    """A record that names its patient may well have links to others, such as to a parent's."""
    names = [name for name in person if name in _OWN_NAMES or _sense_of(name) is _Says.PERSON]
    told = [found for name in names for found in _ids(person[name], levels - 1) if found]
    yield from told or _in_paths(person, levels)


def _ids_of_subject(value: object, levels: int) -> Iterator[str]:
    """Of what may be about anything: a staff member, or the heading of a message."""
    if isinstance(value, dict) and levels:
        if _is_patient(value):
            yield from _ids_of_person(value, levels)
        for name in ("data", "reference"):
            yield from _ids_of_subject(value.get(name), levels - 1)
    elif isinstance(value, str):
        yield from _in_paths(value, levels)


def _in_paths(value: object, levels: int) -> Iterator[str]:
    """Of each link in it."""
    if isinstance(value, str):
        in_path = _IN_PATH.search(value.strip())
        if in_path and " " not in value.strip():
            yield in_path[1]
    elif levels and isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _in_paths(each, levels - 1)


def _is_patient(record: Record) -> bool:
    """It says so itself."""
    kinds = (wire.clean_text(record.get(name)).lower() for name in ("object", "type", "resourceType"))
    return any(kind in ("patient", "patients") for kind in kinds)


def _is_other(told: str, patient_id: str) -> bool:
    is_somebody = any(letter.isdigit() for letter in told) and bool(told.strip("0"))
    is_id = told.isdecimal() or _form(told) == _form(patient_id) or _length_form(told) == _length_form(patient_id)
    return is_somebody and is_id and not wire.same_id(told.lower(), patient_id.lower())


def _form(text: str) -> str:
    """The same for A12 and B7."""
    return re.sub(r"[A-Za-z]", "a", re.sub(r"\d+", "9", text))


def _length_form(text: str) -> str:
    """The same for ids of one length in which letters and digits stand anywhere, such as UUIDs."""
    return re.sub(r"[A-Za-z0-9]", "x", text)
