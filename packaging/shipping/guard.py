"""The program `cerbo-desktop-guard`: whether the app may be taken off this Windows PC now.

The uninstallers ask it, and so may whoever wants to know before. It counts sealed photos of every user of the PC by
their names (`cerbo_desktop/outbox/spool.py`); it opens none and changes nothing. A folder that somebody chose with
`--data-dir` is not looked at. It brings no part of the app along, so that a damaged app can still be removed.

    cerbo-desktop-guard.exe                 may it go?
    cerbo-desktop-guard.exe --even-unsent   is it closed? photos may wait
"""

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

EVEN_UNSENT = "--even-unsent"
OUTBOX = Path("AppData", "Local", "Cerbo Desktop", "outbox")
"""Below a user's profile. Photos of the practice clinic lie elsewhere and are of nobody."""
_UNSENT = (".photo", ".doubtful", ".unfinished")
_PROGRAMS = ("cerbo-desktop.exe", "cerbo-desktop-console.exe")
_TO_WRITE, _TOGETHER_WITH_ALL, _EXISTING = 0x4000_0000, 0x7, 3
_SHARING_VIOLATION = 32
_PROFILES_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"


class Verdict(IntEnum):
    """The exit code; the uninstallers pass it on."""

    MAY_GO = 0
    PHOTOS_WAIT = 3
    IS_OPEN = 4
    CANNOT_TELL = 6


def judge(profiles: Sequence[Path], *, is_open: bool, even_unsent: bool) -> tuple[Verdict, str]:
    """What to do with the app, and why, in words for whoever manages the PC."""
    if is_open:
        return Verdict.IS_OPEN, "Cerbo Desktop is open on this PC. Close it, for every signed-in user, and try again."
    if even_unsent:
        return Verdict.MAY_GO, "Cerbo Desktop is closed."
    counts, unreadable = dict[Path, int](), list[Path]()
    for profile in profiles:
        try:
            counts[profile] = unsent_count(profile)
        except OSError:
            unreadable.append(profile)
    lines = [f"  {count} of {profile}" for profile, count in counts.items() if count]
    if total := sum(counts.values()):
        what = "1 photo on this PC has" if total == 1 else f"{total} photos on this PC have"
        head = f"{what} not been sent. The photos are safe. Let each user open Cerbo Desktop until its list is empty."
        return Verdict.PHOTOS_WAIT, "\n".join([head, *lines])
    if unreadable:
        head = "Photos may wait in folders that could not be looked into. Ask as an administrator."
        return Verdict.CANNOT_TELL, "\n".join([head, *(f"  {profile}" for profile in unreadable)])
    return Verdict.MAY_GO, "No photo waits on this PC."


def unsent_count(profile: Path) -> int:
    """Photos of one user that were sealed and not sent yet. Raises `OSError` where that cannot be seen."""
    try:
        with os.scandir(profile / OUTBOX) as entries:
            return sum(entry.name.lower().endswith(_UNSENT) for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return 0


def is_in_use(program: Path) -> bool:
    """Windows lets nobody write to a program that runs, for whichever user."""
    if sys.platform == "win32":
        return _cannot_be_written(program)
    return False


def profiles_here() -> list[Path]:
    """Every user's own folder: those that Windows lists, and those that lie beside them."""
    if sys.platform == "win32":
        return sorted(_known_profiles())
    return []


if sys.platform == "win32":
    import ctypes
    import winreg

    def _cannot_be_written(program: Path) -> bool:
        """Asked of Windows itself: Python's own error would not tell this from a file of somebody else."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = kernel.CreateFileW(str(program), _TO_WRITE, _TOGETHER_WITH_ALL, None, _EXISTING, 0, None)
        if handle == ctypes.c_void_p(-1).value:
            return ctypes.get_last_error() == _SHARING_VIOLATION
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return False

    def _known_profiles() -> set[Path]:
        found = set[Path]()
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _PROFILES_KEY) as key:
            for number in range(winreg.QueryInfoKey(key)[0]):
                with winreg.OpenKey(key, winreg.EnumKey(key, number)) as profile:
                    found.update(_folder_named(profile, "ProfileImagePath"))
            for parent in _folder_named(key, "ProfilesDirectory"):
                found.update(child for child in parent.iterdir() if child.is_dir())
        return found

    def _folder_named(key: winreg.HKEYType, name: str) -> list[Path]:
        try:
            return [Path(winreg.ExpandEnvironmentStrings(winreg.QueryValueEx(key, name)[0]))]
        except OSError:
            return []


def main(arguments: list[str]) -> int:
    if set(arguments) - {EVEN_UNSENT}:
        print(__doc__)
        return 2
    folder = Path(sys.executable).parent
    is_open = any(is_in_use(folder / name) for name in _PROGRAMS)
    verdict, words = judge(profiles_here(), is_open=is_open, even_unsent=EVEN_UNSENT in arguments)
    print(words)
    return verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
