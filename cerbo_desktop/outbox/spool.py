"""Sealed photos as files, one an upload: card first, then the photo.

    "CDBOX1" (6) | length of the sealed card (4, big-endian) | sealed card | sealed photo

The card is in the file too, so that photos can be taken up again when the ledger is lost.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.outbox.disk import Disk, told_as_not_safe

_HEAD = struct.Struct(">6sI")
_MAGIC = b"CDBOX1"
_PHOTO_ENDING, _UNFINISHED_ENDING = ".photo", ".unfinished"


class Spool:
    """Raises `NotSafe`."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def keep(self, upload_id: UploadId, card: bytes, photo: bytes) -> None:
        """On the disk, under its name, when this returns; before that there is only an unfinished file."""
        unfinished, finished = upload_id + _UNFINISHED_ENDING, upload_id + _PHOTO_ENDING
        with told_as_not_safe():
            self._disk.write_new(unfinished, _HEAD.pack(_MAGIC, len(card)) + card + photo)
            self._disk.rename(unfinished, finished)

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
        with told_as_not_safe():
            return self._disk.exists(upload_id + _PHOTO_ENDING)

    def remove(self, upload_id: UploadId) -> None:
        with told_as_not_safe():
            self._disk.remove(upload_id + _PHOTO_ENDING)

    def uploads(self) -> list[UploadId]:
        """Whose files are there."""
        with told_as_not_safe():
            return [UploadId(name.removesuffix(_PHOTO_ENDING)) for name in self._names(_PHOTO_ENDING)]

    def sweep_unfinished(self) -> None:
        """Files that a crash left half written: of none of them was it ever said that it is safe."""
        with told_as_not_safe():
            for name in self._names(_UNFINISHED_ENDING):
                self._disk.remove(name)

    def _names(self, ending: str) -> list[str]:
        return [name for name in self._disk.names() if name.endswith(ending)]

    @contextmanager
    def _opened(self, upload_id: UploadId) -> Iterator[tuple[BinaryIO, int]]:
        if not self.has(upload_id):
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        with told_as_not_safe(), self._disk.open(upload_id + _PHOTO_ENDING) as file:
            yield file, os.fstat(file.fileno()).st_size


def _card_size(head: bytes) -> int:
    if len(head) < _HEAD.size or head[: len(_MAGIC)] != _MAGIC:
        raise NotSafe(NotSafeReason.SEAL_BROKEN)
    return int(_HEAD.unpack(head)[1])
