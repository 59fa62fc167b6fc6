"""A start that ends with a sentence instead of the app's window."""

from typing import assert_never

from cerbo_desktop.runtime.chosen_folder import SharedWith
from cerbo_desktop.ui.text.catalogue import translate


def already_open() -> tuple[str, str]:
    """Another copy has the folder, and does not answer."""
    return translate("Start", "Cerbo Desktop is already open"), translate(
        "Start",
        "It isn’t responding at the moment. Your photos are safe in it. Wait a minute, then try again. If that doesn’t "
        "help, sign out of this PC and in again, or ask your clinic’s IT.",
    )


def cannot_lock() -> tuple[str, str]:
    """Whether another copy has the folder can't be found out."""
    return translate("Start", "Cerbo Desktop can’t use its folder"), translate(
        "Start",
        "It can’t find out whether it is already open, so it doesn’t open: two copies could send a photo twice. Photos "
        "waiting on this PC are safe. Ask your clinic’s IT to look at “lock” in the app’s folder.",
    )


def shared_folder(folder: str, sharing: SharedWith) -> tuple[str, str]:
    """`--data-dir` names a folder that is not this person's alone."""
    return translate("Start", "Cerbo Desktop doesn’t use this folder"), _shared_with(sharing).format(folder=folder)


def _shared_with(sharing: SharedWith) -> str:
    match sharing:
        case SharedWith.OWNER:
            return translate(
                "Start",
                "“{folder}” belongs to somebody else, and patient photos would be kept in it. Nothing was written "
                "there. Name a folder that isn’t there yet: Cerbo Desktop creates it for you alone.",
            )
        case SharedWith.READERS:
            return translate(
                "Start",
                "“{folder}” can be read by other people on this PC, and patient photos would be kept in it. Nothing "
                "was written there. Name a folder that isn’t there yet: Cerbo Desktop creates it for you alone.",
            )
        case SharedWith.WRITERS:
            return translate(
                "Start",
                "“{folder}” can be changed by other people on this PC, and patient photos would be kept in it. Nothing "
                "was written there. Name a folder that isn’t there yet: Cerbo Desktop creates it for you alone.",
            )
        case _:
            assert_never(sharing)


def silent_folder(folder: str) -> tuple[str, str]:
    """The app's folder lies on a share or a disk that does not answer."""
    return translate("Start", "Cerbo Desktop can’t reach its folder"), translate(
        "Start",
        "“{folder}” isn’t responding. Photos waiting in it are safe. Check that the drive is plugged in and the "
        "network works, then start Cerbo Desktop again.",
    ).format(folder=folder)
