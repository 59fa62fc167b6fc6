"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

from cerbo_desktop.ui.kit import phrases

# Lists that cannot be read, and rows that could not.

SOME_PHOTOS_MISSING = "Some photos may be missing from this list. Open the patient in Cerbo to see all of them."


def photos_not_read(count: int) -> str:
    photos = phrases.count(count, "photo")
    return f"{photos} of this chart could not be read and {_is(count)} not shown. Open the patient in Cerbo to see all."


def patients_not_read(count: int) -> str:
    entries = phrases.count(count, "entry/entries")
    return f"{entries} of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo."


def visits_not_read(count: int) -> tuple[str, str]:
    """In full, and where there is little room."""
    return f"{phrases.count(count, 'visit')} could not be read", f"{count} not read"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


# Dates that Cerbo gives without a time, or in no readable form.

# What a key may not do.

ASK_ADMINISTRATOR = "Ask your administrator."
MAY_NOT_LIST_PHOTOS = "This key isn’t allowed to list this patient’s photos."
MAY_NOT_SHOW_PHOTO = "This key isn’t allowed to show this photo."
MAY_NOT_SHOW_TILE = "Not allowed"
MAY_NOT_SHOW_SPOKEN = "this key isn’t allowed to show it, press Enter to ask again"
MAY_NOT_READ_RECORD = "This key isn’t allowed to read this patient’s record."
NOT_OFFERED = "Cerbo doesn’t offer this."
TELL_ADMINISTRATOR = "Tell your administrator."

# Types of photos.

# Rate limits.

BUSY_TITLE = "Cerbo is busy"
BUSY_TEXT = "It asked this PC to wait. What is missing loads by itself."


def busy_words(unsent: int) -> str:
    """Under the title; `unsent`: photos that go out by themselves."""
    if not unsent:
        return BUSY_TEXT
    photos = "1 photo is" if unsent == 1 else f"{unsent} photos are"
    return f"{BUSY_TEXT} {photos} saved and encrypted on this PC and will be sent then."


# The two routes to a photo's bytes, as the set-up test tells of them.

# Details of one photo.

# Looking again.

# Slow lines.

# Photos that wait in Cerbo's queue for long.
