"""Killed at every point where something has just become true, under every fault of the server."""

import itertools
import random
import signal
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.durability.counting_server import CountingServer, PostFault
from tests.durability.judging import Outcome, die_and_recover, judge, run_clerk, start_clerk

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
    pytest.mark.timeout(3_000),
]

PHOTOS = 2
AT_ONCE = 2


def checkpoints(folder: Path) -> list[str]:
    with CountingServer() as server:
        output = run_clerk(folder, server.address, PHOTOS, "record")
        assert Outcome.of(output).is_done
        assert all(len(homes) == 1 for homes in server.stored.values())
        assert len(server.stored) == PHOTOS
    return [line.removeprefix("checkpoint ") for line in output.splitlines() if line.startswith("checkpoint ")]


def test_a_clerk_left_alone_sends_everything_once(tmp_path: Path) -> None:
    names = checkpoints(tmp_path)
    assert {"file on disk", "row inserted", "moved to committing", "through the gate", "answered"} <= set(names)


@pytest.mark.parametrize("runs", [100, pytest.param(None, marks=pytest.mark.release)])
def test_killed_at_each_crash_point(tmp_path: Path, runs: int | None) -> None:
    names = checkpoints(tmp_path / "recorded")
    everything = list(itertools.product(range(1, len(names) + 1), PostFault))
    chosen = everything if runs is None else random.Random(20251112).sample(everything, runs)
    if runs is None:
        assert len(chosen) >= 295

    def one(case: tuple[int, PostFault]) -> list[str]:
        point, fault = case
        folder = tmp_path / f"{point}-{fault.name}"
        return [
            f"{names[point - 1]} ({point}), {fault.name}: {wrong}"
            for wrong in die_and_recover(folder, PHOTOS, str(point), fault)
        ]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = [line for lines in pool.map(one, chosen) for line in lines]
    print(f"\n{len(chosen)} crash points: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("runs", [30, pytest.param(1_000, marks=pytest.mark.release)])
def test_killed_at_random_moments(tmp_path: Path, runs: int) -> None:
    def one(number: int) -> list[str]:
        rng = random.Random(number)
        fault, folder = rng.choice(list(PostFault)), tmp_path / str(number)
        with CountingServer(fault) as server:
            child = start_clerk(folder, server.address, 4)
            # From the start of the interpreter to the end of the sending.
            delay_s = rng.uniform(0.2, 1.2)
            try:
                child.wait(delay_s)
            except Exception:  # noqa: BLE001  # still at work: that is when it is killed
                child.send_signal(signal.SIGKILL)
            output, _ = child.communicate()
            first = Outcome.of(output)
            second = Outcome.of(run_clerk(folder, server.address, 0))
            died[len(first.accepted)] += 1
            return [f"run {number}, {fault.name}: {wrong}" for wrong in judge(folder, server, 4, first, second)]

    died: Counter[int] = Counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = [line for lines in pool.map(one, range(runs)) for line in lines]
    print(f"\n{runs} kills, by photos accepted before: {dict(sorted(died.items()))}; {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
