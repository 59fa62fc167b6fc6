"""The real worker, but a payload that names a deed makes it try that deed; the refusal's words are what came of it."""

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


def prying_answer(request: Request, payload: bytes) -> worker.Answer:
    if payload not in DEEDS:
        return _honest(request, payload)
    try:
        DEEDS[payload]()
    except (OSError, MemoryError) as error:
        return Reply(RefusalReason.NOT_A_PHOTO, type(error).__name__), 0, ()
    return Reply(RefusalReason.NOT_A_PHOTO, "done"), 0, ()


if __name__ == "__main__":
    worker.answer = prying_answer
    worker.run_worker()
