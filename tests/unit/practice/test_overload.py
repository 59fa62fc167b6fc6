"""The practice clinic as one that is asked too much."""

import httpx
import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.overload import Overload
from cerbo_desktop.practice.switches import Switches
from tests.fakes.hand_clock import HandClock


def test_so_many_a_second_are_carried_out_and_no_more() -> None:
    switches, clock = Switches(requests_a_second=2), HandClock()
    overload = Overload(switches, clock.elapsed_s)
    assert [overload.refusal() is None for _ in range(4)] == [True, True, False, False]
    clock.turn(1)
    assert [overload.refusal() is None for _ in range(3)] == [True, True, False]
    assert overload.refused_count == 3


@pytest.mark.parametrize(("status", "wait"), [(429, "10"), (503, "Wed, 21 Oct 2026 07:28:00 GMT"), (503, "")])
def test_an_overloaded_clinic_answers_as_it_is_told(
    web: httpx.Client, clinic: PracticeClinic, status: int, wait: str
) -> None:
    clinic.switches.overload_status, clinic.switches.retry_after = status, wait
    clinic.switches.is_overloaded = True
    answer = web.get("users")
    assert (answer.status_code, answer.headers.get("retry-after", "")) == (status, wait)
    clinic.switches.is_overloaded = False
    assert web.get("users").status_code == 200
