"""Who goes first when requests have to wait for each other."""

from enum import IntEnum


class Urgency(IntEnum):
    """Lower goes first."""

    NOW = 0
    """A person waits for this very answer: search, an opened photo, a sent photo."""
    VISIBLE = 1
    """A picture in view."""
    NEAR = 2
    """A picture that a scroll or an arrow key would bring into view."""
    BACKGROUND = 3
