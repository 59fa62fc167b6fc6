"""What is said of the photos on this PC as a whole: why none can be saved, and what a start found beside them."""

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences


def why_closed(reason: NotSafeReason, waiting: int) -> tuple[str, str]:
    """Why no photo can be saved on this PC; how many are waiting here, and what to do."""
    until = translate(
        "ClosedOutbox", "Until then no photo can be taken or sent here; the app tries again automatically."
    )
    return _title(reason), sentences(_waiting(waiting), _what_to_do(reason), until)


def why_secret_unread(reason: NotSafeReason, waiting: int) -> tuple[str, str]:
    """Why the key and secret that were set up cannot be read."""
    until = translate("ClosedOutbox", "The app tries again automatically; you can also type the secret below.")
    return _title(reason), sentences(_waiting(waiting), _what_to_do(reason), until)


def _waiting(count: int) -> str:
    return translate("ClosedOutbox", "%n photo(s) (is|are) waiting on this PC.", "", count) if count else ""


def _title(reason: NotSafeReason) -> str:
    match reason:
        case NotSafeReason.DISK_FULL:
            return translate("ClosedOutbox", "This PC’s disk is full")
        case NotSafeReason.DISK_READ_ONLY:
            return translate("ClosedOutbox", "This PC’s disk is read-only")
        case NotSafeReason.DISK_BUSY:
            return translate("ClosedOutbox", "Another program is using the files of Cerbo Desktop")
        case NotSafeReason.KEYRING_LOCKED:
            return translate("ClosedOutbox", "This PC’s password store is locked")
        case NotSafeReason.NO_KEYRING:
            return translate("ClosedOutbox", "This PC’s password store isn’t there")
        case NotSafeReason.KEYRING_FAILED:
            return translate("ClosedOutbox", "This PC’s password store doesn’t answer as it should")
        case NotSafeReason.KEY_GONE:
            return translate("ClosedOutbox", "The key for the photos on this PC is missing")
        case NotSafeReason.NEWER_VERSION:
            return translate("ClosedOutbox", "A newer Cerbo Desktop was used on this PC")
        case _:
            return translate("ClosedOutbox", "This PC’s disk isn’t working as it should")


def _what_to_do(reason: NotSafeReason) -> str:
    match reason:
        case NotSafeReason.DISK_FULL:
            return translate("ClosedOutbox", "Free up space on it.")
        case NotSafeReason.DISK_READ_ONLY:
            return translate("ClosedOutbox", "Ask your clinic’s IT to let Cerbo Desktop save files.")
        case NotSafeReason.DISK_BUSY:
            return translate("ClosedOutbox", "Close it, or wait until it is done.")
        case NotSafeReason.KEYRING_LOCKED:
            return translate("ClosedOutbox", "Unlock it.")
        case NotSafeReason.NO_KEYRING:
            return translate(
                "ClosedOutbox",
                "It may still be starting. If this stays, ask your clinic’s IT: without it no photo can be saved "
                "safely.",
            )
        case NotSafeReason.KEYRING_FAILED:
            return translate("ClosedOutbox", "If this stays, sign out of the PC and in again, or ask your clinic’s IT.")
        case NotSafeReason.KEY_GONE:
            return translate(
                "ClosedOutbox",
                "They can’t be opened without it; their files are kept. Ask your clinic’s IT to restore this PC’s "
                "password store.",
            )
        case NotSafeReason.NEWER_VERSION:
            return translate("ClosedOutbox", "Start that version again, or update this one. Nothing of it was changed.")
        case _:
            return translate("ClosedOutbox", "Ask your clinic’s IT.")


def earlier_note(recovered: RecoveryReport) -> tuple[str, str] | None:
    """What a start found besides this account's own uploads; None where there is nothing to say."""
    changed = unreadable = foreign = ""
    if recovered.is_changed:
        changed = translate(
            "ClosedOutbox",
            "Something other than Cerbo Desktop changed or damaged it. No photo was deleted. Each photo in doubt is "
            "looked for in Cerbo before anything is sent. Tell your clinic’s IT.",
        )
    if count := recovered.unreadable_count:
        unreadable = translate(
            "ClosedOutbox", "%n photo(s) can’t be opened with this account. The files are kept.", "", count
        )
    if count := recovered.foreign_count:
        foreign = translate(
            "ClosedOutbox", "%n photo(s) from an earlier sign-in (is|are) waiting on this PC.", "", count
        )
    if not (text := sentences(changed, unreadable, foreign)):
        return None
    if recovered.is_changed:
        return translate("ClosedOutbox", "The list of photos was changed"), text
    return translate("ClosedOutbox", "Also on this PC"), text
