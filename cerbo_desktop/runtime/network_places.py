"""Whether a file lies on a disk of this PC. Every call may hang where it does not: use a thread with a time limit.

For macOS and Windows written from the documentation; not run there yet.
"""

import ctypes
import os
import sys
from pathlib import Path

LOCAL_TYPES = frozenset(
    {
        *("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "bcachefs", "zfs", "jfs", "reiserfs"),
        *("vfat", "exfat", "msdos", "ntfs", "ntfs3", "fuseblk", "hfsplus", "apfs", "udf"),
        *("tmpfs", "overlay", "ecryptfs"),
    }
)
"""File systems of disks, sticks and memory cards, and of memory. What is not among them may be somebody's share:
`nfs`, `cifs`, `smb3`, `9p`, and those of programs, such as `fuse.sshfs` and `fuse.gvfsd-fuse`."""
MOUNTS_FILE = Path("/proc/self/mountinfo")


def is_on_this_pc(file: Path) -> bool:
    """Whether the disk that holds `file` is one of this PC; False also where the system does not say."""
    try:
        return _is_on_local_disk(Path(os.path.realpath(file, strict=True)))
    except (OSError, ValueError):
        return False


if sys.platform == "win32":
    _LOCAL_DRIVES = (2, 3, 6)
    """Removable, fixed, in memory."""

    def _is_on_local_disk(file: Path) -> bool:
        """What begins with two backslashes is a share, and so may be what a mapped drive leads to."""
        return file.drive[1:] == ":" and ctypes.windll.kernel32.GetDriveTypeW(file.drive + "\\") in _LOCAL_DRIVES

elif sys.platform == "darwin":
    _MNT_LOCAL = 0x1000

    class _FileSystem(ctypes.Structure):
        """`struct statfs` as far as its flags; the rest of its 2168 bytes is not read."""

        _fields_ = (
            ("sizes", ctypes.c_uint32 * 2),
            ("counts", ctypes.c_uint64 * 5),
            ("id", ctypes.c_int32 * 2),
            ("owner", ctypes.c_uint32),
            ("type", ctypes.c_uint32),
            ("flags", ctypes.c_uint32),
            ("rest", ctypes.c_char * 2500),
        )

    def _is_on_local_disk(file: Path) -> bool:
        system = ctypes.CDLL(None, use_errno=True)
        statfs = getattr(system, "statfs$INODE64", None) or system.statfs
        found = _FileSystem()
        return statfs(os.fsencode(file), ctypes.byref(found)) == 0 and bool(found.flags & _MNT_LOCAL)

else:

    def _is_on_local_disk(file: Path) -> bool:
        return mount_type(file, MOUNTS_FILE.read_text("utf-8", "surrogateescape")) in LOCAL_TYPES


def mount_type(file: Path, mounts: str) -> str:
    """The type of the file system that holds `file` (absolute, without links), by the lines of `mountinfo`; empty where
    none does. Of several on one place the last one hides the others."""
    found, depth = "", -1
    for line in mounts.splitlines():
        place, _, kind = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) < 5 or not kind:
            continue
        point = Path(_unescaped(fields[4]))
        if (point == file or point in file.parents) and len(point.parts) >= depth:
            found, depth = kind.split(" ")[0], len(point.parts)
    return found


def _unescaped(point: str) -> str:
    """The kernel writes blanks, tabs, line ends and backslashes as three octal digits."""
    for octal in ("040", "011", "012", "134"):
        point = point.replace(f"\\{octal}", chr(int(octal, 8)))
    return point
