"""After a refusal nothing leaves before its time; a server that counts is asked no faster than it answers."""

import math
from collections import deque

import pytest

from cerbo_desktop.runtime.pacing import Pacing
from tests.fakes.hand_timer import HandTimer


@pytest.fixture
def timer() -> HandTimer:
    return HandTimer()


@pytest.fixture
def pacing(timer: HandTimer) -> Pacing:
    return Pacing(timer.elapsed_s, lambda: 0.5)


def _ask(pacing: Pacing, timer: HandTimer) -> float:
    assert pacing.wait_s() == 0.0
    pacing.started()
    return timer.elapsed_s()


def test_nothing_leaves_while_a_pause_lasts_and_then_one_alone(pacing: Pacing, timer: HandTimer) -> None:
    pacing.refused(_ask(pacing, timer), 10.0)
    pacing.ended()
    assert pacing.wait_s() == 10.0
    timer.turn(10)
    trial_s = _ask(pacing, timer)
    assert pacing.wait_s() == math.inf
    pacing.answered(trial_s)
    assert pacing.wait_s() == 0.0
    assert not pacing.is_in_trouble


def test_a_trial_that_ends_without_an_answer_lets_another_go(pacing: Pacing, timer: HandTimer) -> None:
    pacing.refused(_ask(pacing, timer), 1.0)
    timer.turn(1)
    pacing.started()
    pacing.ended()
    assert pacing.wait_s() == 0.0
    assert pacing.is_in_trouble


@pytest.mark.parametrize("asked_s", [None, 0.0])
def test_where_no_wait_is_named_it_doubles_up_to_half_a_minute(
    pacing: Pacing, timer: HandTimer, asked_s: float | None
) -> None:
    waits = []
    for _ in range(9):
        pacing.refused(_ask(pacing, timer), asked_s)
        pacing.ended()
        waits.append(pacing.wait_s())
        timer.turn(pacing.wait_s())
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    pacing.answered(_ask(pacing, timer))
    pacing.refused(_ask(pacing, timer), asked_s)
    pacing.ended()
    timer.turn(0.5)
    assert pacing.wait_s() == 0.0, "an answer begins the count anew"


def test_no_wait_is_longer_than_a_minute(pacing: Pacing, timer: HandTimer) -> None:
    pacing.refused(_ask(pacing, timer), 86_400.0)
    assert pacing.wait_s() == 60.0


def test_requests_refused_together_are_one_refusal(pacing: Pacing, timer: HandTimer) -> None:
    begun_s = [_ask(pacing, timer) for _ in range(4)]
    timer.turn(0.1)
    for each_s in begun_s:
        pacing.refused(each_s, None)
    assert pacing.wait_s() == 0.5


def test_an_answer_from_before_the_refusal_ends_no_pause(pacing: Pacing, timer: HandTimer) -> None:
    first_s, second_s = _ask(pacing, timer), _ask(pacing, timer)
    timer.turn(0.1)
    pacing.refused(first_s, 5.0)
    timer.turn(1)
    pacing.answered(second_s)
    assert pacing.wait_s() == pytest.approx(4.0)


def test_a_probe_that_is_answered_ends_the_pause(pacing: Pacing, timer: HandTimer) -> None:
    pacing.refused(_ask(pacing, timer), 30.0)
    timer.turn(3)
    pacing.started()
    pacing.answered(timer.elapsed_s())
    assert pacing.wait_s() == 0.0


def test_a_bad_moment_teaches_no_pace(pacing: Pacing, timer: HandTimer) -> None:
    for _ in range(3):
        _refuse_amid_answers(pacing, timer)
        assert pacing.rate is None
        timer.turn(15)


def _refuse_amid_answers(pacing: Pacing, timer: HandTimer) -> None:
    begun_s = [_ask(pacing, timer) for _ in range(4)]
    timer.turn(0.1)
    pacing.answered(begun_s[0])
    for each_s in begun_s[1:]:
        pacing.refused(each_s, None)
        pacing.ended()
    timer.turn(pacing.wait_s())
    pacing.answered(_ask(pacing, timer))
    pacing.ended()


@pytest.mark.parametrize(("answers", "rate"), [(2, None), (5, 4.0)])
def test_only_a_busy_second_teaches_a_pace(pacing: Pacing, timer: HandTimer, answers: int, rate: float | None) -> None:
    """How little was asked is not what the server takes."""
    for count in (1, answers - 1):
        for _ in range(count):
            pacing.answered(_ask(pacing, timer))
            timer.turn(0.01)
        pacing.refused(_ask(pacing, timer), None)
        pacing.ended()
        timer.turn(1.5)
        pacing.answered(_ask(pacing, timer))
        pacing.ended()
    assert pacing.rate == rate


@pytest.mark.parametrize("allowed", [1, 2, 5])
def test_a_server_that_counts_is_hardly_ever_asked_too_much(pacing: Pacing, timer: HandTimer, allowed: int) -> None:
    """Four at once wait for what the server allows in any second."""
    taken: deque[float] = deque()
    answers = refusals = 0
    while answers < 200:
        timer.turn(pacing.wait_s())
        begun_s: list[float] = []
        while pacing.wait_s() == 0.0 and len(begun_s) < 4:
            begun_s.append(_ask(pacing, timer))
        timer.turn(0.03)
        for each_s in begun_s:
            while taken and taken[0] <= each_s - 1.0:
                taken.popleft()
            if len(taken) >= allowed:
                refusals += 1
                pacing.refused(each_s, None)
            else:
                taken.append(each_s)
                answers += 1
                pacing.answered(each_s)
            pacing.ended()
    assert refusals < 40
    assert timer.elapsed_s() < 2.5 * 200 / allowed


def test_a_pace_is_forgotten_where_the_server_takes_more(pacing: Pacing, timer: HandTimer) -> None:
    for _ in range(3):
        _refuse_amid_answers(pacing, timer)
    timer.turn(pacing.wait_s())
    paces = []
    for _ in range(80):
        pacing.answered(_ask(pacing, timer))
        paces.append(pacing.rate)
        pacing.ended()
        timer.turn(pacing.wait_s())
    assert paces[0] == paces[18] == pytest.approx(3.2)
    assert paces[-1] is None


def test_a_pace_grows_in_time_where_little_is_asked(pacing: Pacing, timer: HandTimer) -> None:
    for _ in range(3):
        _refuse_amid_answers(pacing, timer)
    before = pacing.rate
    assert before is not None
    timer.turn(11)
    pacing.answered(_ask(pacing, timer))
    assert pacing.rate is not None
    assert pacing.rate > before
