"""Every limit of the bench, in one table. No other file of it holds one.

`owed` is what a person needs. `drawn` is 1.3 times what was measured on a quiet machine, where that is stricter: it
keeps what was reached. A row with several screens is drawn to the worst of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    owed: float | None
    """None: told, not judged."""
    drawn: float | None = None
    large: "Limit | None" = None
    """On a screen of 3840x2160, where it is another one."""

    @property
    def judged(self) -> float | None:
        return self.owed if self.drawn is None else self.drawn


TOLD = Limit(None)

# starting
BOARD = Limit(3.0)
# waiting
WITH_500 = Limit(1.2)
WITH_5000 = Limit(1.2)
A_WAITING_PHOTO = Limit(10)
# viewing
SOMETHING = Limit(2, large=Limit(3))
SHARP = Limit(1.2)
FULL = Limit(1.3)
NEXT = Limit(2)
MOVED = Limit(1, drawn=0.51, large=Limit(1))
# holding
HELD_EMPTY = Limit(0)
HELD_DECODES = Limit(2)
# keeping
ACCEPT = Limit(2.0)
ACCEPT_GAP = Limit(20, drawn=8.7)
# cells
FROM_MEMORY = Limit(0.85)
OVER_TLS = Limit(0.80)
OVER_TLS_TO_DJPEG = Limit(0.80)
WORK_A_TILE = Limit(8)
# line
FIRST_SCREEN = Limit(1.25)
JUMP = Limit(1.25, drawn=1.2)
JUMP_FETCHES = Limit(0)
EMBEDDED = Limit(64)
# list
LISTED = Limit(4.5)
LISTED_AGAIN = Limit(2)
# narrow
HEADS = Limit(1.3)
FIRST_HEAD = Limit(0.6, drawn=0.41)
COLD = Limit(1.0)
HEAD_BYTES = Limit(96)
HEADS_IN_VIEW = Limit(1)
# whole
IN_VIEW = Limit(0)
FIRST_WHOLE = Limit(1.3)
OPENED = Limit(1.25)
TWICE = Limit(1.05)
# smoothness, capturing and huge: a person sees a gap of two frames
LONGEST_GAP = Limit(33, drawn=24)
P99_GAP = Limit(12)
CAPTURING_GAP = Limit(33)
CAPTURING_P99_GAP = Limit(12)
CAPTURING_MEMORY = Limit(450)
HUGE_GAP = Limit(33)
HUGE_P99_GAP = Limit(12)
# mixed
MIXED_GAP = Limit(33)
MIXED_MEMORY = Limit(450)
# dragging
FIRST_AT_REST = Limit(100)
ALL_AT_REST = Limit(400)
# uploads
UPLOAD_MEMORY = Limit(14)
UPLOAD_GAP = Limit(20)
OVER_LINE = Limit(1.15)
# residence
SCROLLED_MEMORY = Limit(260)
HUGE_MEMORY = Limit(350)
CACHES = Limit(0)
# idling
IDLE_REQUESTS = Limit(0)
IDLE_PROCESSOR = Limit(0.1)
WAITING_PROCESSOR = Limit(0.3)
WAITING_WAKEUPS = Limit(12, drawn=8)
WAITING_REQUESTS = Limit(2)
# requests, by act
REQUESTS = {
    "start, with a board of 30": TOLD,
    "board of 30, a minute": TOLD,
    "a settled search by name": Limit(4, drawn=3),
    "a search by id": Limit(1),
    "open an album of 250": Limit(3),
    "an album of 250 in view, a minute": Limit(1),
    "open an album of 5,000": TOLD,
    "an album of 5,000 in view, a minute": Limit(1),
    "an upload into 5,000": Limit(3),
    "the upload waits for staff, 35 seconds": Limit(1),
    "staff accepted it, a minute": TOLD,
    "30 patients' photos wait, a minute": Limit(2),
}
