"""The few things the app remembers. Nothing in here is secret and nothing names a patient."""

import asyncio
import contextlib
import os
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path

import msgspec

from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.threads import begin

_READ_WITHIN_S = 5.0
WRITTEN_WITHIN_S = 0.04
"""Far more than a sound disk needs, and not yet seen."""
_CLOSED_WITHIN_S = 1.0
_NOT_TOLD = frozenset(
    {"tile_px", "mirrors_view", "shows_grid", "long_waits_read_on", "gives_photos_by_stream", "accounts"}
)
"""How the window looks, and what the app learnt or noted by itself."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in `settings.json`."""

    origin: str = ""
    """Scheme, host and port of the practice's Cerbo or relay; empty before setup."""
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
    long_waits_read_on: str = ""
    """The day, as YYYY-MM-DD, on which a person last closed what the board says of photos that wait for long."""
    single_letter_keys: bool = True
    """Whether a letter, a figure or a sign that is pressed alone may be a command."""
    keeps_thumbnails: bool = False
    """Keep small pictures, sealed, from one session to the next. Off: nothing of a chart is on the disk."""

    @property
    def is_set_up(self) -> bool:
        return bool(self.origin and self.username)


class SettingsFile:
    """Reads once, writes atomically. An unreadable file counts as no settings and is kept beside the new one.

    A thread writes what holds by then: a disk that hangs holds up nobody for longer than a frame or two.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is_forgotten = False
        self._current = self._read()
        self._lock = threading.Lock()
        self._is_writing = False
        self._writing: Future[None] | None = None
        self._tell: Callable[[str], None] = lambda _: None

    def report_changes_to(self, reader: Callable[[str], None]) -> None:
        """Tell `reader` from now on the name of each setting that a person changes, except how the window looks."""
        self._tell = reader

    @property
    def current(self) -> Settings:
        return self._current

    def change(self, **fields: object) -> Settings:
        """Set the named fields and keep them. A disk that refuses, or hangs, changes nothing for this session."""
        before = self._current
        with self._lock:
            self._current = msgspec.structs.replace(before, **fields)
            begins = not (self._is_forgotten or self._is_writing)
            self._is_writing = self._is_writing or begins
        if begins:
            self._writing = begin(self._write)
            wait((self._writing,), WRITTEN_WITHIN_S)
        for name in fields.keys() - _NOT_TOLD:
            if getattr(before, name) != getattr(self._current, name):
                self._tell(name)
        return self._current

    async def written(self) -> None:
        """Wait until the last change is on the disk, but not for a disk that hangs."""
        if self._writing is not None:
            await asyncio.wait({asyncio.wrap_future(self._writing)}, timeout=_CLOSED_WITHIN_S)

    @property
    def is_forgotten(self) -> bool:
        """Whether `forget` was called."""
        return self._is_forgotten

    def forget(self) -> None:
        """Begin with empty settings and write nothing any more, since the person's data was removed."""
        self._is_forgotten = True
        self._current = Settings()

    def _write(self) -> None:
        """In a thread, and again where something changed meanwhile."""
        while True:
            settings = self._current
            if not self._is_forgotten:
                with contextlib.suppress(OSError):
                    _write_atomically(self._file, msgspec.json.format(msgspec.json.encode(settings)))
            with self._lock:
                if settings is self._current:
                    self._is_writing = False
                    return

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


async def opened_settings(file: Path) -> SettingsFile:
    """The settings, read off the event loop. Where the disk does not answer they are empty, and none are written."""
    try:
        return await in_time(_READ_WITHIN_S, lambda: SettingsFile(file))
    except TimeoutError:
        event(Event.SETTINGS_UNREADABLE, is_warning=True)
        return _LostSettings(file)


class _LostSettings(SettingsFile):
    def _read(self) -> Settings:
        self.forget()
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
