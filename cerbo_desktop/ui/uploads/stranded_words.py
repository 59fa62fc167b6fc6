"""What is said of photos that an earlier sign-in left on this PC."""

from collections.abc import Sequence

from cerbo_desktop.domain.outbox import Stranded
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.taking_over import Looked, Match
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
_SENT_BEFORE = "It was sent before. From here the app can look what became of it."


def match(photo: Stranded, found: Match) -> str:
    if found is Match.SAME and not photo.is_unsent:
        return f"Same patient in Cerbo. {_SENT_BEFORE}"
    return MATCHES[found]


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
    unsent = sum(photo.is_unsent for photo in looked.possible)
    sent = len(looked.possible) - unsent
    if unsent:
        parts.append(f"{phrases.count(unsent, 'photo')} can be sent from here.")
    if sent:
        was, copies = ("was", "its copy is") if sent == 1 else ("were", "their copies are")
        parts.append(f"{phrases.count(sent, 'photo')} {was} sent before; {copies} still on this PC.")
    if looked.unproven_count:
        are, they = ("is", "it stays") if looked.unproven_count == 1 else ("are", "they stay")
        photos = phrases.count(looked.unproven_count, "photo")
        parts.append(f"{photos} {are} not known to be of this practice; {they} on this PC and can’t be shown here.")
    if not (looked.possible or looked.unproven_count):
        parts.append("No photo can be sent from here." if looked.photos else "There is no photo any more.")
    return " ".join(parts)


def born(recipient: Recipient) -> str:
    return f"born {phrases.day(recipient.born)}" if recipient.born else "no date of birth"


def stayed(count: int) -> str:
    they = "It stays" if count == 1 else "They stay"
    photos = phrases.count(count, "photo")
    return f"{photos} didn’t go: the patient’s record has changed or could not be checked. {they} on this PC."


def go_on(possible: Sequence[Stranded]) -> str:
    """On the button that goes on with them from here."""
    unsent = sum(photo.is_unsent for photo in possible)
    sent = len(possible) - unsent
    if not sent:
        return f"Send {phrases.count(unsent, 'photo')} from here"
    follow = f"follow {phrases.count(sent, 'photo')} from here"
    return f"Send {unsent}, {follow}" if unsent else follow.capitalize()


def _host(address: str) -> str:
    return address.rpartition("://")[2]
