"""A worker that does what the photo says: `HANG`, `EXIT`, `SEGV`, `OOM`, `WRONG_LENGTH`, `GARBAGE`, `SLOW`, `KILLED`.

A photo behind `KILLED_ONCE` and the name of a file that is not there is answered by the next worker.

Any other payload goes to the real worker's own code.
"""

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO

from cerbo_desktop.imaging import decode, worker
from cerbo_desktop.imaging.frames import MalformedFrameError, Reply, read_request, write_head


def hang(replies: IO[bytes]) -> None:
    while True:
        signal.pause()


def leave(replies: IO[bytes]) -> None:
    os._exit(3)


def crash(replies: IO[bytes]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def eat_memory(replies: IO[bytes]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def lie_about_length(replies: IO[bytes]) -> None:
    write_head(replies, Reply(width_px=10, height_px=10, source_width_px=10, source_height_px=10), 399)
    replies.write(b"\0" * 399)
    replies.flush()


def babble(replies: IO[bytes]) -> None:
    replies.write(b"<html>I am a teapot</html>" * 4)
    replies.flush()


def trickle(replies: IO[bytes]) -> None:
    """Keeps moving, but would need minutes."""
    write_head(replies, Reply(width_px=10, height_px=10, source_width_px=10, source_height_px=10), 400)
    for _ in range(400):
        replies.write(b"\0")
        replies.flush()
        threading.Event().wait(1)


def be_killed(replies: IO[bytes]) -> None:
    """As by a system that has no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def be_killed_once(payload: bytes) -> bytes:
    _, file, photo = payload.split(b"\n", 2)
    if not os.path.exists(file):
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY))
        os.kill(os.getpid(), signal.SIGKILL)
    return photo


MISDEEDS: dict[bytes, Callable[[IO[bytes]], None]] = {
    b"HANG": hang,
    b"EXIT": leave,
    b"SEGV": crash,
    b"OOM": eat_memory,
    b"WRONG_LENGTH": lie_about_length,
    b"GARBAGE": babble,
    b"SLOW": trickle,
    b"KILLED": be_killed,
}


def main() -> None:
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    decode.prepare_decoder()
    write_head(replies, Reply(), 0)
    replies.flush()
    while True:
        try:
            request, payload = read_request(requests)
        except MalformedFrameError:
            return
        if payload in MISDEEDS:
            MISDEEDS[payload](replies)
            continue
        if payload.startswith(b"KILLED_ONCE\n"):
            payload = be_killed_once(payload)
        header, payload_bytes, pieces = worker.answer(request, payload)
        write_head(replies, header, payload_bytes)
        replies.writelines(pieces)
        replies.flush()


if __name__ == "__main__":
    main()
