"""A long set that was stopped goes on with the part that comes next, and begins anew when the code has changed."""

import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PARTS = """
import pytest
@pytest.mark.release
@pytest.mark.parametrize("part", range(4))
def test_part(part):
    print(f"ran {part}.")
    assert part != 2 or not __import__("os").environ.get("STOPS")
"""
_PLUGIN = """
import pathlib, sys
sys.path.insert(0, {root!r})
from tests.resuming import Resuming
def pytest_configure(config):
    config.addinivalue_line("markers", "release: long")
    config.pluginmanager.register(Resuming(pathlib.Path("done.txt"), {commit!r}))
"""


def _ran(folder: Path, commit: str, *, stops: bool) -> list[str]:
    (folder / "test_parts.py").write_text(_PARTS)
    (folder / "conftest.py").write_text(_PLUGIN.format(root=str(_ROOT), commit=commit))
    options = ["-q", "-s", "-x", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "."]
    command = [sys.executable, "-B", "-m", "pytest", *options, "test_parts.py"]
    environment = {"PATH": "/usr/bin:/bin", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **({"STOPS": "1"} if stops else {})}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return re.findall(r"ran \d", ended.stdout)


def test_a_stopped_run_goes_on_with_what_is_left(tmp_path: Path) -> None:
    assert _ran(tmp_path, "c0ffee", stops=True) == ["ran 0", "ran 1", "ran 2"]
    assert _ran(tmp_path, "c0ffee", stops=False) == ["ran 2", "ran 3"]
    assert _ran(tmp_path, "c0ffee", stops=False) == []
    assert len(_ran(tmp_path, "changed", stops=False)) == 4


def test_with_changes_that_are_not_committed_nothing_is_passed_over(tmp_path: Path) -> None:
    for _ in range(2):
        assert len(_ran(tmp_path, "", stops=False)) == 4
