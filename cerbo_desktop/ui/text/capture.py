"""Taking and adding photos: the capture sheet, the ID photo card, and the question before photos are lost."""

from collections.abc import Sequence
from datetime import date

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.text import dates, patients
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import ended, sentences

# The sheet.


def photos_for(patient: Patient) -> str:
    return translate("Capture", "Photos for {name}").format(name=patients.full_name(patient))


def face() -> str:
    return translate("Capture", "Face")


def source() -> str:
    return translate("Capture", "Source")


def files() -> str:
    return translate("Capture", "Files")


def consent(*, is_minor: bool) -> str:
    if is_minor:
        return translate("Capture", "A parent or guardian agreed to photos for the record")
    return translate("Capture", "Patient agreed to photos for the record")


def goes_to_queue() -> str:
    return translate("Capture", "Photos go to Cerbo’s queue for staff to accept.")


def tick_consent() -> str:
    return translate("Capture", "Confirm that the patient agreed")


def still_checking(key: str) -> str:
    return translate("Capture", "Photos are still being checked. Look at them, then press {key}.").format(key=key)


def look_first(key: str) -> str:
    return translate("Capture", "Look at the new photos, then press {key}.").format(key=key)


def no_shots_yet() -> str:
    return translate("Capture", "No shots yet")


def shots_show_here() -> str:
    return translate("Capture", "Shots from this session show here.")


def shots() -> str:
    return translate("Capture", "Shots")


def shots_chosen(taken: Sequence[Shot]) -> str:
    """4 shots, 3 chosen"""
    if not taken:
        return no_shots_yet()
    count, chosen = len(taken), sum(shot.goes_out for shot in taken)
    return translate("Capture", "%n shot(s), {chosen} chosen", "", count).format(chosen=chosen)


def retake_last() -> str:
    return translate("Capture", "Retake last")


def choose_or_leave_out() -> str:
    return translate("Capture", "Choose or leave out")


def last_removed(key: str) -> str:
    return translate("Capture", "Last shot removed. Press {key} to retake.").format(key=key)


# What went wrong.


def shot_failed() -> str:
    return translate("Capture", "The camera didn’t return a photo. Take it again.")


def session_full() -> str:
    return translate("Capture", "You can add up to 60 photos at a time. Send these first.")


def nothing_to_paste() -> str:
    return translate("Capture", "There is no photo to paste.")


def being_saved() -> str:
    return translate("Capture", "This photo is being saved. You can delete it in Uploads.")


def disk_is_silent() -> str:
    return translate(
        "Capture",
        "This PC’s disk isn’t responding. The photo is not saved yet: keep this open. It will continue automatically.",
    )


def saving_slowly(left: int) -> str:
    """Each is saved by itself, and all of them take a while."""
    return translate("Capture", "Saving. %n left. Keep this open.", "", left)


def review_then_send(why: str) -> str:
    """`why`: the sentence on a file that was not added."""
    return sentences(ended(why), translate("Capture", "Review, then send."))


def take_again(why: str) -> str:
    """`why`: the sentence on a photo that was refused."""
    return sentences(ended(why), translate("Capture", "Take it again."))


def with_some_safe(failure: str, safe_count: int) -> str:
    """After a failure: what became of those before it."""
    safe = already_safe(safe_count) if safe_count else ""
    return sentences(failure, safe)


def already_safe(count: int) -> str:
    return translate("Capture", "%n photo(s) (is|are) already safe on this PC.", "", count)


# Sending.


def saving(count: int) -> str:
    """In the place of the Send button's words, while photos are on their way into the outbox."""
    return translate("Capture", "Saving %n photo(s) on this PC…", "", count)


def patient_and_birth(patient: Patient) -> str:
    """Maria Lopez, 4 Mar 1981"""
    name = patients.full_name(patient)
    if patient.born is None:
        return name
    return translate("Capture", "{name}, {born}").format(name=name, born=dates.day(patient.born))


def send(count: int, patient: Patient) -> str:
    if count == 0:
        return nothing_to_send(patient)
    return translate("Capture", "Send %n to {patient}", "", count).format(patient=patient_and_birth(patient))


def nothing_to_send(patient: Patient) -> str:
    return translate("Capture", "Nothing to send to {name} yet").format(name=patients.full_name(patient))


def send_without_name(count: int, born: date | None) -> str:
    """The button's words where the name is too long for it; the head of the sheet shows the whole name."""
    if born is None:
        return translate("Capture", "Send %n to this patient", "", count)
    return translate("Capture", "Send %n to this patient, {born}", "", count).format(born=dates.day(born))


def send_spoken(count: int, patient: Patient) -> str:
    if count == 0:
        return nothing_to_send(patient)
    name = patients.full_name(patient)
    if patient.born is None:
        return translate("Capture", "Send %n photo(s) to {name}", "", count).format(name=name)
    return translate("Capture", "Send %n photo(s) to {name}, born {date}", "", count).format(
        name=name, date=dates.day_spoken(patient.born)
    )


# While Cerbo can't take photos: they are kept on this PC, encrypted, and sent as soon as it can.


def stays_here_for_now() -> str:
    return translate("Capture", "Kept safe on this PC, and sent as soon as Cerbo takes photos again.")


def keep(count: int, patient: Patient, of: int = 0) -> str:
    """`of`: how many there are, where not all of them are kept."""
    if count == 0:
        return nothing_to_send(patient)
    whom = patient_and_birth(patient)
    if of > count:
        return translate("Capture", "Keep %n of {all} for {patient}", "", count).format(all=of, patient=whom)
    return translate("Capture", "Keep %n for {patient}", "", count).format(patient=whom)


def keep_without_name(count: int, born: date | None, of: int = 0) -> str:
    """As `send_without_name`."""
    if of > count:
        return translate("Capture", "Keep %n of {all} for this patient", "", count).format(all=of)
    if born is None:
        return translate("Capture", "Keep %n for this patient", "", count)
    return translate("Capture", "Keep %n for this patient, {born}", "", count).format(born=dates.day(born))


def keep_spoken(count: int, patient: Patient) -> str:
    if count == 0:
        return nothing_to_send(patient)
    name = patients.full_name(patient)
    if patient.born is None:
        return translate("Capture", "Keep %n photo(s) for {name}, to be sent later", "", count).format(name=name)
    return translate("Capture", "Keep %n photo(s) for {name}, born {date}, to be sent later", "", count).format(
        name=name, date=dates.day_spoken(patient.born)
    )
