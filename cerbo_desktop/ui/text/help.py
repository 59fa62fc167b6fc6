"""The help page: its head, and how its keys are read."""

from cerbo_desktop.ui.text.catalogue import translate


def help_page() -> str:
    return translate("Help", "Help")


def keys() -> str:
    return translate("Help", "Keys")


def letters_outside_fields() -> str:
    return translate("Help", "Single letters, digits and signs work outside text fields")


def letters_are_off(settings_key: str) -> str:
    return translate("Help", "Single letters, digits and signs are switched off as commands. Settings: {key}").format(
        key=settings_key
    )


def how_to_read() -> str:
    return translate("Help", "Up and Down go from one to the next.")


def close_by_key(key: str) -> str:
    return translate("Help", "Close ({key})").format(key=key)
