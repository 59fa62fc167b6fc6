"""A ceiling on this process's own memory, by what each system has for it. For the worker alone.

Linux: a limit of the address space. Windows: a job of this one process, which also may start no other. macOS takes such
a limit and does not heed it, so a thread watches and ends the process.
"""

import contextlib
import ctypes
import os
import sys
import threading

_WATCH_INTERVAL_S = 0.05
_OVER_THE_CAP = 70
"""The watched process's exit status."""
_JOB_EXTENDED_LIMITS = 9
_JOB_ACTIVE_PROCESSES, _JOB_PROCESS_MEMORY, _JOB_DIE_QUIETLY = 0x8, 0x100, 0x400
_NO_ERROR_BOXES = 0x1 | 0x2


def cap_memory(cap_bytes: int) -> bool:
    """Never let this process have more than `cap_bytes` of memory. True where the system agreed."""
    if sys.platform == "win32":
        return _cap_by_job(cap_bytes)
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "darwin":
        watch_memory(cap_bytes)
        return True
    try:
        resource.setrlimit(resource.RLIMIT_AS, (cap_bytes, cap_bytes))
    except (OSError, ValueError):
        return False
    return True


def watch_memory(cap_bytes: int) -> None:
    """Look at the peak of resident memory 20 times a second, and end this process when it is above."""
    threading.Thread(target=_watch, args=(cap_bytes,), name="memory-cap", daemon=True).start()


def _watch(cap_bytes: int) -> None:
    while _peak_bytes() <= cap_bytes:
        threading.Event().wait(_WATCH_INTERVAL_S)
    os._exit(_OVER_THE_CAP)


def _peak_bytes() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, its two inner structures laid out flat; 144 bytes."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set_bytes", ctypes.c_size_t),
        ("maximum_working_set_bytes", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_bytes", ctypes.c_size_t),
        ("job_memory_bytes", ctypes.c_size_t),
        ("peak_process_memory_bytes", ctypes.c_size_t),
        ("peak_job_memory_bytes", ctypes.c_size_t),
    )


if sys.platform == "win32":

    def _cap_by_job(cap_bytes: int) -> bool:
        """The job lives as long as this process: its handle is never closed."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.SetErrorMode(_NO_ERROR_BOXES)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = JobLimits(
            flags=_JOB_ACTIVE_PROCESSES | _JOB_PROCESS_MEMORY | _JOB_DIE_QUIETLY,
            active_processes=1,
            process_memory_bytes=cap_bytes,
        )
        size_bytes = ctypes.sizeof(limits)
        is_set = kernel.SetInformationJobObject(job, _JOB_EXTENDED_LIMITS, ctypes.byref(limits), size_bytes)
        own = ctypes.c_void_p(-1)
        return bool(job.value and is_set and kernel.AssignProcessToJobObject(job, own))
