"""What is said of the photos on this PC as a whole: why none can be kept, and what a start found beside them."""

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.ui.kit import phrases

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


def earlier_note(recovered: RecoveryReport) -> tuple[str, str] | None:
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
