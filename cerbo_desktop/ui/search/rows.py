"""Search results and namesake cards as values, every text ready to be shown."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import lists, patients, result_rows as text


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One patient who was found, in the words of the row."""

    key: str
    """The patient's id."""
    name: str
    born: str
    facts: str
    """44 years · Female · ID 10482"""
    status: str
    """Prospective, Inactive, Deceased; empty for active and unknown."""
    visit: str
    """Today 10:15, or empty."""
    is_namesake: bool
    spoken: str
    can_be_chosen: bool = True

    @property
    def patient_id(self) -> str:
        """The same as the row's key."""
        return self.key


class CardFact(NamedTuple):
    """One of the things that tell people apart."""

    label: str
    value: str
    is_id: bool = False


@dataclass(frozen=True, slots=True)
class NamesakeCard:
    """One of several patients with one name, in the words of the card."""

    patient_id: str
    name: str
    """Every name in the record: the middle name or Jr. may be all that tells two people apart."""
    shared_name: str
    born: str
    visit: str
    """Today 10:15, or "No visit today"; empty where nobody knows."""
    has_visit: bool
    facts: tuple[CardFact, ...]
    """Age, Sex, ID, E-mail, Phone; what Cerbo does not know is left out."""


def result_row(patient: Patient, visit: Appointment | None, clock: Clock, *, is_namesake: bool) -> ResultRow:
    """The row of a patient. `visit`: today's appointment; `is_namesake`: another result bears the same name."""
    name = patients.every_name(patient) if is_namesake else patients.full_name(patient)
    age, number = _age(patient, clock), patients.patient_id(patient.id)
    return ResultRow(
        key=patient.id,
        name=name,
        born=patients.date_of_birth(patient.born),
        facts=lists.dotted(age, patients.sex(patient.sex), number),
        status=text.status(patient.status),
        visit=text.visit_today(clock.local(visit.starts_at)) if visit else "",
        is_namesake=is_namesake,
        spoken=lists.spoken(
            patients.name_and_birth_spoken(name, patient.born),
            age,
            patients.sex_spoken(patient.sex),
            number,
            text.status_spoken(patient.status),
            text.visit_today_spoken(clock.local(visit.starts_at)) if visit else "",
        ),
    )


def namesake_card(
    patient: Patient, visit: Appointment | None, clock: Clock, *, is_day_known: bool = True
) -> NamesakeCard:
    """The card of a patient, with what tells people of one name apart. `is_day_known`: without a `visit` there is
    none today."""
    no_visit = text.no_visit_today() if is_day_known else ""
    facts = (
        CardFact(text.age(), _age(patient, clock)),
        CardFact(text.sex(), patients.sex(patient.sex)),
        CardFact(patients.id_label(), plain(patient.id, 20), is_id=True),
        CardFact(text.patient_status(), text.status(patient.status)),
        CardFact(text.email(), text.masked_email(patient.email)),
        CardFact(text.phone(), text.masked_phone(patient.phone)),
    )
    return NamesakeCard(
        patient.id,
        patients.every_name(patient),
        patients.shared_name(patient),
        patients.date_of_birth(patient.born),
        text.visit_today(clock.local(visit.starts_at)) if visit else no_visit,
        visit is not None,
        tuple(fact for fact in facts if fact.value),
    )


def _age(patient: Patient, clock: Clock) -> str:
    return patients.age(patient.born, today_of(clock)) if patient.born else ""


def today_of(clock: Clock) -> date:
    """The day by the clinic's clock."""
    return clock.local(clock.now()).date()
