"""Acts in the log: what kind of act, and never whose or which photo."""

from cerbo_desktop.domain.acts import (
    Decided,
    Deleted,
    Done,
    FileRefused,
    OutcomeKnown,
    PatientOpened,
    PhotoSent,
    PhotoShown,
    Searched,
    SendingStopped,
    SentAgain,
    SettingsChanged,
    ShotDiscarded,
    ShotTaken,
    TakenOver,
    Withdrawn,
)
from cerbo_desktop.runtime.events import Event, event

_EVENTS = {
    Searched: Event.SEARCHED,
    PatientOpened: Event.PATIENT_OPENED,
    ShotTaken: Event.SHOT_TAKEN,
    ShotDiscarded: Event.SHOT_DISCARDED,
    PhotoSent: Event.PHOTO_SENT,
    SendingStopped: Event.SENDING_STOPPED,
    SentAgain: Event.SENT_AGAIN,
    Withdrawn: Event.WITHDRAWN,
    Deleted: Event.DELETED,
    TakenOver: Event.TAKEN_OVER,
    SettingsChanged: Event.SETTINGS_CHANGED,
}


def write_to_log(done: Done) -> None:
    """Log one act. That a photo was shown is left out: whoever pages through an album would drive everything else out
    of the last lines, which are what a support file has."""
    match done.act:
        case PhotoShown():
            pass
        case FileRefused(reason=reason):
            event(Event.PHOTO_REFUSED, what=reason)
        case OutcomeKnown(outcome=outcome):
            event(Event.OUTCOME_KNOWN, what=outcome)
        case Decided(decision=decision):
            event(Event.DECIDED, what=decision)
        case act:
            event(_EVENTS[type(act)])
