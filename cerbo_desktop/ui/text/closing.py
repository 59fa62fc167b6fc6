"""The question before the app closes, or leaves one practice for another, while photos are not sent."""

from cerbo_desktop.ui.text.catalogue import translate


def not_saved_title() -> str:
    return translate("Closing", "Photos not saved yet")


def not_saved() -> str:
    return translate("Closing", "If you close now, the photos you took will be lost.")


def close_and_lose() -> str:
    return translate("Closing", "Close and lose them")


def keep_open() -> str:
    return translate("Closing", "Keep open")


def not_sent_title(unsent: int) -> str:
    return translate("Closing", "%n photo(s) (is|are) not sent yet.", "", unsent)


def not_sent(needs_person: int) -> str:
    """What becomes of photos that are not sent yet; `needs_person`: so many of them wait for a person."""
    if not needs_person:
        return translate("Closing", "Unsent photos are safe on this PC and will be sent when you next open the app.")
    return translate(
        "Closing",
        "Unsent photos are safe on this PC. %n need(s|) attention first: see Needs attention in Uploads.",
        "",
        needs_person,
    )


def lost_in_practice(unsent: int) -> str:
    return translate(
        "Closing",
        "The practice clinic starts anew each time, so (it isn’t|they aren’t) kept. All its patients are fictional.",
        "",
        unsent,
    )


def all_sent_title() -> str:
    return translate("Closing", "All photos are sent now.")


def all_sent() -> str:
    """The last of them left while the question stood open."""
    return translate("Closing", "Nothing is waiting on this PC any more.")
