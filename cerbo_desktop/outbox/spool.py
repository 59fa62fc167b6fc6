"""Sealed photos as files, one an upload: card first, then the photo.

    "CDBOX1" (6) | length of the sealed card (4, big-endian) | sealed card | sealed photo

The card is in the file too, so that photos can be taken up again when the ledger is lost.
"""

import struct

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

    def photo(self, upload_id: UploadId) -> bytes:
        """The sealed photo. Raises `NotSafe(SEAL_BROKEN)` for a file that is none of ours, or gone."""
        return self._parts(upload_id)[1]

    def card(self, upload_id: UploadId) -> bytes:
        return self._parts(upload_id)[0]

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

    def _parts(self, upload_id: UploadId) -> tuple[bytes, bytes]:
        try:
            with told_as_not_safe():
                data = self._disk.read(upload_id + _PHOTO_ENDING)
        except NotSafe:
            if self.has(upload_id):
                raise
            raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
        if len(data) < _HEAD.size or data[: len(_MAGIC)] != _MAGIC:
            raise NotSafe(NotSafeReason.SEAL_BROKEN)
        _, card_bytes = _HEAD.unpack_from(data)
        photo_at = _HEAD.size + card_bytes
        return data[_HEAD.size : photo_at], data[photo_at:]
