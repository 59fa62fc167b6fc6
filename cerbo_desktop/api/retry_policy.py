"""Whether a question that failed is asked again, and after how long; but for an overloaded server, which is waited for
at the turnstile.
"""

import time
from random import SystemRandom

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerError, Unreachable, Untrusted

FIRST_CEILING_S = 0.5
"""The longest pause before the second try; before each further one it doubles."""
_TRIES = 3
_MAX_RETRIED_S = 4.0
"""A failure that took longer is not tried again: the person has waited enough."""
_RANDOM = SystemRandom()


class RetryPolicy:
    """Decides after each failed try of one question whether to ask again, and after which pause (full jitter)."""

    def __init__(self, *, has_other_way: bool = False) -> None:
        """`has_other_way`: after a fault of the server another request brings the same, and should go at once."""
        self._has_other_way = has_other_way
        self._ceiling_s = FIRST_CEILING_S
        self._tries_left = _TRIES - 1
        self._started_s = time.monotonic()

    def pause_s(self, error: ServerError) -> float | None:
        """The seconds to wait before the next try, or None where the question should not be asked again."""
        took_s, self._started_s = time.monotonic() - self._started_s, time.monotonic()
        if self._has_other_way and isinstance(error, BadAnswer) and error.kind is BadAnswerKind.SERVER_FAULT:
            return None
        if self._tries_left == 0 or not _is_worth_a_try(error) or took_s > _MAX_RETRIED_S:
            return None
        self._tries_left -= 1
        ceiling_s, self._ceiling_s = self._ceiling_s, 2 * self._ceiling_s
        return _RANDOM.uniform(0.0, ceiling_s)


def _is_worth_a_try(error: ServerError) -> bool:
    if isinstance(error, BadAnswer):
        return error.kind in (BadAnswerKind.SERVER_FAULT, BadAnswerKind.CUT_OFF)
    return isinstance(error, Unreachable) and not isinstance(error, Untrusted)
