"""Files on a share that is gone: the window goes on answering, the row says why, and quitting waits for nothing."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.config import settings
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.runtime import events
from cerbo_desktop.runtime.events import Event, event, start_logging, stop_logging
from cerbo_desktop.services import chosen_files
from tests.bench.gaps import listening
from tests.fakes.dead_share import DeadShare, dead_share
from tests.fakes.odd_dialog import odd_dialog
from tests.flows.desk import Desk
from tests.waiting import until
from tests.yardstick import bound_ms

_QUITS_WITHIN_S = 2.0
_DEADLINE_S = 60.0
_NO_ANSWER = "far.jpg. Not responding. Copy it to this PC, then try again. Not added"


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeadShare]:
    folder = tmp_path / "share"
    folder.mkdir()
    with dead_share(folder, monkeypatch) as dead:
        yield dead


async def test_dragging_from_a_dead_share_asks_the_disk_nothing(desk: Desk, share: DeadShare) -> None:
    await desk.open(GRACE_ADEYEMI)
    with listening() as gaps:
        for _ in range(3):
            desk.drop([share.folder / "far.jpg"])
        await until(lambda: desk.added)
    assert not share.was_asked_by_window
    assert gaps.longest_work_ms <= bound_ms(250)  # the sheet is made


@pytest.mark.parametrize("is_picked", [False, True], ids=["dropped", "picked"])
async def test_a_file_that_never_answers_is_told(
    desk: Desk, share: DeadShare, photo: Path, monkeypatch: pytest.MonkeyPatch, is_picked: bool
) -> None:
    far = share.folder / "far.jpg"
    await desk.open(GRACE_ADEYEMI)
    monkeypatch.setattr(chosen_files, "ANSWER_WITHIN_S", 0.3)
    desk.drop([far])
    await until(lambda: desk.added == [_NO_ANSWER])
    times_asked = len(share.asked_by)
    if is_picked:
        odd_dialog(monkeypatch, "answers when raised", far)
        for _ in range(2):
            desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    else:
        desk.drop([far], onto=desk.sheet)
    await until(lambda: len(share.asked_by) > times_asked and desk.added == [_NO_ANSWER])
    monkeypatch.setattr(chosen_files, "ANSWER_WITHIN_S", 30.0)
    desk.drop([photo], onto=desk.sheet)
    await desk.examined()
    assert desk.added[1] == "plaque.jpg, chosen. Ready. Will be sent without location data", (
        "what hangs stops nothing else"
    )
    assert not share.was_asked_by_window


async def test_closing_while_a_file_is_read_waits_for_nothing(desk: Desk, share: DeadShare) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.drop([share.folder / "far.jpg"])
    await until(lambda: share.asked_by)
    with listening() as gaps:
        await desk.close()
    assert gaps.waited_s <= _QUITS_WITHIN_S


async def test_settings_and_log_on_a_disk_that_hangs_hold_nothing_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await desk.open(GRACE_ADEYEMI)
    for module in (events, settings):
        monkeypatch.setattr(module, "WRITTEN_WITHIN_S", 0.02)
    start_logging(desk.data_dir.log_file)
    try:
        with dead_share(desk.data_dir.root, monkeypatch) as share, listening() as gaps:
            for tile_px in range(120, 220):
                desk.pages.patient.tile_size_changed.emit(tile_px)
                event(Event.CONNECTED)
            await until(lambda: len(gaps.beats) > 1)
        assert set(share.asked_by) == {"may hang", "log"}
        assert gaps.waited_s <= 1.0, "one wait each and not a hundred"
    finally:
        stop_logging()


_START = """
import sys
from pathlib import Path
from cerbo_desktop.app.main import main
from cerbo_desktop.runtime import paths
from tests.fakes.dead_share import kill_share

paths._ANSWER_WITHIN_S = 0.2
share = kill_share(Path(sys.argv[1]), setattr)
code = main(["--practice", "--data-dir", sys.argv[1], "--screenshot", "picture.png"])
sys.exit(9 if share.was_asked_by_window else code)
"""


def test_a_start_with_its_folder_on_a_dead_share_says_so(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path)], capture_output=True, text=True, timeout=_DEADLINE_S, check=False
    )
    assert f"“{tmp_path}” isn’t responding. Photos waiting in it are safe." in ended.stderr
    assert ended.returncode == 1


class _Child:
    """The program as a process; `tell` moves it, `hear` waits for its words."""

    def __init__(self, dead: Path, data_dir: Path, *options: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.puppet", str(dead), "--data-dir", str(data_dir), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        self._watchdog = threading.Timer(_DEADLINE_S, self._process.kill)
        self._watchdog.start()

    def tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def hear(self, begin: str) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(begin):
                return line.removeprefix(begin).strip()
        raise AssertionError(f"ended before it said {begin}")

    def quit(self, by: str = "close") -> float:
        """Seconds of quitting; the process has then ended."""
        self.tell(by)
        took_s = float(self.hear("quit in ").split()[0])
        assert self._process.wait(_DEADLINE_S) == 0
        return took_s

    def end(self) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


@contextmanager
def _child(dead: Path, data_dir: Path, *options: str, **environment: str) -> Iterator[_Child]:
    child = _Child(dead, data_dir, *options, **environment)
    try:
        yield child
    finally:
        child.end()


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's count of waiting")


@needs_linux
def test_the_process_ends_while_a_file_is_read_and_can_be_started_again(tmp_path: Path) -> None:
    dead, data_dir = tmp_path / "share", tmp_path / "data"
    dead.mkdir()
    with _child(dead, data_dir, "--practice") as child:
        child.tell("await Coming up")
        child.tell("open")
        child.tell("await Add files")
        child.tell(f"drop {dead}/far.jpg")
        child.tell("await Checking")
        child.hear("says Checking")
        child.tell("close")
        child.tell("await Close and lose them")
        assert child.quit("press Close and lose them") <= _QUITS_WITHIN_S
    with _child(dead, data_dir, "--practice") as child:
        child.hear("shown")
        assert child.quit() <= _QUITS_WITHIN_S


@needs_linux
def test_the_process_ends_while_the_keyring_says_nothing(tmp_path: Path) -> None:
    """At the start, when the secret is asked for: the keyring's own limits would be twenty seconds."""
    dead, data_dir = tmp_path / "share", tmp_path / "data"
    dead.mkdir()
    data_dir.mkdir(mode=0o700)
    settings.SettingsFile(data_dir / "settings.json").change(origin="https://clinic.example", username="pk_1")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        with _child(dead, data_dir, DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path}/bus") as child:
            child.hear("shown")
            asking, _ = silent.accept()
            with asking:
                assert child.quit() <= _QUITS_WITHIN_S
