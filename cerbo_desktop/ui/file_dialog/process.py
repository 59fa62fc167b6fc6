"""The app's end of a dialog that runs in a process of its own."""

import contextlib
import os
import subprocess
from pathlib import Path
from typing import IO

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from cerbo_desktop.runtime.own_program import start_own_program
from cerbo_desktop.runtime.start_flags import FILE_DIALOG
from cerbo_desktop.runtime.threads import begin
from cerbo_desktop.ui.file_dialog.request import ALIVE, RAISE, DialogStart

SILENT_AFTER_S = 5
"""A folder of some thousand files on a slow disk is shown sooner."""
GIVE_UP_AFTER_S = 20
"""A disk that sleeps needs ten to wake. An open menu of a dialog that hangs takes every click of the desktop."""
_APPEARS_WITHIN_S = 3
"""It takes 0.25 s (measured, 7.3)."""
_ENDS_WITHIN_S = 1.0
_MOST_BYTES = 1024**2


class DialogProcess(QObject):
    """Runs from its making to `answered` or `close`, whichever comes first. Nothing here waits for it."""

    answered = Signal(object)
    """list[Path], empty where the person cancelled; None where it ended without a word, or after a long silence."""
    silence_changed = Signal(bool)  # Whether it has said nothing for `SILENT_AFTER_S`

    def __init__(self, start: DialogStart, parent: QObject) -> None:
        """Raises OSError where it can't be started."""
        super().__init__(parent)
        self._process = start_own_program(FILE_DIALOG, stdin=subprocess.PIPE)
        self._is_over, self._heard = False, b""
        self.was_heard = False
        """It is on the screen."""
        self._silent_s = max(0, SILENT_AFTER_S - _APPEARS_WITHIN_S)
        os.set_blocking(self._stdout.fileno(), False)
        self._notifier = QSocketNotifier(self._stdout.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._seconds = QTimer(self, interval=1000)
        self._seconds.timeout.connect(self._count_silence)
        self._seconds.start()
        self._say(msgspec.json.encode(start))

    @property
    def process_id(self) -> int:
        """The id of the running helper's process."""
        return self._process.pid

    @property
    def is_silent(self) -> bool:
        """The helper has said nothing for `SILENT_AFTER_S`."""
        return self._silent_s >= SILENT_AFTER_S

    def bring_to_front(self) -> None:
        """Ask the helper to raise its window."""
        self._say(RAISE)

    def close(self) -> None:
        """End the helper and its window. A second call does nothing."""
        if self._is_over:
            return
        self._is_over = True
        self._notifier.setEnabled(False)
        self._seconds.stop()
        process = self._process
        with contextlib.suppress(OSError):
            self._stdin.close()
        begin(lambda: _bury(process))
        self.deleteLater()

    def _say(self, line: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stdin.write(line + b"\n")
            self._stdin.flush()

    def _hear(self) -> None:
        try:
            came = os.read(self._stdout.fileno(), _MOST_BYTES)
        except BlockingIOError:
            return
        self._silent_s, was_silent = 0, self.is_silent
        *lines, self._heard = (self._heard + came).split(b"\n")
        if was_silent:
            self.silence_changed.emit(False)
        answers = [line for line in lines if line != ALIVE]
        self.was_heard |= bool(lines)
        if answers:
            self._end(_paths_in(answers[0]))
        elif not came or len(self._heard) > _MOST_BYTES:
            self._end(None)

    def _count_silence(self) -> None:
        """Seconds in which this app could have heard it: time asleep does not count."""
        self._silent_s += 1
        if self._silent_s == SILENT_AFTER_S:
            self.silence_changed.emit(True)
        elif self._silent_s == GIVE_UP_AFTER_S:
            self._end(None)

    def _end(self, paths: list[Path] | None) -> None:
        self.close()
        self.answered.emit(paths)

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - made with a pipe
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - made with a pipe
        return self._process.stdout


def _paths_in(line: bytes) -> list[Path] | None:
    try:
        return [Path(path) for path in msgspec.json.decode(line, type=list[str])]
    except msgspec.MsgspecError:
        return None


def _bury(process: subprocess.Popen[bytes]) -> None:
    """In a thread of its own: a process that waits for a disk ends when the disk says something."""
    try:
        process.wait(_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
