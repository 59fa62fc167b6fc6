"""How long to hold back where troubles of the line come and go."""

from cerbo_desktop.domain.ports import Clock

WAITS_S = (5.0, 10.0, 20.0, 30.0, 60.0)
_LASTS_S = 60.0
"""A recovery that lasted so long was one. Any failure of what is asked again after it comes within this."""


class ReconnectBackoff:
    """Counts recoveries that did not last: each makes the waits before the next longer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since_s: float | None = None
        self._short_ones = 0

    def begin(self) -> None:
        """Cerbo answers again."""
        self._since_s = self._clock.elapsed_s()

    def end(self) -> None:
        """Note that a new trouble has ended this recovery."""
        if self._since_s is not None:
            is_short = self._clock.elapsed_s() - self._since_s < _LASTS_S
            self._short_ones = self._short_ones + 1 if is_short else 0
        self._since_s = None

    def forget(self) -> None:
        """Forget the count: a person wants to try now."""
        self._since_s, self._short_ones = None, 0

    @property
    def probe_waits_s(self) -> tuple[float, ...]:
        """The waits between the probes of a trouble; after the last, it stays at that."""
        return WAITS_S[min(self._short_ones, len(WAITS_S) - 1) :]

    @property
    def reload_wait_s(self) -> float:
        """The wait from a recovery until everything that failed is asked for again."""
        return WAITS_S[min(self._short_ones, len(WAITS_S)) - 1] if self._short_ones else 0.0
