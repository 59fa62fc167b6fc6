"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

import sys

from cerbo_desktop.ui.kit.text import plain

QUEUE_NOT_READ = (
    "Cerbo’s queue can’t be read just now. These photos reached it; whether staff have accepted them since isn’t known."
    " The app keeps looking."
)
PHOTOS_NOT_LISTED = "Cerbo doesn’t list this patient’s photos."
MAY_SEND_UNLISTED = "The chart may have no photos yet: look in Cerbo. Photos can be sent all the same."
LIST_GONE = "Cerbo shows no photos of this patient now."
LOOK_IN_CERBO = "It did before. Photos on this page are from then: look in Cerbo whether they are still there."
NOT_READABLE = "Cerbo gave an answer that cannot be read."


def it_says(words: str) -> str:
    """What a server said in place of a list, in its own words."""
    said = plain(words).rstrip(".")
    return f"It says: “{said}”" if said.endswith(("!", "?", "…")) else f"It says: “{said}.”"


CHART_NOT_LISTED = "Cerbo’s list of this patient’s photos can’t be read just now."
ASK_ADMINISTRATOR = "Ask your administrator."
MAY_NOT_LIST_PHOTOS = "This key isn’t allowed to list this patient’s photos."
MAY_NOT_SHOW_PHOTO = "This key isn’t allowed to show this photo."
NOT_OFFERED = "Cerbo doesn’t offer this."
TELL_ADMINISTRATOR = "Tell your administrator."
HELD_UP = "Waits for the photo under Needs attention."
BUSY_TITLE = "Cerbo is busy"
BUSY_LOADS = "This loads by itself."
BUSY_LOOKING = (
    "Cerbo is busy. Looking whether it has the photo; if not, it is sent again. The photo is safe on this PC."
)
CLOSED_IN_QUEUE = "The queue lists one entry more than before, as done."
BOTH_ROUTES_WORK = "List and pictures work, by /stream and by /content."
ONE_ROUTE_WORKS = "List and pictures work by {works} alone: {other} {why}."
NO_ROUTE_WORKS = "The list works. A photo can’t be opened: /stream {stream}, /content {content}."
MAY_NOT_OPEN_PHOTOS = "The list works. This key isn’t allowed to open photos."
MAY_NOT_LIST_ANY_PHOTOS = "This key isn’t allowed to list photos."
NO_PHOTO_TO_TRY = "The list works. It holds no picture to try."
NO_LIST_OF_PHOTOS = (
    "Cerbo answers “not found” to each list of photos that was tried. Nobody there may have a photo yet. If they do, "
    "check the address."
)
NOBODY_TO_TRY = "Nobody has an appointment today to try it with."
ROUTE_NOT_ALLOWED = "isn’t allowed"
ROUTE_GIVES_NO_PHOTO = "gives no photo"
NOT_GIVEN_BY_CERBO = "Cerbo lists this photo, but doesn’t give it."
NO_PHOTO_COMES = "No photo of this patient comes. Look for it in Cerbo, and tell your administrator."
LOADS_BY_ITSELF = "It loads by itself once Cerbo answers again."
STALLED_TITLE = "This photo stopped arriving."
STALLED_TEXT = "It is safe in Cerbo, and is tried again by itself. The line may be slow."
BROKEN_OFF_TEXT = "The photo is safe in Cerbo, and is tried again by itself."


def waits_for_answer() -> str:
    """Beneath "Waiting for Cerbo's answer". Linux alone tells when a photo has arrived (`api/outflow.py`)."""
    return "" if sys.platform == "linux" else "The photo’s last part may still be on its way to Cerbo."
