"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

from datetime import datetime

from cerbo_desktop.ui.kit.phrases import clock, count

# Lists that cannot be read, and rows that could not.

# Dates that Cerbo gives without a time, or in no readable form.

# What a key may not do.

# Types of photos.

# Rate limits.

# The two routes to a photo's bytes, as the set-up test tells of them.

# Details of one photo.

# Looking again.

LOOK_AGAIN = "Look again"
LOOK_AGAIN_TIP = "Look again for new photos (F5)"
LOOKING = "Looking…"


def looked_again(at: datetime, new_count: int) -> str:
    """Looked again at 10:42. 1 new photo."""
    found = f"{count(new_count, 'new photo')}." if new_count else "Nothing new."
    return f"Looked again at {clock(at)}. {found}"


# Slow lines.

# Photos that wait in Cerbo's queue for long.
