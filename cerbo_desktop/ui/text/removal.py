"""Removing a person's data from a PC: the questions before it, and what came of it."""

from typing import NamedTuple

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences

_KEYRING_REASONS = (NotSafeReason.NO_KEYRING, NotSafeReason.KEYRING_LOCKED, NotSafeReason.KEYRING_FAILED)


class Removal(NamedTuple):
    """What is asked or told."""

    title: str
    text: str

    @property
    def whole(self) -> str:
        """Both in one line, for where there is no window."""
        return translate("Removal", "{title}. {text}", "a title, and the text beneath it").format(
            title=self.title, text=self.text
        )


def question(practice_unsent: int = 0) -> Removal:
    """`practice_unsent`: unsent photos of the practice clinic, which go with it."""
    text = translate(
        "Removal",
        "This removes your settings, the key and secret, the list of sent photos and everything else that Cerbo "
        "Desktop keeps for you on this PC. Photos in Cerbo stay there. Other people’s data on this PC stays. The app "
        "then closes.",
    )
    fictional = translate(
        "Removal",
        "%n unsent photo(s) of the practice clinic (goes|go) too: its patients are fictional.",
        "",
        practice_unsent,
    )
    text = sentences(text, fictional if practice_unsent else "")
    return Removal(translate("Removal", "Remove your data from this PC?"), text)


def app_is_open() -> str:
    """Say that nothing was removed because the app is open; printed where there is no window."""
    return translate("Removal", "Cerbo Desktop is open. Nothing was removed. Close it, then try again.")


def remove() -> str:
    return translate("Removal", "Remove my data")


def keep() -> str:
    return translate("Removal", "Keep my data")


def go_back() -> str:
    return translate("Removal", "Go back")


def delete_anyway() -> str:
    return translate("Removal", "Delete anyway…")


def close_app() -> str:
    return translate("Removal", "Close Cerbo Desktop")


def shots_first() -> Removal:
    """Photos were taken and not handed over yet."""
    text = translate("Removal", "Send or discard the photos you took first; nothing was removed.")
    return Removal(translate("Removal", "Photos not saved yet"), text)


def photos_wait(number: int) -> Removal:
    """A photo whose answer was lost may be in Cerbo too: nobody knows."""
    text = translate(
        "Removal",
        "Nothing was removed: this PC may hold the only copy. Go online and let unsent photos send first; Uploads "
        "shows why each one is waiting.",
    )
    return Removal(translate("Removal", "%n photo(s) (is|are) not sent yet", "", number), text)


def force(number: int) -> Removal:
    """The second question before unsent photos are deleted."""
    text = translate(
        "Removal",
        "As far as we know, unsent photos are not in any chart. Once removed, nobody can restore them: not you, not "
        "your clinic’s IT, not Cerbo. Photos that wait under another key of yours on this PC are among them.",
    )
    return Removal(translate("Removal", "Permanently delete %n unsent photo(s)?", "", number), text)


def force_consent(number: int) -> str:
    return translate("Removal", "Permanently delete (this photo|these %n photos)", "", number)


def removed(*, is_keyring_asked: bool) -> Removal:
    return Removal(
        translate("Removal", "Your data has been removed from this PC"),
        _nothing_left() if is_keyring_asked else no_keyring(),
    )


def _nothing_left() -> str:
    return translate(
        "Removal",
        "No data of yours is left here. To use Cerbo Desktop again, set it up with your key and secret.",
    )


def no_keyring() -> str:
    return translate(
        "Removal",
        "Your files have been removed. This session has no password store: a key that an earlier session kept in one "
        "may still be there. It opens nothing that is left on this PC.",
    )


def files_stay() -> Removal:
    text = translate(
        "Removal",
        "A file is in use by another program or can’t be deleted. Your key and secret have been removed, so nobody can "
        "open what is left. Restart this PC, start Cerbo Desktop and remove your data once more.",
    )
    return Removal(translate("Removal", "Not everything could be removed"), text)


def not_removed(failure: NotSafe) -> Removal:
    """Before anything was touched."""
    text = translate(
        "Removal", "Couldn’t check for unsent photos. Nothing was removed. Restart this PC, then try again."
    )
    if failure.reason in _KEYRING_REASONS:
        text = translate(
            "Removal",
            "This PC’s password store is locked or does not answer. Nothing was removed. Unlock it, then try again.",
        )
    return Removal(translate("Removal", "Your data was not removed"), text)
