"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

# Lists that cannot be read, and rows that could not.

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

# The two routes to a photo's bytes, as the set-up test tells of them.

BOTH_ROUTES_WORK = "List and pictures work, by /stream and by /content."
ONE_ROUTE_WORKS = "List and pictures work by {works} alone: {other} {why}."
NO_ROUTE_WORKS = "The list works. A photo can’t be opened: /stream {stream}, /content {content}."
MAY_NOT_OPEN_PHOTOS = "The list works. This key isn’t allowed to open photos."
MAY_NOT_LIST_ANY_PHOTOS = "This key isn’t allowed to list photos."
NO_PHOTO_TO_TRY = "The list works. It holds no picture to try."
NOBODY_TO_TRY = "Nobody has an appointment today to try it with."
ROUTE_NOT_ALLOWED = "isn’t allowed"
ROUTE_GIVES_NO_PHOTO = "gives no photo"

# Details of one photo.

# Looking again.

# Slow lines.

# Photos that wait in Cerbo's queue for long.
