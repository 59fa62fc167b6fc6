"""What is said of photos that an earlier sign-in left on this PC."""

from collections.abc import Sequence
from typing import assert_never

from cerbo_desktop.domain.outbox import Stranded
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.uploads.taking_over import Match, StrandedLook
from cerbo_desktop.ui.text import patients
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import listed, sentences, spoken


def title() -> str:
    return translate("EarlierSignIn", "Photos from an earlier sign-in")


def checking() -> str:
    return translate("EarlierSignIn", "Each patient’s record is being checked in Cerbo…")


def keep_here() -> str:
    return translate("EarlierSignIn", "Keep them here")


def look_at_them() -> str:
    return translate("EarlierSignIn", "View them")


def same_practice_title() -> str:
    return translate("EarlierSignIn", "Is this the same practice as before?")


def it_is_the_same() -> str:
    return translate("EarlierSignIn", "It is the same practice")


def same_practice(addresses: frozenset[str], address: str) -> str:
    """The question before anything is asked of a server that may belong to somebody else."""
    known = [_host(each) for each in sorted(addresses) if each]
    if not known:
        return translate(
            "EarlierSignIn",
            "The photos were taken under another sign-in. Now this PC is connected to {address}. Say yes only if you "
            "know that both are the same practice, such as after your clinic set up a relay. Each patient’s record is "
            "then checked there.",
        ).format(address=_host(address))
    return translate(
        "EarlierSignIn",
        "The photos were taken while this PC was connected to {before}. Now it is connected to {address}. Say yes only "
        "if you know that both are the same practice, such as after your clinic set up a relay. Each patient’s record "
        "is then checked there.",
    ).format(before=listed(known), address=_host(address))


def whose(recipient: Recipient) -> str:
    """Name and date of birth of the patient a photo is for, such as "Maria Lopez, born 4 Mar 1981"."""
    return spoken(patients.shown_name(recipient.name), patients.born(recipient.born))


def added(moment: str, photo: Stranded, match: Match) -> str:
    """When a photo was added, and what may be done with it."""
    when = translate("EarlierSignIn", "Added {moment}.").format(moment=moment)
    return sentences(when, _what_may_be_done(photo, match))


def _what_may_be_done(photo: Stranded, match: Match) -> str:
    match match:
        case Match.SAME if photo.was_sent:
            return translate(
                "EarlierSignIn",
                "It was sent, or may have been. Same patient in Cerbo: the app can keep looking for it from here.",
            )
        case Match.SAME:
            return translate("EarlierSignIn", "Same patient in Cerbo. The photo can be sent from here.")
        case Match.SAME_NAME:
            return translate(
                "EarlierSignIn",
                "Same name and ID in Cerbo, no date of birth in either. Check that it is the same person.",
            )
        case Match.UNDATED:
            return translate(
                "EarlierSignIn",
                "Same name and ID, but no date of birth to compare. The photo stays on this PC.",
            )
        case Match.OTHER:
            return translate(
                "EarlierSignIn",
                "Cerbo has another name or date of birth for this record. The photo stays on this PC.",
            )
        case Match.GONE:
            return translate(
                "EarlierSignIn",
                "This record is no longer in Cerbo; it may have been merged with another. The photo stays on this PC.",
            )
        case Match.NOT_SEEN:
            return translate(
                "EarlierSignIn",
                "The record could not be checked now. The photo stays on this PC. Try again later.",
            )
        case _:
            assert_never(match)


def summary(looked: StrandedLook) -> str:
    """Say how many photos can be sent from here, and how many can't."""
    can_be = unproven = ""
    if count := len(looked.possible):
        if _were_sent(looked.possible):
            can_be = translate("EarlierSignIn", "%n photo(s) can be taken over from here.", "", count)
        else:
            can_be = translate("EarlierSignIn", "%n photo(s) can be sent from here.", "", count)
    if count := looked.unproven_count:
        unproven = translate(
            "EarlierSignIn",
            "%n photo(s) (is|are) not known to be of this practice; (it stays|they stay) on this PC and can’t be shown "
            "here.",
            "",
            count,
        )
    if said := sentences(can_be, unproven):
        return said
    if looked.photos:
        return translate("EarlierSignIn", "No photo can be sent from here.")
    return translate("EarlierSignIn", "There are no photos any more.")


def stayed(count: int) -> str:
    return translate(
        "EarlierSignIn",
        "%n photo(s) (wasn’t|weren’t) sent: the patient’s record has changed or could not be checked. (It stays|They "
        "stay) on this PC.",
        "",
        count,
    )


def send(possible: Sequence[Stranded]) -> str:
    """The label of the button that takes the photos over. Where some were sent before, it says so: those are only
    looked for."""
    count = len(possible)
    if _were_sent(possible):
        return translate("EarlierSignIn", "Take over %n photo(s) from here", "", count)
    return translate("EarlierSignIn", "Send %n photo(s) from here", "", count)


def _were_sent(photos: Sequence[Stranded]) -> bool:
    return any(photo.was_sent for photo in photos)


def _host(address: str) -> str:
    return address.rpartition("://")[2]
