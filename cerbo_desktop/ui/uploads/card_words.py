"""What a tray card shows of an upload: icon, headline, colours, and the sentences of `ui/text/uploads.py`."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.ui.text import upload_problems, uploads


@dataclass(frozen=True, slots=True)
class CardWords:
    """Icon, headline and its colour token, the text beneath, and the edge's colour token."""

    icon: str
    title: str
    ink: str
    text: str
    line: str = "line2"
    others: tuple["CardWords", ...] = ()
    """Of several photos: the further headlines, where not all of them are equally far."""


@dataclass(frozen=True, slots=True)
class SendingConditions:
    """What holds back photos that wait on this PC."""

    held_up: frozenset[UploadId] = frozenset()
    """Those that wait until a person has dealt with another photo."""
    is_offline: bool = False

    def words(self, upload: Upload, now: datetime) -> CardWords:
        """What the card of this upload shows."""
        return card_words(upload, now, is_held_up=upload.id in self.held_up, is_offline=self.is_offline)


def card_words(upload: Upload, now: datetime, *, is_held_up: bool = False, is_offline: bool = False) -> CardWords:
    """The card of `upload` at the moment `now` (aware). The hour that it names, of another PC's entry, is the one in
    `upload.other_entry_at`, which has to be in clinic time. `is_held_up`: nothing is sent until a person has dealt with
    another photo. `is_offline`: nothing is sent until Cerbo can be reached."""
    match upload.state:
        case UploadState.QUEUED if upload.needs_person:
            return _not_sent(upload)
        case UploadState.QUEUED:
            text = uploads.held_up() if is_held_up else _waits(upload, now, is_offline)
            return CardWords("lock", uploads.safe_here(), "ink2", text)
        case UploadState.SENDING:
            fraction = upload.sent_bytes / max(1, upload.photo.size_bytes)
            return CardWords("send", uploads.sending(fraction), "accent", "")
        case UploadState.COMMITTING | UploadState.UNSURE | UploadState.CHECKING:
            return _on_the_line(upload)
        case UploadState.TAKEN:
            return CardWords("waiting", uploads.taken(), "ink2", uploads.taken_text(upload))
        case UploadState.SENT:
            return _in_queue(upload)
        case UploadState.ACCEPTED:
            return _in_chart(upload)
        case UploadState.NEEDS_REVIEW:
            return _doubtful(uploads.may_have_arrived(), uploads.review(upload))
        case UploadState.LEFT_QUEUE:
            return _doubtful(uploads.left_queue(), uploads.left_queue_text(upload))
        case UploadState.GONE:
            title = uploads.left_queue() if upload.is_sent_again else uploads.gone()
            return _doubtful(title, uploads.gone_text(upload))
        case UploadState.REFUSED | UploadState.DISCARDED:
            return _not_sent(upload)


def spoken(upload: Upload, now: datetime) -> str:
    """Dorothy Vance, born 23 September 1947, May have arrived, needs attention"""
    return uploads.card_spoken(upload, card_words(upload, now).title)


def _on_the_line(upload: Upload) -> CardWords:
    if upload.state is UploadState.UNSURE and upload.trouble is UploadProblem.BUSY:
        return CardWords("send", uploads.looking_in_queue(), "accent", uploads.busy_looking())
    if upload.state is UploadState.UNSURE and upload.has_answer:
        return CardWords("send", uploads.looking_in_queue(), "accent", uploads.answered_not_in_queue())
    if upload.state is UploadState.CHECKING:
        return CardWords("send", uploads.looking_in_queue(), "accent", "")
    text = uploads.last_part() if upload.state is UploadState.COMMITTING else ""
    return CardWords("send", uploads.waiting_for_answer(), "accent", text)


def _in_queue(upload: Upload) -> CardWords:
    if upload.second_entry_id is not None:
        return _doubtful(uploads.in_chart_and_queue(), uploads.in_both(upload))
    if upload.is_told:
        return CardWords("waiting", uploads.in_cerbo_you_said(), "ink2", uploads.not_seen_yet())
    text = uploads.twice_in_queue() if upload.is_sent_again else uploads.staff_accept()
    if upload.other_try_id is not None:
        text = uploads.other_entry(upload.other_try_id)
    return CardWords("waiting", uploads.waiting_in_queue(), "ink2", text)


def _in_chart(upload: Upload) -> CardWords:
    if upload.is_twice_in_chart:
        return _doubtful(uploads.twice_in_chart(), uploads.delete_one_of_two())
    if upload.is_sent_again:
        return _doubtful(uploads.found_in_chart(), uploads.look_for_second())
    return CardWords("done", uploads.found_in_chart(), "ok", uploads.staff_accepted())


def _not_sent(upload: Upload) -> CardWords:
    if upload.trouble is UploadProblem.ANOTHER_ENTRY and upload.other_entry_at is not None:
        return _doubtful(uploads.not_sent_yet(), upload_problems.another_entry(upload))
    if upload.trouble and upload.is_sent_again:
        text = upload_problems.problem_of_second_try(upload.trouble)
        return CardWords("failed", uploads.not_sent_again(), "bad", text, "bad_line")
    text = upload_problems.problem_and_place(upload.trouble) if upload.trouble else upload_problems.is_safe()
    return CardWords("failed", uploads.not_sent(), "bad", text, "bad_line")


def _doubtful(title: str, text: str) -> CardWords:
    return CardWords("unknown", title, "warn", text, "warn_line")


def _waits(upload: Upload, now: datetime, is_offline: bool) -> str:
    if upload.trouble in (UploadProblem.BUSY, UploadProblem.CHART_NOT_LISTED) and upload.retry_at is not None:
        return upload_problems.trying_again(upload.trouble, (upload.retry_at - now).total_seconds())
    return uploads.sends_when_online() if upload.trouble or is_offline else uploads.next_in_line()
