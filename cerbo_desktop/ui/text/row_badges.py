"""What a patient's row says where there is no face to show."""

from cerbo_desktop.ui.text.catalogue import translate


def no_id_photo() -> str:
    return translate("RowBadges", "No ID photo")


def no_id_photo_spoken() -> str:
    return translate("RowBadges", "no ID photo")


def photo_taken() -> str:
    return translate("RowBadges", "Photo taken")


def photo_taken_spoken() -> str:
    return translate("RowBadges", "photo taken")
