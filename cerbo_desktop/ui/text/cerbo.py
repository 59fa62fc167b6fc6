"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

# Lists that cannot be read, and rows that could not.

# Dates that Cerbo gives without a time, or in no readable form.

# What a key may not do.

# Types of photos.

# Rate limits.

# The two routes to a photo's bytes, as the set-up test tells of them.

# Details of one photo.

# Looking again.

# Slow lines.

SLOW_LINE = "Slow line"
TILE_BROKEN_OFF = "Not loaded yet"
TILE_BROKEN_OFF_SPOKEN = "not loaded yet, tried again soon, press Enter to try now"
STALLED_TITLE = "This photo stopped arriving."
STALLED_TEXT = "It is safe in Cerbo. The line may be slow. Try again in a moment."

# Photos that wait in Cerbo's queue for long.
