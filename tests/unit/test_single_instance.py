"""A second start over the same data raises the first; a killed first leaves nothing in the way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cerbo_desktop.app.single import SingleInstance
from cerbo_desktop.runtime.paths import DataDir
from tests.waiting import until

_HOLD = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from cerbo_desktop.app.single import SingleInstance
from cerbo_desktop.runtime.paths import DataDir
app = QCoreApplication([])
held = SingleInstance(DataDir(Path(sys.argv[1])))
print(held.is_first, flush=True)
app.exec() if held.is_first else None
"""


async def test_a_second_start_raises_the_first(tmp_path: Path) -> None:
    raised: list[bool] = []
    first = SingleInstance(DataDir(tmp_path))
    assert first.is_first
    first.listen(lambda: raised.append(True))
    child = subprocess.Popen(
        [sys.executable, "-c", _KNOCK, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    await until(lambda: child.poll() is not None)
    assert child.communicate()[0].split() == ["False", "True"]
    await until(lambda: raised)
    first.release()


_KNOCK = _HOLD.replace("app.exec() if held.is_first else None", "print(held.raise_first(), flush=True)")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_after_a_kill_the_next_start_is_first_again(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "True"
    second = SingleInstance(DataDir(tmp_path))
    assert not second.is_first
    child.send_signal(signal.SIGKILL)
    child.communicate()
    third = SingleInstance(DataDir(tmp_path))
    assert third.is_first
    third.release()


def test_a_killed_copy_whose_number_we_were_given_is_not_in_the_way(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    first = SingleInstance(DataDir(tmp_path))
    left = lock.read_bytes()
    first.release()
    lock.write_bytes(left)  # with our own number in it
    second = SingleInstance(DataDir(tmp_path))
    assert second.is_first
    second.release()
    assert not lock.exists()
