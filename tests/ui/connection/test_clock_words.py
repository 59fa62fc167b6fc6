"""How far a clock is wrong, in words; and seconds that count on whatever is done to the clock."""

from datetime import timedelta

import pytest

from cerbo_desktop.ui.kit.countdown import Countdown
from cerbo_desktop.ui.text.connection import clock_title
from tests.fakes.hand_clock import HandClock


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=-7), "This PC’s clock is 7 minutes behind Cerbo’s."),
        (timedelta(minutes=7, seconds=20), "This PC’s clock is 7 minutes ahead of Cerbo’s."),
        (timedelta(minutes=90), "This PC’s clock is 90 minutes ahead of Cerbo’s."),
        (timedelta(hours=-3), "This PC’s clock is 3 hours behind Cerbo’s."),
        (timedelta(days=-40), "This PC’s clock is 40 days behind Cerbo’s."),
    ],
)
def test_how_far_it_is_wrong(ahead: timedelta, words: str) -> None:
    assert clock_title(ahead) == words


@pytest.mark.parametrize("set_by_s", [-7_200.0, 7_200.0])
def test_a_countdown_goes_on_when_the_clock_is_set(set_by_s: float) -> None:
    clock = HandClock()
    countdown, until = Countdown(clock, 60.0), clock.now() + timedelta(seconds=20)
    assert countdown.left_s(until) == 20.0
    clock.turn(5)
    clock.set_wall(set_by_s)
    assert countdown.left_s(until) == 15.0
    clock.turn(20)
    assert countdown.left_s(until) == 0.0


def test_a_moment_from_before_a_restart_counts_for_no_more_than_the_longest_wait() -> None:
    clock = HandClock()
    assert Countdown(clock, 60.0).left_s(clock.now() + timedelta(hours=5)) == 60.0
