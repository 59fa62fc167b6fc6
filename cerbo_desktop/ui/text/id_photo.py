"""The ID photo card."""

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.text import patients
from cerbo_desktop.ui.text.capture import patient_and_birth
from cerbo_desktop.ui.text.catalogue import translate


def card_for(patient: Patient) -> str:
    return translate("IdPhoto", "ID photo of {patient}").format(patient=patient_and_birth(patient))


def id_photo() -> str:
    return translate("IdPhoto", "ID photo")


def ask() -> str:
    return translate("IdPhoto", "Ask: “Please tell me your name and date of birth.” Check both above.")


def camera_on() -> str:
    return translate("IdPhoto", "The camera is on only while this card is open.")


def keep_title() -> str:
    return translate("IdPhoto", "Keep this ID photo?")


def keep() -> str:
    return translate("IdPhoto", "Name and date of birth match? Then send.")


def keep_spoken() -> str:
    return translate("IdPhoto", "Keep this ID photo? Name and date of birth match? Then send.")


def goes_to_queue() -> str:
    return translate("IdPhoto", "It goes to Cerbo’s queue for staff to accept.")


def not_now() -> str:
    return translate("IdPhoto", "Not now")


def retake() -> str:
    return translate("IdPhoto", "Retake")


def discard() -> str:
    return translate("IdPhoto", "Discard")


def send_to(patient: Patient) -> str:
    """The date of birth stands beneath it."""
    return translate("IdPhoto", "Send to {name}").format(name=patients.full_name(patient))


def keep_for(patient: Patient) -> str:
    """While Cerbo can't take it; the date of birth stands beneath it."""
    return translate("IdPhoto", "Keep for {name}").format(name=patients.full_name(patient))
