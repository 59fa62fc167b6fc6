"""Compares patients with what was asked for. Generous with accents, hyphens and apostrophes."""

from cerbo_desktop.domain.patient import Patient, folded, squeezed
from cerbo_desktop.services.search.interpretation import Interpretation, SearchKind
from cerbo_desktop.services.search.typed_names import bears


def matches(patient: Patient, interpretation: Interpretation) -> bool:
    """True when this patient is one that was asked for."""
    if interpretation.dates and patient.born not in interpretation.dates:
        return False
    if interpretation.last_name and not _reads_as(patient.last_name, interpretation.last_name):
        return False
    if interpretation.first_name and not _reads_as(patient.first_name, interpretation.first_name):
        return False
    return not interpretation.either_name or _has_names(patient, interpretation.either_name)


def matches_known_patient(patient: Patient, asked: Interpretation) -> bool:
    """`matches` for people who are known here: no server has looked at the id and the e-mail before."""
    if asked.patient_id is not None and patient.id == asked.patient_id:
        return True
    if asked.email:
        return patient.email.casefold().startswith(asked.email.casefold())
    return (asked.kind is not SearchKind.ID or bool(asked.dates)) and matches(patient, asked)


def has_all_that_was_typed(patient: Patient, asked: Interpretation) -> bool:
    """False where the text says Jr., or the like, and the record does not: it may be the father's."""
    return patient.id == asked.patient_id or all(bears(patient, word) for word in asked.to_bear)


def _reads_as(name: str, typed: str) -> bool:
    """True when the name, or what follows its first word, begins as typed: a second surname counts too."""
    words, wanted = folded(name).split(), squeezed(typed)
    return any("".join(words[at:]).startswith(wanted) for at in range(len(words)))


def _has_names(patient: Patient, typed: str) -> bool:
    first, last = f"{patient.first_name} {patient.middle_name}", patient.last_name
    in_a_row = any(_reads_as(whole, typed) for whole in (f"{first} {last}", f"{last} {first}"))
    return in_a_row or _has_each_word(folded(f"{first} {last}").split(), folded(typed).split())


def _has_each_word(left: list[str], words: list[str]) -> bool:
    for word in sorted(words, key=len, reverse=True):
        match = next((each for each in left if each.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True
