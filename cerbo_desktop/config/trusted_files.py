"""Reading files that set something for everybody on a PC: trusted only if no ordinary user could have written them."""

import os
import stat
import sys
from pathlib import Path

from cerbo_desktop.config.policy import PolicyFaultKind

ROOT_UID = 0
_SIZE_LIMIT_BYTES = 65_536


class FaultyPolicyError(Exception):
    """A policy that can't be trusted or understood: why, and where in it."""

    def __init__(self, kind: PolicyFaultKind, line: int | None = None, key: str = "") -> None:
        super().__init__(kind.value)
        self.kind, self.line, self.key = kind, line, key


def trusted_bytes(file: Path, owner_uid: int) -> bytes | None:
    """What `file` holds, 64 KB at most; None where it is not there. Raises `FaultyPolicyError`.

    On POSIX it and its folder must belong to `owner_uid` and be writable by nobody else, or any user of a shared PC
    could point everybody's app at a server of their own. On Windows both must belong to the administrators or the
    system: every user may make such a file and such a folder there, but not one that is owned by those.
    """
    try:
        return _bytes_of(file, owner_uid)
    except OSError:
        raise FaultyPolicyError(PolicyFaultKind.CANNOT_BE_READ) from None


def trusted_text(file: Path, owner_uid: int) -> str | None:
    """As `trusted_bytes`, of a text in UTF-8 with or without its mark."""
    data = trusted_bytes(file, owner_uid)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        # An old tool's UTF-16 begins with a mark; its zero bytes count no lines.
        raise FaultyPolicyError(PolicyFaultKind.NOT_TEXT, data[: error.start].count(b"\n") + 1) from None


def _bytes_of(file: Path, owner_uid: int) -> bytes | None:
    # Not to wait for a pipe's writer; what was opened is what is judged.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        if file.is_symlink():
            raise
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise FaultyPolicyError(PolicyFaultKind.NOT_A_FILE)
        _trust(descriptor, {file.parent, file.resolve().parent}, owner_uid)
        if found.st_size > _SIZE_LIMIT_BYTES:
            raise FaultyPolicyError(PolicyFaultKind.TOO_LARGE)
        return os.read(descriptor, _SIZE_LIMIT_BYTES)
    finally:
        os.close(descriptor)


def _trust(descriptor: int, folders: set[Path], owner_uid: int) -> None:
    if sys.platform == "win32":
        from cerbo_desktop.config import windows_owners

        owners = {windows_owners.owner_of_open(descriptor), *map(windows_owners.owner_of, folders)}
        if not owners <= windows_owners.TRUSTED:
            raise FaultyPolicyError(PolicyFaultKind.WRONG_OWNER)
        return
    for about in (os.fstat(descriptor), *(folder.stat() for folder in folders)):
        if about.st_uid != owner_uid:
            raise FaultyPolicyError(PolicyFaultKind.WRONG_OWNER)
        if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise FaultyPolicyError(PolicyFaultKind.WRITABLE)
