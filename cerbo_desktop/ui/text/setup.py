"""The setup page: its fields, what is wrong in one, and where the secret is kept."""

from typing import assert_never

from cerbo_desktop.domain.address import AddressFault
from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.ui.text.catalogue import translate


def title() -> str:
    return translate("Setup", "Set up this PC")


def what_it_takes() -> str:
    return translate("Setup", "About 3 minutes. You need the key and secret from Cerbo.")


def where_keys_are_made() -> str:
    return translate(
        "Setup",
        "Cerbo makes them under Admin, Manage, Integrations, API User Management. It shows the secret only once.",
    )


def try_practice() -> str:
    return translate("Setup", "Try the practice clinic")


def all_fictional() -> str:
    return translate("Setup", "All its patients are fictional.")


def settings_and_support() -> str:
    return translate("Setup", "Settings and support")


def connect() -> str:
    return translate("Setup", "Connect to Cerbo")


def practice_address() -> str:
    return translate("Setup", "Practice address")


def address_hint() -> str:
    return translate("Setup", "As in your browser when you open Cerbo")


def api_key() -> str:
    return translate("Setup", "API key")


def key_hint() -> str:
    return translate("Setup", "Starts with pk_")


def secret() -> str:
    return translate("Setup", "Secret")


def advice_title() -> str:
    return translate("Setup", "Cerbo advises against keys on desk PCs")


def advice() -> str:
    return translate(
        "Setup", "Safer: a relay in your clinic holds the key. Then its address goes into the first field."
    )


def save_and_start() -> str:
    return translate("Setup", "Save and start")


def saving() -> str:
    return translate("Setup", "Saving…")


# What is wrong with what was typed.


def address_fault(fault: AddressFault) -> str:
    match fault:
        case AddressFault.EMPTY:
            return translate("Setup", "Type the address that your browser shows when you open Cerbo.")
        case AddressFault.NOT_AN_ADDRESS:
            return translate("Setup", "Not a web address. Example: clinic.md-hq.com")
        case AddressFault.NOT_SECURE:
            return translate(
                "Setup", "Only addresses with https:// keep the secret safe. Example: https://clinic.md-hq.com"
            )
        case AddressFault.HAS_PASSWORD:
            return translate(
                "Setup", "Leave user name and password out of the address; they have their own fields below."
            )
        case _:
            assert_never(fault)


def no_key() -> str:
    return translate("Setup", "Type the API key. It starts with pk_")


def no_secret() -> str:
    return translate("Setup", "Type the secret that Cerbo showed once, when the key was made.")


# Where the secret is kept.


def place_name(place: SecretPlace) -> str:
    """What people call the store for secrets."""
    match place:
        case SecretPlace.WINDOWS:
            return translate("Setup", "Windows Credential Manager", "inside a sentence: where the secret is")
        case SecretPlace.MAC:
            return translate("Setup", "Keychain", "inside a sentence: where the secret is")
        case SecretPlace.LINUX:
            return translate("Setup", "Secret Service", "inside a sentence: where the secret is")
        case SecretPlace.THIS_SESSION:
            return translate("Setup", "this session only", "inside a sentence: where the secret is")
        case _:
            assert_never(place)


def kept_in(place: SecretPlace) -> tuple[str, str]:
    """Title and text of the note on where the secret will be."""
    return translate("Setup", "The secret stays in {place}").format(place=place_name(place)), _kept_for(place)


def _kept_for(place: SecretPlace) -> str:
    match place:
        case SecretPlace.WINDOWS:
            return translate(
                "Setup",
                "For this Windows user, on this PC only. Never in a settings file, a log or a backup of this app.",
            )
        case SecretPlace.MAC:
            return translate(
                "Setup", "For this user, on this Mac only. Never in a settings file, a log or a backup of this app."
            )
        case _:
            return translate(
                "Setup", "For this user, on this PC only. Never in a settings file, a log or a backup of this app."
            )


def place_trouble(reason: NotSafeReason) -> tuple[str, str]:
    """Why the secret cannot be kept beyond this session, as far as is known now."""
    if reason in (NotSafeReason.NO_KEYRING, NotSafeReason.KEYRING_LOCKED):
        return _missing_or_locked(reason)
    return translate("Setup", "This PC’s password store doesn’t answer as it should"), translate(
        "Setup",
        "If this stays, the secret is kept for this session only: you’ll enter it again next time. Nothing is written "
        "to disk.",
    )


def not_kept(reason: NotSafeReason) -> tuple[str, str]:
    """Why the secret was not kept though the page had said that it would be."""
    if reason in (NotSafeReason.NO_KEYRING, NotSafeReason.KEYRING_LOCKED):
        return _missing_or_locked(reason)
    return translate("Setup", "This PC’s password store did not accept the secret"), translate(
        "Setup",
        "Check that it was entered completely, with nothing else; the store may also be busy. “Save and start” "
        "continues with it for this session only: you’ll enter it again next time. Nothing is written to disk.",
    )


def _missing_or_locked(reason: NotSafeReason) -> tuple[str, str]:
    if reason is NotSafeReason.KEYRING_LOCKED:
        return translate("Setup", "This PC’s password store is locked"), translate(
            "Setup",
            "Unlock it before you save. Otherwise the secret is kept for this session only. Nothing is written to "
            "disk.",
        )
    return translate("Setup", "This PC’s password store isn’t there"), translate(
        "Setup",
        "It may still be starting. Without it the secret is kept for this session only: you’ll enter it again next "
        "time. Nothing is written to disk.",
    )
