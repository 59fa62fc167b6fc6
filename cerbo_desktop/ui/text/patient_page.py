"""The words of the banner and of the notices below it: who is open, and what to know before photos are taken."""

from datetime import date
from typing import assert_never

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, lists, patients
from cerbo_desktop.ui.text.catalogue import translate


def add_files() -> str:
    return translate("PatientPage", "Add files")


def take_photos() -> str:
    return translate("PatientPage", "Take photos")


def identity_spoken(patient: Patient, today: date) -> str:
    """Patient Maria Lopez, born 4 March 1981, 44 years, female, ID 10482"""
    return lists.spoken(
        translate("PatientPage", "Patient {name}").format(name=patients.full_name(patient)),
        patients.born_spoken(patient.born),
        patients.age(patient.born, today) if patient.born else "",
        patients.sex_spoken(patient.sex),
        patients.patient_id(patient.id),
    )


def visit(appointment: Appointment, local: Local) -> str:
    """10:15 Follow-up, Dr. Lindqvist"""
    starts_at = f"{dates.clock(local(appointment.starts_at))} {plain(appointment.type_name)}".strip()
    return lists.spoken(starts_at, *(plain(each.name) for each in appointment.providers if each.name))


# The face.


def id_photo() -> str:
    return translate("PatientPage", "ID photo")


def id_photo_loading() -> str:
    return translate("PatientPage", "ID photo, loading")


def id_photo_not_known() -> str:
    return translate("PatientPage", "ID photo not known: Cerbo does not say which photos are personal")


def id_photo_not_loaded() -> str:
    return translate("PatientPage", "ID photo not loaded yet")


# Notices.


def under_18() -> str:
    return translate("PatientPage", "Under 18: a parent or guardian agrees to photos.")


def may_have_namesake() -> str:
    return translate("PatientPage", "Couldn’t check for others of this name. Ask for the date of birth.")


def may_be_more_namesakes() -> str:
    """After somebody who bears the same name."""
    return translate("PatientPage", "There may be others.")


def deceased() -> str:
    return translate("PatientPage", "This patient is marked deceased.")


def photos_cannot_be_sent() -> str:
    return translate("PatientPage", "Photos can’t be sent.")


def deceased_gets_no_photos() -> str:
    return lists.sentences(deceased(), photos_cannot_be_sent())


def check_record() -> str:
    return translate("PatientPage", "Check that this is the right record before you send photos.")


def correct_record() -> str:
    return translate("PatientPage", "Yes, correct record")


def record_not_allowed() -> str:
    return translate("PatientPage", "This key isn’t allowed to read this patient’s record.")


def status(stated: PatientStatus) -> str:
    """Say a patient's status where it is another than active; empty where it is active."""
    match stated:
        case PatientStatus.ACTIVE:
            return ""
        case PatientStatus.PROSPECTIVE:
            return translate("PatientPage", "Prospective patient.")
        case PatientStatus.INACTIVE:
            return translate("PatientPage", "Inactive patient.")
        case PatientStatus.UNKNOWN:
            return translate("PatientPage", "No status in Cerbo.")
        case PatientStatus.DECEASED:
            return deceased()
        case _:
            assert_never(stated)


def namesake(other: Patient) -> str:
    """There is another Maria Lopez, born 2 Jan 1990; with every name where that says more."""
    shared, name = patients.shared_name(other), patients.every_name(other)
    born = dates.unbroken_day(other.born) if other.born else ""
    match name == shared, bool(born):
        case True, True:
            pattern = translate("PatientPage", "There is another {shared}, born {born}.")
        case True, False:
            pattern = translate("PatientPage", "There is another {shared}, with no date of birth.")
        case False, True:
            pattern = translate("PatientPage", "There is another {shared}: {name}, born {born}.")
        case _:
            pattern = translate("PatientPage", "There is another {shared}: {name}, with no date of birth.")
    return pattern.format(shared=shared, name=name, born=born)


def open_the_other() -> str:
    return translate("PatientPage", "Open the other")


def open_the_other_spoken(other: Patient) -> str:
    """Open the other patient: Maria Lopez, born 21 October 1981"""
    name = patients.every_name(other)
    if other.born is None:
        return translate("PatientPage", "Open the other patient: {name}, no date of birth").format(name=name)
    born = dates.day_spoken(other.born)
    return translate("PatientPage", "Open the other patient: {name}, born {date}").format(name=name, date=born)


def open_in_cerbo_tip(key: str) -> str:
    """`key` does the same; empty where none does."""
    if not key:
        return translate("PatientPage", "Open the chart in the browser")
    return translate("PatientPage", "Open the chart in the browser ({key})").format(key=key)
