"""The few things done to files, each followed by a checkpoint, each failure told in our own words.

Tests make any of them fail, and kill the process at any checkpoint.
"""

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason

Checkpoint = Callable[[str], None]

_REASONS = {
    errno.ENOSPC: NotSafeReason.DISK_FULL,
    errno.EDQUOT: NotSafeReason.DISK_FULL,
    errno.EROFS: NotSafeReason.DISK_READ_ONLY,
    errno.EACCES: NotSafeReason.DISK_READ_ONLY,
    errno.EPERM: NotSafeReason.DISK_READ_ONLY,
    errno.EBUSY: NotSafeReason.DISK_BUSY,
}
_SHARING_VIOLATIONS = (32, 33)
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, which arrive with the errno of a forbidden file."""
_LEAST_ROOM_BYTES = 128 * 1024
_SHARING_WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8)


def without_checkpoint(_: str) -> None:
    """The checkpoint of every day: nothing happens."""


@contextmanager
def map_os_errors() -> Iterator[None]:
    """`OSError` as `NotSafe`, without its text: that would hold a path."""
    try:
        yield
    except OSError as error:
        is_shared = getattr(error, "winerror", None) in _SHARING_VIOLATIONS
        reason = NotSafeReason.DISK_BUSY if is_shared else _REASONS.get(error.errno or 0, NotSafeReason.DISK_FAILED)
        raise NotSafe(reason) from None


def retry_while_locked(act: Callable[[], object]) -> None:
    """Again for a second and a half while another program, such as a virus scanner, has the file open (Windows)."""
    for wait_s in (*_SHARING_WAITS_S, None):
        try:
            act()
        except OSError as error:
            if wait_s is None or getattr(error, "winerror", None) not in _SHARING_VIOLATIONS:
                raise
            time.sleep(wait_s)
        else:
            return


class Disk:
    """Files of one folder. Every method raises `OSError`."""

    def __init__(self, folder: Path, checkpoint: Checkpoint = without_checkpoint) -> None:
        self.folder = folder
        self._checkpoint = checkpoint

    def prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)

    def is_full(self) -> bool:
        """True where not even the few pages of a database that is opened fit. False where the disk does not say."""
        try:
            return shutil.disk_usage(self.folder).free < _LEAST_ROOM_BYTES
        except OSError:
            return False

    def names(self) -> list[str]:
        return sorted(entry.name for entry in os.scandir(self.folder) if entry.is_file(follow_symlinks=False))

    def write_new(self, name: str, data: bytes) -> None:
        """A new file for this user alone, on the disk when this returns. A failure leaves none behind."""
        file = self.folder / name
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as target:
                self._checkpoint("file made")
                self.write(target.fileno(), data)
                self._checkpoint("file written")
                self.sync(target.fileno())
            self.sync_folder()
        except OSError:
            with contextlib.suppress(OSError):
                file.unlink()
            raise
        self._checkpoint("file on disk")

    def rename(self, old: str, new: str) -> None:
        """Durable: the folder is on the disk too when this returns."""
        retry_while_locked(lambda: (self.folder / old).replace(self.folder / new))
        self._checkpoint("file renamed")
        self.sync_folder()
        self._checkpoint("name on disk")

    def remove(self, name: str) -> None:
        """Nothing happens where there is no such file."""
        retry_while_locked(lambda: (self.folder / name).unlink(missing_ok=True))
        self._checkpoint("file removed")

    def open(self, name: str) -> BinaryIO:
        return (self.folder / name).open("rb")

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Nothing where there is no such file."""
        try:
            with self.open(name) as file:
                return file.read(limit_bytes)
        except FileNotFoundError:
            return b""

    def overwrite(self, name: str, offset_bytes: int, data: bytes) -> None:
        """A part of a small file, made where it is not there yet; on the disk when this returns."""
        descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.lseek(descriptor, offset_bytes, os.SEEK_SET)
            self.write(descriptor, data)
            self.sync(descriptor)
        finally:
            os.close(descriptor)
        self._checkpoint("part overwritten")

    def exists(self, name: str) -> bool:
        return (self.folder / name).exists()

    def write(self, descriptor: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def sync_folder(self) -> None:
        if sys.platform == "win32":
            return  # a folder cannot be opened there; NTFS keeps its own journal of names
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
