"""Running the clerk to its death and again, and judging what is left: nothing lost, doubled, misplaced or left over."""

import random
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.durability import clerks
from tests.durability.clerks import Clerk
from tests.durability.counting_server import CountingServer, PostFault
from tests.durability.desk import patient_of, photo

_LIMIT_S = 60.0
_STILL_HERE = {"QUEUED", "REFUSED", "NEEDS_REVIEW"}


@dataclass(frozen=True)
class Outcome:
    accepted: frozenset[str]
    states: dict[str, str]
    opens: frozenset[str]
    is_done: bool

    @classmethod
    def of(cls, output: str) -> "Outcome":
        states = dict(re.findall(r"^state (\w+) (\w+)$", output, re.MULTILINE))
        accepted = frozenset(re.findall(r"^accepted (\w+)$", output, re.MULTILINE))
        opens = frozenset(re.findall(r"^opens (\w+)$", output, re.MULTILINE))
        return cls(accepted, states, opens, "done" in output.splitlines())


def start_clerk(folder: Path, address: str, photos: int, die_at: str = "") -> Clerk:
    return clerks.start([str(folder), address, str(photos), die_at])


def run_clerk(folder: Path, address: str, photos: int, die_at: str = "") -> str:
    child = start_clerk(folder, address, photos, die_at)
    output, trouble = child.communicate(timeout=_LIMIT_S)
    assert "Traceback" not in trouble, trouble
    return output


def kill_while_sending(folder: Path, address: str, photos: int, delay_s: float) -> tuple[str, bool]:
    """Kill a clerk `delay_s` after its first photo was accepted; what it had said, and whether it was still at work."""
    child = start_clerk(folder, address, photos)
    output = ""
    line = ""
    while not line.startswith("accepted"):
        line = child.stdout.readline()
        assert line, child.stderr.read()
        output += line
    with suppress(subprocess.TimeoutExpired):
        child.wait(delay_s)
    child.kill()
    # Not `communicate`: it passes over what `readline` has taken from the pipe already.
    output += child.stdout.read()
    is_killed = child.wait() == -signal.SIGKILL
    child.stdout.close()
    child.stderr.close()
    return output, is_killed


def die_and_recover(
    folder: Path, photos: int, die_at: str, fault: PostFault, rng: random.Random
) -> tuple[bool, list[str]]:
    """Kill a clerk at a checkpoint, let another finish; whether the first did die, and what is wrong.

    By the dice, staff accept meanwhile, and a clerk in between dies over the recovery.
    """
    with CountingServer(fault, is_accepting=rng.random() < 0.5) as server:
        first = Outcome.of(run_clerk(folder, server.address, photos, die_at))
        if rng.random() < 0.5:
            run_clerk(folder, server.address, 0, str(rng.randint(1, 15)))
        second = Outcome.of(run_clerk(folder, server.address, 0))
        return not first.is_done, judge(folder, server, photos, first, second)


def judge(folder: Path, server: CountingServer, photos: int, first: Outcome, last: Outcome) -> list[str]:
    wrong = [] if last.is_done else ["the second start did not come to its end"]
    for number in range(photos):
        sha256, home = photo(number).sha256, patient_of(number).id
        stored = server.stored.get(sha256, [])
        state = last.states.get(sha256) or (first.states.get(sha256) if first.is_done else None)
        if len(stored) > 1:
            wrong.append(f"photo {number} doubled")
        if any(patient_id != home for patient_id in stored):
            wrong.append(f"photo {number} in the wrong chart")
        if sha256 in first.accepted and not stored and state not in _STILL_HERE:
            wrong.append(f"photo {number} lost ({state})")
        if stored and state not in ("SENT", "ACCEPTED", "NEEDS_REVIEW"):
            wrong.append(f"photo {number} stored, and told as {state}")
        if state in _STILL_HERE and sha256 not in last.opens:
            wrong.append(f"photo {number} does not open")
    return wrong + left_over(folder, last)


def left_over(folder: Path, last: Outcome) -> list[str]:
    """Files that no row wants."""
    kept = [file.name for file in folder.iterdir() if not file.name.startswith("ledger.")]
    needed = sum(state in _STILL_HERE for state in last.states.values())
    return [] if len(kept) == needed else [f"{len(kept)} files for {needed} photos"]
