"""A lock on a folder that ends with the process that holds it, however that ends.

The kernel keeps it, so nothing has to be read from a file: it makes no difference whether a lock file is empty, damaged
or from another PC. On Linux and macOS the folder itself is locked as well as the file in it. The file alone can be
locked on a network drive; the folder alone can where the file is itself a folder, or a link to nowhere, or cannot be
made.
"""

import contextlib
import errno
import os
import sys
from enum import Enum, auto
from pathlib import Path

_HELD_BY_ANOTHER = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_FILE_NAME = "lock"
_TRIES = 10
"""Each is used up by another process that ended, and took the file with it, at this very moment."""


class Locking(Enum):
    """How an attempt to lock a folder ended."""

    OURS = auto()
    ANOTHERS = auto()
    IMPOSSIBLE = auto()
    """Neither the file nor the folder can be locked; nobody knows whether another process is at work."""


class _GoneError(Exception):
    """The file that was locked is no longer the one in the folder."""


class ProcessLock:
    """A lock on `folder`: `take` it, and `release` it at the end. A process that just ends releases it too."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / _FILE_NAME
        self._held: list[int] = []

    def take(self) -> Locking:
        """Try to take the lock, without waiting for another process."""
        for place in (self._file, *((self._folder,) if sys.platform != "win32" else ())):
            try:
                self._held.append(_locked(place))
            except BlockingIOError:
                self._let_go()
                return Locking.ANOTHERS
            except (OSError, _GoneError):
                continue
        return Locking.OURS if self._held else Locking.IMPOSSIBLE

    def release(self) -> None:
        """Let go of the lock and remove its file.

        Another process that has opened the file meanwhile sees that it is gone, and makes a new one.
        """
        with contextlib.suppress(OSError):
            if any(_is_at(self._file, descriptor) for descriptor in self._held):
                self._take_file_away()
        self._let_go()

    def _take_file_away(self) -> None:
        if sys.platform == "win32":
            self._let_go()  # an open file cannot be removed there
        self._file.unlink()

    def _let_go(self) -> None:
        while self._held:
            os.close(self._held.pop())


def _locked(place: Path) -> int:
    """The descriptor of what was opened and locked. Raises `BlockingIOError` where another process has the lock."""
    for _ in range(_TRIES):
        descriptor = _opened(place)
        try:
            _lock(descriptor)
            if _is_same(place.stat(), os.fstat(descriptor)):
                return descriptor
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    raise _GoneError


def _opened(place: Path) -> int:
    """To write where that is possible: network drives lock nothing else."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)
    if not place.is_dir():
        with contextlib.suppress(PermissionError):
            return os.open(place, os.O_RDWR | os.O_CREAT | without_waiting, 0o600)
    return os.open(place, os.O_RDONLY | without_waiting)


def _is_same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def _is_at(place: Path, descriptor: int) -> bool:
    """Whether the name itself, not what a link points to, is what was opened."""
    return _is_same(place.lstat(), os.fstat(descriptor)) and not place.is_dir()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD_BY_ANOTHER:
                raise BlockingIOError from None
            raise

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD_BY_ANOTHER:
                raise BlockingIOError from None
            raise
