"""What the app says of Cerbo's answers and of the line to it: one place for these words, ready for the catalogue."""

from collections.abc import Sequence
from datetime import datetime

from cerbo_desktop.ui.kit.phrases import clock, count
from cerbo_desktop.ui.kit.text import plain

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

_MOST_NAMES = 6


def long_wait_title(photo_count: int) -> str:
    """1 photo has waited in Cerbo for more than a day"""
    has = "has" if photo_count == 1 else "have"
    return f"{count(photo_count, 'photo')} {has} waited in Cerbo for more than a day"


def long_wait_text(names: Sequence[str]) -> str:
    """Of whom; more than a few are counted."""
    named = [plain(name) for name in names[:_MOST_NAMES]]
    more = len(names) - len(named)
    listed = f"{', '.join(named)} and {count(more, 'more patient')}" if more else _listed(named)
    return f"Of {listed}. Safe in Cerbo, but not in the chart yet. Ask staff to accept them in Cerbo’s portal queue."


def _listed(names: Sequence[str]) -> str:
    """Maria Lopez, Hana Kim and Grace Adeyemi"""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
