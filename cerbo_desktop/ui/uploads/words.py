"""What a tray card says of an upload: the designed words, and nothing that the app cannot know."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.upload import Sighting, Trouble, Upload, UploadState
from cerbo_desktop.services.withdrawing import Withdrawal
from cerbo_desktop.ui.kit import phrases


@dataclass(frozen=True, slots=True)
class CardWords:
    """Icon, headline and its colour token, the text beneath, and the edge's colour token."""

    icon: str
    title: str
    ink: str
    text: str
    line: str = "line2"


_NOT_SENT = {
    Trouble.UNREACHABLE: "Could not reach Cerbo. Nothing was sent; the photo is safe on this PC.",
    Trouble.UNTRUSTED: "This may not be Cerbo. Nothing was sent; the photo is safe on this PC.",
    Trouble.BUSY: "Cerbo is busy. Nothing was sent; the photo is safe on this PC.",
    Trouble.SIGNED_OUT: "Cerbo does not take this key. Nothing was sent; the photo is safe on this PC.",
    Trouble.FORBIDDEN: "This key isn’t allowed to send photos. The photo is safe on this PC.",
    Trouble.TOO_BIG: "Cerbo refused the photo: too big. It is safe on this PC.",
    Trouble.REFUSED: "Cerbo refused the photo. It is safe on this PC.",
    Trouble.PATIENT_MISSING: "Cerbo no longer has this patient. The photo is safe on this PC.",
    Trouble.DISK: "This PC’s disk does not work. Nothing was sent; the photo stays on this PC.",
    Trouble.LIST_CHANGED: (
        "Something other than Cerbo Desktop changed the list of photos. Nothing was sent; the photo stays on this PC. "
        "Close Cerbo Desktop and open it again."
    ),
    Trouble.UNREADABLE: "Its file on this PC cannot be opened. Nothing was sent. Take the photo again.",
    Trouble.STOPPED: "You stopped it. Nothing was sent; the photo is safe on this PC.",
    Trouble.NO_ANSWER: "No answer came back. The photo is safe on this PC.",
    Trouble.ANOTHER_ENTRY: "Cerbo’s queue has an entry for this patient that this PC did not send.",
}
_NEW_IN_CHART = "A new photo is in the chart: look whether it is this one."
_LOOKS_IN_CHART = "It isn’t known whether it is in the chart. The app goes on looking for it."
_SEEN = {
    Sighting.NEW_IN_QUEUE: "The queue has one entry more than before.",
    Sighting.SEVERAL_IN_QUEUE: "The queue has several entries more than before.",
    Sighting.NEW_IN_CHART: _NEW_IN_CHART,
    Sighting.NOTHING_NEW: "The queue shows nothing new so far.",
    Sighting.NO_LIST_BEFORE: "What was there before isn’t known, so the app can’t tell what is new.",
}
_CANNOT_LOOK = "This key can’t look in the queue."
_UNSEEN = {
    Sighting.LIST_CUT: "Its queue for this patient is too long to be read whole.",
    Sighting.NOT_NOW: "Its queue can’t be read just now.",
    Sighting.NOTHING_NEW: "Its queue doesn’t show which entry is this photo.",
    Sighting.NO_LIST_BEFORE: "Its queue couldn’t be read before, so the app can’t tell what is new in it.",
}
"""Why the entry of a photo that Cerbo took isn't known."""
NOT_WITHDRAWN = {
    Withdrawal.LEFT_QUEUE: "The photo is not in Cerbo’s queue any more.",
    Withdrawal.NOT_SURE: "It isn’t certain which entry in Cerbo’s queue is this photo, so nothing was deleted.",
    Withdrawal.NOT_NOW: "Cerbo’s queue can’t be read just now, so it isn’t certain whether the photo is still there.",
    Withdrawal.NOT_WRITTEN: "This PC couldn’t save the decision, so Cerbo was not asked and nothing was deleted.",
    Withdrawal.REFUSED: "Cerbo refused. The photo is still in its queue.",
    Withdrawal.NOT_DONE: "Cerbo was asked to take it out, and still lists it. The photo is still in its queue.",
}
NOT_DELETED = "This PC’s disk couldn’t take that down. The photo is still on this PC. Ask your clinic’s IT."
_JUST_SEEN = {
    Sighting.NEW_IN_QUEUE: "Cerbo’s queue has one entry more than before. It may be this photo.",
    Sighting.SEVERAL_IN_QUEUE: "Cerbo’s queue has several entries more than before. One may be this photo.",
    Sighting.NEW_IN_CHART: "The chart has a new photo. It may be this one.",
    Sighting.NOTHING_NEW: "Cerbo’s queue and chart show nothing new just now.",
    Sighting.COULD_NOT_LOOK: "Cerbo’s queue and chart can’t be read completely just now. Look in Cerbo first.",
    Sighting.NO_LIST_BEFORE: (
        "What was in Cerbo’s queue before isn’t known, so the app can’t tell what is new in it. Look in Cerbo first."
    ),
}


def card_words(upload: Upload, now: datetime) -> CardWords:
    """The card of `upload` at the moment `now` (aware). The hour that it names, of another PC's entry, is the one in
    `upload.other_entry_at`, which has to be in clinic time."""
    match upload.state:
        case UploadState.QUEUED if upload.needs_person:
            return _not_sent(upload)
        case UploadState.QUEUED:
            return CardWords("lock", "Safe on this PC", "ink2", _waits(upload, now))
        case UploadState.SENDING:
            fraction = upload.sent_bytes / max(1, upload.photo.size_bytes)
            return CardWords("send", f"Sending {phrases.percent(fraction)}", "accent", "")
        case UploadState.UNSURE if upload.has_answer:
            text = "Cerbo answered. Its queue doesn’t show the photo yet."
            return CardWords("send", "Looking in Cerbo’s queue", "accent", text)
        case UploadState.CHECKING:
            return CardWords("send", "Looking in Cerbo’s queue", "accent", "")
        case UploadState.COMMITTING | UploadState.UNSURE:
            return CardWords("send", "Waiting for Cerbo’s answer", "accent", "")
        case UploadState.TAKEN:
            return CardWords("waiting", "Cerbo took it", "ink2", _taken(upload))
        case UploadState.SENT if upload.second_entry_id is not None:
            return CardWords("unknown", "In chart and queue", "warn", _in_both(upload), "warn_line")
        case UploadState.SENT if upload.other_try_id is not None:
            text = f"Entry {upload.other_try_id} may be this photo too."
            return CardWords("waiting", "Waiting in Cerbo’s queue", "ink2", text)
        case UploadState.SENT:
            return CardWords("waiting", "Waiting in Cerbo’s queue", "ink2", "Sent. Staff accept it in Cerbo.")
        case UploadState.ACCEPTED if upload.is_twice_in_chart:
            text = "The chart has this photo twice. Ask whoever works in Cerbo to delete one."
            return CardWords("unknown", "Twice in the chart", "warn", text, "warn_line")
        case UploadState.ACCEPTED:
            return CardWords("done", "Found in chart", "ok", "Staff accepted it.")
        case UploadState.NEEDS_REVIEW:
            return CardWords("unknown", "May have arrived", "warn", _review(upload), "warn_line")
        case UploadState.LEFT_QUEUE:
            looked = _NEW_IN_CHART if upload.new_photo_id is not None else _LOOKS_IN_CHART
            text = f"{looked} {_other_try(upload)}".strip()
            return CardWords("unknown", "Left the queue", "warn", text, "warn_line")
        case UploadState.GONE:
            here = " The photo is still on this PC." if upload.has_photo else ""
            if upload.other_try_id is not None:
                text = f"Its entry is gone, and the chart doesn’t have it. {_other_try(upload)}{here}"
                return CardWords("unknown", "Left the queue", "warn", text, "warn_line")
            text = f"No longer in Cerbo’s queue or chart. Ask who cleared it.{here}"
            return CardWords("unknown", "Gone from Cerbo", "warn", text, "warn_line")
        case UploadState.REFUSED | UploadState.DISCARDED:
            return _not_sent(upload)


def _in_both(upload: Upload) -> str:
    number = upload.second_entry_id
    if number != upload.queue_id:
        what = f"You sent it twice: entry {number} in Cerbo’s queue may be this photo too."
        return f"The photo is in the chart. {what} Ask staff to look before they accept it."
    if upload.can_be_withdrawn:
        what = f"The photo is in the chart, and a second entry ({number}) waits in Cerbo’s queue."
        return f"{what} Take it back, or the chart may have it twice."
    what = f"The photo is in the chart. Entry {number} in Cerbo’s queue may be this photo too."
    return f"{what} Ask staff to look before they accept it."


def _other_try(upload: Upload) -> str:
    if upload.other_try_id is None:
        return ""
    return f"You sent it twice: entry {upload.other_try_id} in Cerbo’s queue may be this photo too."


def _review(upload: Upload) -> str:
    if upload.has_answer:
        came = "Cerbo answered, and nothing shows the photo."
    elif upload.trouble is Trouble.NO_ANSWER:
        came = "No answer came back."
    else:
        came = "What came back doesn’t say that Cerbo took the photo."
    if upload.sighting is Sighting.NEW_IN_CHART:
        return f"{came} {_NEW_IN_CHART}"
    seen = _SEEN.get(upload.sighting, "") if upload.sighting else ""
    return f"{came} Look in Cerbo’s queue, then choose. {seen}".strip()


def _taken(upload: Upload) -> str:
    number = f" Its number there is {upload.queue_id}." if upload.queue_id is not None else ""
    return f"{_UNSEEN.get(upload.sighting, _CANNOT_LOOK) if upload.sighting else _CANNOT_LOOK}{number}"


def for_staff(upload: Upload, taken_at: datetime, *, has_left: bool = False) -> str:
    """What Cerbo's staff have to be told to take a photo out; `taken_at` in clinic time.

    `has_left`: its entry was not in the queue any more.
    """
    has_left = has_left or upload.state in (UploadState.LEFT_QUEUE, UploadState.GONE)
    place = "the portal queue or the chart" if has_left else "the portal queue"
    if upload.state is UploadState.ACCEPTED:
        place = "the chart"
    is_in_queue = place == "the portal queue"
    number = f", queue number {upload.queue_id}" if is_in_queue and upload.queue_id is not None else ""
    sent = f"sent {phrases.day(taken_at.date())}, {phrases.clock(taken_at)}{number}"
    return (
        "Tell whoever works in Cerbo:\n"
        f"“Please delete a photo from {place} of {whom(upload)}, ID {upload.recipient.id}, {sent}. "
        "It shows another patient.”"
    )


def where_it_is(upload: Upload) -> str:
    """What deleting it on this PC means."""
    photo = f"The photo for {whom(upload)}"
    match upload.state:
        case UploadState.GONE:
            return f"{photo} is no longer in Cerbo’s queue or chart, as far as can be seen."
        case UploadState.LEFT_QUEUE:
            return f"{photo} left Cerbo’s queue, and it isn’t certain that it is in the chart."
        case UploadState.QUEUED | UploadState.REFUSED:
            return f"{photo} was not sent."
    return f"{photo} may have arrived. Deleting it here takes nothing out of Cerbo."


def moved_meanwhile(upload: Upload) -> str:
    """Why a photo was not deleted whose question stood open while it went on."""
    photo = f"The photo for {whom(upload)}"
    match upload.state:
        case UploadState.SENT if upload.can_be_withdrawn:
            return f"{photo} was sent meanwhile and waits in Cerbo’s queue. Take it back so that staff don’t see it."
        case UploadState.SENT | UploadState.TAKEN:
            return f"{photo} was sent meanwhile. If it must not stay there, select it in the list and press Delete."
        case UploadState.ACCEPTED:
            return f"{photo} was found in the chart meanwhile."
        case UploadState.NEEDS_REVIEW | UploadState.UNSURE | UploadState.CHECKING:
            return f"{photo} was sent meanwhile and may have arrived. Its card says what can be done."
        case UploadState.SENDING | UploadState.COMMITTING:
            return f"{photo} is being sent meanwhile. Wait until that has ended; its card then says what can be done."
    return f"Something new was seen of the photo for {whom(upload)} meanwhile. Its card says what can be done."


def take_back_question(upload: Upload) -> str:
    if upload.second_entry_id is not None:
        return f"Entry {upload.second_entry_id} leaves Cerbo’s queue. The photo for {whom(upload)} stays in the chart."
    text = f"The photo for {whom(upload)} leaves Cerbo’s queue and this list. Staff will not see it."
    if upload.other_try_id is None:
        return text
    return (
        f"Entry {upload.queue_id} for {whom(upload)} leaves Cerbo’s queue, and the photo leaves this list. "
        f"{_other_try(upload)} It stays in the queue."
    )


def one_of_two(upload: Upload) -> str:
    """One entry was taken back, and another may be an earlier try of the photo."""
    return (
        "This photo was sent twice. One entry was taken out of Cerbo’s queue; another may still be there.\n\n"
        "Tell whoever works in Cerbo:\n"
        f"“Please look in the portal queue of {whom(upload)}, ID {upload.recipient.id}, for the same photo once more.”"
    )


def whom(upload: Upload) -> str:
    born = f", {phrases.day(upload.recipient.born)}" if upload.recipient.born else ""
    return f"{upload.recipient.name}{born}"


def send_again_question(upload: Upload) -> str:
    """What the look just showed, and what sending again may lead to."""
    if upload.state is UploadState.GONE and upload.other_try_id is not None:
        return (
            f"Its entry left Cerbo’s queue, and it was not found in the chart. Entry {upload.other_try_id} in the "
            "queue may be this photo too: look in Cerbo first. If it is, the chart will have it twice."
        )
    if upload.state is UploadState.GONE:
        return (
            "It was in Cerbo’s queue, left it, and was not found in the chart. Ask who cleared it before you send it "
            "again. If it is there after all, the chart will have it twice."
        )
    could_not = _JUST_SEEN[Sighting.COULD_NOT_LOOK]
    seen = _JUST_SEEN.get(upload.sighting, could_not) if upload.sighting else could_not
    return f"{seen} If it is there after all, the chart will have it twice."


def _not_sent(upload: Upload) -> CardWords:
    if upload.trouble is Trouble.ANOTHER_ENTRY and upload.other_entry_at is not None:
        return CardWords("unknown", "Not sent yet", "warn", _another_entry(upload, upload.other_entry_at), "warn_line")
    text = _NOT_SENT[upload.trouble] if upload.trouble else "The photo is safe on this PC."
    return CardWords("failed", "Not sent", "bad", text, "bad_line")


def _another_entry(upload: Upload, made_at: datetime) -> str:
    return (
        f"Cerbo’s queue has an entry for {upload.recipient.name}, {phrases.clock(made_at)}, that this PC did not send."
    )


def _waits(upload: Upload, now: datetime) -> str:
    if upload.trouble is Trouble.BUSY and upload.retry_at is not None:
        return f"Cerbo is busy. Trying again in {phrases.wait((upload.retry_at - now).total_seconds())}."
    return "Will send automatically when online." if upload.trouble else "Sends next."


def spoken(upload: Upload, now: datetime) -> str:
    """Dorothy Vance, born 23 September 1947, may have arrived, needs attention"""
    state = card_words(upload, now).title
    state = state[0].lower() + state[1:]
    return f"{spoken_recipient(upload)}, {state}{', needs attention' if upload.needs_person else ''}"


def spoken_recipient(upload: Upload) -> str:
    born = f", born {phrases.day_spoken(upload.recipient.born)}" if upload.recipient.born else ""
    return f"{upload.recipient.name}{born}"


def born_words(upload: Upload) -> str:
    return phrases.day(upload.recipient.born) if upload.recipient.born else "No date of birth"


_NOT_TAKEN_DOWN = {
    NotSafeReason.DISK_FULL: "this PC’s disk is full. Make room on it, then choose again.",
    NotSafeReason.DISK_READ_ONLY: "this PC’s disk can’t be written to. Ask your clinic’s IT.",
    NotSafeReason.DISK_BUSY: "another program holds the files of Cerbo Desktop. Close it, then choose again.",
    NotSafeReason.LIST_CHANGED: (
        "another program changed the list of photos. Close Cerbo Desktop and start it again, then choose again."
    ),
}


def not_done(upload: Upload, reason: NotSafeReason) -> str:
    """What a person chose could not be written down first, and so was not done."""
    why = _NOT_TAKEN_DOWN.get(reason, "this PC’s disk doesn’t work. Ask your clinic’s IT.")
    return f"The photo for {whom(upload)} is as it was. Your choice could not be saved: {why}"
