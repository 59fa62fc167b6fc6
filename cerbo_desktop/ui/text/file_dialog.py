"""What is said about the window for choosing files when it does not work."""

from cerbo_desktop.ui.text.catalogue import translate


def silent() -> tuple[str, str]:
    return translate("FileDialog", "The window for choosing files isn’t responding."), translate(
        "FileDialog",
        "A folder or disk in it may be gone. Nothing was lost. Close it, then choose from another folder.",
    )


def close_it() -> str:
    return translate("FileDialog", "Close it")


def given_up() -> tuple[str, str]:
    return translate("FileDialog", "The window for choosing files wasn’t responding and was closed."), translate(
        "FileDialog", "A folder or disk in it may be gone. Nothing was lost. Choose from another folder."
    )


def broken() -> tuple[str, str]:
    return translate("FileDialog", "The window for choosing files closed unexpectedly."), translate(
        "FileDialog", "Nothing was chosen, and nothing was lost."
    )


def still_open() -> tuple[str, str]:
    return translate("FileDialog", "The window for choosing files is still open."), translate(
        "FileDialog", "Choose there, or close it, then send."
    )
