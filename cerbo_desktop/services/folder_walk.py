"""What lies in a folder that was added: the files that could be photos, those in its inner folders included.

Nothing is read of the files themselves. Each folder is listed in a thread of its own, since it may lie on a share that
never answers.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.services import chosen_files

MOST_FILES = 2_000
"""Photos of one folder: a whole disk that was dropped by mistake is not walked through."""
_MOST_ENTRIES = 20_000
_MOST_DEPTH = 8
PHOTO_SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".heic", ".heif", ".hif", ".webp", ".avif", ".tif", ".tiff"),
    *(".bmp", ".dib"),
)
"""Of every kind that is taken. A file without any suffix could be a photo, too."""
_OF_SYSTEM = ("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information")
_HIDDEN = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
_NUMBERS = re.compile(r"(\d+)")


@dataclass(slots=True)
class FolderFiles:
    """What was found in a folder."""

    photos: list[Path] = field(default_factory=list)
    """Files that could be photos, by name as a person orders them; those of inner folders come last."""
    other_count: int = 0
    """All other files, but for hidden ones."""
    is_cut: bool = False
    """There is more than is looked through."""
    has_unread_part: bool = False
    """An inner folder could not be listed."""


@dataclass(frozen=True, slots=True)
class _Listing:
    files: list[Path]
    folders: list[Path]


async def files_in(folder: Path) -> FolderFiles:
    """Walk through a folder; links are not followed. Raises `OSError`, and its `TimeoutError`, where the folder itself
    can't be listed or does not answer."""
    found, seen_count = FolderFiles(), 0
    waiting = [(folder, 0)]
    while waiting and not found.is_cut:
        here, depth = waiting.pop(0)
        try:
            listing = await in_time(chosen_files.ANSWER_WITHIN_S, partial(_listed, here))
        except OSError:
            if here == folder:
                raise
            found.has_unread_part = True
            continue
        seen_count += len(listing.files) + len(listing.folders)
        _sort_in(found, listing.files)
        waiting += [(inner, depth + 1) for inner in listing.folders if depth < _MOST_DEPTH]
        found.is_cut |= seen_count > _MOST_ENTRIES or (depth == _MOST_DEPTH and bool(listing.folders))
    return found


def could_be_photo(path: Path) -> bool:
    """By its name: what its bytes are is found out when it is examined."""
    return path.suffix.lower() in ("", *PHOTO_SUFFIXES)


def _sort_in(found: FolderFiles, files: Iterable[Path]) -> None:
    for file in files:
        if not could_be_photo(file):
            found.other_count += 1
        elif len(found.photos) < MOST_FILES:
            found.photos.append(file)
        else:
            found.is_cut = True


def _listed(folder: Path) -> _Listing:
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_hidden(entry):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                files.append(Path(entry.path))
            if len(files) + len(folders) > _MOST_ENTRIES:
                break
    return _Listing(sorted(files, key=_as_read), sorted(folders, key=_as_read))


def _is_hidden(entry: "os.DirEntry[str]") -> bool:
    """Or of the system, or, on Windows, a folder that is a link to another."""
    if entry.name.startswith(".") or entry.name.lower() in _OF_SYSTEM:
        return True
    if os.name != "nt":
        return False
    seen = entry.stat(follow_symlinks=False)
    is_junction = getattr(seen, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return bool(getattr(seen, "st_file_attributes", 0) & _HIDDEN) or is_junction


def _as_read(path: Path) -> list[tuple[int, str]]:
    """IMG_9 before IMG_10."""
    parts = _NUMBERS.split(path.name.lower())
    return [(int(part[:18]), part) if part.isascii() and part.isdigit() else (0, part) for part in parts]
