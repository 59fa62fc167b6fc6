"""Sealed photos as files, one an upload: card first, then the photo.

    "CDBOX1" (6) | length of the sealed card (4, big-endian) | sealed card | sealed photo

The card is in the file too, so that photos can be taken up again when the ledger is lost. What a crash leaves is told
by the name: `.unfinished` until the ledger has its row, `.photo` while it is kept, `.doubtful` from just before its
last byte may leave until it is known not to have arrived, `.leaving` once it was given up. So a ledger that lost its
latest word, or an older one put back, cannot make a photo that may have arrived look unsent. Other names are not ours.
"""

import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.outbox.disk import Disk, map_os_errors

_HEAD = struct.Struct(">6sI")
_MAGIC = b"CDBOX1"
_UNFINISHED, _PHOTO, _DOUBTFUL, _LEAVING = ".unfinished", ".photo", ".doubtful", ".leaving"
_KEPT = (_PHOTO, _DOUBTFUL)
_NAME = re.compile(r"([0-9a-f]{32})(\.[a-z]+)")


class Spool:
    """Raises `NotSafe`."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def write(self, upload_id: UploadId, card: bytes, photo: bytes) -> None:
        """On the disk when this returns, as an unfinished file."""
        with map_os_errors():
            self._disk.write_new(upload_id + _UNFINISHED, _HEAD.pack(_MAGIC, len(card)) + card + photo)

    def finish(self, upload_id: UploadId) -> None:
        """Kept, now that the ledger has its row."""
        self._rename(upload_id, _UNFINISHED, _PHOTO)

    def mark_removed(self, upload_id: UploadId) -> None:
        """Given up, unless the ledger still says otherwise. Nothing happens where there is no photo."""
        if ending := self._ending(upload_id):
            self._rename(upload_id, ending, _LEAVING)

    def restore(self, upload_id: UploadId) -> None:
        """The ledger did say otherwise; what was given up once may have arrived."""
        self._rename(upload_id, _LEAVING, _DOUBTFUL)

    def mark_uncertain(self, upload_id: UploadId) -> None:
        """From now on it may have arrived. Nothing happens where that is said already, or where there is no photo."""
        if self._ending(upload_id) == _PHOTO:
            self._rename(upload_id, _PHOTO, _DOUBTFUL)

    def mark_certain(self, upload_id: UploadId) -> None:
        """It is known, or a person said, that it has not arrived."""
        if self._ending(upload_id) == _DOUBTFUL:
            self._rename(upload_id, _DOUBTFUL, _PHOTO)

    def remove(self, upload_id: UploadId) -> None:
        """Whatever there is of it."""
        with map_os_errors():
            for ending in (_UNFINISHED, _LEAVING, *_KEPT):
                if self._disk.exists(upload_id + ending):
                    self._disk.remove(upload_id + ending)

    @contextmanager
    def photo(self, upload_id: UploadId) -> Iterator[tuple[BinaryIO, int]]:
        """The sealed photo, to be read piece by piece, and its size. Raises `NotSafe(SEAL_BROKEN)` for a file that is
        none of ours, or gone."""
        with self._opened(upload_id) as (file, size_bytes):
            card_bytes = _card_size(file.read(_HEAD.size))
            file.seek(_HEAD.size + card_bytes)
            yield file, size_bytes - _HEAD.size - card_bytes

    def card(self, upload_id: UploadId) -> bytes:
        """The sealed card. Raises as `photo` does."""
        with self._opened(upload_id) as (file, size_bytes):
            return file.read(min(size_bytes, _card_size(file.read(_HEAD.size))))

    def has(self, upload_id: UploadId) -> bool:
        return self._ending(upload_id) is not None

    def unfinished(self) -> list[UploadId]:
        return self._uploads(_UNFINISHED)

    def leaving(self) -> list[UploadId]:
        return self._uploads(_LEAVING)

    def photos(self) -> list[UploadId]:
        """All that are kept, doubtful ones too."""
        return self._uploads(*_KEPT)

    def doubtful(self) -> list[UploadId]:
        return self._uploads(_DOUBTFUL)

    def _uploads(self, *endings: str) -> list[UploadId]:
        with map_os_errors():
            found = [_NAME.fullmatch(name) for name in self._disk.names()]
        return [UploadId(name[1]) for name in found if name is not None and name[2] in endings]

    def _ending(self, upload_id: UploadId) -> str | None:
        """By which name it is kept; None where it is not."""
        with map_os_errors():
            return next((ending for ending in _KEPT if self._disk.exists(upload_id + ending)), None)

    def _rename(self, upload_id: UploadId, was: str, becomes: str) -> None:
        with map_os_errors():
            self._disk.rename(upload_id + was, upload_id + becomes)

    @contextmanager
    def _opened(self, upload_id: UploadId) -> Iterator[tuple[BinaryIO, int]]:
        ending = self._ending(upload_id)
        if ending is None:
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        with map_os_errors(), self._disk.open(upload_id + ending) as file:
            yield file, os.fstat(file.fileno()).st_size


def _card_size(head: bytes) -> int:
    if len(head) < _HEAD.size or head[: len(_MAGIC)] != _MAGIC:
        raise NotSafe(NotSafeReason.SEAL_BROKEN)
    return int(_HEAD.unpack(head)[1])
