"""The page of keys."""

from cerbo_desktop.ui.text.catalogue import translate


def keys() -> str:
    return translate("Help", "Keys")


def letters_outside_fields() -> str:
    return translate("Help", "Single letters work outside text fields")


def letters_are_off() -> str:
    return translate("Help", "Single letters are switched off")


def how_to_read() -> str:
    return translate("Help", "Up and Down go from one to the next.")


def close_by_key(key: str) -> str:
    return translate("Help", "Close ({key})").format(key=key)
