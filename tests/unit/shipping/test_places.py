"""One version, one time for a whole build."""

import shutil
import subprocess

import pytest

import cerbo_desktop
from shipping import places


def test_the_version_is_the_packages_own() -> None:
    assert places.version() == cerbo_desktop.__version__


def test_a_given_time_wins_over_the_last_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert places.made_at_s() == 1_700_000_000


def test_without_one_a_checkout_has_its_last_commits_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if shutil.which("git") is None:
        pytest.skip("needs git")
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=places.ROOT, capture_output=True, text=True)
    if asked.returncode:
        pytest.skip("needs a git checkout")
    assert places.made_at_s() == int(asked.stdout)
