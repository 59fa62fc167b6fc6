"""Why a photo was not sent, and what the app's own look in Cerbo showed of one that may have arrived."""

from typing import assert_never

from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem
from cerbo_desktop.ui.text import dates, numbers, patients
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences


def problem(trouble: UploadProblem) -> str:
    """Why it was not sent, in one sentence."""
    match trouble:
        case UploadProblem.UNREACHABLE:
            return translate("UploadProblems", "Could not reach Cerbo.")
        case UploadProblem.UNTRUSTED:
            return translate("UploadProblems", "Can’t verify that this is Cerbo.")
        case UploadProblem.BUSY:
            return translate("UploadProblems", "Cerbo is busy.")
        case UploadProblem.CHART_NOT_LISTED:
            return translate("UploadProblems", "Cerbo’s list of this patient’s photos can’t be read just now.")
        case UploadProblem.SIGNED_OUT:
            return translate("UploadProblems", "Cerbo rejected this key.")
        case UploadProblem.FORBIDDEN:
            return translate("UploadProblems", "This key isn’t allowed to send photos to this chart.")
        case UploadProblem.TOO_BIG:
            return translate("UploadProblems", "Cerbo refused the photo: too big.")
        case UploadProblem.REFUSED:
            return translate("UploadProblems", "Cerbo refused the photo.")
        case UploadProblem.PATIENT_MISSING:
            return translate("UploadProblems", "This patient is no longer in Cerbo.")
        case UploadProblem.DISK:
            return translate("UploadProblems", "This PC’s disk isn’t working.")
        case UploadProblem.LIST_CHANGED:
            return translate(
                "UploadProblems",
                "Something other than Cerbo Desktop changed the list of photos. Close Cerbo Desktop and open it again.",
            )
        case UploadProblem.UNREADABLE:
            return translate("UploadProblems", "Its file on this PC cannot be opened.")
        case UploadProblem.STOPPED:
            return translate("UploadProblems", "You stopped it.")
        case UploadProblem.NO_ANSWER:
            return no_answer()
        case UploadProblem.ANOTHER_ENTRY:
            return translate("UploadProblems", "Cerbo’s queue has an entry for this patient that this PC did not send.")
        case _:
            assert_never(trouble)


def problem_and_place(trouble: UploadProblem) -> str:
    """Why it was not sent, and where the photo is."""
    return sentences(problem(trouble), _place(trouble))


def _place(trouble: UploadProblem) -> str:
    match trouble:
        case UploadProblem.ANOTHER_ENTRY:
            return ""
        case UploadProblem.UNREADABLE:
            return translate("UploadProblems", "Nothing was sent. Take the photo again.")
        case UploadProblem.DISK | UploadProblem.LIST_CHANGED:
            return translate("UploadProblems", "Nothing was sent; the photo stays on this PC.")
        case UploadProblem.FORBIDDEN | UploadProblem.PATIENT_MISSING | UploadProblem.NO_ANSWER:
            return is_safe()
        case UploadProblem.TOO_BIG:
            return translate(
                "UploadProblems",
                "It is safe on this PC. Take it again in a smaller picture size, then delete this one.",
            )
        case UploadProblem.REFUSED:
            return translate("UploadProblems", "It is safe on this PC.")
        case _:
            return translate("UploadProblems", "Nothing was sent; the photo is safe on this PC.")


def is_safe() -> str:
    return translate("UploadProblems", "The photo is safe on this PC.")


def problem_of_second_try(trouble: UploadProblem) -> str:
    """Why it was not sent once more."""
    return sentences(
        problem(trouble), translate("UploadProblems", "It was not sent again; an earlier try may have arrived.")
    )


def another_entry(upload: Upload) -> str:
    """Another PC may have sent an ID photo of this patient. `upload.other_entry_at` is in clinic time."""
    if upload.other_entry_at is None:
        return problem(UploadProblem.ANOTHER_ENTRY)
    return translate(
        "UploadProblems", "Cerbo’s queue has an entry for {name}, {time}, that this PC did not send."
    ).format(name=patients.shown_name(upload.recipient.name), time=dates.clock(upload.other_entry_at))


def trying_again(trouble: UploadProblem, wait_s: float) -> str:
    again = translate("UploadProblems", "Trying again in {wait}.").format(wait=numbers.wait(wait_s))
    return sentences(problem(trouble), again)


def no_answer() -> str:
    return translate("UploadProblems", "No answer came back.")


def new_in_chart() -> str:
    return translate("UploadProblems", "A new photo is in the chart: check whether it is this one.")


def one_more_as_done() -> str:
    return translate("UploadProblems", "The queue lists one more entry than before, as done.")


def seen(found: CheckResult) -> str:
    """What the app's own look showed; empty where it showed nothing to tell of."""
    match found:
        case CheckResult.NEW_IN_QUEUE:
            return translate("UploadProblems", "The queue has one more entry than before.")
        case CheckResult.SEVERAL_IN_QUEUE:
            return translate("UploadProblems", "The queue has several more entries than before.")
        case CheckResult.CLOSED_IN_QUEUE:
            return one_more_as_done()
        case CheckResult.NEW_IN_CHART:
            return new_in_chart()
        case CheckResult.NOTHING_NEW:
            return translate("UploadProblems", "The queue shows nothing new so far.")
        case CheckResult.NO_LIST_BEFORE:
            return translate("UploadProblems", "What was there before isn’t known, so the app can’t tell what is new.")
        case _:
            return ""


def unseen(found: CheckResult | None) -> str:
    """Why the entry of a photo that Cerbo took isn't known."""
    match found:
        case CheckResult.LIST_CUT:
            return translate("UploadProblems", "Its queue for this patient can’t be read completely.")
        case CheckResult.NOT_NOW:
            return translate("UploadProblems", "Its queue can’t be read just now.")
        case CheckResult.NOTHING_NEW:
            return translate("UploadProblems", "Its queue doesn’t show which entry is this photo.")
        case CheckResult.NO_LIST_BEFORE:
            return translate(
                "UploadProblems", "Its queue couldn’t be read before, so the app can’t tell what is new in it."
            )
        case _:
            return translate("UploadProblems", "The app can’t look in Cerbo’s queue.")
