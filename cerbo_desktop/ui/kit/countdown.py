"""Seconds left until a moment, counted on by a clock that nobody can set."""

from datetime import datetime

from cerbo_desktop.domain.ports import Clock


class Countdown:
    """Reads a moment of the wall clock once, when it is new; setting the PC's clock later changes no count."""

    def __init__(self, clock: Clock, longest_s: float) -> None:
        self._clock, self._longest_s = clock, longest_s
        self._due_s: dict[datetime, float] = {}

    def left_s(self, until: datetime) -> float:
        """Seconds left until the moment `until`, and never negative."""
        elapsed_s = self._clock.elapsed_s()
        if until not in self._due_s:
            self._due_s = {moment: due_s for moment, due_s in self._due_s.items() if due_s > elapsed_s}
            told_s = (until - self._clock.now()).total_seconds()
            self._due_s[until] = elapsed_s + max(0.0, min(self._longest_s, told_s))
        return max(0.0, self._due_s[until] - elapsed_s)
