"""Whether a question that failed is asked again, and after how long; but for an overloaded server, which is waited for
at the turnstile.
"""

import time
from random import SystemRandom

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Unreachable, Untrusted

_MAX_RETRIED_S = 4.0
"""A failure that took longer is not tried again: the person has waited enough."""
_RANDOM = SystemRandom()


class RetryPolicy:
    """Whether and how long to wait before the next try: full jitter."""

    def __init__(self, *, has_other_way: bool = False) -> None:
        """`has_other_way`: after a fault of the server another request brings the same, and should go at once."""
        self._has_other_way = has_other_way
        self._ceiling_s = 0.25
        self._started_s = time.monotonic()

    def __call__(self, error: Exception) -> bool | float:
        took_s, self._started_s = time.monotonic() - self._started_s, time.monotonic()
        if self._has_other_way and isinstance(error, BadAnswer) and error.kind is BadAnswerKind.SERVER_FAULT:
            return False
        if not _is_worth_a_try(error) or took_s > _MAX_RETRIED_S:
            return False
        self._ceiling_s *= 2
        return _RANDOM.uniform(0.0, self._ceiling_s)


def _is_worth_a_try(error: Exception) -> bool:
    if isinstance(error, BadAnswer):
        return error.kind in (BadAnswerKind.SERVER_FAULT, BadAnswerKind.CUT_OFF)
    return isinstance(error, Unreachable) and not isinstance(error, Untrusted)
