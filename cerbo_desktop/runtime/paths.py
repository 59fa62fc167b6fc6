"""Where the app finds what it ships and keeps what it writes."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from cerbo_desktop.runtime.threads import wait_for

_ANSWER_WITHIN_S = 3.0
_PACKAGE = Path(__file__).resolve().parents[1]


def resources_dir() -> Path:
    """Fonts, styles, the practice clinic's photos: beside the package in a checkout, inside it once installed."""
    return _shipped("resources")


def icons_dir() -> Path:
    return _shipped("icons")


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class DataDir:
    """The one folder that holds everything the app writes.

    It is private to the user: made with 0700, or refused where somebody named a folder that others have rights in
    (`chosen_folder`).
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.json"

    @property
    def window_file(self) -> Path:
        return self.root / "window"

    @property
    def log_file(self) -> Path:
        return self.root / "cerbo-desktop.log"

    @property
    def crash_file(self) -> Path:
        """Where a crash leaves its trace. It is named like the log, so that it is removed with it."""
        return self.root / "cerbo-desktop.log.crash"

    @property
    def outbox_dir(self) -> Path:
        return self.root / "outbox"

    @property
    def practice_outbox_dir(self) -> Path:
        return self.root / "practice-outbox"

    @property
    def thumbnails_dir(self) -> Path:
        return self.root / "thumbnails"

    def take_rights_from_others(self) -> None:
        """Close the folder to others. For the default folder alone, which an old version or a restored backup may have
        opened."""
        with contextlib.suppress(OSError):
            wait_for(_ANSWER_WITHIN_S, lambda: self.root.chmod(0o700))

    def answers(self) -> bool:
        """Whether the disk of the folder answers at all.

        False on a share that is gone, or a disk that hangs: whoever asks there waits for ever.
        """
        try:
            wait_for(_ANSWER_WITHIN_S, self.root.exists)
        except TimeoutError:
            return False
        except OSError:
            pass
        return True

    def prepare(self) -> bool:
        """Make the folder and prove that it can be written to: a read-only folder shows only at the first write.

        Returns False where nothing can be written, or the disk does not answer; the app then works without keeping
        settings.
        """
        try:
            wait_for(_ANSWER_WITHIN_S, self._prove)
        except OSError:
            return False
        return True

    def _prove(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = self.root / f".settings-{os.getpid()}"
        probe.touch()
        probe.unlink()

    def written(self) -> tuple[Path, ...]:
        """Every file and folder of the app's that is there, but for the lock of a running app.

        A folder that somebody named with `--data-dir` may hold other things, which are not among them.
        """
        names = (
            ".settings-*",
            self.window_file.name,
            self.outbox_dir.name,
            self.practice_outbox_dir.name,
            self.thumbnails_dir.name,
        )
        patterns = (f"{self.settings_file.stem}*.json", f"{self.log_file.name}*", *names)
        return tuple(path for pattern in patterns for path in sorted(self.root.glob(pattern)))

    def leave_if_empty(self) -> None:
        """Remove the folder where nothing is in it any more."""
        with contextlib.suppress(OSError):
            wait_for(_ANSWER_WITHIN_S, self.root.rmdir)


def default_data_dir() -> DataDir:
    """The local, never the roaming, folder of this user."""
    return DataDir(Path(platformdirs.user_data_dir("Cerbo Desktop", appauthor=False, roaming=False)))


def keep_files_private() -> None:
    """Have files that are made from now on be for this user alone.

    No effect on Windows, where the rights of the folder decide.
    """
    os.umask(0o077)
