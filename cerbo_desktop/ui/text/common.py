"""Buttons and short words that several screens share."""

from cerbo_desktop.ui.text.catalogue import translate


def try_again() -> str:
    return translate("Common", "Try again")


def close() -> str:
    return translate("Common", "Close")


def cancel() -> str:
    return translate("Common", "Cancel")


def cerbo_is_busy() -> str:
    return translate("Common", "Cerbo is busy")


def loads_automatically() -> str:
    """In the place of what Cerbo is too busy for. The strip alone counts: a second figure would say another time."""
    return translate("Common", "This will load automatically.")


def clear() -> str:
    return translate("Common", "Clear")


def show() -> str:
    """The label of a button that shows hidden text, such as a password."""
    return translate("Common", "Show")


def hide() -> str:
    return translate("Common", "Hide")
