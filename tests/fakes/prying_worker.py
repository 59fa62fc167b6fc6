"""The real worker, but a payload that names a deed makes it try that deed; the refusal's words are what came of it."""

import ctypes
import mmap
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging import worker
from cerbo_desktop.imaging.frames import Reply, Request

_honest = worker.answer


def hoard() -> None:
    mmap.mmap(-1, 2 * 1024**3)


def run_a_thread() -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def called(number: int, *arguments: int) -> Callable[[], None]:
    """One system call of x86-64, made as foreign code would make it."""

    def call() -> None:
        library = ctypes.CDLL(None, use_errno=True)
        library.syscall.restype = ctypes.c_long
        if library.syscall(number, *(ctypes.c_long(argument) for argument in arguments)) < 0:
            raise OSError(ctypes.get_errno(), "refused")

    return call


OTHER = os.getppid()
PATH = ctypes.create_string_buffer(b"/tmp/pried")
AT = ctypes.addressof(PATH)
ROOM = ctypes.create_string_buffer(4096)
ROOM_AT = ctypes.addressof(ROOM)
HERE = -100
READABLE, NEW_PAGE = 1, 0x22

DEEDS: dict[bytes, Callable[[], object]] = {
    b"READ": lambda: Path("/proc/version").read_text(),
    b"LIST": lambda: os.listdir("/"),
    b"WRITE": lambda: Path("/tmp/pried").write_text(""),
    b"REMOVE": lambda: Path("/tmp/pried").unlink(),
    b"SOCKET": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    b"PAIR": socket.socketpair,
    b"FORK": os.fork,
    b"EXEC": lambda: os.execv(sys.executable, [sys.executable, "-c", "pass"]),
    b"SPAWN": lambda: subprocess.run(["true"], check=True),
    b"SIGNAL": lambda: os.kill(os.getppid(), 0),
    b"HOARD": hoard,
    b"THREAD": run_a_thread,
}
CALLS: dict[bytes, Callable[[], object]] = {
    b"CHMOD": called(90, AT, 0o777),
    b"FCHMODAT": called(268, HERE, AT, 0o777),
    b"CHOWN": called(92, AT, 0, 0),
    b"UTIMENSAT": called(280, HERE, AT, 0, 0),
    b"STAT": called(262, HERE, AT, ROOM_AT, 0),
    b"READLINK": called(267, HERE, AT, ROOM_AT, 99),
    b"LINK": called(86, AT, AT),
    b"SYMLINK": called(88, AT, AT),
    b"MKDIR": called(83, AT, 0o700),
    b"CHDIR": called(80, AT),
    b"SETXATTR": called(188, AT, AT, AT, 1, 0),
    b"PRLIMIT OF ANOTHER": called(302, OTHER, 7, 0, ROOM_AT),
    b"SCHED_SETAFFINITY": called(203, OTHER, 8, ROOM_AT),
    b"SETPRIORITY": called(141, 0, OTHER, 19),
    b"SHMGET": called(29, 0, 4096, 0o1600),
    b"SHMAT": called(30, 0, 0, 0),
    b"MSGGET": called(68, 0, 0o1600),
    b"SEMGET": called(64, 0, 1, 0o1600),
    b"MQ_OPEN": called(240, AT, 0o102, 0o600, 0),
    b"KILL": called(62, OTHER, 0),
    b"TGKILL": called(234, OTHER, OTHER, 0),
    b"TKILL": called(200, OTHER, 0),
    b"SIGQUEUE": called(129, OTHER, 0, ROOM_AT),
    b"PTRACE": called(101, 16, OTHER, 0, 0),
    b"SOCKET CALL": called(41, 1, 1, 0),
    b"EXECVE": called(59, AT, 0, 0),
    b"MEMFD_CREATE": called(319, AT, 0),
    b"MEMFD_SECRET": called(447, 0),
    b"IO_URING_SETUP": called(425, 1, ROOM_AT),
    b"IO_SETUP": called(206, 1, ROOM_AT),
    b"PROCESS_VM_READV": called(310, OTHER, ROOM_AT, 0, ROOM_AT, 0, 0),
    b"PROCESS_MADVISE": called(440, 0, ROOM_AT, 0, 0, 0),
    b"PIDFD_OPEN": called(434, OTHER, 0),
    b"PIDFD_SEND_SIGNAL": called(424, 0, 0, 0, 0),
    b"PIDFD_GETFD": called(438, 0, 0, 0),
    b"KCMP": called(312, OTHER, OTHER, 0, 0, 0),
    b"UNSHARE": called(272, 0x1000_0000),
    b"SETNS": called(308, 0, 0),
    b"MOUNT": called(165, AT, AT, 0, 0, 0),
    b"FSOPEN": called(430, AT, 0),
    b"CHROOT": called(161, AT),
    b"BPF": called(321, 0, ROOM_AT, 0),
    b"KEYCTL": called(250, 0, -3, 0, 0, 0),
    b"PERF_EVENT_OPEN": called(298, ROOM_AT, 0, -1, -1, 0),
    b"USERFAULTFD": called(323, 0),
    b"INOTIFY_INIT": called(294, 0),
    b"PRCTL": called(157, 15, AT, 0, 0, 0),
    b"ARCH_PRCTL": called(158, 0x1001, ROOM_AT),
    b"IOCTL": called(16, 0, 0x5401, ROOM_AT),
    b"UNAME": called(63, ROOM_AT),
    b"CODE IN NEW MEMORY": called(9, 0, 4096, READABLE | 4, NEW_PAGE, -1, 0),
    b"CODE IN OLD MEMORY": called(10, ROOM_AT & ~4095, 4096, READABLE | 4),
    b"A PROCESS": called(56, 17, 0, 0, 0, 0),
    b"A THREAD IN A NAMESPACE": called(56, 0x1000_0000 | 0x003D_0F00, 0, 0, 0, 0),
}
"""Each must end in EPERM, by the filter or earlier; the numbers are those of x86-64."""
DEEDS |= CALLS


FORBIDDEN, FAILED, DONE = RefusalReason.UNREADABLE, RefusalReason.DAMAGED, RefusalReason.EMPTY
"""How a deed ended, in the only words that a reply has for it."""


def prying_answer(request: Request, payload: bytes) -> worker.Answer:
    if payload not in DEEDS:
        return _honest(request, payload)
    try:
        DEEDS[payload]()
    except PermissionError:
        return Reply(FORBIDDEN), 0, ()
    except (OSError, MemoryError):
        return Reply(FAILED), 0, ()
    return Reply(DONE), 0, ()


if __name__ == "__main__":
    worker.answer = prying_answer
    worker.run_worker()
