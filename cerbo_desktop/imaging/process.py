"""The parent's end of one worker: start it, talk to it against the clock, end it."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import cerbo_desktop
from cerbo_desktop.imaging.frames import MalformedFrameError, Reply, Request, read_reply, write_head
from cerbo_desktop.imaging.sandbox import Confinement
from cerbo_desktop.imaging.watchdog import Watchdog
from cerbo_desktop.runtime.environment import for_child
from cerbo_desktop.runtime.start_flags import DECODE_WORKER

_PIPE_BYTES = 1024**2
"""Linux alone heeds it: fewer switches between the two ends of 48 MB."""
_KEPT_BLOCK_BYTES, _KEPT_BYTES = 32 * 1024**2, 64 * 1024**2
_DYING_S = 0.2
"""From the end of its pipe to the end of a process."""
_START_DEADLINE_S = 10.0
"""A start takes 120-180 ms (measured, 2.5); a virus scanner may look at everything first."""


class WorkerMissingError(Exception):
    """No worker could be started."""


class WorkerProtocolError(Exception):
    """The worker hung, died or did not keep to the format; it has been ended."""


def worker_command() -> list[str]:
    """The command line that starts a decoder. A packaged app is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, DECODE_WORKER]
    return [sys.executable, "-P", "-m", "cerbo_desktop.imaging.worker"]


class OutOfTimeError(WorkerProtocolError):
    """The worker took longer than it may and has been ended."""


class EndedFromOutsideError(WorkerProtocolError):
    """Something else than this app ended it, such as a system that had no memory left: no word on the photo.

    Linux and macOS tell; on Windows it can't be told from a crash.
    """


class WorkerProcess:
    """A running worker that has greeted. Not for use by two threads, but `kill` may come from anywhere."""

    def __init__(self, command: Sequence[str], *, start_deadline_s: float = _START_DEADLINE_S) -> None:
        """Raises `WorkerMissingError`."""
        self.job_count = 0
        self.confinement = Confinement.NOTHING
        """What it says that it gave up."""
        self._is_killed = False
        try:
            self._process = _started(command)
        except OSError:
            raise WorkerMissingError from None
        # Killing closes the pipes, which ends a blocked read or write on every system; time-outs on pipes do not.
        self._watchdog = Watchdog(self.kill)
        try:
            with self._watchdog.armed(start_deadline_s):
                greeting, _ = read_reply(self._stdout, None)
            self.confinement = Confinement(greeting.confinement)
        except (MalformedFrameError, OSError, ValueError):
            self.end()
            raise WorkerMissingError from None

    @property
    def is_usable(self) -> bool:
        return not self._is_killed and self._process.poll() is None

    @property
    def process_id(self) -> int:
        return self._process.pid

    def exchange(self, request: Request, payload: bytes, deadline_s: float) -> tuple[Reply, bytes]:
        """Send one request and return its reply and payload; blocks for `deadline_s` at most.

        Raises `WorkerProtocolError`, with the worker ended.
        """
        self.job_count += 1
        try:
            with self._watchdog.armed(deadline_s):
                write_head(self._stdin, request, len(payload))
                self._stdin.write(payload)
                self._stdin.flush()
                return read_reply(self._stdout, request)
        except (MalformedFrameError, OSError, ValueError):
            kind = OutOfTimeError if self._is_killed else self._kind_of_end()
            self.end()
            raise kind from None

    def _kind_of_end(self) -> type[WorkerProtocolError]:
        """By the signal that ended it. Windows has none, and no limit of processor time."""
        if sys.platform == "win32":
            return WorkerProtocolError
        kinds = {
            -signal.SIGPROF: OutOfTimeError,
            -signal.SIGKILL: EndedFromOutsideError,
            -signal.SIGTERM: EndedFromOutsideError,
        }
        with contextlib.suppress(subprocess.TimeoutExpired):
            return kinds.get(self._process.wait(_DYING_S), WorkerProtocolError)
        return WorkerProtocolError

    def kill(self) -> None:
        """End the process at once; whoever waits for an answer gets an error."""
        self._is_killed = True
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """Kill the process, collect its exit code and close its pipes."""
        self._watchdog.close()
        self.kill()
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                stream.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - made with a pipe
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - made with a pipe
        return self._process.stdout


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    creation = 0
    if sys.platform == "win32":
        creation = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(  # noqa: S603 - our own command, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        pipesize=_PIPE_BYTES,
        creationflags=creation,
    )


def _environment() -> dict[str, str]:
    """Next to nothing of ours; the place of this package, which need not be installed; and memory that is kept to be
    used again.

    Fresh pages are more than half the time of a 12 MP decode (80 and 31 ms; measured, 2.5): Pillow keeps 64 MB of
    pixels, and glibc, the only one to heed the last two, what a photo's own bytes took (3 % more thumbnails a second).
    """
    return for_child(
        PYTHONPATH=str(Path(cerbo_desktop.__file__).parent.parent),
        PILLOW_BLOCKS_MAX="4",
        MALLOC_MMAP_THRESHOLD_=str(_KEPT_BLOCK_BYTES),
        MALLOC_TRIM_THRESHOLD_=str(_KEPT_BYTES),
    )
