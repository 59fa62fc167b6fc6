"""The question before photos that were taken or added are lost."""

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, patients
from cerbo_desktop.ui.text.catalogue import translate


def stay() -> str:
    return translate("Leaving", "Stay here")


def keep_sending() -> str:
    return translate("Leaving", "Keep sending")


def send_count(count: int, held: int) -> str:
    """The label of the button that sends `count` of the `held` photos."""
    if count < held:
        return translate("Leaving", "Send %n of {held}", "", count).format(held=held)
    return translate("Leaving", "Send %n", "", count)


def discard_count(count: int, *, is_all: bool) -> str:
    """The label of the button that discards `count` photos. `is_all`: also those that would be sent."""
    if is_all:
        return translate("Leaving", "Discard all %n", "", count)
    return translate("Leaving", "Discard %n", "", count)


def held_title(held: int, patient: Patient) -> str:
    """3 photos are for Maria Lopez, 4 Mar 1981."""
    return translate("Leaving", "%n photo(s) (is|are) for {patient}.", "", held).format(patient=_whom(patient))


def files_title(held: int, patient: Patient) -> str:
    """3 files are for Maria Lopez, 4 Mar 1981."""
    return translate("Leaving", "%n file(s) (is|are) for {patient}.", "", held).format(patient=_whom(patient))


def _whom(patient: Patient) -> str:
    name = patients.full_name(patient)
    if patient.born is None:
        return name
    return translate("Leaving", "{name}, {born}").format(name=name, born=dates.unbroken_day(patient.born))


def send_or_discard() -> str:
    return translate("Leaving", "Send or discard before you leave.")


def discard_first() -> str:
    return translate("Leaving", "Discard before you leave.")


def files_stay(folder_name: str) -> str:
    """Of files that are discarded."""
    if not folder_name:
        return translate("Leaving", "The files stay where they are.")
    return translate("Leaving", "The files stay in {folder}.").format(folder=plain(folder_name, 40))


def safe_title(safe_count: int) -> str:
    if not safe_count:
        return translate("Leaving", "No photo is saved yet.")
    return translate("Leaving", "%n (is|are) already safe on this PC.", "", safe_count)


def discard_the_rest(held: int, *, has_safe: bool) -> str:
    if has_safe:
        return translate("Leaving", "Discard the other (photo|%n)?", "", held)
    return translate("Leaving", "Discard (it|all %n)?", "", held)
