"""Where commands work, and the titles of menus."""

from cerbo_desktop.ui.text.catalogue import translate


def everywhere() -> str:
    return translate("CommandGroups", "Everywhere")


def every_page() -> str:
    return translate("CommandGroups", "On every page")


def lists() -> str:
    return translate("CommandGroups", "Search and lists")


def album() -> str:
    return translate("CommandGroups", "Album")


def viewer() -> str:
    return translate("CommandGroups", "Viewer")


def capture() -> str:
    return translate("CommandGroups", "Camera and files")


def see_both() -> str:
    return translate("CommandGroups", "Both versions of a file")


def id_photo() -> str:
    return translate("CommandGroups", "ID photo")


def uploads() -> str:
    return translate("CommandGroups", "Uploads")


# Menus of macOS.


def menu_patient() -> str:
    return translate("CommandGroups", "Patient")


def menu_view() -> str:
    return translate("CommandGroups", "View")


def menu_help() -> str:
    return translate("CommandGroups", "Help")
