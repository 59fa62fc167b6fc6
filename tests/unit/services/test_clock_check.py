"""Whether this PC's clock agrees with the server's, and when nothing is said."""

from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.services.clock_check import ClockCheck
from tests.fakes.hand_clock import HandClock


def _noted(*offsets: timedelta, took_s: float = 0.1) -> timedelta | None:
    """`offsets` are how far the server's clock is ahead in one answer after another."""
    clock = HandClock()
    check = ClockCheck(clock)
    for offset in offsets:
        check.note(clock.now() + offset, took_s)
        clock.turn(1)
    return check.feed.latest


@pytest.mark.parametrize("minutes", [7, -7, 3, 90, 60 * 26, -60 * 24 * 30])
def test_a_clock_that_is_wrong_is_noticed(minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    ahead = _noted(offset, offset)
    assert ahead is not None
    assert abs(ahead + offset) < timedelta(seconds=2)


@pytest.mark.parametrize("offset", [timedelta(), timedelta(seconds=119), -timedelta(seconds=119)])
def test_within_two_minutes_nothing_is_said(offset: timedelta) -> None:
    assert _noted(offset, offset, offset) is None


def test_one_answer_alone_proves_nothing() -> None:
    seven = timedelta(minutes=7)
    assert _noted(seven) is None
    assert _noted(seven, timedelta(), seven, timedelta()) is None
    assert _noted(seven, -seven, seven) is None


def test_an_answer_that_was_long_on_its_way_is_no_sign_of_a_wrong_clock() -> None:
    """The server wrote its time, the PC slept, and the answer is read an hour later."""
    old = -timedelta(minutes=60)
    assert _noted(old, old, took_s=3_600.0) is None


def test_a_server_that_does_not_know_the_date_is_not_believed() -> None:
    clock = HandClock()
    check = ClockCheck(clock)
    for absurd in (datetime(year, 6, 1, tzinfo=UTC) for year in (1970, 2024, 2999)):
        check.note(absurd, 0.1)
        check.note(absurd, 0.1)
    assert check.feed.latest is None


def test_it_is_said_once() -> None:
    clock, heard = HandClock(), list[timedelta | None]()
    check = ClockCheck(clock)
    check.feed.subscribe(heard.append, replay=False)
    for minutes in (7, 7, 7, 30, 30):
        check.note(clock.now() + timedelta(minutes=minutes), 0.1)
    assert heard == [-timedelta(minutes=7)]
