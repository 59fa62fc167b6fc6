"""When the next request may leave: after the pause that the server asked for, and no faster than it is known to take.

Told of each request as it starts and of the kind of its answer; it counts, and keeps neither a task nor a timer.
"""

import math
from collections import deque
from collections.abc import Callable
from random import SystemRandom

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
"""Where the server names no wait; doubled from refusal to refusal."""
_LONGEST_ASKED_S = 60.0
_LOOK_BACK_S = 1.0
_SOON_S = 10.0
"""A server that refuses again so soon after it was well counts the requests; one that had a bad moment does not."""
_FIRST_CUT, _LATER_CUT = 0.8, 0.7
_BUSY_ANSWERS = 4
"""In the second before a refusal; fewer show how little was asked, and not what the server takes."""
_OFTEN = 2
"""So many refusals soon after it was well tell of counting whatever was asked."""
_STEADY_ANSWERS, _STEADY_S = 20, 10.0
_GROWTH = 1.1
_SLOWEST, _FREE = 0.25, 20.0
"""Requests a second. What four connections can carry needs no pace beyond the second of these."""
_NO_WAIT_S = 0.001
_chance = SystemRandom().random


class Pacing:
    """After a refusal nothing leaves for as long as was asked, and longer from one refusal to the next. After the pause
    one request leaves alone; once it is answered, the others follow.

    A second refusal soon after, in a busy second, or a third in any, shows that requests are counted: from then on they
    leave at four fifths of the rate that was answered, for twenty answers or ten seconds; then a little faster with
    each one, until the server refuses again or there is nothing left to hold back.

    In doubt there is no pause: one request leaves alone at once, and tells whether there has to be one.
    """

    def __init__(self, elapsed_s: Callable[[], float], chance: Callable[[], float] = _chance) -> None:
        self._elapsed_s, self._chance = elapsed_s, chance
        self._pause_until_s = self._refused_s = self._well_since_s = -math.inf
        self._refusal_count = 0
        """Without an answer in between."""
        self._is_in_doubt = False
        self._is_lesson = False
        """The refusals without an answer in between tell of how fast the server may be asked."""
        self._is_trial_out = False
        self._started: deque[float] = deque((-math.inf,), maxlen=64)
        self._answered: deque[float] = deque(maxlen=64)
        self._answers_before = 0
        """Of the last second before a refusal."""
        self._soon_count = 0
        """Refusals, each soon after the server was well."""
        self._rate: float | None = None
        self._steady_answers = 0

    @property
    def is_in_trouble(self) -> bool:
        """In a pause, or after one and nothing is answered yet."""
        return self._refusal_count > 0 or self._is_in_doubt

    @property
    def is_in_doubt(self) -> bool:
        """A request was refused, and it is not known yet whether others would be."""
        return self._is_in_doubt

    @property
    def pause_left_s(self) -> float:
        """Seconds until the pause that was asked for is over; 0 where there is none."""
        return max(0.0, self._pause_until_s - self._elapsed_s())

    @property
    def rate(self) -> float | None:
        """Requests a second, where a pace was learnt."""
        return self._rate

    def wait_s(self) -> float:
        """Seconds until the next request may start: 0 for now, infinity where another request has to end first."""
        left_s = self.pause_left_s
        if left_s <= 0.0 and self.is_in_trouble:
            return math.inf if self._is_trial_out else 0.0
        if left_s <= 0.0 and self._rate is not None:
            left_s = self._started[-1] + 1.0 / self._rate - self._elapsed_s()
        return left_s if left_s > _NO_WAIT_S else 0.0

    def started(self) -> None:
        """Note that a request leaves now."""
        self._started.append(self._elapsed_s())
        self._is_trial_out = self.is_in_trouble

    def ended(self) -> None:
        """Note that a request has ended in whatever way: after a pause, the next may be tried."""
        self._is_trial_out = False

    def answered(self, started_s: float) -> None:
        """Note that the server took the request that was started at `started_s`.

        A request that was started before a refusal tells nothing of the time after it.
        """
        self._answered.append(self._elapsed_s())
        if started_s <= self._refused_s:
            return
        self._is_in_doubt = False
        if self._refusal_count > 0:
            self._refusal_count, self._pause_until_s = 0, -math.inf
            if self._is_lesson:
                self._slow_down()
                self._well_since_s = self._elapsed_s()
                self._is_lesson = False
        self._speed_up()

    def doubted(self, started_s: float) -> None:
        """Note that the request of `started_s` was refused, and that it is not known whether others would be."""
        if started_s > self._refused_s and not self.is_in_trouble:
            self._is_in_doubt, self._refused_s = True, self._elapsed_s()

    def refused(self, started_s: float, asked_s: float | None, *, is_lesson: bool = True) -> None:
        """Note that the server had too much to do for the request that was started at `started_s`.

        `asked_s` is the wait that it named, None where it named none. With `is_lesson` False the refusal may be about
        the one thing that was asked for, and tells nothing of how many requests the server takes.
        """
        now_s = self._elapsed_s()
        wait_s = min(_LONGEST_ASKED_S, asked_s or 0.0)
        if started_s > self._refused_s or self._is_in_doubt:
            if self._is_in_doubt and started_s > self._refused_s:
                self._refusal_count = 1  # the one that was doubted counts after all
            wait_s = max(wait_s, self._own_wait_s())
            self._refusal_count += 1
            if is_lesson and not self._is_lesson:
                self._is_lesson = True
                self._soon_count = self._soon_count + 1 if now_s - self._well_since_s < _SOON_S else 0
                self._answers_before = sum(each > now_s - _LOOK_BACK_S for each in self._answered)
            self._refused_s, self._is_in_doubt = now_s, False
        self._pause_until_s = max(self._pause_until_s, now_s + wait_s)

    def _own_wait_s(self) -> float:
        """Not the same on every PC of a practice: they share the key, and were refused together."""
        wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(self._refusal_count, 10))
        return wait_s * (0.75 + 0.5 * self._chance())

    def _slow_down(self) -> None:
        self._steady_answers = 0
        if self._rate is not None:
            self._rate = max(_SLOWEST, _LATER_CUT * self._rate)
        elif self._soon_count >= (1 if self._answers_before >= _BUSY_ANSWERS else _OFTEN):
            self._rate = max(_SLOWEST, _FIRST_CUT * self._answers_before / _LOOK_BACK_S)

    def _speed_up(self) -> None:
        if self._rate is None:
            return
        self._steady_answers += 1
        if self._steady_answers > _STEADY_ANSWERS or self._elapsed_s() - self._well_since_s > _STEADY_S:
            self._rate *= _GROWTH
            if self._rate > _FREE:
                self._rate = None
