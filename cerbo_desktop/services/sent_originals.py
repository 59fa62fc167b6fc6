"""The files from which photos were made that were sent: which of them may be offered for deletion, and how they go.

Every call may hang where a disk does not answer: use a thread with a time limit.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.runtime.network_places import is_on_this_pc

_PART_BYTES = 4_000_000
_IN_USE_ON_WINDOWS = (32, 33)
"""ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION"""


class Kept(Enum):
    """Why a file was not deleted. The words for each stand in the interface."""

    CHANGED = "changed"
    """It has other bytes than those that were sent."""
    IN_USE = "in use"
    """Another program has it open."""
    REFUSED = "refused"
    """The system does not allow it, or the disk does not answer."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file on this PC, and the photo that was made from it."""

    path: Path
    name: str
    """Without its folder and without letters that can't be shown."""
    sha256: str
    """Hexadecimal, of the bytes that the photo was made from."""
    upload_id: UploadId
    size_bytes: int = 0
    kept: Kept | None = None
    """Set once it was to be deleted and was not."""


def deletable_size(file: Path) -> int | None:
    """The size in bytes of a file that may be offered for deletion; None for any other.

    Those are files in folders of this PC that this person may change. A link is none: what it leads to may be anywhere.
    """
    try:
        seen = file.lstat()
    except (OSError, ValueError):
        return None
    may_go = stat.S_ISREG(seen.st_mode) and os.access(file.parent, os.W_OK) and is_on_this_pc(file)
    return seen.st_size if may_go else None


def delete_unchanged(original: Original) -> Kept | None:
    """Delete the file for good, if it still has the bytes that were sent. None where it is gone, by this or before."""
    try:
        seen = original.path.lstat()
        if not stat.S_ISREG(seen.st_mode) or not _is_same(original, seen):
            return Kept.CHANGED
        original.path.unlink()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return Kept.IN_USE if getattr(error, "winerror", 0) in _IN_USE_ON_WINDOWS else Kept.REFUSED
    return None


def _is_same(original: Original, seen: os.stat_result) -> bool:
    """Read to the end. The name may lead to another file by then, or somebody may have written into this one."""
    digest = hashlib.sha256()
    with original.path.open("rb", buffering=0) as file:
        while part := file.read(_PART_BYTES):
            digest.update(part)
        read = os.fstat(file.fileno())
    now = original.path.lstat()
    return digest.hexdigest() == original.sha256 and _version(seen) == _version(read) == _version(now)


def _version(seen: os.stat_result) -> tuple[int, int, int, int]:
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns
