"""How withdrawing a photo from Cerbo's queue ended, and what Cerbo's staff have to be told to take one out."""

from datetime import datetime

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.services.connection import Busy, ConnectionState, Offline
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences
from cerbo_desktop.ui.text.upload_questions import whom


def not_withdrawn(ended: Withdrawal, line: ConnectionState) -> str:
    """Why a photo was not withdrawn; `line`: how the connection stands."""
    match ended:
        case Withdrawal.NOT_ASKED:
            return _not_asked(line)
        case Withdrawal.NOT_NOW:
            return _not_known(line)
        case Withdrawal.LEFT_QUEUE:
            return translate("Withdrawals", "The photo is no longer in Cerbo’s queue.")
        case Withdrawal.NOT_SURE:
            return translate(
                "Withdrawals",
                "It isn’t certain which entry in Cerbo’s queue is this photo, so nothing was deleted.",
            )
        case Withdrawal.NOT_WRITTEN:
            return translate(
                "Withdrawals",
                "This PC couldn’t save the decision, so Cerbo was not asked and nothing was deleted.",
            )
        case Withdrawal.REFUSED:
            return translate("Withdrawals", "Cerbo refused. The photo is still in its queue.")
        case _:
            return translate(
                "Withdrawals",
                "Cerbo was asked to delete it, and still lists it. The photo is still in its queue.",
            )


def _not_asked(line: ConnectionState) -> str:
    if isinstance(line, Busy):
        return translate(
            "Withdrawals",
            "Cerbo is busy and asked this PC to wait, so nothing was withdrawn. The photo is in Cerbo as before. Try "
            "again in a moment.",
        )
    if isinstance(line, Offline):
        return translate(
            "Withdrawals",
            "Cerbo can’t be reached just now, so nothing was withdrawn. The photo is in Cerbo as before. Try again in "
            "a moment.",
        )
    return translate(
        "Withdrawals",
        "Cerbo’s queue can’t be read just now, so nothing was withdrawn. The photo is in Cerbo as before. Try again in "
        "a moment.",
    )


def _not_known(line: ConnectionState) -> str:
    if isinstance(line, Busy):
        return translate(
            "Withdrawals",
            "Cerbo is busy and asked this PC to wait, so it isn’t certain whether the photo is still in its queue. Try "
            "again in a moment.",
        )
    if isinstance(line, Offline):
        return translate(
            "Withdrawals",
            "Cerbo can’t be reached just now, so it isn’t certain whether the photo is still in its queue. Try again "
            "in a moment.",
        )
    return translate(
        "Withdrawals",
        "Cerbo’s queue can’t be read just now, so it isn’t certain whether the photo is still in it. Try again in a "
        "moment.",
    )


def not_beside_chart() -> str:
    return translate(
        "Withdrawals", "The chart doesn’t show the photo just now, so its entry in Cerbo’s queue was not deleted."
    )


def and_for_staff(why: str, for_staff: str) -> str:
    """Why it was not withdrawn, and beneath it what staff have to be told."""
    return translate("Withdrawals", "{why}\n\n{for_staff}").format(why=why, for_staff=for_staff)


# What staff have to be told.


def for_staff(upload: Upload, taken_at: datetime, *, has_left: bool = False, is_wrong_patient: bool = True) -> str:
    """What Cerbo's staff have to be told to take a photo out; `taken_at` in clinic time.

    `has_left`: its entry was not in the queue any more. `is_wrong_patient`: the reason that the person gave.
    """
    why = _it_shows_another() if is_wrong_patient else translate("Withdrawals", "It was sent by mistake.")
    twice = ""
    if upload.is_sent_again and not upload.is_double:
        twice = translate(
            "Withdrawals", "It was sent twice: please look in the portal queue and the chart for a second one."
        )
    return _quoted(sentences(_request(upload, taken_at, has_left), why, twice))


def _quoted(request: str) -> str:
    """A heading, and beneath it what is to be said."""
    heading = translate("Withdrawals", "Tell whoever works in Cerbo:")
    return translate("Withdrawals", "{heading}\n“{request}”").format(heading=heading, request=request)


def _it_shows_another() -> str:
    return translate("Withdrawals", "It shows another patient.")


def _request(upload: Upload, taken_at: datetime, has_left: bool) -> str:
    return _request_pattern(upload, has_left).format(
        patient=whom(upload),
        id=upload.recipient.id,
        date=dates.day(taken_at.date()),
        time=dates.clock(taken_at),
        number=upload.queue_id if upload.second_entry_id is None else upload.second_entry_id,
    )


def _request_pattern(upload: Upload, has_left: bool) -> str:
    """With {patient}, {id}, {date} and {time}, and {number} of the entry in the queue where it is known."""
    if upload.state is UploadState.ACCEPTED or upload.second_entry_id is not None:
        return _request_from_chart(upload)
    if has_left or upload.state in (UploadState.LEFT_QUEUE, UploadState.GONE):
        return translate(
            "Withdrawals",
            "Please delete a photo from the portal queue or the chart of {patient}, ID {id}, sent {date}, {time}.",
        )
    if upload.queue_id is None:
        return translate(
            "Withdrawals", "Please delete a photo from the portal queue of {patient}, ID {id}, sent {date}, {time}."
        )
    return translate(
        "Withdrawals",
        "Please delete a photo from the portal queue of {patient}, ID {id}, sent {date}, {time}, queue number "
        "{number}.",
    )


def _request_from_chart(upload: Upload) -> str:
    if upload.is_twice_in_chart:
        return translate(
            "Withdrawals", "Please delete two photos from the chart of {patient}, ID {id}, sent {date}, {time}."
        )
    if upload.second_entry_id is None:
        return translate(
            "Withdrawals", "Please delete a photo from the chart of {patient}, ID {id}, sent {date}, {time}."
        )
    if upload.second_entry_id == upload.queue_id:
        return translate(
            "Withdrawals",
            "Please delete a photo from the chart of {patient}, ID {id}, sent {date}, {time}, and entry {number} from "
            "the portal queue.",
        )
    return translate(
        "Withdrawals",
        "Please delete a photo from the chart of {patient}, ID {id}, sent {date}, {time}, and entry {number} from the "
        "portal queue if that is the same photo.",
    )


def one_of_two(upload: Upload, *, is_wrong_patient: bool = False) -> str:
    """One entry was withdrawn of a photo that was sent twice."""
    request = translate(
        "Withdrawals",
        "Please look in the portal queue and in the chart of {patient}, ID {id}, for the same photo once more.",
    ).format(patient=whom(upload), id=upload.recipient.id)
    said = translate(
        "Withdrawals",
        "This photo was sent twice. One entry was deleted from Cerbo’s queue; the other one may still be there, or in "
        "the chart.",
    )
    return and_for_staff(said, _quoted(sentences(request, _it_shows_another() if is_wrong_patient else "")))
