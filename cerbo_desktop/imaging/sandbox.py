"""What the worker gives up before it sees the first foreign byte, and for good.

On Linux: files by Landlock (no rule at all, so nothing can be opened, made, renamed or removed; no TCP port; no signal
to others), and by a seccomp filter every system call but those in `system_calls`: to read, to write, to have memory, to
wait, to make threads and to end. Neither needs a right or a library. Where a kernel lacks one, the worker does without.

On macOS: everything but memory and what is open already, by a sandbox profile. On Windows: starting programs, by the
job (see `memory_cap`), and writing to whatever belongs to the user, by low integrity; it can still read files. An
AppContainer would have to be set up by the parent, with a profile and rights to the program's folder; there is none.
What is said of macOS and Windows has not been tried: each call either succeeds or leaves everything as it was.
"""

import ctypes
import platform
import struct
import sys
from enum import Flag, auto

from cerbo_desktop.imaging import system_calls
from cerbo_desktop.imaging.integrity import lower_integrity
from cerbo_desktop.imaging.memory_cap import cap_memory

_MEMORY_CAP_BYTES = 1024**3
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2

_SANDBOX_PROFILE = b"(version 1)(deny default)(allow sysctl-read)"

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_ASK_VERSION = 1
_LANDLOCK_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""All that each version of the interface knows; those between know what the one before does."""
_LANDLOCK_PORT_RIGHTS = (4, 0x3)
_LANDLOCK_SCOPES = (6, 0x3)


class Confinement(Flag):
    """What a worker got."""

    NOTHING = 0
    MEMORY = auto()
    """A ceiling of 1 GiB."""
    FILES = auto()
    """Landlock."""
    CALLS = auto()
    """A seccomp filter."""
    SANDBOX = auto()
    """macOS' profile."""
    INTEGRITY = auto()
    """Windows' low integrity level."""

    @property
    def is_confined(self) -> bool:
        """The kernel keeps foreign code in a decoder from files, programs and the network."""
        return bool(self & (Confinement.CALLS | Confinement.SANDBOX))


def confine() -> Confinement:
    """As far as this system can. For a process of one thread that has loaded all it will ever need."""
    got = Confinement.MEMORY if cap_memory(_MEMORY_CAP_BYTES) else Confinement.NOTHING
    if sys.platform == "linux":
        got |= Confinement.FILES if leave_files() else Confinement.NOTHING
        got |= Confinement.CALLS if leave_calls() else Confinement.NOTHING
    elif sys.platform == "darwin":
        got |= Confinement.SANDBOX if enter_sandbox() else Confinement.NOTHING
    elif sys.platform == "win32":
        got |= Confinement.INTEGRITY if lower_integrity() else Confinement.NOTHING
    return got


def leave_files() -> bool:
    """Landlock; True where this thread can open nothing more."""
    kernel = _kernel()
    version = kernel.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_ASK_VERSION)
    if version < 1:
        return False
    rights = [_LANDLOCK_FILE_RIGHTS[max(known for known in _LANDLOCK_FILE_RIGHTS if known <= version)]]
    rights += [right for since, right in (_LANDLOCK_PORT_RIGHTS, _LANDLOCK_SCOPES) if version >= since]
    handled = struct.pack(f"={len(rights)}Q", *rights)
    ruleset = kernel.syscall(_LANDLOCK_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    return bool(ruleset >= 0 and kernel.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(ruleset), 0) == 0)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def leave_calls() -> bool:
    """The seccomp filter; True where it holds for this thread."""
    machine = platform.machine()
    if machine not in system_calls.MACHINES or struct.calcsize("P") != 8:
        return False
    instructions = system_calls.call_filter(machine)
    program = _Program(len(instructions) // 8, instructions)
    return bool(_kernel().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _kernel() -> ctypes.CDLL:
    """The C library, this thread having sworn never to gain a right again: without that it may not give up any."""
    kernel = ctypes.CDLL(None)
    kernel.syscall.restype = ctypes.c_long
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return kernel


def enter_sandbox() -> bool:
    """macOS; True where the kernel took the profile."""
    try:
        library = ctypes.CDLL("/usr/lib/libsandbox.dylib")
        return bool(library.sandbox_init(_SANDBOX_PROFILE, ctypes.c_uint64(0), ctypes.byref(ctypes.c_char_p())) == 0)
    except (OSError, AttributeError):
        return False
