"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

# Lists that cannot be read, and rows that could not.

# Dates that Cerbo gives without a time, or in no readable form.

# What a key may not do.

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
