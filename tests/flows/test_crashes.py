"""A crash leaves no patient behind: no dump, no value on the terminal, and the next start is as any other."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cerbo_desktop.app.crash_trace import last_crash
from cerbo_desktop.app.key_variables import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import DataDir
from tests.fakes.crashing_app import CANARY
from tests.flows.canaries import PICTURE_HEAD, Canaries, files_below, hits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="dumps are looked for where Linux writes them")


class _Place:
    """A home, a folder for temporary files and one to start in, of this test's own; dumps are allowed there."""

    def __init__(self, folder: Path, clinic: PracticeClinic, canaries: Canaries) -> None:
        self._folder, self._clinic, self._canaries = folder, clinic, canaries
        self.data_dir = DataDir(folder / "data")
        for name in ("home", "tmp", "cwd"):
            (folder / name).mkdir(parents=True)

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
        patient = (self._canaries.last, str(self._canaries.patient_id))
        return self.run("-m", "tests.fakes.crashing_app", how, *patient, *options)

    def written(self) -> dict[Path, bytes]:
        return dict(files_below(self._folder))

    def tells_of_anybody(self, output: bytes) -> list[str]:
        board = {each.last_name: each.last_name.encode() for each in self._clinic.patients.values()}
        more = {"what our own error said": CANARY.encode(), "address": self._clinic.origin.encode()}
        named = {**board, **more, **self._canaries.named(self._clinic)}
        contents = self.written() | {Path("the terminal"): output}
        found = [f"{name} in {file.name}" for file, data in contents.items() for name in hits(data, named)]
        return found + [f"a photo in {file.name}" for file, data in contents.items() if PICTURE_HEAD.search(data)]


def _dumps(place: _Place) -> list[Path]:
    return [file for file in place.written() if file.name.startswith("core")]


def _allow_dumps() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.fixture
def place(tmp_path: Path, clinic: PracticeClinic) -> _Place:
    canaries = Canaries(tmp_path)
    canaries.plant(clinic)
    return _Place(tmp_path / "place", clinic, canaries)


def test_this_machine_writes_dumps_of_other_programs(place: _Place) -> None:
    """Else the tests below could not see one."""
    if Path("/proc/sys/kernel/core_pattern").read_text().startswith(("|", "/")) or not _may_dump():
        pytest.skip("this machine writes no dumps, or writes them elsewhere")
    place.run("-c", "import os; os.abort()")
    assert _dumps(place)


def _may_dump() -> bool:
    return resource.getrlimit(resource.RLIMIT_CORE)[1] != 0


@pytest.mark.parametrize("how", ["abort", pytest.param("segfault in a thread", marks=pytest.mark.release)])
def test_a_native_crash_leaves_frames_and_nothing_else(place: _Place, how: str) -> None:
    crashed = place.run_app(how)
    assert crashed.returncode < 0, crashed.stderr
    assert _dumps(place) == []
    assert place.tells_of_anybody(crashed.stdout + crashed.stderr) == []
    assert b"crashing_app.py" in place.data_dir.crash_file.read_bytes()


def test_the_start_after_a_crash_in_qt_is_clean_and_knows_where_it_was(place: _Place) -> None:
    crashed = place.run_app("segfault in Qt")
    assert crashed.returncode < 0, crashed.stderr
    assert _dumps(place) == []
    assert place.tells_of_anybody(crashed.stdout + crashed.stderr) == []
    ended = place.run_app("end")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    frames = last_crash(place.data_dir.crash_file)
    assert any(frame.startswith("crashing_app.py:") for frame in frames)
    assert not any("/" in frame for frame in frames)
    assert "crashed before" in place.data_dir.log_file.read_text()
    assert place.tells_of_anybody(b"") == []
    assert not place.data_dir.crash_file.exists()


def test_an_error_of_our_own_puts_no_value_anywhere(place: _Place) -> None:
    ended = place.run_app("unhandled")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    log = place.data_dir.log_file.read_text()
    assert log.count("failure what=RuntimeError") == 3
    assert "failure operation=event loop" in log
    assert place.tells_of_anybody(b"") == []
