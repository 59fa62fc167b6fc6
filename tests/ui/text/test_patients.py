"""What tells people apart, in words."""

from datetime import date

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.ui.text import patients


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1981, 3, 4), "44 years"),
        (date(1981, 11, 13), "43 years"),
        (date(2023, 11, 12), "2 years"),
        (date(2023, 11, 13), "23 months"),
        (date(2025, 10, 12), "1 month"),
        (date(2025, 11, 3), "9 days"),
        (date(2025, 11, 12), "0 days"),
        (date(2026, 1, 1), ""),
    ],
)
def test_ages(born: date, words: str) -> None:
    assert patients.age(born, date(2025, 11, 12)) == words


def test_a_name_that_says_nothing_is_told() -> None:
    assert patients.full_name(Patient(PatientId("1"), "", "")) == "No name"
    assert patients.shown_name("\u202e \x00") == "No name"
    assert patients.full_name(Patient(PatientId("1"), "Maria", "")) == "Maria"


def test_a_date_of_birth_that_is_missing_is_told() -> None:
    assert patients.date_of_birth(None) == "No date of birth"
    assert patients.name_and_birth_spoken("Maria Lopez", None) == "Maria Lopez, no date of birth"
    assert patients.name_and_birth_spoken("Maria Lopez", date(1981, 3, 4)) == "Maria Lopez, born 4 March 1981"
    assert patients.born(date(1981, 3, 4)) == "born 4 Mar 1981"


def test_the_sex_is_said_where_it_is_stated() -> None:
    assert [patients.sex(sex) for sex in Sex] == ["Female", "Male", ""]
