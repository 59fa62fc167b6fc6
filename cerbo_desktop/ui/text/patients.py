"""What tells people apart, in words: names, date of birth, age, sex, ID."""

from datetime import date
from typing import assert_never

from cerbo_desktop.domain.patient import Patient, Sex, years_between
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.text.catalogue import translate


def full_name(patient: Patient) -> str:
    """First and last name, or what there is of them; safe to show."""
    return shown_name(patient.full_name)


def every_name(patient: Patient) -> str:
    """With middle name and suffix, for telling namesakes apart; safe to show."""
    return shown_name(patient.every_name)


def shared_name(patient: Patient, max_chars: int = 120) -> str:
    """What two namesakes have in common; safe to show."""
    return shown_name(patient.shared_name, max_chars)


def shown_name(name: str, max_chars: int = 120) -> str:
    """A name from outside as it may be shown; "No name" in place of an empty one."""
    return plain(name, max_chars) or no_name()


def no_name() -> str:
    return translate("Patients", "No name", "inside a sentence: in place of a name")


def date_of_birth(born: date | None) -> str:
    """4 Mar 1981, or that there is none"""
    return dates.day(born) if born else no_date_of_birth()


def no_date_of_birth() -> str:
    return translate("Patients", "No date of birth")


def born(when: date | None) -> str:
    """born 4 Mar 1981, or no date of birth: a fact among others"""
    if when is None:
        return translate("Patients", "no date of birth")
    return translate("Patients", "born {date}").format(date=dates.day(when))


def born_spoken(when: date | None) -> str:
    """born 4 March 1981, or no date of birth: a fact among others"""
    if when is None:
        return translate("Patients", "no date of birth")
    return translate("Patients", "born {date}").format(date=dates.day_spoken(when))


def name_and_birth_spoken(name: str, when: date | None) -> str:
    """Thomas Becker, born 2 February 1958"""
    if when is None:
        return translate("Patients", "{name}, no date of birth").format(name=name)
    return translate("Patients", "{name}, born {date}").format(name=name, date=dates.day_spoken(when))


def age(born: date, today: date) -> str:
    """44 years; under two years 14 months, under one month 9 days. Nothing for a date of birth in the future."""
    if born > today:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        years = years_between(born, today)
        return translate("Patients", "%n year(s)", "age", years)
    if months:
        return translate("Patients", "%n month(s)", "age", months)
    days = (today - born).days
    return translate("Patients", "%n day(s)", "age", days)


def sex(stated: Sex) -> str:
    """Female; empty where it isn't stated"""
    match stated:
        case Sex.FEMALE:
            return translate("Patients", "Female")
        case Sex.MALE:
            return translate("Patients", "Male")
        case Sex.UNSTATED:
            return ""
        case _:
            assert_never(stated)


def sex_spoken(stated: Sex) -> str:
    """female, as a fact among others; empty where it isn't stated"""
    match stated:
        case Sex.FEMALE:
            return translate("Patients", "female")
        case Sex.MALE:
            return translate("Patients", "male")
        case Sex.UNSTATED:
            return ""
        case _:
            assert_never(stated)


def patient_id(number: str) -> str:
    """ID 10482"""
    return translate("Patients", "ID {number}").format(number=plain(number, 20))


def id_label() -> str:
    """Beside the number"""
    return translate("Patients", "ID")
