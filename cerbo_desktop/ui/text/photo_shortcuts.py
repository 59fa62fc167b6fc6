"""The question for whom photos are, where the search box asks for somebody else than the patient who is open."""

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.text import dates, patients
from cerbo_desktop.ui.text.catalogue import translate


def title() -> str:
    return translate("PhotoShortcuts", "Photos for whom?")


def question(typed: str, patient: Patient) -> str:
    name = patients.full_name(patient)
    if patient.born is None:
        return translate("PhotoShortcuts", "“{typed}” is in the search box, and {name} is open.").format(
            typed=typed, name=name
        )
    return translate("PhotoShortcuts", "“{typed}” is in the search box, and {name}, born {date}, is open.").format(
        typed=typed, name=name, date=dates.day(patient.born)
    )


def back_to_search() -> str:
    return translate("PhotoShortcuts", "Back to the search")
