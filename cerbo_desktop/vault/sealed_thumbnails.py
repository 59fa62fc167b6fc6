"""Small pictures that outlive the session, sealed, in files whose names tell nothing.

A name is a keyed hash of account, patient, photo and size, and the seal is bound to that name: a file that was changed,
cut, renamed, or put there by another account or key does not open, and is removed. Inside stand the moment it was made,
the sizes, and the pixels. Nothing is synced to the disk: what a power cut tears does not open either.
"""

import asyncio
import contextlib
import hashlib
import hmac
import os
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.outbox import SealContext
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.threads import DaemonThreads
from cerbo_desktop.vault.seal import AesGcmSealer

LIMIT_BYTES = 200_000_000
"""1,100 pictures of 240 x 180."""
MAX_AGE = timedelta(days=7)
_PICTURE, _UNFINISHED = ".picture", ".unfinished"
_HEAD = struct.Struct(">dIIII")
"""Seconds since 1970 when it was made, width, height, and those of the whole photo."""
_FOR_NAMES = b"Cerbo Desktop thumbnail names"

_LIMIT_S = 5.0
"""For a disk that does not answer; whoever waits for a picture then makes it anew."""

_CLOSING_LIMIT_S = 1.0

Result = TypeVar("Result")


class SealedThumbnails:
    """`domain.ports.ThumbnailCache` of one account.

    One thread does all of it. A folder that cannot be read or written is as good as an empty one. The oldest pictures
    go first when all together exceed `limit_bytes`.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        account: str,
        clock: Clock,
        *,
        limit_bytes: int = LIMIT_BYTES,
        max_age: timedelta = MAX_AGE,
    ) -> None:
        self._folder = folder
        self._sealer = AesGcmSealer(key)
        self._name_key = hmac.digest(key, _FOR_NAMES + account.encode(), "sha256")
        self._clock = clock
        self._limit_bytes = limit_bytes
        self._max_age = max_age
        self._sizes: dict[str, int] | None = None
        """Bytes of each file, oldest first; None until the folder was read."""
        self._thread = DaemonThreads("thumbnails", 1)
        self._is_over = False
        """Closed, or on a disk that does not answer."""

    async def get(self, patient_id: PatientId, photo_id: PhotoId, edge_px: int) -> Raster | None:
        return await self._in_time(lambda: self._get(self._context(patient_id, photo_id, edge_px)))

    async def put(self, patient_id: PatientId, photo_id: PhotoId, edge_px: int, raster: Raster) -> None:
        await self._in_time(lambda: self._put(self._context(patient_id, photo_id, edge_px), raster))

    async def aclose(self) -> None:
        """Stop writing for good: once this returns, the folder can be wiped."""
        finishing = asyncio.wrap_future(self._thread.submit(lambda: None))
        self._is_over = True
        await asyncio.wait({finishing}, timeout=_CLOSING_LIMIT_S)
        self._thread.shutdown()

    async def _in_time(self, work: Callable[[], Result]) -> Result | None:
        """None where the disk does not answer; it is not asked again then."""
        if self._is_over:
            return None
        try:
            async with asyncio.timeout(_LIMIT_S):
                return await asyncio.get_running_loop().run_in_executor(self._thread, self._unless_over, work)
        except TimeoutError:
            self._is_over = True
            return None

    def _unless_over(self, work: Callable[[], Result]) -> Result | None:
        return None if self._is_over else work()

    def _context(self, patient_id: PatientId, photo_id: PhotoId, edge_px: int) -> SealContext:
        words = (patient_id.encode(), photo_id.encode(), str(edge_px).encode())
        told = b"".join(len(word).to_bytes(4, "big") + word for word in words)
        name = hmac.new(self._name_key, told, hashlib.sha256).hexdigest()
        return SealContext("thumbnail", name, patient_id)

    # On the thread.

    def _get(self, context: SealContext) -> Raster | None:
        name = context.subject + _PICTURE
        if name not in self._known():
            return None
        try:
            made_at, raster = _unpacked(self._sealer.open((self._folder / name).read_bytes(), context))
        except (OSError, NotSafe, ValueError, struct.error):
            self._drop(name)
            return None
        if self._is_old(made_at):
            self._drop(name)
            return None
        return raster

    def _put(self, context: SealContext, raster: Raster) -> None:
        if not raster.is_whole:
            return  # what is kept has no place to say so
        made_at_s = self._clock.now().timestamp()
        sealed = self._sealer.seal(_packed(made_at_s, raster), context)
        known, name = self._known(), context.subject + _PICTURE
        if len(sealed) > self._limit_bytes or not self._write(name, sealed, made_at_s):
            return
        known.pop(name, None)
        known[name] = len(sealed)
        while sum(known.values()) > self._limit_bytes:
            self._drop(next(iter(known)))

    def _write(self, name: str, sealed: bytes, made_at_s: float) -> bool:
        """Whole or not at all, dated by our own clock."""
        unfinished = self._folder / (name + _UNFINISHED)
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as target:
                target.write(sealed)
            os.utime(unfinished, (made_at_s, made_at_s))
            unfinished.replace(self._folder / name)
        except OSError:
            _remove(unfinished)
            return False
        return True

    def _drop(self, name: str) -> None:
        self._known().pop(name, None)
        _remove(self._folder / name)

    def _known(self) -> dict[str, int]:
        if self._sizes is None:
            self._sizes = {}
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._folder.chmod(0o700)
                self._take_stock(self._sizes)
        return self._sizes

    def _take_stock(self, sizes: dict[str, int]) -> None:
        """What earlier sessions left: note it, without what is too old or was never finished."""
        found = [(file.stat(), file) for file in _files(self._folder)]
        for status, file in sorted(found, key=lambda each: each[0].st_mtime):
            if file.suffix == _UNFINISHED or self._is_old(datetime.fromtimestamp(status.st_mtime, UTC)):
                _remove(file)
            else:
                sizes[file.name] = status.st_size

    def _is_old(self, made_at: datetime) -> bool:
        """Also for a moment that is yet to come: somebody turned the clock."""
        return not -self._max_age < self._clock.now() - made_at < self._max_age


def wipe_thumbnails(folder: Path) -> None:
    """Remove every picture of every account, and the folder. Blocks."""
    with contextlib.suppress(OSError):
        for file in _files(folder):
            _remove(file)
        folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    """Those that are ours by their names. Raises `OSError`."""
    with os.scandir(folder) as entries:
        ours = [Path(entry) for entry in entries if entry.is_file(follow_symlinks=False)]
    yield from (file for file in ours if file.suffix in (_PICTURE, _UNFINISHED))


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()


def _packed(made_at_s: float, raster: Raster) -> bytes:
    sizes = raster.width_px, raster.height_px, raster.source_width_px, raster.source_height_px
    return _HEAD.pack(made_at_s, *sizes) + raster.pixels


def _unpacked(plain: bytes) -> tuple[datetime, Raster]:
    """Raises `struct.error` or `ValueError`."""
    made_at_s, width_px, height_px, source_width_px, source_height_px = _HEAD.unpack_from(plain)
    raster = Raster(width_px, height_px, plain[_HEAD.size :], source_width_px, source_height_px)
    return datetime.fromtimestamp(made_at_s, UTC), raster
