"""How fast a line has shown itself to be, learnt from photos as they come."""

from collections.abc import Callable

SAMPLE_BYTES = 512 * 1024
"""One reading. What a busy moment of this program left in the socket, and then reads at once, is a small part of it."""
_LONGEST_SAMPLE_S = 3.0
FAST_BYTES_S = 2_500_000
"""A photo of a phone takes two seconds: from here on several at once show the first of them no later."""
SLOW_BYTES_S = 500_000
"""A photo of a phone takes ten seconds."""


class LineRate:
    """Measures bytes a second over the time in which photos flow; waiting for an answer and standing still do not
    count."""

    def __init__(self, elapsed_s: Callable[[], float]) -> None:
        self._elapsed_s = elapsed_s
        self._flowing_count = 0
        self._counted_until_s = 0.0
        self._sample_bytes = 0
        self._sample_s = 0.0
        self._bytes_s: float | None = None

    @property
    def bytes_s(self) -> float | None:
        """The rate of the last reading; None before the first one."""
        return self._bytes_s

    @property
    def is_fast(self) -> bool:
        """Whether the last reading was at least `FAST_BYTES_S`."""
        return self._bytes_s is not None and self._bytes_s >= FAST_BYTES_S

    @property
    def is_slow(self) -> bool:
        """Whether the last reading was below `SLOW_BYTES_S`."""
        return self._bytes_s is not None and self._bytes_s < SLOW_BYTES_S

    def begin(self) -> None:
        """Note that the bytes of one more photo have begun to flow, or flow again."""
        self._count_time()
        self._flowing_count += 1

    def end(self) -> None:
        """Note that the bytes of one photo flow no longer."""
        self._count_time()
        self._flowing_count -= 1
        self._read()

    def note(self, size_bytes: int) -> None:
        """Note that `size_bytes` more of some photo have come."""
        self._count_time()
        self._sample_bytes += size_bytes
        self._read()

    def _count_time(self) -> None:
        now_s = self._elapsed_s()
        if self._flowing_count:
            self._sample_s += now_s - self._counted_until_s
        self._counted_until_s = now_s

    def _read(self) -> None:
        if self._sample_bytes >= SAMPLE_BYTES or self._sample_s >= _LONGEST_SAMPLE_S:
            self._bytes_s = self._sample_bytes / max(self._sample_s, 0.001)
            self._sample_bytes, self._sample_s = 0, 0.0
