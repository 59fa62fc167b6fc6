"""Search results and namesake cards as values, every text ready to be shown."""

from dataclasses import dataclass
from datetime import date

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.patient import Patient, PatientStatus, Sex
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.today.rows import born_text, spoken_identity

_SEX_WORDS = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNSTATED: ""}
_STATUS_WORDS = {
    PatientStatus.PROSPECTIVE: "Prospective",
    PatientStatus.INACTIVE: "Inactive",
    PatientStatus.DECEASED: "Deceased",
}


@dataclass(frozen=True, slots=True)
class ResultRow:
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
        return self.key


@dataclass(frozen=True, slots=True)
class NamesakeCard:
    patient_id: str
    name: str
    """Every name in the record: the middle name or Jr. may be all that tells two people apart."""
    shared_name: str
    born: str
    visit: str
    """Today 10:15, or "No visit today"."""
    has_visit: bool
    facts: tuple[tuple[str, str], ...]
    """Label and value: Age, Sex, ID, E-mail, Phone; what Cerbo does not know is left out."""


def result_row(patient: Patient, visit: Appointment | None, clock: Clock, *, is_namesake: bool) -> ResultRow:
    facts = [part for part in (_age(patient, clock), _SEX_WORDS[patient.sex], f"ID {plain(patient.id, 20)}") if part]
    status = _STATUS_WORDS.get(patient.status, "")
    name = plain(patient.every_name if is_namesake else patient.full_name)
    spoken = [spoken_identity(name, patient.born), *(fact if fact.startswith("ID") else fact.lower() for fact in facts)]
    spoken += [status.lower()] * bool(status) + [_visit(visit, clock).lower()] * bool(visit)
    return ResultRow(
        key=patient.id,
        name=name,
        born=born_text(patient.born),
        facts=" · ".join(facts),
        status=status,
        visit=_visit(visit, clock),
        is_namesake=is_namesake,
        spoken=", ".join(spoken),
    )


def namesake_card(patient: Patient, visit: Appointment | None, clock: Clock) -> NamesakeCard:
    facts = (
        ("Age", _age(patient, clock)),
        ("Sex", _SEX_WORDS[patient.sex]),
        ("ID", plain(patient.id, 20)),
        ("Status", _STATUS_WORDS.get(patient.status, "")),
        ("E-mail", masked_email(patient.email)),
        ("Phone", masked_phone(patient.phone)),
    )
    return NamesakeCard(
        patient.id,
        plain(patient.every_name),
        plain(patient.shared_name),
        born_text(patient.born),
        _visit(visit, clock) or "No visit today",
        visit is not None,
        tuple((label, value) for label, value in facts if value),
    )


def masked_email(email: str) -> str:
    """mar•••@example.com: enough to compare with what the person says, too little to read out."""
    mailbox, at, host = plain(email).rpartition("@")
    if not at:
        return ""
    return f"{mailbox[: min(3, max(1, len(mailbox) - 1))]}•••@{plain(host, 32)}"


def masked_phone(phone: str) -> str:
    """ends in 42"""
    digits = [sign for sign in phone if sign.isascii() and sign.isdigit()]
    return f"ends in {''.join(digits[-2:])}" if len(digits) >= 4 else ""


def _age(patient: Patient, clock: Clock) -> str:
    return phrases.age(patient.born, today_of(clock)) if patient.born else ""


def today_of(clock: Clock) -> date:
    return clock.local(clock.now()).date()


def _visit(visit: Appointment | None, clock: Clock) -> str:
    return f"Today {phrases.clock(clock.local(visit.starts_at))}" if visit else ""
