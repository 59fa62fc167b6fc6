"""A start as a process: what it takes from its environment, which folder it uses, what it may be asked to draw."""

import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from cerbo_desktop.app.key_variables import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.app.options import DEBUGGABLE, is_debuggable, parse
from cerbo_desktop.app.outbox_factory import practice_outbox
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.chosen_folder import SharedWith
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.paths import DataDir, resources_dir
from cerbo_desktop.ui.text.start import shared_folder
from tests.unit.outbox.stock import photo, upload
from tests.waiting import until

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks at other processes in /proc")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")

_APP = (sys.executable, "-m", "cerbo_desktop.app.main")
_SHOWS_REFUSALS = """
import sys
from PySide6.QtCore import QTimer
from cerbo_desktop.app.main import main
from cerbo_desktop.ui import refusal
from cerbo_desktop.ui.kit.labels import Label

def show(window):
    shown(window)
    print(*(label.text() for label in window.findChildren(Label)), sep="|", flush=True)
    QTimer.singleShot(0, window.reject)

shown, refusal.RefusalWindow.show = refusal.RefusalWindow.show, show
sys.exit(main(sys.argv[1:]))
"""
_DUMPABLE = """
import sys
from cerbo_desktop.imaging import decode, worker
from cerbo_desktop.runtime import private_memory
decode.prepare_decoder = lambda: sys.exit(str(private_memory.is_memory_private()))
worker.run_worker()
"""

_COUNTS_COLLECTIONS = """
import gc
import sys
from cerbo_desktop.app import lifecycle
from cerbo_desktop.app.main import main

counted = []
lifecycle.run_app = lambda *_: print(len(counted), flush=True) or 0
gc.callbacks.append(lambda phase, _: counted.append(phase))
sys.exit(main(sys.argv[1:]))
"""


@contextmanager
def _running(*options: str, **variables: str) -> Iterator["subprocess.Popen[bytes]"]:
    pipe = subprocess.PIPE
    with subprocess.Popen([*_APP, *options], stdout=pipe, stderr=pipe, env=os.environ | variables) as app:
        try:
            yield app
        finally:
            app.kill()


def _is_painted(log: Path) -> bool:
    return log.exists() and "window painted" in log.read_text()


def _environment_of(process_id: int) -> dict[str, str]:
    block = Path(f"/proc/{process_id}/environ").read_bytes().decode()
    return dict(entry.split("=", 1) for entry in block.split("\0") if "=" in entry)


def _decoders_of(process_id: int) -> list[int]:
    lists = Path(f"/proc/{process_id}/task").glob("*/children")
    children = [int(each) for listed in lists for each in listed.read_text().split()]
    return [each for each in children if b"imaging.worker" in Path(f"/proc/{each}/cmdline").read_bytes()]


@linux_only
async def test_a_given_secret_is_used_and_nowhere_in_any_environment(tmp_path: Path) -> None:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        given = {KEY_VARIABLE: clinic.username, SECRET_VARIABLE: clinic.secret}
        options = ("--server", clinic.origin, "--data-dir", str(tmp_path / "data"))
        with _running(*options, **given, GITHUB_TOKEN="canary") as app:
            await until(lambda: clinic.counters.count() and _decoders_of(app.pid))
            own, (decoder, *_) = _environment_of(app.pid), _decoders_of(app.pid)
            assert not {KEY_VARIABLE, SECRET_VARIABLE} & set(own)
            assert clinic.secret.encode() not in Path(f"/proc/{app.pid}/environ").read_bytes()
            assert clinic.secret.encode() not in Path(f"/proc/{app.pid}/cmdline").read_bytes()
            await until(lambda: _environment_of(decoder))
            assert set(_environment_of(decoder)) <= {
                *("LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONPATH"),
                *("PILLOW_BLOCKS_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"),
            }
            for process_id in (app.pid, decoder):
                limit = Path(f"/proc/{process_id}/limits").read_text().split("Max core file size")[1].split()
                assert limit[:2] == ["0", "0"]


@linux_only
async def test_one_option_leaves_a_process_from_source_as_the_system_has_it(tmp_path: Path) -> None:
    for option, is_closed in ((DEBUGGABLE, False), ("--practice", True)):
        data_dir = tmp_path / option
        with _running("--practice", option, "--data-dir", str(data_dir)) as app:
            await until(partial(_is_painted, data_dir / "cerbo-desktop.log"))
            dumped = Path(f"/proc/{app.pid}/coredump_filter").read_text()
            assert (int(dumped, 16) == 0) is is_closed


@linux_only
def test_a_decoder_lets_nobody_read_its_memory() -> None:
    ended = subprocess.run([sys.executable, "-c", _DUMPABLE], capture_output=True, text=True, check=False, timeout=60)
    assert ended.stderr == "True\n"


def test_a_packaged_program_is_never_open_to_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_debuggable([DEBUGGABLE])
    assert parse(["--practice", DEBUGGABLE]).debuggable
    assert not is_debuggable(["--practice"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not is_debuggable([DEBUGGABLE])
    with pytest.raises(SystemExit):
        parse(["--practice", DEBUGGABLE])
    assert "isn’t allowed in a packaged program" in capsys.readouterr().err


@posix_only
@pytest.mark.parametrize(
    ("mode", "sharing"),
    [
        (0o755, SharedWith.READERS),
        (0o710, SharedWith.READERS),
        (0o770, SharedWith.WRITERS),
        (0o1777, SharedWith.WRITERS),
    ],
)
def test_a_folder_that_others_have_rights_in_is_refused_as_it_is(
    tmp_path: Path, mode: int, sharing: SharedWith
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(mode)
    command = [sys.executable, "-c", _SHOWS_REFUSALS, "--practice", "--data-dir", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    title, text = shared_folder(str(folder), sharing)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, f"{title}|{text}\n", f"{title}. {text}\n")
    assert list(folder.iterdir()) == []
    assert stat.S_IMODE(folder.stat().st_mode) == mode


@posix_only
def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a folder away")
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, -1)
    ended = subprocess.run(
        [*_APP, "--self-test", "--data-dir", str(folder)], capture_output=True, text=True, check=False, timeout=60
    )
    title, text = shared_folder(str(folder), SharedWith.OWNER)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"{title}. {text}\n")


@posix_only
async def test_a_private_folder_is_used_and_a_new_one_is_made_private(tmp_path: Path) -> None:
    for folder in (tmp_path / "mine", tmp_path / "new" / "deep"):
        if folder.name == "mine":
            folder.mkdir(mode=0o700)
        with _running("--practice", "--data-dir", str(folder)) as app:
            log = folder / "cerbo-desktop.log"
            await until(partial(_is_painted, log))
            assert app.poll() is None
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_picture_of_real_patients_needs_a_second_word(tmp_path: Path) -> None:
    shot = tmp_path / "shot.png"
    command = [*_APP, "--screenshot", str(shot), "--server", "http://127.0.0.1:9", "--data-dir", str(tmp_path / "data")]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert "--with-patient-data confirms that you want real ones" in refused.stderr
    assert not shot.exists()
    assert not (tmp_path / "data").exists()
    drawn = subprocess.run([*command, "--with-patient-data"], capture_output=True, text=True, check=False, timeout=60)
    assert (drawn.returncode, drawn.stderr) == (0, "")
    assert shot.exists()


async def test_the_practice_clinics_photos_open_with_no_key_but_this_times(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path)
    first = practice_outbox(data_dir, SystemClock())
    await first.recover()
    await first.accept(upload(1), photo())
    kept = {file: file.read_bytes() for file in data_dir.practice_outbox_dir.rglob("*") if file.is_file()}
    await first.aclose()
    again = practice_outbox(data_dir, SystemClock())
    try:
        assert kept
        recovered = await again.recover()
        assert (recovered.kept, recovered.unreadable_count, recovered.foreign_count) == ((), 0, 0)
    finally:
        await again.aclose()


@posix_only
def test_a_log_that_takes_no_line_keeps_no_program_from_ending(tmp_path: Path) -> None:
    """As on a share that is gone. The self-test is a whole program and ends by itself."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / "cerbo-desktop.log")
    full = os.open(folder / "cerbo-desktop.log", os.O_RDWR | os.O_NONBLOCK)
    try:
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(full, b"\n")
        ended = subprocess.run(
            [*_APP, "--self-test", "--data-dir", str(folder)], capture_output=True, text=True, check=False, timeout=100
        )
    finally:
        os.close(full)
    assert "Decoder, JPEG" in ended.stdout


def test_a_start_loads_no_command_line_of_its_libraries() -> None:
    code = "import sys; from cerbo_desktop.app import lifecycle; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60.0)
    assert not {"click", "rich", "pygments"} & {*told.stdout.split()}


def test_until_the_loop_begins_no_garbage_is_collected(tmp_path: Path) -> None:
    """What a start makes stays, and collecting walks through it each time: a tenth of a start (measured, 9.1)."""
    options = ("--data-dir", str(tmp_path / "data"), "--debuggable")
    told = subprocess.run(
        [sys.executable, "-c", _COUNTS_COLLECTIONS, *options],
        check=True,
        capture_output=True,
        text=True,
        timeout=60.0,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert told.stdout.split() == ["0"]
