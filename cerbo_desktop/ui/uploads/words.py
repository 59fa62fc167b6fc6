"""What a tray card says of an upload: the designed words, and nothing that the app cannot know."""

from dataclasses import dataclass
from datetime import datetime

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.outbox import Recovered
from cerbo_desktop.domain.upload import Sighting, Trouble, Upload, UploadState
from cerbo_desktop.ui.kit import phrases


@dataclass(frozen=True, slots=True)
class CardWords:
    """Icon, headline and its colour token, the text beneath, and the edge's colour token."""

    icon: str
    title: str
    ink: str
    text: str
    line: str = "line2"


_NOT_SENT = {
    Trouble.UNREACHABLE: "Could not reach Cerbo. Nothing was sent; the photo is safe on this PC.",
    Trouble.UNTRUSTED: "This is not surely Cerbo. Nothing was sent; the photo is safe on this PC.",
    Trouble.BUSY: "Cerbo is busy. Nothing was sent; the photo is safe on this PC.",
    Trouble.SIGNED_OUT: "Cerbo does not take this key. Nothing was sent; the photo is safe on this PC.",
    Trouble.FORBIDDEN: "This key may not send photos. The photo is safe on this PC.",
    Trouble.TOO_BIG: "Cerbo refused the photo: too big. It is safe on this PC.",
    Trouble.REFUSED: "Cerbo refused the photo. It is safe on this PC.",
    Trouble.PATIENT_MISSING: "Cerbo no longer has this patient. The photo is safe on this PC.",
    Trouble.DISK: "This PC’s disk does not work. Nothing was sent; the photo stays on this PC.",
    Trouble.UNREADABLE: "Its file on this PC cannot be opened. Nothing was sent. Take the photo again.",
    Trouble.STOPPED: "You stopped it. Nothing was sent; the photo is safe on this PC.",
    Trouble.NO_ANSWER: "No answer came back. The photo is safe on this PC.",
}
_SEEN = {
    Sighting.NEW_IN_QUEUE: "The queue has one entry more than before.",
    Sighting.NOTHING_NEW: "The queue shows nothing new so far.",
}


def card_words(upload: Upload, now: datetime) -> CardWords:
    """The card of `upload` at the moment `now` (aware)."""
    match upload.state:
        case UploadState.QUEUED if upload.needs_person:
            return _not_sent(upload)
        case UploadState.QUEUED:
            return CardWords("lock", "Safe on this PC", "ink2", _waits(upload, now))
        case UploadState.SENDING:
            fraction = upload.sent_bytes / max(1, upload.photo.size_bytes)
            return CardWords("send", f"Sending {phrases.percent(fraction)}", "accent", "")
        case UploadState.COMMITTING | UploadState.UNSURE | UploadState.CHECKING:
            return CardWords("send", "Waiting for Cerbo’s answer", "accent", "")
        case UploadState.SENT:
            return CardWords("waiting", "Waiting in Cerbo’s queue", "ink2", "Sent. Staff accept it in Cerbo.")
        case UploadState.ACCEPTED:
            return CardWords("done", "Found in chart", "ok", "Staff accepted it.")
        case UploadState.NEEDS_REVIEW:
            look = "No answer came back. Look in Cerbo’s queue, then choose."
            seen = _SEEN.get(upload.sighting) if upload.sighting else None
            return CardWords("unknown", "May have arrived", "warn", f"{look} {seen}" if seen else look, "warn_line")
        case UploadState.GONE:
            text = "No longer in Cerbo’s queue or chart. Ask who cleared it."
            return CardWords("unknown", "Gone from Cerbo", "warn", text, "warn_line")
        case UploadState.REFUSED | UploadState.DISCARDED:
            return _not_sent(upload)


def _not_sent(upload: Upload) -> CardWords:
    text = _NOT_SENT[upload.trouble] if upload.trouble else "The photo is safe on this PC."
    return CardWords("failed", "Not sent", "bad", text, "bad_line")


def _waits(upload: Upload, now: datetime) -> str:
    if upload.trouble is Trouble.BUSY and upload.retry_at is not None:
        return f"Cerbo is busy. Trying again in {phrases.wait((upload.retry_at - now).total_seconds())}."
    return "Sends by itself once online." if upload.trouble else "Sends next."


def spoken(upload: Upload, now: datetime) -> str:
    """Dorothy Vance, born 23 September 1947, may have arrived, needs you"""
    state = card_words(upload, now).title
    state = state[0].lower() + state[1:]
    return f"{spoken_recipient(upload)}, {state}{', needs you' if upload.needs_person else ''}"


def spoken_recipient(upload: Upload) -> str:
    born = f", born {phrases.day_spoken(upload.recipient.born)}" if upload.recipient.born else ""
    return f"{upload.recipient.name}{born}"


_CLOSED = {
    NotSafeReason.DISK_FULL: ("This PC’s disk is full", "Make room on it."),
    NotSafeReason.DISK_READ_ONLY: (
        "This PC’s disk can’t be written to",
        "Ask your clinic’s IT to let Cerbo Desktop save files.",
    ),
    NotSafeReason.DISK_BUSY: (
        "Another program holds the files of Cerbo Desktop",
        "Close it, or wait until it is done.",
    ),
    NotSafeReason.KEYRING_LOCKED: ("This PC’s password store is locked", "Unlock it."),
    NotSafeReason.NO_KEYRING: (
        "This PC’s password store isn’t there",
        "It may still be starting. If this stays, ask your clinic’s IT: without it no photo can be stored safely.",
    ),
    NotSafeReason.KEYRING_FAILED: (
        "This PC’s password store doesn’t answer as it should",
        "If this stays, sign out of the PC and in again, or ask your clinic’s IT.",
    ),
    NotSafeReason.KEY_GONE: (
        "The key for the photos on this PC is missing",
        "They can’t be opened without it; their files are kept. Ask your clinic’s IT to bring back this PC’s password "
        "store.",
    ),
    NotSafeReason.NEWER_VERSION: (
        "A newer Cerbo Desktop was used on this PC",
        "Start that version again, or update this one. Nothing of it was changed.",
    ),
}
_CLOSED_OTHERWISE = ("This PC’s disk doesn’t work as it should", "Ask your clinic’s IT.")


def closed_words(reason: NotSafeReason, waiting: int) -> tuple[str, str]:
    """Why no photo can be kept on this PC, how many wait here, and what to do."""
    return _closed(reason, waiting, "Until then no photo can be taken or sent here; it is tried again automatically.")


def unread_secret_words(reason: NotSafeReason, waiting: int) -> tuple[str, str]:
    """Why the key and secret that were set up cannot be read."""
    return _closed(reason, waiting, "It is tried again automatically; you can also type the secret below.")


def _closed(reason: NotSafeReason, waiting: int, until: str) -> tuple[str, str]:
    title, what_to_do = _CLOSED.get(reason, _CLOSED_OTHERWISE)
    waits = "waits" if waiting == 1 else "wait"
    kept = f"{phrases.count(waiting, 'photo')} {waits} on this PC. " if waiting else ""
    return title, f"{kept}{what_to_do} {until}"


def earlier_note(recovered: Recovered) -> tuple[str, str] | None:
    """What a start found besides this account's own uploads; None where there is nothing to say."""
    parts = [_CHANGED] if recovered.is_changed else []
    if recovered.unreadable_count:
        photos = phrases.count(recovered.unreadable_count, "photo")
        parts.append(f"{photos} cannot be opened with this account. The files are kept.")
    if recovered.foreign_count:
        waits = "waits" if recovered.foreign_count == 1 else "wait"
        parts.append(f"{phrases.count(recovered.foreign_count, 'photo')} from an earlier sign-in {waits} on this PC.")
    title = "The list of photos was changed" if recovered.is_changed else "Also on this PC"
    return (title, " ".join(parts)) if parts else None


_CHANGED = (
    "Something other than Cerbo Desktop changed or damaged it. No photo was deleted. Each photo that it can’t be sure "
    "of is looked for in Cerbo before anything is sent. Tell your clinic’s IT."
)


def born_words(upload: Upload) -> str:
    return phrases.day(upload.recipient.born) if upload.recipient.born else "No date of birth"
