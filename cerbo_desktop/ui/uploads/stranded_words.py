"""What is said of photos that an earlier sign-in left on this PC."""

from collections.abc import Sequence

from cerbo_desktop.domain.outbox import Stranded
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.uploads.taking_over import Looked, Match
from cerbo_desktop.ui.kit import phrases

TITLE = "Photos from an earlier sign-in"
CHECKING = "Each patient’s record is being checked in Cerbo…"
SAME_PRACTICE_TITLE = "Is this the same practice as before?"
KEEP = "Keep them here"
MATCHES = {
    Match.SAME: "Same patient in Cerbo. The photo can be sent from here.",
    Match.SAME_NAME: "Same name and ID in Cerbo, no date of birth in either. Check that it is the same person.",
    Match.UNDATED: "Same name and ID, but no date of birth to compare. The photo stays on this PC.",
    Match.OTHER: "Cerbo has another name or date of birth for this record. The photo stays on this PC.",
    Match.GONE: "Cerbo no longer has this record; it may have been merged with another. The photo stays on this PC.",
    Match.NOT_SEEN: "The record could not be checked now. The photo stays on this PC. Try again later.",
}


_LOOKED_FOR = "It was sent, or may have been. Same patient in Cerbo: the app can go on looking for it from here."


def told(photo: Stranded, match: Match) -> str:
    """What may be done with one photo."""
    return _LOOKED_FOR if photo.was_sent and match is Match.SAME else MATCHES[match]


def same_practice(addresses: frozenset[str], address: str) -> str:
    """The question before anything is asked of a server that may belong to somebody else."""
    known = sorted(_host(each) for each in addresses if each)
    before = f"while this PC was connected to {' and '.join(known)}" if known else "under another sign-in"
    return (
        f"The photos were taken {before}. Now it is connected to {_host(address)}. Say yes only if you know that both "
        "are the same practice, such as after your clinic set up a relay. Each patient’s record is then checked there."
    )


def summary(looked: Looked) -> str:
    parts = []
    possible = len(looked.possible)
    if possible:
        what = "taken over" if any(photo.was_sent for photo in looked.possible) else "sent"
        parts.append(f"{phrases.count(possible, 'photo')} can be {what} from here.")
    if looked.unproven_count:
        are, they = ("is", "it stays") if looked.unproven_count == 1 else ("are", "they stay")
        photos = phrases.count(looked.unproven_count, "photo")
        parts.append(f"{photos} {are} not known to be of this practice; {they} on this PC and can’t be shown here.")
    if not (possible or looked.unproven_count):
        parts.append("No photo can be sent from here." if looked.photos else "There is no photo any more.")
    return " ".join(parts)


def born(recipient: Recipient) -> str:
    return f"born {phrases.day(recipient.born)}" if recipient.born else "no date of birth"


def stayed(count: int) -> str:
    they = "It stays" if count == 1 else "They stay"
    photos = phrases.count(count, "photo")
    return f"{photos} didn’t go: the patient’s record has changed or could not be checked. {they} on this PC."


def send(possible: Sequence[Stranded]) -> str:
    """On the button that takes them over: what was sent before is only looked for."""
    verb = "Take over" if any(photo.was_sent for photo in possible) else "Send"
    return f"{verb} {phrases.count(len(possible), 'photo')} from here"


def _host(address: str) -> str:
    return address.rpartition("://")[2]
