"""Killed at every point where something has just become true, under every fault of the server."""

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.durability.counting_server import CountingServer, PostFault
from tests.durability.judging import Outcome, die_and_recover, judge, kill_while_sending, run_clerk, start_clerk

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
    pytest.mark.timeout(3_000),
]

PHOTOS = 2
MANY_PHOTOS = 4
AT_ONCE = 2
RUNS = 100
_AIMS = 5
"""How often a clerk that was done before it was killed is followed by one that is killed in half the time."""


def _all_or_one(faults: tuple[PostFault, ...]) -> str:
    return faults[0].name if len(faults) == 1 else "some of all"


def checkpoints(folder: Path, fault: PostFault) -> list[str]:
    """Their names, in the order in which a clerk that is left alone under this fault passes them."""
    with CountingServer(fault) as server:
        output = run_clerk(folder, server.address, PHOTOS, "record")
        assert Outcome.of(output).is_done
        assert all(len(homes) == 1 for homes in server.stored.values())
    return [line.removeprefix("checkpoint ") for line in output.splitlines() if line.startswith("checkpoint ")]


def test_a_clerk_left_alone_sends_everything_once(tmp_path: Path) -> None:
    names = checkpoints(tmp_path, PostFault.NONE)
    assert {"file on disk", "row inserted", "moved to committing", "through the gate", "answered"} <= set(names)
    assert names.count("answered") == PHOTOS


@pytest.mark.parametrize(
    "faults",
    [tuple(PostFault), *(pytest.param((fault,), marks=pytest.mark.release) for fault in PostFault)],
    ids=_all_or_one,
)
def test_killed_at_each_crash_point(tmp_path: Path, faults: tuple[PostFault, ...]) -> None:
    """100 of them in each run; every one, at least 295, before a release, a part for each fault."""
    names = {fault: checkpoints(tmp_path / f"recorded {fault.name}", fault) for fault in faults}
    everything = [(point, fault) for fault in faults for point in range(1, len(names[fault]) + 1)]
    is_whole = len(faults) == 1
    assert len(everything) * (len(PostFault) if is_whole else 1) >= 295
    chosen = everything if is_whole else random.Random(20251112).sample(everything, RUNS)

    def one(case: tuple[int, PostFault]) -> tuple[bool, list[str]]:
        point, fault = case
        folder, rng = tmp_path / f"{point}-{fault.name}", random.Random(point)
        has_died, wrong = die_and_recover(folder, PHOTOS, str(point), fault, rng)
        return has_died, [f"{names[fault][point - 1]} ({point}), {fault.name}: {each}" for each in wrong]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(one, chosen))
    wrong = [line for _, lines in ends for line in lines]
    died = sum(has_died for has_died, _ in ends)
    print(f"\n{len(chosen)} crash points, {died} died there: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    # The order of a few steps, and so their number, is not the same each time.
    assert died >= 0.9 * len(chosen)


def _named(runs: range) -> str:
    return f"{runs.start} to {runs.stop}"


@pytest.mark.parametrize(
    "runs",
    [range(30), *(pytest.param(range(at, at + 100), marks=pytest.mark.release) for at in range(0, 1_000, 100))],
    ids=_named,
)
def test_killed_at_random_moments(tmp_path: Path, runs: range) -> None:
    """30 in each run and 1,000 before a release."""
    span_s = sending_time_s(tmp_path / "left alone")

    def one(number: int) -> tuple[bool, list[str]]:
        rng = random.Random(number)
        fault, is_accepting, at_s = rng.choice(list(PostFault)), rng.random() < 0.5, rng.uniform(0, span_s)
        wrong: list[str] = []
        for part in range(_AIMS):
            folder = tmp_path / f"{number} {part}"
            is_killed, found = _killed_and_recovered(folder, fault, at_s / 2**part, is_accepting=is_accepting)
            wrong += [f"run {number}, {fault.name}: {each}" for each in found]
            if is_killed:
                return True, wrong
        return False, wrong

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(one, runs))
    wrong = [line for _, lines in ends for line in lines]
    killed = sum(is_killed for is_killed, _ in ends)
    print(f"\n{len(runs)} runs, {killed} killed at work, within {span_s:.2f} s of the first photo: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    assert killed >= 0.9 * len(runs)


def _killed_and_recovered(folder: Path, fault: PostFault, at_s: float, *, is_accepting: bool) -> tuple[bool, list[str]]:
    """Whether the clerk was still at work when it was killed, and what is wrong after another has finished."""
    with CountingServer(fault, is_accepting=is_accepting) as server:
        output, is_killed = kill_while_sending(folder, server.address, MANY_PHOTOS, at_s)
        second = Outcome.of(run_clerk(folder, server.address, 0))
        return is_killed, judge(folder, server, MANY_PHOTOS, Outcome.of(output), second)


def sending_time_s(folder: Path) -> float:
    """From the first photo accepted to the end of the clerk."""
    with CountingServer() as server:
        child = start_clerk(folder, server.address, MANY_PHOTOS)
        moments = [(line, time.monotonic()) for line in child.stdout]
        child.communicate()
    first = next(moment for line, moment in moments if line.startswith("accepted"))
    return moments[-1][1] - first
