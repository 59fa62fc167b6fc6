"""Keeps what is in this process's memory out of other programs and out of files.

A crash used to write everything to the disk: names, ids, the secret, photos. From here on the system writes no memory
dump of this process and, on Linux and macOS, lets no other program of the same user read its memory. On Linux a program
that is started begins without this: each of our own programs asks for it in its first lines. What another program of
the same user opened before that, it keeps (measured, 8.2): this is no wall against one that lies in wait. Only Linux
was tried.

Nothing here may stop the app. Where a system has no such call, the app runs without it.
"""

import contextlib
import ctypes
import sys
import warnings
from pathlib import Path

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_PT_DENY_ATTACH = 31
_DUMP_FILTER = Path("/proc/self/coredump_filter")
_NO_ERROR_BOXES = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX. The second also keeps Windows Error Reporting,
which would write a dump, from being started. Programs that this one starts inherit all three."""
_NO_HEAP_IN_REPORTS = 0x001 | 0x080 | 0x100
"""WER_FAULT_REPORTING_FLAG_NOHEAP, and no snapshots of a crash or of a program that hangs."""


def keep_memory_private() -> None:
    """Allow no memory dumps and no tracing of this process, as far as the system can. For the first lines of a
    process."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        if sys.platform == "win32":
            _on_windows()
        else:
            _on_posix()


def let_desktop_look() -> None:
    """Until `keep_memory_private` is called again, other programs of this user may look into this process.

    Linux desktops tell a program about dark colours and high contrast through a portal, which refuses whomever it can't
    look into (measured, 8.2). For the first moments of a start, while no patient is in memory; a dump stays empty.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def is_memory_private() -> bool | None:
    """Whether the system keeps others out of this process's memory. None where it cannot be asked."""
    if sys.platform != "linux":
        return None
    return bool(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def show_no_warnings() -> None:
    """Silence Python's warnings: a warning quotes the code or value it is about on standard error, and that may be
    patient data."""
    warnings.simplefilter("ignore")
    warnings.showwarning = _show_nothing


def _show_nothing(*_: object, **__: object) -> None:
    """Stands in for libraries that switch their own warnings on again."""


if sys.platform == "win32":

    def _on_windows() -> None:
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_ERROR_BOXES)
        ctypes.windll.wer.WerSetFlags(_NO_HEAP_IN_REPORTS)

else:

    def _on_posix() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            # The limit is not enough where the system pipes dumps to a program. No kind of memory belongs in one.
            with contextlib.suppress(OSError):
                _DUMP_FILTER.write_text("0")
            library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        elif sys.platform == "darwin":
            library.ptrace(_PT_DENY_ATTACH, 0, None, 0)
