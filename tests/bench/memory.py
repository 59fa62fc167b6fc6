"""What this process holds in memory. Linux alone tells it so exactly."""

import ctypes
import gc
from pathlib import Path


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
    return settled_bytes() - _status("RssFile")


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def settled_bytes() -> int:
    """Resident, once what nobody refers to is gone and the C library has given back what it kept of it."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return resident_bytes()


def _status(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise LookupError(field)
