"""The sheet that shows the support file before it is saved. The file itself is in English."""

from cerbo_desktop.ui.text.catalogue import translate


def support_file() -> str:
    return translate("Support", "Support file")


def promise() -> str:
    return translate(
        "Support",
        "This is the whole file: no patients, photos or secrets. Read it, save it, and give it to whoever helps you. "
        "The app sends it nowhere.",
    )


def contents() -> str:
    """What screen readers call the text."""
    return translate("Support", "Contents of the support file")


def save() -> str:
    return translate("Support", "Save…")


def save_title() -> str:
    return translate("Support", "Save the support file")


def text_files() -> str:
    """The pattern at the end stays as it is."""
    return translate("Support", "Text (*.txt)")


def working() -> str:
    return translate("Support", "Testing this installation. This takes a few seconds…")


def saving() -> str:
    return translate("Support", "Saving…")


def saved() -> str:
    return translate("Support", "Saved.")


def not_saved() -> str:
    return translate("Support", "Couldn’t save there. Choose another folder.")
