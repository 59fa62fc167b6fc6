"""The sentences of the settings, of the policy, and of removing a person's data. Plain values, no Qt."""

from pathlib import Path
from typing import NamedTuple

from cerbo_desktop.config.effective import Effective, SetBy
from cerbo_desktop.config.policy import PolicyFault, PolicyFaultKind
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.ui.kit.phrases import count
from cerbo_desktop.ui.kit.text import plain

LOCKED = "Set by your clinic’s IT"
KEEPS_OWN_ADDRESS = "Stays as it is while the policy file is not right"
NOT_SET_UP = "Not set up yet"
GIVEN_NOTE = "Given for this start; it is not kept."
PRACTICE_KEY_NOTE = "The practice clinic’s own; it opens nothing else."
NO_PLACE = "This PC has no safe place for the secret; it is kept for this session only."
CAMERA_OFF = "Photos can be added from files."
FIRST_CAMERA = "The first camera found"
COUNTING = "Counting…"
_WAITING_TITLE = "Photos waiting to be sent"
SAFE_SIDE_HOLDS = "Safe side, while the policy file is not right"
NOT_IN_THIS_VERSION = "Not in this version"

POLICY_FAULT_TITLE = "Policy file not used"
_CAUSES = {
    PolicyFaultKind.CANNOT_BE_READ: "it cannot be read",
    PolicyFaultKind.NOT_A_FILE: "it is not a file",
    PolicyFaultKind.TOO_LARGE: "it is larger than 64 KB",
    PolicyFaultKind.NOT_TEXT: "it is not UTF-8 text",
    PolicyFaultKind.NOT_TOML: "it is not TOML, such as camera = true",
    PolicyFaultKind.TWICE: "it sets something a second time",
    PolicyFaultKind.WRONG_OWNER: "it or its folder belongs to an ordinary user, who could set things for everybody",
    PolicyFaultKind.WRITABLE: "it or its folder can be changed by ordinary users, who could set things for everybody",
}
_TRUE_OR_FALSE = "must be true or false"
_A_TEXT = "must be a text in quotes, of 300 letters at most"
_RIGHT_VALUES = {
    "server": "must be an https:// address in quotes, without a user name",
    "idle_lock_minutes": "must be a whole number from 1 to 15",
    "taken_photo_days": "must be a whole number from 1 to 14",
    "update_notice_text": _A_TEXT,
    "update_notice_url": "must be an https:// address in quotes",
    "authority_file": "must be the full path of a PEM file that only administrators can change, in quotes",
}


class Entry(NamedTuple):
    """One line of the settings: what it is, what holds, and what this version makes of it."""

    title: str
    text: str
    value: str = ""


def policy_fault(fault: PolicyFault) -> str:
    """File, line and cause, in one sentence."""
    line = f", line {fault.line}" if fault.line is not None else ""
    wrong_value = f"“{fault.key}” {_RIGHT_VALUES.get(fault.key, _TRUE_OR_FALSE)}"
    cause = wrong_value if fault.kind is PolicyFaultKind.BAD_VALUE else _CAUSES[fault.kind]
    return f"{plain(str(fault.file), 200)}{line}: {cause}."


def policy_fault_strip(fault: PolicyFault) -> str:
    """For everybody at the desk."""
    return f"{policy_fault(fault)} Photos are safe. Tell your clinic’s IT."


def policy_fault_note(fault: PolicyFault) -> str:
    """For whoever looks closer."""
    meanwhile = "no practice clinic, no small pictures on disk, no copy, save or print; the address stays as it is"
    return f"{policy_fault(fault)} Until it is right, the safe side holds: {meanwhile}. The camera works."


def unknown_keys(keys: tuple[str, ...]) -> str:
    they = "It does" if len(keys) == 1 else "They do"
    named = ", ".join(f"“{plain(key, 40)}”" for key in keys[:5])
    more = f" and {len(keys) - 5} more" if len(keys) > 5 else ""
    return f"The policy file names {named}{more}, which this version does not know. {they} nothing."


def waiting(number: int | None) -> Entry:
    if number is None:
        return Entry(_WAITING_TITLE, "The disk of this PC does not say. Tell your administrator.", "Unknown")
    text = "Sealed: only this account opens them. They go out once online."
    if not number:
        text = "Every photo has reached Cerbo, or was deleted by a person."
    return Entry(_WAITING_TITLE, text, str(number))


def secret_in(place: str) -> str:
    return f"The secret is in {place}, for this user on this PC only."


def thumbnails(*, are_kept: bool) -> Entry:
    text = "Sealed, so that albums show at once after a start." if are_kept else "Nothing of a chart stays on the disk."
    return Entry("Small pictures on the disk", text, "Kept" if are_kept else "Not kept")


def taken_photos(days: int) -> Entry:
    text = "Encrypted, until it is found in the chart or this time is over."
    return Entry("Copy of a photo that Cerbo took unseen", text, count(days, "day"))


def governed_without_feature(effective: Effective) -> tuple[Entry, ...]:
    """What a policy sets and this version does not have: said as it is."""
    entries = []
    if effective.copy_save_print is not None:
        text, value = "This version has no copy, save or print of photos.", "Off"
        if effective.copy_save_print:
            text, value = f"Allowed. {text}", NOT_IN_THIS_VERSION
        entries.append(Entry("Copy, save and print", text, value))
    if effective.idle_lock_minutes is not None:
        after = count(effective.idle_lock_minutes, "minute")
        text = f"Wanted after {after}. This version does not lock by itself: lock the PC when you leave it."
        entries.append(Entry("Lock when idle", text, NOT_IN_THIS_VERSION))
    if not effective.allows_practice:
        entries.append(Entry("Practice clinic", "Training with made-up patients is not offered on this PC.", "Off"))
    return tuple(entries)


def update_notice(effective: Effective) -> str:
    """What the clinic's IT wants to be read about a new version; empty where it says nothing."""
    parts = (effective.update_notice_text, effective.update_notice_url)
    return " ".join(plain(part, 300) for part in parts if part is not None)


def practice_note(effective: Effective) -> str:
    """Why there is no practice clinic; empty where there is one."""
    if effective.allows_practice:
        return ""
    if effective.fault is not None:
        return "The practice clinic is off while the policy file of this PC is not right. Tell your clinic’s IT."
    return "The practice clinic is turned off by your clinic’s IT."


def address_lock(set_by: SetBy) -> str:
    """Why nobody can type another address; empty where everybody may."""
    return {SetBy.PERSON: "", SetBy.CLINIC: LOCKED, SetBy.SAFE_SIDE: KEEPS_OWN_ADDRESS}[set_by]


def lock(set_by: SetBy) -> str:
    """Why nobody can change what is shown; empty where everybody may."""
    return {SetBy.PERSON: "", SetBy.CLINIC: LOCKED, SetBy.SAFE_SIDE: SAFE_SIDE_HOLDS}[set_by]


def policy_in_use(file: Path | None) -> str:
    return "Not on this PC" if file is None else plain(str(file), 200)


# Removing a person's data.

REMOVAL_TITLE = "Remove your data from this PC?"
REMOVAL_TEXT = (
    "This removes your settings, the key and secret, the list of sent photos and everything else that Cerbo Desktop "
    "keeps for you on this PC. Photos in Cerbo stay there. Other people’s data on this PC stays. The app then closes."
)
SHOTS_TITLE = "Photos are not kept yet"
SHOTS_TEXT = "Send or discard the photos you took first; nothing was removed."
REMOVED_TITLE = "Your data is removed from this PC"
REMOVED_TEXT = "Nothing of yours is left here. To use Cerbo Desktop again, set it up with key and secret."
NO_KEYRING_TEXT = (
    "Your files are removed. This session has no password store to ask: a key that an earlier session kept in one may "
    "still be there. It opens nothing that is left on this PC."
)
FILES_STAY_TITLE = "Not everything could be removed"
FILES_STAY_TEXT = (
    "A file is held by another program or cannot be deleted. Your key and secret are removed, so what is left opens "
    "for nobody. Restart this PC, start Cerbo Desktop and remove your data once more."
)
_KEYRING_REASONS = (NotSafeReason.NO_KEYRING, NotSafeReason.KEYRING_LOCKED, NotSafeReason.KEYRING_FAILED)


class Removal(NamedTuple):
    title: str
    text: str


def photos_wait(number: int) -> Removal:
    """A photo whose answer was lost may be in Cerbo too: nobody knows."""
    are, them = ("is", "it") if number == 1 else ("are", "them")
    text = (
        f"Nothing was removed: this PC may hold the only copy. Go online and let {them} be sent first; the list of "
        f"uploads shows what {'it waits' if number == 1 else 'each one waits'} for."
    )
    return Removal(f"{count(number, 'photo')} {are} not sent yet", text)


def force(number: int) -> Removal:
    title = f"Delete {count(number, 'unsent photo')} for ever?"
    they = "it is" if number == 1 else "they are"
    text = (
        f"As far as is known, {they} in no chart. Once removed, nobody can bring back what was photographed: not you, "
        "not your clinic’s IT, not Cerbo. Photos that wait under another key of yours on this PC are among them."
    )
    return Removal(title, text)


def force_consent(number: int) -> str:
    return "Delete this photo for ever" if number == 1 else f"Delete these {number} photos for ever"


def not_removed(failure: NotSafe) -> Removal:
    """Before anything was touched."""
    title = "Your data was not removed"
    if failure.reason in _KEYRING_REASONS:
        text = "This PC’s password store is locked or does not answer. Nothing was removed. Unlock it, then try again."
    else:
        text = (
            "This PC’s disk does not say what waits to be sent. Nothing was removed. Restart this PC, then try again."
        )
    return Removal(title, text)
