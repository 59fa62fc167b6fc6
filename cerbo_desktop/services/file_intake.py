"""Files on their way into a capture session: they wait until it has room, and a folder becomes the files in it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from cerbo_desktop.domain.verdict import RefusalReason, Refused
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services import chosen_files
from cerbo_desktop.services.folder_walk import MOST_FILES, files_in
from cerbo_desktop.services.shots import ShotId


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """What is known of the files that came, beyond the shots."""

    waiting_count: int = 0
    """Files that follow once those before them are sent."""
    other_count: int = 0
    """Files in folders that are no photos; none of them has a row."""
    is_cut: bool = False
    """A folder holds more than was looked through."""
    has_unread_part: bool = False
    """A folder inside one that was added could not be read."""
    not_compared_count: int | None = 0
    """Photos of the chart that the files could not be compared with; None while these can't be listed."""
    most_files: int = MOST_FILES
    """So many photos of a folder are taken."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that has no row yet."""

    path: Path
    is_from_folder: bool = False
    """Nobody chose it by its name: if it is no photo, it is only counted."""


class FileIntake:
    """The queue of files of one session. `feed` tells of every change."""

    def __init__(self) -> None:
        self.feed: Feed[IntakeFacts] = Feed(IntakeFacts())
        self._waiting: deque[WaitingFile] = deque()
        self._taken: dict[ShotId, WaitingFile] = {}

    @property
    def waiting_count(self) -> int:
        """Files that have no row yet."""
        return len(self._waiting)

    def add(self, paths: Iterable[Path]) -> None:
        """Put files or folders behind those that wait already."""
        self._waiting.extend(WaitingFile(path) for path in paths)
        self._tell()

    def take(self, most: int) -> list[WaitingFile]:
        """The next files, which then wait no more."""
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self._tell()
        return taken

    def note(self, shot_id: ShotId, file: WaitingFile) -> None:
        """This shot is made of that file."""
        self._taken[shot_id] = file

    def path_of(self, shot_id: ShotId) -> Path | None:
        """Where the file of a shot lies; None for a shot that is none of a file."""
        file = self._taken.get(shot_id)
        return file.path if file is not None else None

    def is_from_folder(self, shot_id: ShotId) -> bool:
        """The shot's file was found in a folder, and not chosen by its name."""
        file = self._taken.get(shot_id)
        return file is not None and file.is_from_folder

    def count_as_other(self) -> None:
        """A file in a folder turned out to be no photo."""
        self._tell(other_count=self.feed.latest.other_count + 1)

    def clear(self) -> None:
        """Forget what waits: a person discarded it."""
        self._waiting.clear()
        self._tell()

    async def expand(self, folder: Path) -> Refused | None:
        """Put the files of a folder before those that wait. Refused where it holds none, or can't be read."""
        try:
            found = await files_in(folder)
        except TimeoutError:
            return Refused(RefusalReason.NO_ANSWER)
        except OSError:
            return Refused(RefusalReason.UNREADABLE)
        self._waiting.extendleft(WaitingFile(path, is_from_folder=True) for path in reversed(found.photos))
        known = self.feed.latest
        self._tell(
            other_count=known.other_count + found.other_count,
            is_cut=known.is_cut or found.is_cut,
            has_unread_part=known.has_unread_part or found.has_unread_part,
        )
        return None if found.photos else Refused(RefusalReason.NO_PHOTOS_INSIDE)

    def _tell(self, **fields: Any) -> None:
        self.feed.publish(replace(self.feed.latest, waiting_count=len(self._waiting), **fields))


async def size_or_folder(path: Path) -> int | None:
    """The size of a file in bytes, 0 where that isn't known; None for a folder.

    Raises `TimeoutError` where the disk does not answer; whatever else is wrong shows when the file is read.
    """
    try:
        seen = await in_time(chosen_files.ANSWER_WITHIN_S, path.stat)
    except TimeoutError:
        raise
    except (OSError, ValueError):  # ValueError: a name with a null byte
        return 0
    return None if S_ISDIR(seen.st_mode) else seen.st_size


def shown_name(name: str) -> str:
    """The name of a file or folder without control and direction characters, which could make it read as another."""
    return "".join(letter for letter in name if letter.isprintable()).strip()
