"""What a person is asked and told before and after a photo is sent again, withdrawn or deleted."""

from datetime import datetime

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.upload import CheckResult, Recipient, Upload, UploadState
from cerbo_desktop.ui.text import dates, patients
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences
from cerbo_desktop.ui.text.upload_problems import one_more_as_done
from cerbo_desktop.ui.text.uploads import SAID_BY_OTHER_TRY, other_try

# Titles of the questions, and the words on their buttons.


def is_it_there() -> str:
    return translate("UploadQuestions", "Is this photo in Cerbo?")


def its_there() -> str:
    return translate("UploadQuestions", "It’s there")


def send_again_title() -> str:
    return translate("UploadQuestions", "Send this photo again?")


def send_again() -> str:
    return translate("UploadQuestions", "Send again")


def added_at(moment: datetime) -> str:
    """Beneath the photo that is asked about; `moment` in clinic time. When a file was taken nobody here knows."""
    return translate("UploadQuestions", "Added {time}").format(time=dates.clock(moment))


def withdraw_title() -> str:
    return translate("UploadQuestions", "Withdraw this photo?")


def withdraw() -> str:
    return translate("UploadQuestions", "Withdraw")


def wrong_patient() -> str:
    return translate("UploadQuestions", "Wrong patient")


def wrong_patient_title() -> str:
    return translate("UploadQuestions", "Wrong patient?")


def not_withdrawn_title() -> str:
    return translate("UploadQuestions", "Not withdrawn")


def one_of_two_title() -> str:
    return translate("UploadQuestions", "One of two withdrawn")


def not_listed_title() -> str:
    return translate("UploadQuestions", "No longer in the list")


def not_listed() -> str:
    return translate("UploadQuestions", "The photo is no longer in this list. Nothing more was done.")


def not_done_title() -> str:
    return translate("UploadQuestions", "Nothing was done")


# What is in a chart or a queue, and for whom.


def whom(upload: Upload) -> str:
    """Maria Lopez, 4 Mar 1981: whose photo it is"""
    return whom_is(upload.recipient)


def whom_is(recipient: Recipient) -> str:
    """Maria Lopez, 4 Mar 1981"""
    name = patients.shown_name(recipient.name)
    if recipient.born is None:
        return name
    return translate("UploadQuestions", "{name}, {born}").format(name=name, born=dates.unbroken_day(recipient.born))


def withdraw_question(upload: Upload) -> str:
    patient = whom(upload)
    if upload.second_entry_id is not None:
        return translate(
            "UploadQuestions",
            "Entry {number} leaves Cerbo’s queue. The photo for {patient} stays in the chart. If your clinic’s Cerbo "
            "also lists waiting photos in the chart, that one may be deleted with it. Look in Cerbo first.",
        ).format(number=upload.second_entry_id, patient=patient)
    if upload.is_sent_again:
        left = translate("UploadQuestions", "Entry {number} for {patient} leaves Cerbo’s queue.").format(
            number=upload.queue_id, patient=patient
        )
        return sentences(left, other_try(upload), translate("UploadQuestions", "That one stays."))
    return translate(
        "UploadQuestions", "The photo for {patient} leaves Cerbo’s queue and this list. Staff will not see it."
    ).format(patient=patient)


def arrived_question(upload: Upload) -> str:
    """The look that was just made showed nothing of it."""
    return translate(
        "UploadQuestions",
        "The photo for {patient}. Cerbo’s queue and chart show nothing new just now. If it isn’t there, it will be in "
        "no chart.",
    ).format(patient=whom(upload))


def send_again_question(upload: Upload) -> str:
    """Ask whether to send a photo again: whose it is, what the look just showed, and what sending again may lead to."""
    photo = translate("UploadQuestions", "The photo for {patient}.").format(patient=whom(upload))
    twice = translate("UploadQuestions", "If it did arrive, it will be in the chart twice.")
    if upload.state is UploadState.GONE and upload.is_sent_again:
        left = translate("UploadQuestions", "Its entry left Cerbo’s queue, and it was not found in the chart.")
        return sentences(photo, left, other_try(upload), _look_first(), twice)
    if upload.state is UploadState.GONE:
        left = translate(
            "UploadQuestions",
            "It was in Cerbo’s queue, left it, and was not found in the chart. Ask who cleared it before you send it "
            "again.",
        )
        return sentences(photo, left, twice)
    if upload.is_sent_again and upload.sighting in SAID_BY_OTHER_TRY:
        return sentences(photo, other_try(upload), _look_first(), twice)
    return sentences(photo, other_try(upload), _just_seen(upload.sighting), twice)


def _look_first() -> str:
    return translate("UploadQuestions", "Look in Cerbo first.")


def _just_seen(found: CheckResult | None) -> str:
    match found:
        case CheckResult.NEW_IN_QUEUE:
            return translate("UploadQuestions", "Cerbo’s queue has one more entry than before. It may be this photo.")
        case CheckResult.SEVERAL_IN_QUEUE:
            return translate(
                "UploadQuestions", "Cerbo’s queue has several more entries than before. One may be this photo."
            )
        case CheckResult.CLOSED_IN_QUEUE:
            return sentences(one_more_as_done(), translate("UploadQuestions", "It may be this photo."))
        case CheckResult.NEW_IN_CHART:
            return translate("UploadQuestions", "The chart has a new photo. It may be this one.")
        case CheckResult.NOTHING_NEW:
            return translate("UploadQuestions", "Cerbo’s queue and chart show nothing new just now.")
        case CheckResult.NO_LIST_BEFORE:
            return translate(
                "UploadQuestions",
                "What was in Cerbo’s queue before isn’t known, so the app can’t tell what is new in it. Look in Cerbo "
                "first.",
            )
        case _:
            return translate(
                "UploadQuestions", "Cerbo’s queue and chart can’t be read completely just now. Look in Cerbo first."
            )


def not_done(upload: Upload, reason: NotSafeReason) -> str:
    """Say that what a person chose was not done, because the choice could not be saved first."""
    match reason:
        case NotSafeReason.DISK_FULL:
            said = translate(
                "UploadQuestions",
                "The photo for {patient} is as it was. Your choice could not be saved: this PC’s disk is full. Free up "
                "space, then choose again.",
            )
        case NotSafeReason.DISK_READ_ONLY:
            said = translate(
                "UploadQuestions",
                "The photo for {patient} is as it was. Your choice could not be saved: this PC’s disk is read-only. "
                "Ask your clinic’s IT.",
            )
        case NotSafeReason.DISK_BUSY:
            said = translate(
                "UploadQuestions",
                "The photo for {patient} is as it was. Your choice could not be saved: another program is using the "
                "files of Cerbo Desktop. Close it, then choose again.",
            )
        case NotSafeReason.LIST_CHANGED:
            said = translate(
                "UploadQuestions",
                "The photo for {patient} is as it was. Your choice could not be saved: another program changed the "
                "list of photos. Restart Cerbo Desktop, then choose again.",
            )
        case _:
            said = translate(
                "UploadQuestions",
                "The photo for {patient} is as it was. Your choice could not be saved: this PC’s disk isn’t working. "
                "Ask your clinic’s IT.",
            )
    return said.format(patient=whom(upload))
