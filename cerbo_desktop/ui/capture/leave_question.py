"""The question before photos are lost."""

from typing import NamedTuple

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.shots import Shot, ShotSource, common_folder
from cerbo_desktop.ui.text import leaving as words
from cerbo_desktop.ui.text.lists import sentences


class LeaveQuestion(NamedTuple):
    """What is asked, and the words on the buttons."""

    title: str
    text: str
    send: str
    """Empty where nothing is chosen."""
    discard: str
    stay: str


def leave_question(
    shots: tuple[Shot, ...], patient: Patient, safe_count: int = 0, waiting_count: int = 0
) -> LeaveQuestion:
    """3 photos are for Maria Lopez, 4 Mar 1981. Send or discard before you leave. The files stay in Downloads.

    `waiting_count`: files that have no row yet.
    """
    lost = [shot for shot in shots if shot.would_be_lost]
    held, chosen = len(lost) + waiting_count, sum(shot.goes_out for shot in shots)
    are_files = all(shot.source is ShotSource.FILE for shot in lost)
    is_being_sent = any(shot.is_being_sent for shot in shots)
    send = words.send_count(chosen, held) if chosen and not is_being_sent else ""
    stay = words.keep_sending() if is_being_sent else words.stay()
    if is_being_sent or safe_count:
        title, text = words.safe_title(safe_count), words.discard_the_rest(held, has_safe=safe_count > 0)
    else:
        title = (words.files_title if are_files else words.held_title)(held, patient)
        text = words.send_or_discard() if chosen else words.discard_first()
    if are_files:
        text = sentences(text, words.files_stay("" if waiting_count else common_folder(lost)))
    discard = words.discard_count(held, is_all=bool(send) and chosen < held)
    return LeaveQuestion(title, text, send, discard, stay)
