"""Measures the app against its budgets. Exits with 1 where one is missed or could not be measured.

    python -m tests.bench [--json FILE] [--photos DIR] [NAME ...]
    python -m tests.bench soak [--minutes N] [--seed N]

NAME chooses the groups and budgets whose name holds it. `python3 packaging/dev.py bench` is the same with set-up.
"""

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import photos
from tests.bench.budgets import Budget, Run
from tests.bench.groups import GROUPS
from tests.bench.reporting import as_json, table

_GROUP_LIMIT_S = 900


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    if arguments[:1] == ["soak"]:
        from tests.bench.soak import main as soak

        return soak(arguments[1:])
    options = _parser().parse_args(arguments)
    wanted = {name: budgets for name in GROUPS if (budgets := chosen(name, options.names))}
    if not wanted:
        print("No budget has such a name.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        made = options.photos or Path(folder) / "photos"
        print("Making photos", file=sys.stderr, flush=True)
        photos.make_photos(made)
        run = Run(tuple(budget for budgets in wanted.values() for budget in budgets))
        for name in wanted:
            _measure(run, name, made)
    print(table(run))
    if options.json is not None:
        options.json.write_text(as_json(run) + "\n")
    return run.exit_code


def chosen(group: str, names: Sequence[str]) -> tuple[Budget, ...]:
    """The group's budgets that were asked for: all of them where its own name was, or no name at all."""
    budgets = GROUPS[group].budgets
    if not names or any(name in group for name in names):
        return budgets
    return tuple(budget for budget in budgets if any(name in budget.name for name in names))


def _measure(run: Run, name: str, made: Path) -> None:
    print(f"Measuring: {name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        command = [sys.executable, "-m", "tests.bench.stage", name, str(made), str(answer)]
        try:
            status = subprocess.run(command, check=False, timeout=_GROUP_LIMIT_S).returncode
        except subprocess.TimeoutExpired:
            status = -1
        if status == 0 and answer.exists():
            wanted = {budget.name for budget in run.budgets}
            run.add([each for each in pickle.loads(answer.read_bytes()) if each.budget.name in wanted])
        else:
            run.failures.append(f"{name} ended with {status}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the app against its budgets.")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there, too")
    parser.add_argument("--photos", metavar="DIR", type=Path, help="keep the photos there for the next run")
    parser.add_argument("names", metavar="NAME", nargs="*", help="only groups and budgets whose name holds it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
