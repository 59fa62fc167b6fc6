"""Whose a record is: every patient that it names has to be the one who was asked for.

What another patient's record holds may never be shown in this chart, so one name that contradicts is enough, whatever
another one says beside it.
"""

import re
from collections.abc import Iterator, Mapping

from cerbo_desktop.api import wire
from cerbo_desktop.api.wire import Record

_ID_NAMES = ("pt_id", "patient_id", "ptId", "patientId", "patientID")
_PERSON_NAMES = ("patient", "pt", "patient_details", "patientDetails")
"""Hold an id, or the patient's own record."""
FIELDS = frozenset((*_ID_NAMES, *_PERSON_NAMES))
_NOTES = frozenset({"meta", "metadata", "header", "parameters", "params", "query", "context"})
"""Objects around rows that speak of the same list. Any other object may speak of other people."""
_IN_PATH = re.compile(r"/patients?/([A-Za-z0-9_.~-]+)")
_DEEPEST = 4


def names_other(record: Record, patient_id: str) -> bool:
    """True when the record names a patient who is not this one. 0 and words are nobody."""
    told = (found for name in FIELDS if name in record for found in _ids(record[name], _DEEPEST))
    return any(_is_other(each, patient_id) for each in told)


def is_of_other(envelope: Record, patient_id: str) -> bool:
    """Like `names_other`, of what stands around rows: it may be the patient's own record as well."""
    is_person = wire.clean_text(envelope.get("object")).lower() == "patient"
    if is_person and _is_other(wire.id_text(envelope.get("id")), patient_id):
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


def _ids(value: object, levels: int) -> Iterator[str]:
    if isinstance(value, dict) and levels:
        for name in ("id", *_ID_NAMES, *_PERSON_NAMES, "data"):
            if name in value:
                yield from _ids(value[name], levels - 1)
    elif isinstance(value, list) and levels:
        for each in value:
            yield from _ids(each, levels - 1)
    elif isinstance(value, str) and (in_path := _IN_PATH.search(value)):
        yield in_path[1]
    else:
        yield wire.id_text(value)


def _is_other(told: str, patient_id: str) -> bool:
    is_somebody = any(letter.isdigit() for letter in told) and bool(told.strip("0")) and not told.startswith("-")
    return is_somebody and not wire.same_id(told, patient_id)
