"""Why a secret or a photo can't be kept safe on this PC."""

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.ui.text.catalogue import translate

FINAL = frozenset(
    {
        NotSafeReason.NO_KEYRING,
        NotSafeReason.KEY_GONE,
        NotSafeReason.SEAL_BROKEN,
        NotSafeReason.NEWER_VERSION,
        NotSafeReason.LIST_CHANGED,
        NotSafeReason.KEPT_FOR_ANOTHER,
    }
)
"""Another try can't mend these."""


def title_and_text(reason: NotSafeReason) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    return _title(reason), _text(reason)


def _title(reason: NotSafeReason) -> str:
    match reason:
        case NotSafeReason.NO_KEYRING:
            return translate("Storage", "This PC has no secure storage for the secret.")
        case NotSafeReason.KEYRING_LOCKED:
            return translate("Storage", "This PC’s password store is locked.")
        case NotSafeReason.KEYRING_FAILED:
            return translate("Storage", "This PC’s password store does not answer.")
        case NotSafeReason.KEY_GONE:
            return translate("Storage", "The key for photos on this PC is gone.")
        case NotSafeReason.SEAL_BROKEN:
            return translate("Storage", "This photo cannot be opened.")
        case NotSafeReason.NEWER_VERSION:
            return translate("Storage", "A newer Cerbo Desktop was used on this PC.")
        case NotSafeReason.LIST_CHANGED:
            return translate("Storage", "Another program changed the list of photos.")
        case NotSafeReason.KEPT_FOR_ANOTHER:
            return translate("Storage", "This photo belongs to another patient.")
        case NotSafeReason.DISK_FULL:
            return translate("Storage", "This PC’s disk is full.")
        case NotSafeReason.DISK_BUSY:
            return translate("Storage", "Another program is using the file.")
        case NotSafeReason.DISK_READ_ONLY:
            return translate("Storage", "This PC’s disk is read-only.")
        case _:
            return translate("Storage", "This PC’s disk isn’t working.")


def _text(reason: NotSafeReason) -> str:
    match reason:
        case NotSafeReason.NO_KEYRING:
            return translate("Storage", "Setup can’t continue.")
        case NotSafeReason.KEYRING_LOCKED:
            return translate("Storage", "Unlock it, then try again.")
        case NotSafeReason.KEYRING_FAILED:
            return translate("Storage", "Sign out of the PC and in again.")
        case NotSafeReason.KEY_GONE:
            return translate(
                "Storage", "Photos encrypted on this PC can’t be opened with this account. Their files are kept."
            )
        case NotSafeReason.SEAL_BROKEN:
            return translate(
                "Storage", "Its file on this PC was changed or damaged. The file is kept; take the photo again."
            )
        case NotSafeReason.NEWER_VERSION:
            return translate(
                "Storage", "The photos it saved here are untouched. Start that version again, or update this one."
            )
        case NotSafeReason.LIST_CHANGED:
            return translate(
                "Storage",
                "The photos are safe. Restart Cerbo Desktop: it will then look for each photo in Cerbo.",
            )
        case NotSafeReason.KEPT_FOR_ANOTHER:
            return translate(
                "Storage",
                "It is safe on this PC for another patient and was not saved a second time. Take a new photo.",
            )
        case _:
            return _disk_text(reason)


def _disk_text(reason: NotSafeReason) -> str:
    match reason:
        case NotSafeReason.DISK_FULL:
            return translate("Storage", "The photo was not saved. Free up space, then try again.")
        case NotSafeReason.DISK_BUSY:
            return translate("Storage", "The photo is not saved yet. Try again.")
        case NotSafeReason.DISK_READ_ONLY:
            return translate("Storage", "Photos can’t be saved here. Tell your clinic’s IT before you take any.")
        case _:
            return translate("Storage", "The photo was not saved. Tell your clinic’s IT.")
