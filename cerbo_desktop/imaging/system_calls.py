"""The system calls that a worker still needs once it has loaded everything, as a seccomp filter of the kernel.

Every other call fails with EPERM. The worker is not killed for one: libraries try things, such as to ask how many
processors there are, and go on without; a sound photo must not be taken for a damaged one because of that. What comes
by another machine's call table ends the process: nothing of ours does that.
"""

import struct

MACHINES = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}
"""Audit number, and the column below."""

_ALLOWED_CALLS: dict[str, tuple[int | None, int | None]] = {
    # Its pipes, which are open already.
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    # Memory, none of which may be run: see below.
    "brk": (12, 214),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "madvise": (28, 233),
    # Threads: libde265 and libwebp make some.
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getpid": (39, 172),
    "gettid": (186, 178),
    # Time.
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "setitimer": (38, 103),
    # Signals to itself from the kernel, and chance.
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "getrandom": (318, 278),
    # The end.
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_PROTECTED_CALLS = {"mmap": (9, 222), "mprotect": (10, 226)}
"""Third argument: what may be done with the memory."""

_PROT_EXEC = 0x4
_CLONE_THREAD = 0x0001_0000
_NO_THREAD_FLAGS = 0xFF82_F0FF
"""What no C library asks for when it makes a thread: above all namespaces."""
_EPERM, _ENOSYS = 1, 38
_LOAD, _IF_EQUAL, _IF_ANY_BIT, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT, _THIRD_ARGUMENT_AT = 0, 4, 16, 32
_ALLOW, _REFUSE, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_FOREIGN_NUMBERS_FROM = 0x4000_0000
"""x86-64's second table of calls."""

_Instruction = tuple[int, int, int, int]
_REFUSED: _Instruction = (_RETURN, 0, 0, _REFUSE | _EPERM)
_ALLOWED: _Instruction = (_RETURN, 0, 0, _ALLOW)


def call_filter(machine: str) -> bytes:
    """The seccomp filter for the machine `x86_64` or `aarch64`, as the kernel takes it.

    8 bytes an instruction: code, two jumps, operand.
    """
    audit_number, column = MACHINES[machine]
    code: list[_Instruction] = [
        *((_LOAD, 0, 0, _MACHINE_AT), (_IF_EQUAL, 1, 0, audit_number), (_RETURN, 0, 0, _KILL)),
        *((_LOAD, 0, 0, _NUMBER_AT), (_IF_AT_LEAST, 0, 1, _FOREIGN_NUMBERS_FROM), (_RETURN, 0, 0, _KILL)),
        # The C library then makes threads by the older call, whose flags can be looked at here.
        *((_IF_EQUAL, 0, 1, _CLONE3[column]), (_RETURN, 0, 0, _REFUSE | _ENOSYS)),
    ]
    for numbers in _ALLOWED_CALLS.values():
        number = numbers[column]
        if number is not None:
            code += [(_IF_EQUAL, 0, 1, number), _ALLOWED]
    for numbers in _PROTECTED_CALLS.values():
        code += [(_IF_EQUAL, 0, 4, numbers[column]), (_LOAD, 0, 0, _THIRD_ARGUMENT_AT)]
        code += [(_IF_ANY_BIT, 0, 1, _PROT_EXEC), _REFUSED, _ALLOWED]
    code += [(_IF_EQUAL, 0, 4, _CLONE[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT_AT)]
    code += [(_IF_ANY_BIT, 2, 0, _NO_THREAD_FLAGS), (_IF_ANY_BIT, 0, 1, _CLONE_THREAD), _ALLOWED, _REFUSED]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
