"""What is said of the clinic's policy: that it is not used, what it sets, and what it turns off."""

from typing import assert_never

from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.config.policy import PolicyFault, PolicyFaultKind
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences, spoken

_MOST_NAMED = 5


def not_used() -> str:
    return translate("Policy", "Policy not used")


def fault(found: PolicyFault) -> str:
    """Place, line and cause, in one sentence."""
    place = plain(found.place, 200)
    if found.line is not None:
        place = translate("Policy", "{file}, line {line}", "inside a sentence: a place").format(
            file=place, line=found.line
        )
    if found.kind is PolicyFaultKind.BAD_VALUE:
        return _bad_value(found.key).format(place=place, key=found.key)
    return _cause(found.kind).format(place=place)


def fault_strip(found: PolicyFault) -> str:
    """Say in the strip what is wrong with the policy file, for everybody at the desk."""
    return sentences(fault(found), translate("Policy", "Photos are safe. Tell your clinic’s IT."))


def fault_note(found: PolicyFault) -> str:
    """Say in the settings what is wrong with the policy file and what applies meanwhile."""
    meanwhile = translate(
        "Policy",
        "Until it is fixed, safe defaults apply: no practice clinic, no thumbnails on disk, no copy, save or print; "
        "the address stays as it is. The camera works.",
    )
    return sentences(fault(found), meanwhile)


def _cause(kind: PolicyFaultKind) -> str:
    match kind:
        case PolicyFaultKind.CANNOT_BE_READ:
            return translate("Policy", "{place}: it can’t be read.")
        case PolicyFaultKind.NOT_A_FILE:
            return translate("Policy", "{place}: it is not a file.")
        case PolicyFaultKind.TOO_LARGE:
            return translate("Policy", "{place}: it is larger than 64 KB.")
        case PolicyFaultKind.NOT_TEXT:
            return translate("Policy", "{place}: it is not UTF-8 text.")
        case PolicyFaultKind.NOT_TOML | PolicyFaultKind.BAD_VALUE:
            return translate("Policy", "{place}: it is not TOML, such as camera = true.")
        case PolicyFaultKind.NOT_PROPERTY_LIST:
            return translate("Policy", "{place}: it is not a property list.")
        case PolicyFaultKind.TWICE:
            return translate("Policy", "{place}: a key is set twice.")
        case PolicyFaultKind.WRONG_OWNER:
            return translate(
                "Policy", "{place}: it or its folder belongs to a standard user, who could change it for everyone."
            )
        case PolicyFaultKind.WRITABLE:
            return translate(
                "Policy",
                "{place}: it or its folder can be changed by standard users, who could change it for everyone.",
            )
        case _:
            assert_never(kind)


def _bad_value(key: str) -> str:
    match key:
        case "server":
            return translate("Policy", "{place}: “{key}” must be an https:// address without a user name.")
        case "idle_lock_minutes":
            return translate("Policy", "{place}: “{key}” must be a whole number from 1 to 15.")
        case "taken_photo_days":
            return translate("Policy", "{place}: “{key}” must be a whole number from 1 to 14.")
        case "update_notice_text":
            return translate("Policy", "{place}: “{key}” must be text, up to 300 characters.")
        case "update_notice_url":
            return translate("Policy", "{place}: “{key}” must be an https:// address.")
        case "chart_url":
            return translate("Policy", "{place}: “{key}” must be an address for the browser (https://…).")
        case "authority_file":
            return translate(
                "Policy",
                "{place}: “{key}” must be the full path of a PEM file that only administrators can change.",
            )
        case _:
            return translate("Policy", "{place}: “{key}” must be true or false.")


def unknown_title() -> str:
    return translate("Policy", "Unknown policy settings")


def unknown_keys(keys: tuple[str, ...]) -> str:
    """Settings in the policy that this version doesn't have."""
    named = spoken(*(f"“{plain(key, 40)}”" for key in keys[:_MOST_NAMED]))
    if (more := len(keys) - _MOST_NAMED) > 0:
        return translate("Policy", "Unknown policy settings {names} and %n more are ignored.", "", more).format(
            names=named
        )
    if len(keys) > 1:
        return translate("Policy", "Unknown policy settings {names} are ignored.").format(names=named)
    return translate("Policy", "Unknown policy setting {name} is ignored.").format(name=named)


def in_use(places: tuple[str, ...]) -> str:
    """Where the policy stands, a line for each place."""
    return "\n".join(plain(place, 200) for place in places) or translate("Policy", "Not on this PC")


# Who decided.


def lock(set_by: SetBy) -> str:
    """Why nobody can change what is shown; empty where everybody may."""
    match set_by:
        case SetBy.PERSON:
            return ""
        case SetBy.CLINIC:
            return translate("Policy", "Set by your clinic’s IT")
        case SetBy.SAFE_SIDE:
            return translate("Policy", "Safe defaults until the policy is fixed")
        case _:
            assert_never(set_by)


def address_lock(set_by: SetBy) -> str:
    """Why nobody can type another address; empty where everybody may."""
    if set_by is SetBy.SAFE_SIDE:
        return translate("Policy", "Stays as it is until the policy is fixed")
    return lock(set_by)


def practice_off(by: SetBy | None) -> str:
    """Why there is no practice clinic; empty where there is one."""
    match by:
        case SetBy.CLINIC:
            return translate("Policy", "The practice clinic is turned off by your clinic’s IT.")
        case SetBy.SAFE_SIDE:
            return translate(
                "Policy",
                "The practice clinic is off until the policy of this PC is fixed. Tell your clinic’s IT.",
            )
        case SetBy.PERSON | None:
            return ""
        case _:
            assert_never(by)
