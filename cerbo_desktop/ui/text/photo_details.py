"""The words of the column beside a photo: what Cerbo says of it, and what its file shows."""

from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text.catalogue import translate


def details() -> str:
    return translate("PhotoDetails", "Details")


def details_tip(key: str) -> str:
    """Without the key where it does not work."""
    return translate("PhotoDetails", "Details ({key})").format(key=key) if key else details()


def close_details() -> str:
    return translate("PhotoDetails", "Close details")


def what_cerbo_says() -> str:
    return translate("PhotoDetails", "What Cerbo says")


def downloaded_file() -> str:
    return translate("PhotoDetails", "The downloaded file")


def taken() -> str:
    return translate("PhotoDetails", "Taken")


def added() -> str:
    return translate("PhotoDetails", "Added")


def dated() -> str:
    return translate("PhotoDetails", "Date")


def photo_type() -> str:
    return translate("PhotoDetails", "Type")


def file_format() -> str:
    return translate("PhotoDetails", "Format")


def size() -> str:
    return translate("PhotoDetails", "Size")


def pixels() -> str:
    return translate("PhotoDetails", "Pixels")


def photo_id() -> str:
    return translate("PhotoDetails", "Photo ID")


def not_given() -> str:
    return translate("PhotoDetails", "Not given by Cerbo")


def not_known() -> str:
    return translate("PhotoDetails", "Not known")


def asking() -> str:
    return translate("PhotoDetails", "Asking Cerbo…")


def media_type(name: str) -> str:
    """JPEG for `image/jpeg`; what is no picture's type is told as it is."""
    kind, _, short = plain(name, 40).partition("/")
    short = short.removeprefix("x-")
    return {"jpg": "JPEG"}.get(short, short.upper()) if kind == "image" and short else plain(name, 40)


# Why the photo's own record isn't shown.


def record_not_allowed() -> str:
    return translate(
        "PhotoDetails",
        "This key isn’t allowed to read Cerbo’s record of this photo, so this is what the list says. The photo is safe "
        "in Cerbo. Ask your clinic’s IT.",
    )


def record_not_offered() -> str:
    return translate(
        "PhotoDetails",
        "Cerbo doesn’t offer its record of a single photo, so this is what the list says. The photo is safe in Cerbo.",
    )


def record_of_another() -> str:
    return translate(
        "PhotoDetails",
        "Cerbo answered with the record of another patient. It was not shown: this is what the list says. Check this "
        "photo in Cerbo, and tell your clinic’s IT.",
    )


def record_waits() -> str:
    return translate(
        "PhotoDetails",
        "Cerbo is busy, so this is what the list says. The photo is safe in Cerbo. The rest of its record will load "
        "automatically.",
    )


def record_not_read() -> str:
    return translate(
        "PhotoDetails",
        "Cerbo’s record of this photo could not be read, so this is what the list says. The photo is safe in Cerbo. "
        "It is asked for again once Cerbo answers, and when you close and open the details.",
    )
