"""Long sets that were stopped go on where they were: `--resume FILE` passes over the parts that FILE says are done.

A part is one release test with its parameters. It counts as done once it passed, and only for the same code: a line
holds the commit and the part's name. With changes that are not committed nothing is passed over and nothing is noted.
"""

import subprocess
from pathlib import Path

import pytest


class Resuming:
    """The pytest plugin; `tests/conftest.py` makes it where `--resume` is given."""

    def __init__(self, state_file: Path, commit: str) -> None:
        self._state_file, self._commit = state_file, commit
        self._done = frozenset(_lines_of(state_file))
        self._release_parts = set[str]()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        self._release_parts = {item.nodeid for item in items if item.get_closest_marker("release")}
        passed_over = [item for item in items if self._line(item.nodeid) in self._done]
        if passed_over:
            config.hook.pytest_deselected(items=passed_over)
            items[:] = [item for item in items if item not in passed_over]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and self._commit and report.nodeid in self._release_parts:
            self._state_file.parent.mkdir(parents=True, exist_ok=True)
            with self._state_file.open("a", encoding="utf-8") as file:
                file.write(self._line(report.nodeid) + "\n")

    def _line(self, nodeid: str) -> str:
        return f"{self._commit} {nodeid}"


def committed_state(root: Path) -> str:
    """The commit of a checkout without changes; empty for any other folder."""
    if _git(root, "status", "--porcelain"):
        return ""
    return _git(root, "rev-parse", "HEAD")


def _git(root: Path, *words: str) -> str:
    try:
        asked = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return asked.stdout.strip()


def _lines_of(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.exists() else []
