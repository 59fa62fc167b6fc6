"""What a tray card says of an upload: the designed words, and nothing that the app cannot know."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem, UploadState
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.text import cerbo


@dataclass(frozen=True, slots=True)
class CardWords:
    """Icon, headline and its colour token, the text beneath, and the edge's colour token."""

    icon: str
    title: str
    ink: str
    text: str
    line: str = "line2"


_SAFE = "Nothing was sent; the photo is safe on this PC."
_IS_SAFE = "The photo is safe on this PC."
_STAYS = "Nothing was sent; the photo stays on this PC."
_NOT_SENT = {
    UploadProblem.UNREACHABLE: ("Could not reach Cerbo.", _SAFE),
    UploadProblem.UNTRUSTED: ("This may not be Cerbo.", _SAFE),
    UploadProblem.BUSY: ("Cerbo is busy.", _SAFE),
    UploadProblem.CHART_NOT_LISTED: (cerbo.CHART_NOT_LISTED, _SAFE),
    UploadProblem.SIGNED_OUT: ("Cerbo does not take this key.", _SAFE),
    UploadProblem.FORBIDDEN: ("This key isn’t allowed to send photos to this chart.", _IS_SAFE),
    UploadProblem.TOO_BIG: ("Cerbo refused the photo: too big.", "It is safe on this PC."),
    UploadProblem.REFUSED: ("Cerbo refused the photo.", "It is safe on this PC."),
    UploadProblem.PATIENT_MISSING: ("Cerbo no longer has this patient.", _IS_SAFE),
    UploadProblem.DISK: ("This PC’s disk does not work.", _STAYS),
    UploadProblem.LIST_CHANGED: (
        "Something other than Cerbo Desktop changed the list of photos. Close Cerbo Desktop and open it again.",
        _STAYS,
    ),
    UploadProblem.UNREADABLE: ("Its file on this PC cannot be opened.", "Nothing was sent. Take the photo again."),
    UploadProblem.STOPPED: ("You stopped it.", _SAFE),
    UploadProblem.NO_ANSWER: ("No answer came back.", _IS_SAFE),
    UploadProblem.ANOTHER_ENTRY: ("Cerbo’s queue has an entry for this patient that this PC did not send.", ""),
}
"""Why it was not sent, and where the photo is."""
_NOT_SENT_AGAIN = "It was not sent again; an earlier try may have arrived."
_NEW_IN_CHART = "A new photo is in the chart: look whether it is this one."
_LOOKS_IN_CHART = "It isn’t known whether it is in the chart. The app goes on looking for it."
_SEEN = {
    CheckResult.NEW_IN_QUEUE: "The queue has one entry more than before.",
    CheckResult.SEVERAL_IN_QUEUE: "The queue has several entries more than before.",
    CheckResult.CLOSED_IN_QUEUE: cerbo.CLOSED_IN_QUEUE,
    CheckResult.NEW_IN_CHART: _NEW_IN_CHART,
    CheckResult.NOTHING_NEW: "The queue shows nothing new so far.",
    CheckResult.NO_LIST_BEFORE: "What was there before isn’t known, so the app can’t tell what is new.",
}
SAID_BY_OTHER_TRY = (CheckResult.NOTHING_NEW, CheckResult.NEW_IN_QUEUE)
"""Of a photo that was sent again they say less than what is said of its earlier try, or the contrary."""
_CANNOT_LOOK = "The app can’t look in Cerbo’s queue."
_UNSEEN = {
    CheckResult.LIST_CUT: "Its queue for this patient can’t be read whole.",
    CheckResult.NOT_NOW: "Its queue can’t be read just now.",
    CheckResult.NOTHING_NEW: "Its queue doesn’t show which entry is this photo.",
    CheckResult.NO_LIST_BEFORE: "Its queue couldn’t be read before, so the app can’t tell what is new in it.",
}
"""Why the entry of a photo that Cerbo took isn't known."""


def card_words(upload: Upload, now: datetime, *, is_held_up: bool = False) -> CardWords:
    """The card of `upload` at the moment `now` (aware). The hour that it names, of another PC's entry, is the one in
    `upload.other_entry_at`, which has to be in clinic time. `is_held_up`: nothing is sent until a person has dealt with
    another photo."""
    match upload.state:
        case UploadState.QUEUED if upload.needs_person:
            return _not_sent(upload)
        case UploadState.QUEUED:
            return CardWords("lock", "Safe on this PC", "ink2", cerbo.HELD_UP if is_held_up else _waits(upload, now))
        case UploadState.SENDING:
            fraction = upload.sent_bytes / max(1, upload.photo.size_bytes)
            return CardWords("send", f"Sending {phrases.percent(fraction)}", "accent", "")
        case UploadState.UNSURE if upload.trouble is UploadProblem.BUSY:
            return CardWords("send", "Looking in Cerbo’s queue", "accent", cerbo.BUSY_LOOKING)
        case UploadState.UNSURE if upload.has_answer:
            text = "Cerbo answered. Its queue doesn’t show the photo yet."
            return CardWords("send", "Looking in Cerbo’s queue", "accent", text)
        case UploadState.CHECKING:
            return CardWords("send", "Looking in Cerbo’s queue", "accent", "")
        case UploadState.COMMITTING | UploadState.UNSURE:
            text = cerbo.waits_for_answer() if upload.state is UploadState.COMMITTING else ""
            return CardWords("send", "Waiting for Cerbo’s answer", "accent", text)
        case UploadState.TAKEN:
            return CardWords("waiting", "Cerbo took it", "ink2", _taken(upload))
        case UploadState.SENT if upload.second_entry_id is not None:
            return CardWords("unknown", "In chart and queue", "warn", _in_both(upload), "warn_line")
        case UploadState.SENT if upload.is_told:
            return CardWords(
                "waiting", "In Cerbo, you said", "ink2", "The app hasn’t seen it there. It goes on looking."
            )
        case UploadState.SENT if upload.other_try_id is not None:
            text = f"Entry {upload.other_try_id} may be this photo too."
            return CardWords("waiting", "Waiting in Cerbo’s queue", "ink2", text)
        case UploadState.SENT:
            twice = "It was sent twice: staff may see it twice in Cerbo’s queue."
            text = twice if upload.is_sent_again else "Sent. Staff accept it in Cerbo."
            return CardWords("waiting", "Waiting in Cerbo’s queue", "ink2", text)
        case UploadState.ACCEPTED if upload.is_twice_in_chart:
            text = "The chart has this photo twice. Ask whoever works in Cerbo to delete one."
            return CardWords("unknown", "Twice in the chart", "warn", text, "warn_line")
        case UploadState.ACCEPTED if upload.is_sent_again:
            text = "It was sent twice: look in Cerbo’s queue and chart for a second one."
            return CardWords("unknown", "Found in chart", "warn", text, "warn_line")
        case UploadState.ACCEPTED:
            return CardWords("done", "Found in chart", "ok", "Staff accepted it.")
        case UploadState.NEEDS_REVIEW:
            return CardWords("unknown", "May have arrived", "warn", _review(upload), "warn_line")
        case UploadState.LEFT_QUEUE:
            looked = _NEW_IN_CHART if upload.new_photo_id is not None else _LOOKS_IN_CHART
            text = f"{looked} {other_try(upload)}".strip()
            return CardWords("unknown", "Left the queue", "warn", text, "warn_line")
        case UploadState.GONE:
            here = " The photo is still on this PC." if upload.has_photo else ""
            if upload.is_sent_again:
                text = f"Its entry is gone, and the chart doesn’t have it. {other_try(upload)}{here}"
                return CardWords("unknown", "Left the queue", "warn", text, "warn_line")
            text = f"No longer in Cerbo’s queue or chart. Ask who cleared it.{here}"
            return CardWords("unknown", "Gone from Cerbo", "warn", text, "warn_line")
        case UploadState.REFUSED | UploadState.DISCARDED:
            return _not_sent(upload)


def _in_both(upload: Upload) -> str:
    number = upload.second_entry_id
    if number != upload.queue_id:
        what = f"It was sent twice: entry {number} in Cerbo’s queue may be this photo too."
        return f"The photo is in the chart. {what} Ask staff to look before they accept it."
    if upload.can_be_withdrawn:
        what = f"The photo is in the chart, and a second entry ({number}) waits in Cerbo’s queue."
        return f"{what} Take it back, or the chart may have it twice."
    what = f"The photo is in the chart. Entry {number} in Cerbo’s queue may be this photo too."
    return f"{what} Ask staff to look before they accept it."


def other_try(upload: Upload) -> str:
    """Of a photo that was sent again: where an earlier try of it may be."""
    if not upload.is_sent_again:
        return ""
    if upload.other_try_id is None:
        return "It was sent twice: another one may be in Cerbo’s queue or in the chart."
    return f"It was sent twice: entry {upload.other_try_id} in Cerbo’s queue may be this photo too."


def _review(upload: Upload) -> str:
    if upload.trouble not in (None, UploadProblem.NO_ANSWER):
        came = _not_sent_again(upload.trouble)
    elif upload.has_answer:
        came = "Cerbo answered, and nothing shows the photo."
    elif upload.trouble is UploadProblem.NO_ANSWER:
        came = "No answer came back."
    else:
        came = "What came back doesn’t say that Cerbo took the photo."
    if upload.sighting is CheckResult.NEW_IN_CHART:
        return f"{came} {_NEW_IN_CHART}"
    seen = _SEEN.get(upload.sighting, "") if upload.sighting else ""
    if upload.is_sent_again and upload.sighting in SAID_BY_OTHER_TRY:
        seen = ""
    return " ".join(filter(None, (came, "Look in Cerbo’s queue, then choose.", other_try(upload), seen)))


def _taken(upload: Upload) -> str:
    number = f" Its number there is {upload.queue_id}." if upload.queue_id is not None else ""
    why = _UNSEEN.get(upload.sighting, _CANNOT_LOOK) if upload.sighting else _CANNOT_LOOK
    return f"{why}{number} {other_try(upload)}".rstrip()


def _not_sent(upload: Upload) -> CardWords:
    if upload.trouble is UploadProblem.ANOTHER_ENTRY and upload.other_entry_at is not None:
        return CardWords("unknown", "Not sent yet", "warn", _another_entry(upload, upload.other_entry_at), "warn_line")
    if upload.trouble and upload.is_sent_again:
        return CardWords("failed", "Not sent again", "bad", _not_sent_again(upload.trouble), "bad_line")
    text = " ".join(_NOT_SENT[upload.trouble]).rstrip() if upload.trouble else _IS_SAFE
    return CardWords("failed", "Not sent", "bad", text, "bad_line")


def _not_sent_again(trouble: UploadProblem) -> str:
    why, _ = _NOT_SENT[trouble]
    return f"{why} {_NOT_SENT_AGAIN}"


def _another_entry(upload: Upload, made_at: datetime) -> str:
    return (
        f"Cerbo’s queue has an entry for {upload.recipient.name}, {phrases.clock(made_at)}, that this PC did not send."
    )


def _waits(upload: Upload, now: datetime) -> str:
    if upload.trouble in (UploadProblem.BUSY, UploadProblem.CHART_NOT_LISTED) and upload.retry_at is not None:
        why, _ = _NOT_SENT[upload.trouble]
        return f"{why} Trying again in {phrases.wait((upload.retry_at - now).total_seconds())}."
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
