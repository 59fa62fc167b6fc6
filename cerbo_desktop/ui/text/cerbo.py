"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

from cerbo_desktop.ui.kit import phrases

# Lists that cannot be read, and rows that could not.

# Dates that Cerbo gives without a time, or in no readable form.

# What a key may not do.

# Types of photos.

ID_PHOTO_NOT_KNOWN = "ID photo not known: Cerbo does not say which photos are personal"
FILTERS_OFF = "Cerbo does not say which photos are personal and which medical. All are shown."


def untyped_photos(untyped_count: int, total_count: int, *, is_asking: bool) -> str:
    """Beside the filters; empty where every photo has a type."""
    if not untyped_count:
        return ""
    if is_asking:
        return "Asking Cerbo for types…"
    if untyped_count == total_count:
        return "Cerbo gives no types here."
    return f"Cerbo gives no type for {phrases.count(untyped_count, 'photo')}."


# Rate limits.

# The two routes to a photo's bytes, as the set-up test tells of them.

# Details of one photo.

DETAILS = "Details"
DETAILS_KEY = "Details (I)"
CLOSE_DETAILS = "Close details"
TOLD_BY_CERBO = "What Cerbo says"
IN_THE_FILE = "The file that came"
TAKEN, ADDED, DATED, TYPE, FORMAT, SIZE, PIXELS = "Taken", "Added", "Date", "Type", "Format", "Size", "Pixels"
PHOTO_ID = "Photo ID"
NOT_GIVEN = "Not given by Cerbo"
NOT_KNOWN = "Not known"
ASKING = "Asking Cerbo…"
RECORD_NOT_READ = (
    "Cerbo’s record of this photo could not be read, so this is what the list says. The photo is safe in Cerbo. "
    "Close and open the details to ask again."
)

# Looking again.

# Slow lines.

# Photos that wait in Cerbo's queue for long.
