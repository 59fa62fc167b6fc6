"""The settings sheet: its sections, rows and what stands in them."""

from typing import NamedTuple

from cerbo_desktop.config.effective import Effective
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.setup import place_name


class Entry(NamedTuple):
    """One line of the settings: what it is, what applies, and what this version makes of it."""

    title: str
    text: str
    value: str = ""


def settings() -> str:
    return translate("Settings", "Settings")


def off() -> str:
    return translate("Settings", "Off")


# With whom the app talks.


def connection() -> str:
    return translate("Settings", "Connection")


def practice_address() -> str:
    return translate("Settings", "Practice address")


def practice_clinic() -> str:
    return translate("Settings", "Practice clinic")


def practice_is_here() -> str:
    return translate("Settings", "On this PC; all its patients are fictional.")


def key() -> str:
    return translate("Settings", "Key")


def not_set_up() -> str:
    return translate("Settings", "Not set up yet")


def given_key() -> str:
    return translate("Settings", "Used for this session only.")


def practice_key() -> str:
    return translate("Settings", "For the practice clinic only.")


def secret_in(place: SecretPlace) -> str:
    return translate("Settings", "The secret is in {place}, for this user on this PC only.").format(
        place=place_name(place)
    )


def no_place() -> str:
    return translate("Settings", "This PC has no secure storage for the secret; it is kept for this session only.")


def change_connection() -> Entry:
    return Entry(
        translate("Settings", "Change address or key"),
        translate("Settings", "Tests the connection before it is used."),
    )


def set_up() -> str:
    return translate("Settings", "Set up")


def set_up_again() -> str:
    return translate("Settings", "Set up again")


# The camera.


def taking_photos() -> str:
    return translate("Settings", "Taking photos")


def camera() -> str:
    return translate("Settings", "Camera")


def camera_on() -> Entry:
    return Entry(camera(), translate("Settings", "For ID photos and the photo sheet."))


def camera_off() -> Entry:
    return Entry(camera(), translate("Settings", "Photos can be added from files."), off())


def first_camera() -> str:
    return translate("Settings", "The first camera found")


# Keys.


def working_by_keys() -> str:
    return translate("Settings", "Keyboard")


def single_letters() -> Entry:
    return Entry(
        translate("Settings", "Commands by single letters, digits and signs"),
        translate("Settings", "Such as R to rotate a photo. Off: other keys and the buttons do the same."),
    )


def single_letters_set(*, are_on: bool) -> Entry:
    """The line about commands by single letters where the clinic's policy decides them."""
    return Entry(*single_letters()[:2], translate("Settings", "On") if are_on else off())


# What is on this PC.


def on_this_pc() -> str:
    return translate("Settings", "On this PC")


def waiting_title() -> str:
    return translate("Settings", "Photos waiting to be sent")


def counting() -> str:
    return translate("Settings", "Counting…")


def waiting(number: int | None) -> Entry:
    """The line about photos that wait on this PC; `number` is None where the disk does not say."""
    if number is None:
        text = translate("Settings", "Couldn’t read this from disk. Tell your clinic’s IT.")
        return Entry(waiting_title(), text, translate("Settings", "Unknown"))
    text = translate("Settings", "Encrypted for this account. They will be sent when online.")
    if not number:
        text = translate("Settings", "All photos have reached Cerbo or were deleted.")
    return Entry(waiting_title(), text, str(number))


def thumbnails(*, are_kept: bool) -> Entry:
    title = translate("Settings", "Thumbnails on disk")
    if are_kept:
        text = translate("Settings", "Encrypted, so albums open immediately.")
        return Entry(title, text, translate("Settings", "Kept"))
    return Entry(title, translate("Settings", "No chart data stays on disk."), translate("Settings", "Not kept"))


def taken_photos(days: int) -> Entry:
    return Entry(
        translate("Settings", "Copy of a photo that Cerbo took unseen"),
        translate("Settings", "Encrypted, until it is found in the chart or this time is over."),
        translate("Settings", "%n day(s)", "", days),
    )


def copying(*, is_allowed: bool) -> Entry:
    """The line about copy, save and print, which a policy sets and this version doesn't have."""
    title = translate("Settings", "Copy, save and print")
    if is_allowed:
        text = translate("Settings", "Allowed. Copy, save and print aren’t available in this version.")
        return Entry(title, text, _not_in_this_version())
    return Entry(title, translate("Settings", "Copy, save and print aren’t available in this version."), off())


def locking(minutes: int) -> Entry:
    """The line about locking after `minutes`, which a policy asks for and this version can't do."""
    text = translate(
        "Settings",
        "Set to %n minute(s), but this version doesn’t lock automatically: lock the PC when you leave it.",
        "",
        minutes,
    )
    return Entry(translate("Settings", "Lock when idle"), text, _not_in_this_version())


def practice_is_off() -> Entry:
    text = translate("Settings", "Training with made-up patients is not offered on this PC.")
    return Entry(practice_clinic(), text, off())


def _not_in_this_version() -> str:
    return translate("Settings", "Not in this version")


def leaving() -> Entry:
    return Entry(translate("Settings", "Leaving this PC?"), translate("Settings", "Once all photos are sent."))


def remove_my_data() -> str:
    return translate("Settings", "Remove my data from this PC…")


# About the app.


def about() -> str:
    return translate("Settings", "About")


def version(number: str, notice: str) -> Entry:
    """`notice`: what the clinic's IT wants to be read about a new version."""
    text = notice or translate("Settings", "Your clinic’s IT installs updates.")
    return Entry(translate("Settings", "Version"), text, number)


def update_notice(effective: Effective) -> str:
    """What the clinic's IT wants to be read about a new version; empty where it says nothing."""
    parts = (effective.update_notice_text, effective.update_notice_url)
    return " ".join(plain(part, 300) for part in parts if part is not None)


def policy_title() -> str:
    return translate("Settings", "Policy")


def support() -> Entry:
    return Entry(translate("Settings", "Having trouble?"), translate("Settings", "Review it before it is saved."))


def support_file_button() -> str:
    return translate("Settings", "Support file…")
