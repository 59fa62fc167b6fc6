"""Clerks, each a process of its own, forked from one that has loaded the program already.

A start costs 20 ms instead of 400 ms of a processor (measured, 9.1), and some hundreds of them die in each run.

    python -m tests.durability.clerks SOCKET
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]
_READY = b"ready\n"
_MESSAGE_BYTES = 65_536
_LIMIT_S = 600.0


class Clerk:
    """As much of `subprocess.Popen` as is needed. The other end of the line tells how it ended."""

    def __init__(self, line: socket.socket, stdout: TextIO, stderr: TextIO) -> None:
        self._line = line
        self.stdout, self.stderr = stdout, stderr
        self.pid = _number(line)
        self._code: int | None = None

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout_s: float | None = None) -> int:
        """The exit code, or a signal's number below zero. Raises `subprocess.TimeoutExpired`."""
        if self._code is None:
            self._line.settimeout(timeout_s)
            try:
                self._code = _number(self._line)
            except TimeoutError:
                raise subprocess.TimeoutExpired("clerk", timeout_s or 0.0) from None
            self._line.close()
        return self._code

    def communicate(self, timeout: float = _LIMIT_S) -> tuple[str, str]:
        """What it still says; the pipes are closed. It is killed, and `subprocess.TimeoutExpired` raised, where it
        takes too long."""
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            self.kill()

        watch = threading.Timer(timeout, give_up)
        watch.start()
        with self.stdout, self.stderr:
            said = self.stdout.read()
            complained = self.stderr.read()  # a clerk complains with less than fits into a pipe
        self.wait()
        watch.cancel()
        watch.join()
        if is_late.is_set():
            raise subprocess.TimeoutExpired("clerk", timeout, said, complained)
        return said, complained


class Nursery:
    """The process that they are forked from; it ends with this one."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._address = str(Path(self._folder.name) / "door")
        command = [sys.executable, "-m", "tests.durability.clerks", self._address]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == _READY
        atexit.register(self.close)

    def start(self, arguments: list[str]) -> Clerk:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.connect(self._address)
        (said, to_say), (complained, to_complain) = os.pipe(), os.pipe()
        socket.send_fds(line, [json.dumps(arguments).encode()], [to_say, to_complain])
        os.close(to_say)
        os.close(to_complain)
        return Clerk(line, os.fdopen(said), os.fdopen(complained))

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


_lock = threading.Lock()
_nurseries: list[Nursery] = []


def start(arguments: list[str]) -> Clerk:
    with _lock:
        if not _nurseries:
            _nurseries.append(Nursery())
    return _nurseries[0].start(arguments)


def _number(line: socket.socket) -> int:
    """The next one, each in a line of its own."""
    digits = b""
    while not digits.endswith(b"\n"):
        digits += line.recv(1) or b"\n"
    return int(digits)


def _serve(address: str) -> None:
    """Until our input ends, a watcher for each line; it forks the clerk and tells how that ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a watcher ended
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(address)
        door.listen(64)
        sys.stdout.buffer.write(_READY)
        sys.stdout.flush()
        while sys.stdin not in (ready := select.select([door, sys.stdin], [], [])[0]):
            assert door in ready
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _watch(line)
            line.close()


def _watch(line: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, pipes, _, _ = socket.recv_fds(line, _MESSAGE_BYTES, 2)
    pid = os.fork()
    if pid == 0:
        line.close()
        _work(json.loads(message), *pipes)
    for pipe in pipes:
        os.close(pipe)
    with suppress(OSError):  # nobody listens any more
        line.sendall(f"{pid}\n".encode())
        line.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
    os._exit(0)


def _work(arguments: list[str], stdout: int, stderr: int) -> None:
    from tests.durability import desk

    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.close(stdout)
    os.close(stderr)
    code = 0
    try:
        desk.main(arguments)
    except BaseException:  # noqa: BLE001 - as Python would end
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    from tests.durability import desk as _loaded  # noqa: F401

    _serve(sys.argv[1])
