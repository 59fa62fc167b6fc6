"""A crash leaves no patient behind: no dump, no value on the terminal, and the next start is as any other."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.app.crash_trace import last_crash
from cerbo_desktop.app.given_key import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import DataDir

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="dumps are looked for where Linux writes them")

_NAMES = ("Becker", "Vance", "Dorothy", "Adeyemi", "Lopez", "Maria", "Canary", "Birdsong")
_FACTS = ("1947", "10071", "10233", "example.com", "555-01", "patients/", "images/", "/api/v1")


class _Place:
    """A home, a folder for temporary files and one to start in, of this test's own; dumps are allowed there."""

    def __init__(self, folder: Path, clinic: PracticeClinic) -> None:
        self._folder, self._clinic = folder, clinic
        self.data_dir = DataDir(folder / "data")
        for name in ("home", "tmp", "cwd"):
            (folder / name).mkdir()

    def run(self, *command: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
        root = str(Path(__file__).resolve().parents[2])
        known = {KEY_VARIABLE: self._clinic.username, SECRET_VARIABLE: self._clinic.secret}
        places = {"HOME": str(self._folder / "home"), "TMPDIR": str(self._folder / "tmp"), "PYTHONPATH": root}
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, *command],
            env={**kept, "QT_QPA_PLATFORM": "offscreen", **places, **known, **variables},
            cwd=self._folder / "cwd",
            preexec_fn=_allow_dumps,
            capture_output=True,
            check=False,
            timeout=100,
        )

    def run_app(self, how: str) -> "subprocess.CompletedProcess[bytes]":
        options = ("--server", self._clinic.origin, "--data-dir", str(self.data_dir.root))
        return self.run("-m", "tests.fakes.crashing_app", how, *options)

    def written(self) -> Iterator[Path]:
        return (file for file in self._folder.rglob("*") if file.is_file())


def _dumps(place: _Place) -> list[Path]:
    return [file for file in place.written() if file.name.startswith("core")]


def _allow_dumps() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.fixture
def place(tmp_path: Path, clinic: PracticeClinic) -> _Place:
    return _Place(tmp_path, clinic)


def _tells_of_anybody(place: _Place, clinic: PracticeClinic, output: bytes) -> list[str]:
    canaries = [each.encode() for each in (*_NAMES, *_FACTS, clinic.secret, clinic.username)]
    contents = {file.name: file.read_bytes() for file in place.written()} | {"the terminal": output}
    found = [f"{canary.decode()} in {name}" for name, text in contents.items() for canary in canaries if canary in text]
    return found + [f"a photo in {name}" for name, text in contents.items() if b"\xff\xd8\xff" in text]


def test_this_machine_writes_dumps_of_other_programs(place: _Place) -> None:
    """Else the tests below could not see one."""
    if Path("/proc/sys/kernel/core_pattern").read_text().startswith(("|", "/")) or not _may_dump():
        pytest.skip("this machine writes no dumps, or writes them elsewhere")
    place.run("-c", "import os; os.abort()")
    assert _dumps(place)


def _may_dump() -> bool:
    return resource.getrlimit(resource.RLIMIT_CORE)[1] != 0


@pytest.mark.parametrize("how", ["abort", pytest.param("segfault in a thread", marks=pytest.mark.release)])
def test_a_native_crash_leaves_frames_and_nothing_else(place: _Place, clinic: PracticeClinic, how: str) -> None:
    crashed = place.run_app(how)
    assert crashed.returncode < 0, crashed.stderr
    assert _dumps(place) == []
    assert _tells_of_anybody(place, clinic, crashed.stdout + crashed.stderr) == []
    assert b"crashing_app.py" in place.data_dir.crash_file.read_bytes()


def test_the_start_after_a_crash_in_qt_is_clean_and_knows_where_it_was(place: _Place, clinic: PracticeClinic) -> None:
    crashed = place.run_app("segfault in Qt")
    assert crashed.returncode < 0, crashed.stderr
    assert _dumps(place) == []
    assert _tells_of_anybody(place, clinic, crashed.stdout + crashed.stderr) == []
    ended = place.run_app("end")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    frames = last_crash(place.data_dir.crash_file)
    assert any(frame.startswith("crashing_app.py:") for frame in frames)
    assert not any("/" in frame for frame in frames)
    assert "crashed before" in place.data_dir.log_file.read_text()
    assert _tells_of_anybody(place, clinic, b"") == []
    assert not place.data_dir.crash_file.exists()


def test_an_error_of_our_own_puts_no_value_anywhere(place: _Place, clinic: PracticeClinic) -> None:
    ended = place.run_app("unhandled")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    log = place.data_dir.log_file.read_text()
    assert log.count("failure what=RuntimeError") == 3
    assert "failure operation=event loop" in log
    assert _tells_of_anybody(place, clinic, b"") == []
