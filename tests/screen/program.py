"""The program as a clinic runs it: a process of its own, on the private desktop."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cerbo_desktop.runtime import start_flags
from cerbo_desktop.runtime.paths import DataDir
from tests.screen.desktop import Desktop, end, start, wait_until
from tests.screen.reader import Reader

APP = "cerbo_desktop.app.main"
_ENDS_WITHIN_S = 15.0


class Program:
    """Starts with `options`, writes into `data_dir`; `reader` reads it and `desktop` has its keyboard.

    `module`: what Python starts, where it is not the app itself but a module that starts the app in a special way.
    """

    def __init__(
        self,
        desktop: Desktop,
        data_dir: Path,
        options: Sequence[str],
        environment: dict[str, str] | None = None,
        module: str = APP,
    ) -> None:
        self.desktop = desktop
        self.data_dir = data_dir
        data_dir.mkdir(mode=0o700, exist_ok=True)
        self._output_file = data_dir.with_suffix(".output.txt")
        self._output = self._output_file.open("ab")
        self._process = start(
            [sys.executable, "-m", module, "--data-dir", str(data_dir), *options],
            desktop.environment | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=self._output.fileno(),
            stderr=self._output.fileno(),
        )
        self.reader = Reader(desktop, self._process.pid)

    def kill(self) -> None:
        """The plug is pulled. May be called twice."""
        self._process.send_signal(signal.SIGKILL)
        end(self._process)
        self.reader.close()
        self._output.close()

    def wait_for_end(self) -> int:
        """The status with which it ends by itself. Raises TimeoutExpired."""
        return self._process.wait(_ENDS_WITHIN_S)

    @property
    def has_left_children(self) -> bool:
        """Whether anything that it started outlives it."""
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    @property
    def output(self) -> str:
        """What it wrote to its terminal so far."""
        return self._output_file.read_text(errors="replace")

    @property
    def crash(self) -> str:
        """Where it was when it crashed; empty where it did not."""
        file = DataDir(self.data_dir).crash_file
        return file.read_text(errors="replace") if file.exists() else ""

    def wait_for_file_dialog(self) -> int:
        """The id of the process in which it runs."""
        found: list[int] = []

        def look() -> bool:
            found[:] = [
                child for child in _children_of(self._process.pid) if _word_of(child) == start_flags.FILE_DIALOG
            ]
            return bool(found)

        wait_until(look, self._process, "the dialog for files")
        return found[0]

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        wait_until(condition, self._process, what)

    @property
    def is_running(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.0)
        return self._process.returncode is None

    def step(self, key: str) -> list[str]:
        """Press a key that moves the focus; what a screen reader says then: a list, and the row in it, say."""
        self.reader.forget_focus()
        self.desktop.key(key)
        return self.reader.focus_heard()

    def walk_to(self, name_contains: str, key: str = "Tab", most_steps: int = 60) -> str:
        """Press `key` until the focus is on something with these words in its name. Raises AssertionError."""
        passed: list[str] = []
        for _ in range(most_steps):
            heard = self.step(key)
            if fits := [name for name in heard if name_contains in name]:
                return fits[-1]
            passed += heard
        raise AssertionError(f"{key} never reaches {name_contains!r}; it passed {passed}")


def _children_of(process_id: int) -> list[int]:
    tasks = Path(f"/proc/{process_id}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _word_of(process_id: int) -> str:
    """The last one of its command line."""
    return Path(f"/proc/{process_id}/cmdline").read_bytes().rstrip(b"\0").rpartition(b"\0")[2].decode()
