"""What is taken over from the fault handler's file: frames, and nothing that only looks like one."""

import faulthandler
import os
from pathlib import Path

import pytest

from cerbo_desktop.app.crash_trace import begin_trace, end_trace, last_crash
from cerbo_desktop.runtime.events import recent_events

_LEFT = """\
Fatal Python error: Segmentation fault

Thread 0x00007f0000000001 (most recent call first):
  File "/home/maria lopez/app/threading.py", line 327 in wait

Current thread 0x00007f0000000002 (most recent call first):
  File "/home/maria lopez/cerbo_desktop/ui/window.py", line 88 in show_page
  File "C:\\Users\\Maria Lopez\\main.py", line 9 in <module>
  File "x", line 9 in f and then Maria Lopez, born 4 March 1981

Extension modules: _cffi_backend (total: 1)
Maria Lopez
"""


def _begin_and_end(file: Path) -> None:
    """pytest has a fault handler of its own; it is given back."""
    begin_trace(file)
    end_trace()
    faulthandler.enable()


def test_the_thread_that_crashed_comes_first_without_folders(tmp_path: Path) -> None:
    file = tmp_path / "crash"
    file.write_text(_LEFT)
    _begin_and_end(file)
    assert last_crash(file) == (
        "Segmentation fault",
        "in the thread that crashed:",
        "window.py:88 show_page",
        "main.py:9 <module>",
        "in another thread:",
        "threading.py:327 wait",
    )
    assert recent_events()[-1].endswith("WARNING crashed before operation=in another thread:")
    assert not any("aria" in line for line in recent_events())
    assert not file.exists()


def test_an_endless_or_foreign_file_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "crash"
    file.write_text('  File "a.py", line 1 in f\n' * 100_000)
    _begin_and_end(file)
    assert len(last_crash(file)) == 60
    file.write_bytes(b"\xff\x00" * 100)
    _begin_and_end(file)
    assert len(last_crash(file)) == 60
    assert last_crash(tmp_path / "none") == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")
def test_a_file_that_never_answers_keeps_nobody_from_starting(tmp_path: Path) -> None:
    """Such as one on a share that is gone; the app then goes on without a trace."""
    file = tmp_path / "crash"
    os.mkfifo(file)
    _begin_and_end(file)
    assert file.is_fifo()
