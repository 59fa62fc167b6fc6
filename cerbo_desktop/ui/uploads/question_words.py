"""What a person is asked and told before and after a photo is sent again, taken back or deleted."""

from datetime import datetime

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.upload import CheckResult, Upload, UploadState
from cerbo_desktop.services.connection import Busy, ConnectionState, Offline
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.text import cerbo
from cerbo_desktop.ui.uploads.words import SAID_BY_OTHER_TRY, other_try

NOT_WITHDRAWN = {
    Withdrawal.LEFT_QUEUE: "The photo is not in Cerbo’s queue any more.",
    Withdrawal.NOT_SURE: "It isn’t certain which entry in Cerbo’s queue is this photo, so nothing was deleted.",
    Withdrawal.NOT_WRITTEN: "This PC couldn’t save the decision, so Cerbo was not asked and nothing was deleted.",
    Withdrawal.REFUSED: "Cerbo refused. The photo is still in its queue.",
    Withdrawal.NOT_DONE: "Cerbo was asked to take it out, and still lists it. The photo is still in its queue.",
}
TRY_AGAIN = "Try again"
_CERTAINTY = {
    Withdrawal.NOT_ASKED: "so nothing was taken back. The photo is in Cerbo as before.",
    Withdrawal.NOT_NOW: "so it isn’t certain whether the photo is still in its queue.",
}
NOT_DELETED = "This PC’s disk couldn’t take that down. The photo is still on this PC. Ask your clinic’s IT."
NOT_BESIDE_CHART = "The chart doesn’t show the photo just now, so its entry in Cerbo’s queue was not deleted."
NOT_LISTED = "The photo is not in this list any more. Nothing more was done."
_MAY_GO_TOO = (
    "If your clinic’s Cerbo also lists waiting photos in the chart, that one may go with it. Look in Cerbo first."
)
_QUEUE = "the portal queue"
_JUST_SEEN = {
    CheckResult.NEW_IN_QUEUE: "Cerbo’s queue has one entry more than before. It may be this photo.",
    CheckResult.SEVERAL_IN_QUEUE: "Cerbo’s queue has several entries more than before. One may be this photo.",
    CheckResult.CLOSED_IN_QUEUE: f"{cerbo.CLOSED_IN_QUEUE} It may be this photo.",
    CheckResult.NEW_IN_CHART: "The chart has a new photo. It may be this one.",
    CheckResult.NOTHING_NEW: "Cerbo’s queue and chart show nothing new just now.",
    CheckResult.COULD_NOT_LOOK: "Cerbo’s queue and chart can’t be read completely just now. Look in Cerbo first.",
    CheckResult.NO_LIST_BEFORE: (
        "What was in Cerbo’s queue before isn’t known, so the app can’t tell what is new in it. Look in Cerbo first."
    ),
}


def may_try_again(ended: Withdrawal) -> bool:
    """Nothing but the moment stood against it."""
    return ended in _CERTAINTY


def not_withdrawn(ended: Withdrawal, line: ConnectionState) -> str:
    """Why a photo was not taken back."""
    if not may_try_again(ended):
        return NOT_WITHDRAWN[ended]
    why = "Cerbo’s queue can’t be read just now"
    if isinstance(line, Busy):
        why = "Cerbo is busy and asked this PC to wait"
    elif isinstance(line, Offline):
        why = "Cerbo can’t be reached just now"
    return f"{why}, {_CERTAINTY[ended]} Try again in a moment."


def whom(upload: Upload) -> str:
    born = f", {phrases.day(upload.recipient.born)}" if upload.recipient.born else ""
    return f"{upload.recipient.name}{born}"


def for_staff(upload: Upload, taken_at: datetime, *, has_left: bool = False, is_wrong_patient: bool = True) -> str:
    """What Cerbo's staff have to be told to take a photo out; `taken_at` in clinic time.

    `has_left`: its entry was not in the queue any more. `is_wrong_patient`: the reason that the person gave.
    """
    why = "It shows another patient." if is_wrong_patient else "It was sent by mistake."
    what, place = ("two photos", "the chart") if upload.is_twice_in_chart else ("a photo", _place(upload, has_left))
    sent = f"sent {phrases.day(taken_at.date())}, {phrases.clock(taken_at)}"
    is_in_queue = place == _QUEUE and upload.queue_id is not None
    more = f", queue number {upload.queue_id}" if is_in_queue else _second_entry(upload)
    is_loose = upload.is_sent_again and not upload.is_double
    twice = " It was sent twice: please look in the portal queue and the chart for a second one." if is_loose else ""
    return (
        "Tell whoever works in Cerbo:\n"
        f"“Please delete {what} from {place} of {whom(upload)}, ID {upload.recipient.id}, {sent}{more}. "
        f"{why}{twice}”"
    )


def _place(upload: Upload, has_left: bool) -> str:
    if upload.state is UploadState.ACCEPTED or upload.second_entry_id is not None:
        return "the chart"
    has_left = has_left or upload.state in (UploadState.LEFT_QUEUE, UploadState.GONE)
    return f"{_QUEUE} or the chart" if has_left else _QUEUE


def _second_entry(upload: Upload) -> str:
    number = upload.second_entry_id
    if number is None:
        return ""
    is_sure = number == upload.queue_id
    return f", and entry {number} from {_QUEUE}{'' if is_sure else ' if that is the same photo'}"


def where_it_is(upload: Upload) -> str:
    """What deleting it on this PC means."""
    photo = f"The photo for {whom(upload)}"
    match upload.state:
        case UploadState.GONE:
            seen = f"{photo} is no longer in Cerbo’s queue or chart, as far as can be seen."
            return f"{seen} {other_try(upload)}".rstrip()
        case UploadState.LEFT_QUEUE:
            return f"{photo} left Cerbo’s queue, and it isn’t certain that it is in the chart."
        case UploadState.QUEUED | UploadState.REFUSED if not upload.is_sent_again:
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
        left = f"Entry {upload.second_entry_id} leaves Cerbo’s queue. The photo for {whom(upload)} stays in the chart."
        return f"{left} {_MAY_GO_TOO}"
    if upload.is_sent_again:
        return f"Entry {upload.queue_id} for {whom(upload)} leaves Cerbo’s queue. {other_try(upload)} That one stays."
    return f"The photo for {whom(upload)} leaves Cerbo’s queue and this list. Staff will not see it."


def one_of_two(upload: Upload, *, is_wrong_patient: bool = False) -> str:
    """One entry was taken back of a photo that was sent twice."""
    why = " It shows another patient." if is_wrong_patient else ""
    return (
        "This photo was sent twice. One entry was taken out of Cerbo’s queue; the other one may still be there, or in "
        "the chart.\n\n"
        "Tell whoever works in Cerbo:\n"
        f"“Please look in the portal queue and in the chart of {whom(upload)}, ID {upload.recipient.id}, for the same "
        f"photo once more.{why}”"
    )


def arrived_question(upload: Upload) -> str:
    """The look that was just made showed nothing of it."""
    seen = _JUST_SEEN[CheckResult.NOTHING_NEW]
    return f"The photo for {whom(upload)}. {seen} If it isn’t there, it will be in no chart."


def send_again_question(upload: Upload) -> str:
    """For whom it is, what the look just showed, and what sending again may lead to."""
    return f"The photo for {whom(upload)}. {_before_sending_again(upload)}"


def _before_sending_again(upload: Upload) -> str:
    twice = "If it is there after all, the chart will have it twice."
    if upload.state is UploadState.GONE and upload.is_sent_again:
        left = "Its entry left Cerbo’s queue, and it was not found in the chart."
        return f"{left} {other_try(upload)} Look in Cerbo first. {twice}"
    if upload.state is UploadState.GONE:
        return (
            "It was in Cerbo’s queue, left it, and was not found in the chart. Ask who cleared it before you send it "
            f"again. {twice}"
        )
    could_not = _JUST_SEEN[CheckResult.COULD_NOT_LOOK]
    seen = _JUST_SEEN.get(upload.sighting, could_not) if upload.sighting else could_not
    if upload.is_sent_again and upload.sighting in SAID_BY_OTHER_TRY:
        seen = "Look in Cerbo first."
    return f"{other_try(upload)} {seen} {twice}".lstrip()


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
