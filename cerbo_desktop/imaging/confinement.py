"""What the worker gives up before it sees the first foreign byte, and for good.

On Linux: files by Landlock (no rule at all, so nothing can be opened, made, renamed or removed; no TCP port; no signal
to others), and by a seccomp filter the system calls that open files, make sockets and start programs. Threads stay
allowed: libde265 makes some. Neither needs a right or a library. Where a kernel lacks one, the worker does without.
Windows' job (see `memory_cap`) keeps it from starting programs. macOS has nothing that Apple still supports.
"""

import ctypes
import platform
import struct
import sys
from enum import Flag, auto

from cerbo_desktop.imaging.memory_cap import cap_memory

_MEMORY_CAP_BYTES = 1024**3
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_EPERM, _ENOSYS = 1, 38

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_ASK_VERSION = 1
_LANDLOCK_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""All that each version of the interface knows; those between know what the one before does."""
_LANDLOCK_PORT_RIGHTS = (4, 0x3)
_LANDLOCK_SCOPES = (6, 0x3)

_LOAD, _IF_EQUAL, _IF_ANY_BIT, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW, _REFUSE, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_CLONE_THREAD = 0x0001_0000
_FOREIGN_NUMBERS_FROM = 0x4000_0000
"""x86-64's second table of calls."""

_MACHINES = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}
"""Audit number, and the column below."""
_CLONE, _CLONE3 = (56, 220), (435, 435)
_REFUSED_CALLS: dict[str, tuple[int, int | None]] = {
    "open": (2, None),
    "creat": (85, None),
    "openat": (257, 56),
    "openat2": (437, 437),
    "open_by_handle_at": (304, 265),
    "truncate": (76, 45),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "pidfd_open": (434, 434),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
}


class Confinement(Flag):
    """What a worker got."""

    NOTHING = 0
    MEMORY = auto()
    """A ceiling of 1 GiB."""
    FILES = auto()
    """Landlock."""
    CALLS = auto()
    """A seccomp filter."""


def confine() -> Confinement:
    """As far as this system can. For a process of one thread that has loaded all it will ever need."""
    got = Confinement.MEMORY if cap_memory(_MEMORY_CAP_BYTES) else Confinement.NOTHING
    if sys.platform == "linux":
        got |= Confinement.FILES if leave_files() else Confinement.NOTHING
        got |= Confinement.CALLS if leave_calls() else Confinement.NOTHING
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
    if machine not in _MACHINES or struct.calcsize("P") != 8:
        return False
    instructions = call_filter(machine)
    program = _Program(len(instructions) // 8, instructions)
    return bool(_kernel().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _kernel() -> ctypes.CDLL:
    """The C library, this thread having sworn never to gain a right again: without that it may not give up any."""
    kernel = ctypes.CDLL(None)
    kernel.syscall.restype = ctypes.c_long
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return kernel


def call_filter(machine: str) -> bytes:
    """The filter for x86_64 or aarch64, as the kernel takes it: 8 bytes an instruction (code, two jumps, operand)."""
    audit_number, column = _MACHINES[machine]
    code = [(_LOAD, 0, 0, _MACHINE_AT), (_IF_EQUAL, 1, 0, audit_number), (_RETURN, 0, 0, _KILL)]
    code += [(_LOAD, 0, 0, _NUMBER_AT), *_refusal(_IF_AT_LEAST, _FOREIGN_NUMBERS_FROM, _ENOSYS)]
    # The C library then makes threads by the older call, whose flags can be looked at here.
    code += _refusal(_IF_EQUAL, _CLONE3[column], _ENOSYS)
    numbers = [call[column] for call in _REFUSED_CALLS.values()]
    for number in numbers:
        if number is not None:
            code += _refusal(_IF_EQUAL, number, _EPERM)
    code += [(_IF_EQUAL, 0, 3, _CLONE[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT_AT)]
    code += [(_IF_ANY_BIT, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _REFUSE | _EPERM), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _refusal(condition: int, operand: int, error: int) -> list[tuple[int, int, int, int]]:
    return [(condition, 0, 1, operand), (_RETURN, 0, 0, _REFUSE | error)]
