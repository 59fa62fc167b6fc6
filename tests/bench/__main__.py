"""Measures the app against its budgets. Exits with 1 where one is missed or could not be measured.

    python -m tests.bench [--short] [--json FILE] [--photos DIR] [NAME ...]
    python -m tests.bench --list
    python -m tests.bench soak [--minutes N] [--seed N]

NAME chooses the groups and budgets whose name holds it. `--short` measures what takes no longer than three minutes in
all, whole groups only; `--list` names every group with its rows and says how long it takes. `python3 packaging/dev.py
bench` is the same with setup; README.md tells what each row means.
"""

import argparse
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import photos
from tests.bench.budgets import Budget, Measured, Run
from tests.bench.groups import GROUPS
from tests.bench.reporting import as_json, listing, table
from tests.bench.screens import Screen

_SHORT_LIMIT_S = 180.0

Act = tuple[str, Screen]
"""One group on one screen."""


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    if arguments[:1] == ["soak"]:
        from tests.bench.soak import main as soak

        return soak(arguments[1:])
    options = _parser().parse_args(arguments)
    if options.list:
        print(listing())
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it started is ended with it
    wanted = {act: budgets for act in acts(is_short=options.short) if (budgets := chosen(act, options.names))}
    if not wanted:
        print("No budget has such a name.", file=sys.stderr)
        return 2
    ends_s = time.monotonic() + (_SHORT_LIMIT_S if options.short else float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        made = options.photos or Path(folder) / "photos"
        print("Making photos", file=sys.stderr, flush=True)
        photos.make_photos(made, photos.SHORT_COUNT if options.short else photos.LARGE_COUNT)
        run = Run(tuple(budget for budgets in wanted.values() for budget in budgets))
        for act in wanted:
            _measure(run, act, made, min(GROUPS[act[0]].limit_s, ends_s - time.monotonic()))
    print(table(run))
    if options.json is not None:
        options.json.write_text(as_json(run) + "\n")
    return run.exit_code


def acts(*, is_short: bool) -> list[Act]:
    if is_short:
        return [(name, group.screens[0]) for name, group in GROUPS.items() if group.is_short]
    return [(name, screen) for name, group in GROUPS.items() for screen in group.screens]


def chosen(act: Act, names: Sequence[str]) -> tuple[Budget, ...]:
    """The budgets of one act that were asked for: all of them where its group was, or no name at all.

    A group's whole name is that group alone, also where other rows have the word in them.
    """
    group, screen = act
    budgets, parts = GROUPS[group].budgets_on(screen), [name for name in names if name not in GROUPS]
    if not names or group in names or any(part in group for part in parts):
        return budgets
    return tuple(budget for budget in budgets if any(part in budget.name for part in parts))


def _measure(run: Run, act: Act, made: Path, limit_s: float) -> None:
    name, screen = act
    told = f"{name} [{screen.name}]"
    if limit_s <= 0 or not screen.is_here:
        run.failures.append(f"{told}: {'no time was left' if screen.is_here else 'there is no such screen here'}")
        return
    print(f"Measuring: {told}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        words = (sys.executable, "-m", "tests.bench.stage", name, screen.name, str(made), str(answer))
        status = _ended(screen, words, limit_s)
        wanted = {budget.name for budget in run.budgets}
        run.add([each for each in figures_in(answer) if each.budget.name in wanted])
        if status is None:
            run.failures.append(f"{told}: not done after {limit_s:.0f} s")
        elif status != 0:
            run.failures.append(f"{told}: ended with {status}")


def figures_in(answer: Path) -> Iterator[Measured]:
    """What a group measured before it ended, or was ended."""
    if not answer.exists():
        return
    with answer.open("rb") as told:
        while True:
            try:
                yield pickle.load(told)
            except (EOFError, pickle.UnpicklingError):
                return


def _ended(screen: Screen, words: Sequence[str], limit_s: float) -> int | None:
    """How the program ended; None where its time was up: all that it started is ended with it then."""
    with subprocess.Popen(screen.command(*words), env=screen.environment(), start_new_session=True) as process:
        try:
            return process.wait(limit_s)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the app against its budgets.")
    parser.add_argument("--short", action="store_true", help="what takes no longer than three minutes in all")
    parser.add_argument("--list", action="store_true", help="name the groups and their rows, and measure nothing")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there, too")
    parser.add_argument("--photos", metavar="DIR", type=Path, help="keep the photos there for the next run")
    parser.add_argument("names", metavar="NAME", nargs="*", help="only groups and budgets whose name holds it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
