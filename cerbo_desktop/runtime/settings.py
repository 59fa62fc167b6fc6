"""The few things the app remembers. Nothing in here is secret and nothing names a patient."""

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec

from cerbo_desktop.runtime.events import Event, event


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in `settings.json`."""

    origin: str = ""
    """Scheme, host and port of the practice's Cerbo or relay; empty before set-up."""
    username: str = ""
    """The API user's public key (`pk_...`); its secret is in the OS keyring."""
    accounts: tuple[str, ...] = ()
    """Under which secrets were ever kept, so that removing a person's data finds them all again."""
    practice_name: str = ""
    gives_photos_by_stream: bool = False
    """This Cerbo's `/content` does not give photos, its `/stream` does (contract 6.3)."""
    camera_id: str = ""
    """Hexadecimal device id of the camera last used."""
    camera_size: str = ""
    """Picture size last chosen, such as `1920x1080`; empty for the largest."""
    tile_px: int = 168
    mirrors_view: bool = False
    shows_grid: bool = True
    keeps_thumbnails: bool = False
    """Keep small pictures, sealed, from one session to the next. Off: nothing of a chart is on the disk."""

    @property
    def is_set_up(self) -> bool:
        return bool(self.origin and self.username)


class SettingsFile:
    """Reads once, writes atomically. An unreadable file counts as no settings and is kept beside the new one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is_forgotten = False
        self._current = self._read()

    @property
    def current(self) -> Settings:
        return self._current

    def change(self, **fields: object) -> Settings:
        """Set the named fields and keep them. A disk that refuses changes nothing for this session."""
        self._current = msgspec.structs.replace(self._current, **fields)
        if self._is_forgotten:
            return self._current
        with contextlib.suppress(OSError):
            _write_atomically(self._file, msgspec.json.format(msgspec.json.encode(self._current)))
        return self._current

    @property
    def is_forgotten(self) -> bool:
        return self._is_forgotten

    def forget(self) -> None:
        """The person's data was removed: what changes from now on is not written down."""
        self._is_forgotten = True
        self._current = Settings()

    def _read(self) -> Settings:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Settings)
        except FileNotFoundError:
            return Settings()
        except (OSError, msgspec.MsgspecError, RecursionError):
            event(Event.SETTINGS_UNREADABLE, is_warning=True)
            with contextlib.suppress(OSError):
                self._file.replace(self._file.with_suffix(".unreadable.json"))
            return Settings()


def _write_atomically(file: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".settings-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
