"""Acts in the log: what kind of act, and never whose or which photo."""

from cerbo_desktop.domain.acts import Decided, Done, FileRefused, OutcomeKnown, PhotoShown
from cerbo_desktop.runtime.events import Event, event


def write_to_log(done: Done) -> None:
    """Log one act. That a photo was shown is left out: whoever pages through an album would drive everything else out
    of the last lines, which are what a support file has. Acts in the practice clinic are marked as such."""
    where = "practice clinic" if done.clinic is not None and done.clinic.is_practice else ""
    match done.act:
        case PhotoShown():
            pass
        case FileRefused(reason=reason):
            event(Event.PHOTO_REFUSED, what=reason, operation=where)
        case OutcomeKnown(outcome=outcome):
            event(Event.OUTCOME_KNOWN, what=outcome, operation=where)
        case Decided(decision=decision):
            event(Event.DECIDED, what=decision, operation=where)
        case act:
            event(Event.ACT, what=type(act), operation=where)
