"""A second start over the same data raises the first; nothing that lies in the folder stops the app for ever."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.ui.text import start
from tests.waiting import until

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no link")

_HOLD = """
import sys
from pathlib import Path
from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.runtime.paths import DataDir
held = SingleInstance(DataDir(Path(sys.argv[1])))
print(held.is_first, flush=True)
sys.stdin.read()
"""
_START = """
import sys
from PySide6.QtCore import QTimer
from cerbo_desktop.app.instance import second_start
from cerbo_desktop.app.main import main
from cerbo_desktop.ui import refusal
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label

def show(window):
    shown(window)
    print(*(label.text() for label in window.findChildren(Label)), sep="|", flush=True)
    wanted = [button for button in window.findChildren(Button) if button.text() == sys.argv[2]]
    if wanted:
        QTimer.singleShot(50, wanted[0].click)

second_start._PATIENCE_S = float(sys.argv[3])
shown, refusal.RefusalWindow.show = refusal.RefusalWindow.show, show
sys.exit(main(["--practice", "--data-dir", sys.argv[1]]))
"""
_WITHOUT_LOCKS = """
from cerbo_desktop.runtime import process_lock
def refuse(_):
    raise OSError
process_lock._lock = refuse
"""
_LOCK_FILES: dict[str, Callable[[Path], object]] = {
    "empty": lambda lock: lock.touch(),
    "garbage": lambda lock: lock.write_bytes(b"\x00\xff garbage \n" * 9),
    "folder": lambda lock: lock.mkdir(),
    "link": lambda lock: lock.symlink_to("/nowhere/at/all"),
    "another PC's": lambda lock: lock.write_text(f"{os.getpid()}\ncerbo-desktop\nother-pc\n0123456789\n"),
    "unwritable": lambda lock: lock.touch(mode=0o000),
}


@contextmanager
def _process(code: str, folder: Path, button: str = "", patience_s: float = 10.0) -> Iterator["subprocess.Popen[str]"]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code, str(folder), button, str(patience_s)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


async def test_a_second_start_raises_the_first(tmp_path: Path) -> None:
    raised: list[bool] = []
    first = SingleInstance(DataDir(tmp_path))
    assert first.is_first
    first.listen(lambda: raised.append(True))
    with _process(_START, tmp_path) as second:
        await until(lambda: second.poll() is not None)
        assert (second.returncode, *second.communicate()) == (0, "", "")
    assert raised
    first.release()
    assert not list(tmp_path.glob("lock"))


async def test_a_start_waits_for_one_that_is_just_ending_and_takes_over(tmp_path: Path) -> None:
    with _process(_HOLD, tmp_path) as first:
        assert _said(first) == "True"
        with _process(_START, tmp_path) as second:
            assert first.stdin is not None
            log = tmp_path / "cerbo-desktop.log"
            assert not log.exists()
            first.stdin.close()  # it ends without having heard the knock
            await until(lambda: log.exists() and "window painted" in log.read_text())
            assert second.poll() is None


async def test_one_that_hangs_is_told_of_in_a_window(tmp_path: Path) -> None:
    """Its lock is held and its door is open: the system connects, and nobody answers."""
    first = SingleInstance(DataDir(tmp_path))
    first.listen(lambda: None)
    with _process(_START, tmp_path, "Close", patience_s=0.5) as second:
        said, errors = second.communicate(timeout=60)  # meanwhile this process's own loop stands still
    assert said == "|".join(start.already_open()) + "\n"
    assert errors == ". ".join(start.already_open()) + "\n"
    assert second.returncode == 1
    first.release()


_KNOCK_AND_GO = """
import sys
from pathlib import Path
from cerbo_desktop.app.instance import activation
from cerbo_desktop.runtime.paths import DataDir
activation._ANSWER_WITHIN_MS = int(sys.argv[2])
print(activation.knock(DataDir(Path(sys.argv[1]))), flush=True)
"""


async def test_a_knock_that_nobody_waits_behind_any_more_raises_nothing(tmp_path: Path) -> None:
    """Its window would come up under keys that are meant for another one."""
    raised: list[bool] = []
    first = SingleInstance(DataDir(tmp_path))
    first.listen(lambda: raised.append(True))
    with _process(_KNOCK_AND_GO, tmp_path, "200") as hasty:
        said, _ = hasty.communicate(timeout=60)  # meanwhile this process's own loop stands still
    assert said == "False\n"
    with _process(_KNOCK_AND_GO, tmp_path, "9000") as patient:
        await until(lambda: raised)
        await until(lambda: patient.poll() is not None)
    assert raised == [True], "the first of the two knocks was answered before, and raised nothing"
    first.release()


async def test_the_window_of_a_second_start_goes_when_the_first_answers(tmp_path: Path) -> None:
    raised: list[bool] = []
    first = SingleInstance(DataDir(tmp_path))
    with _process(_START, tmp_path, "None of them", patience_s=0.2) as second:
        assert await asyncio.to_thread(_said, second) == "|".join(start.already_open())
        first.listen(lambda: raised.append(True))
        await until(lambda: second.poll() is not None)
        assert second.returncode == 0
    assert raised == [True]
    first.release()


async def test_the_window_lets_a_person_try_again_until_the_other_copy_has_ended(tmp_path: Path) -> None:
    log = tmp_path / "cerbo-desktop.log"
    with _process(_HOLD, tmp_path) as first:
        assert _said(first) == "True"
        with _process(_START, tmp_path, "Try again", patience_s=0.2) as second:
            for _ in range(2):
                assert _said(second) == "|".join(start.already_open())
            assert not log.exists()
            first.kill()
            await until(lambda: log.exists() and "window painted" in log.read_text())
            assert second.poll() is None


def test_where_nothing_can_be_locked_a_window_says_so(tmp_path: Path) -> None:
    """Such as a network drive that knows no locks: two copies could get in each other's way."""
    with _process(_WITHOUT_LOCKS + _START, tmp_path, "Close") as only:
        said, errors = only.communicate(timeout=60)
    assert said == "|".join(start.cannot_lock()) + "\n"
    assert errors == ". ".join(start.cannot_lock()) + "\n"
    assert only.returncode == 1


@posix_only
@pytest.mark.parametrize("kind", _LOCK_FILES)
def test_whatever_is_called_lock_the_first_start_is_first_and_a_second_is_not(tmp_path: Path, kind: str) -> None:
    """Also when the first was killed and left things as they were."""
    _LOCK_FILES[kind](tmp_path / "lock")
    for _ in range(2):
        with _process(_HOLD, tmp_path) as first:
            assert _said(first) == "True"
            with _process(_HOLD, tmp_path) as second:
                assert _said(second) == "False"
            first.send_signal(signal.SIGKILL)
            first.wait()
    last = SingleInstance(DataDir(tmp_path))
    assert last.is_first
    last.release()


@posix_only
async def test_a_folder_in_the_locks_place_does_not_stop_the_app(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with _process(_START, tmp_path) as first:
        log = tmp_path / "cerbo-desktop.log"
        await until(lambda: log.exists() and "window painted" in log.read_text())
        assert first.poll() is None


def test_a_lock_that_was_taken_away_and_made_anew_is_not_held_twice(tmp_path: Path) -> None:
    """Somebody tidies up the folder while the app runs."""
    first = SingleInstance(DataDir(tmp_path))
    assert first.is_first
    if sys.platform != "win32":
        (tmp_path / "lock").unlink()
    assert not SingleInstance(DataDir(tmp_path)).is_first
    first.release()
    second = SingleInstance(DataDir(tmp_path))
    assert second.is_first
    second.release()


def test_without_a_folder_nothing_is_kept_and_nothing_locked(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    assert SingleInstance(DataDir(tmp_path / "a-file" / "data")).is_first
