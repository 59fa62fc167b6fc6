"""What the uploads say of a photo on its way to the chart: what is known, and nothing that the app cannot know."""

import sys

from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem
from cerbo_desktop.ui.text import numbers, patients, upload_problems
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences, spoken

# Headlines of a card.


def safe_here() -> str:
    return translate("Uploads", "Safe on this PC")


def sending(fraction: float) -> str:
    return translate("Uploads", "Sending {percent}").format(percent=numbers.percent(fraction))


def looking_in_queue() -> str:
    return translate("Uploads", "Looking in Cerbo’s queue")


def waiting_for_answer() -> str:
    return translate("Uploads", "Waiting for Cerbo’s answer")


def taken() -> str:
    return translate("Uploads", "Cerbo took it")


def in_chart_and_queue() -> str:
    return translate("Uploads", "In chart and queue")


def in_cerbo_you_said() -> str:
    return translate("Uploads", "In Cerbo, you said")


def waiting_in_queue() -> str:
    return translate("Uploads", "Waiting in Cerbo’s queue")


def twice_in_chart() -> str:
    return translate("Uploads", "Twice in the chart")


def found_in_chart() -> str:
    return translate("Uploads", "Found in chart")


def may_have_arrived() -> str:
    return translate("Uploads", "May have arrived")


def left_queue() -> str:
    return translate("Uploads", "Left the queue")


def gone() -> str:
    return translate("Uploads", "No longer in Cerbo")


def not_sent() -> str:
    return translate("Uploads", "Not sent")


def not_sent_again() -> str:
    return translate("Uploads", "Not sent again")


def not_sent_yet() -> str:
    return translate("Uploads", "Not sent yet")


# The text beneath the headline.


def held_up() -> str:
    """Say that a photo is sent once a person has dealt with another one."""
    return translate("Uploads", "Waiting for the photo under “Needs attention”.")


def sends_when_online() -> str:
    return translate("Uploads", "Will send automatically when online.")


def next_in_line() -> str:
    return translate("Uploads", "Next in line.")


def busy_looking() -> str:
    """Cerbo had all of the photo, and asked to wait."""
    return translate(
        "Uploads",
        "Cerbo is busy. Checking whether it has the photo; if not, it is sent again. The photo is safe on this PC.",
    )


def answered_not_in_queue() -> str:
    return translate("Uploads", "Cerbo answered. Its queue doesn’t show the photo yet.")


def last_part() -> str:
    """Beneath "Waiting for Cerbo's answer". Linux alone tells when a photo has arrived (`api/outflow.py`)."""
    said = translate("Uploads", "The last part of the photo may still be on its way to Cerbo.")
    return "" if sys.platform == "linux" else said


def not_seen_yet() -> str:
    return translate("Uploads", "The app hasn’t seen it there yet, and keeps looking.")


def other_entry(number: str) -> str:
    return translate("Uploads", "Entry {number} may be this photo too.").format(number=number)


def twice_in_queue() -> str:
    return translate("Uploads", "It was sent twice: staff may see it twice in Cerbo’s queue.")


def staff_accept() -> str:
    return translate("Uploads", "Sent. Staff accept it in Cerbo.")


def delete_one_of_two() -> str:
    return translate("Uploads", "The chart has this photo twice. Ask whoever works in Cerbo to delete one.")


def look_for_second() -> str:
    return translate("Uploads", "It was sent twice: look in Cerbo’s queue and chart for a second one.")


def staff_accepted() -> str:
    return translate("Uploads", "Staff accepted it.")


# What screen readers say.


def card_spoken(upload: Upload, title: str) -> str:
    """Dorothy Vance, born 23 September 1947, May have arrived, needs attention"""
    attention = translate("Uploads", "needs attention") if upload.needs_person else ""
    return spoken(recipient_spoken(upload), title, attention)


def recipient_spoken(upload: Upload) -> str:
    name = patients.shown_name(upload.recipient.name)
    return patients.name_and_birth_spoken(name, upload.recipient.born) if upload.recipient.born else name


# Whole texts of a card, where several facts come together.

SAID_BY_OTHER_TRY = (CheckResult.NOTHING_NEW, CheckResult.NEW_IN_QUEUE)
"""Of a photo that was sent again they say less than what is said of its earlier try, or the contrary."""


def in_both(upload: Upload) -> str:
    """The photo is in the chart, and an entry that may be it waits in the queue."""
    number = upload.second_entry_id
    if number != upload.queue_id:
        return translate(
            "Uploads",
            "The photo is in the chart. It was sent twice: entry {number} in Cerbo’s queue may be this photo too. Ask "
            "staff to check before they accept it.",
        ).format(number=number)
    if upload.can_be_withdrawn:
        return translate(
            "Uploads",
            "The photo is in the chart, and a second entry ({number}) is waiting in Cerbo’s queue. Withdraw it, or the "
            "chart may have it twice.",
        ).format(number=number)
    return translate(
        "Uploads",
        "The photo is in the chart. Entry {number} in Cerbo’s queue may be this photo too. Ask staff to check before "
        "they accept it.",
    ).format(number=number)


def other_try(upload: Upload) -> str:
    """Say where an earlier try may be of a photo that was sent again; empty for any other photo."""
    if not upload.is_sent_again:
        return ""
    if upload.other_try_id is None:
        return translate("Uploads", "It was sent twice: another one may be in Cerbo’s queue or in the chart.")
    return translate("Uploads", "It was sent twice: entry {number} in Cerbo’s queue may be this photo too.").format(
        number=upload.other_try_id
    )


def review(upload: Upload) -> str:
    """Say of a photo that may have arrived what came back, what to do, and what was seen."""
    came = _what_came_back(upload)
    if upload.sighting is CheckResult.NEW_IN_CHART:
        return sentences(came, upload_problems.new_in_chart())
    look = translate("Uploads", "Look in Cerbo’s queue, then choose.")
    is_told_of_other = upload.is_sent_again and upload.sighting in SAID_BY_OTHER_TRY
    seen = "" if upload.sighting is None or is_told_of_other else upload_problems.seen(upload.sighting)
    return sentences(came, look, other_try(upload), seen)


def _what_came_back(upload: Upload) -> str:
    if upload.trouble is not None and upload.trouble is not UploadProblem.NO_ANSWER:
        return upload_problems.problem_of_second_try(upload.trouble)
    if upload.has_answer:
        return translate("Uploads", "Cerbo answered, and nothing shows the photo.")
    if upload.trouble is UploadProblem.NO_ANSWER:
        return upload_problems.no_answer()
    return translate("Uploads", "What came back doesn’t say that Cerbo took the photo.")


def taken_text(upload: Upload) -> str:
    """Cerbo took it, and its queue can't be looked into."""
    number = ""
    if upload.queue_id is not None:
        number = translate("Uploads", "Its number there is {number}.").format(number=upload.queue_id)
    return sentences(upload_problems.unseen(upload.sighting), number, other_try(upload))


def left_queue_text(upload: Upload) -> str:
    looked = translate("Uploads", "It isn’t known whether it is in the chart. The app keeps looking for it.")
    if upload.new_photo_id is not None:
        looked = upload_problems.new_in_chart()
    return sentences(looked, other_try(upload))


def gone_text(upload: Upload) -> str:
    here = translate("Uploads", "The photo is still on this PC.") if upload.has_photo else ""
    if upload.is_sent_again:
        left = translate("Uploads", "Its entry is gone, and the chart doesn’t have it.")
        return sentences(left, other_try(upload), here)
    return sentences(translate("Uploads", "No longer in Cerbo’s queue or chart. Ask who cleared it."), here)
