"""What the app holds in memory: this process alone, or all its processes. Linux alone tells it so exactly."""

import ctypes
import gc
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

_OWN = b"tests.bench"
"""Processes that the bench itself starts are none of the app's."""


def resident_bytes() -> int:
    return _status("VmRSS")


def peak_bytes() -> int:
    """The most since the start or `reset_peak`."""
    return _status("VmHWM")


def own_peak_bytes() -> int:
    """As `peak_bytes`, without the pages of program files, which belong to the system's cache and to every process.

    The kernel keeps the peak of all pages alone; those of files only grow within a measurement.
    """
    return peak_bytes() - _status("RssFile")


def settled_own_bytes() -> int:
    """As `settled_bytes`, without the pages of program files."""
    settle()
    return resident_bytes() - _status("RssFile")


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def settle() -> None:
    """Let go of what nobody refers to, and have the C library give back what it kept of it."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def settled_bytes() -> int:
    settle()
    return resident_bytes()


def pss_of_all_bytes(process_id: int) -> int:
    """Of a process and its children; a page that several share counts in parts."""
    return sum(_pss_bytes(each) for each in _family(process_id))


class Watch:
    """The peak of all processes of the app, looked at by a process of its own twenty times a second."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.memory_watch", str(self._process_id)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.reset()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def reset(self) -> None:
        self._ask("reset")

    @property
    def peak_bytes(self) -> int:
        """The most since `reset`."""
        return self._ask("peak")

    @property
    def now_bytes(self) -> int:
        return self._ask("now")

    def _ask(self, what: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _family(process_id: int) -> list[int]:
    found = [process_id]
    for children in Path(f"/proc/{process_id}/task").glob("*/children"):
        try:
            named = children.read_text().split()
        except OSError:
            continue
        for child in map(int, named):
            if not _is_own(child):
                found += _family(child)
    return found


def _is_own(process_id: int) -> bool:
    try:
        return _OWN in Path(f"/proc/{process_id}/cmdline").read_bytes()
    except OSError:
        return True


def _pss_bytes(process_id: int) -> int:
    """0 for a process that has ended meanwhile."""
    try:
        return _field(Path(f"/proc/{process_id}/smaps_rollup"), "Pss")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _status(field: str) -> int:
    return _field(Path("/proc/self/status"), field)


def _field(file: Path, field: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(field)
