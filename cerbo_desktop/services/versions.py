"""Every pixel of an added file: as it came, and as it will be sent.

The original is read anew from where it lies, each time that somebody looks: to keep 60 of them would fill the memory.
A pasted picture lies nowhere, so its bytes are kept while something else is to be sent in its place, as far as there is
room.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from pathlib import Path

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.threads import begin
from cerbo_desktop.services.chosen_files import read_chosen
from cerbo_desktop.services.shots import Examining, Shot, ShotId

KEPT_BYTES = 80_000_000
"""Of pasted pictures; those for which there is no room are not kept."""


class NoOriginal(Enum):
    """Why there is nothing to be seen of an original."""

    UNREADABLE = "unreadable"
    """It was moved or deleted, or may not be opened any more."""
    NO_ANSWER = "no answer"
    """The disk or the share that it lies on does not answer."""
    CHANGED = "changed"
    """The file is another one than when it was added."""
    NOT_KEPT = "not kept"
    """It was pasted, and there was no room to keep it."""
    CANNOT_SHOW = "cannot show"
    """It has more pixels than can be shown, or its decoder stopped."""


class Versions:
    """Both versions of the shots of one session."""

    def __init__(
        self,
        studio: ImageStudio,
        shots: Feed[tuple[Shot, ...]],
        path_of: Callable[[ShotId], Path | None],
        whole_photo: Callable[[ShotId], Awaitable[Verdict]],
    ) -> None:
        """`path_of` tells where the file of a shot lies, `whole_photo` gives a photo with all of its bytes."""
        self._studio, self._path_of, self._whole_photo = studio, path_of, whole_photo
        self._pasted: dict[ShotId, bytes] = {}
        shots.subscribe(self._follow)

    def keep(self, shot_id: ShotId, data: bytes) -> None:
        """Keep a pasted picture, as far as there is room."""
        if sum(map(len, self._pasted.values())) + len(data) <= KEPT_BYTES:
            self._pasted[shot_id] = data

    async def sent(self, shot_id: ShotId) -> Raster:
        """Every pixel of what will be sent. Raises `CannotShow`."""
        whole = await self._whole_photo(shot_id)
        if isinstance(whole, Refused):
            raise CannotShow(whole.reason)
        return await self._studio.full(bytes(whole.photo.data))

    async def original(self, shot_id: ShotId, accepted: Accepted) -> Raster | NoOriginal:
        """Every pixel of the file as it came, or why it can't be shown."""
        data = await self._read(shot_id)
        if isinstance(data, NoOriginal):
            return data
        if accepted.source_sha256 and await _sha256(data) != accepted.source_sha256:
            return NoOriginal.CHANGED
        try:
            return await self._studio.full(data)
        except CannotShow:
            return NoOriginal.CANNOT_SHOW

    def _follow(self, shots: Sequence[Shot]) -> None:
        """Forget the pasted pictures of shots that are gone, and of those that are sent as they came."""
        needed = {shot.id for shot in shots if isinstance(shot.state, Examining) or shot.has_two_versions}
        self._pasted = {shot_id: data for shot_id, data in self._pasted.items() if shot_id in needed}

    async def _read(self, shot_id: ShotId) -> bytes | NoOriginal:
        path = self._path_of(shot_id)
        if path is None:
            return self._pasted.get(shot_id, NoOriginal.NOT_KEPT)
        found = await read_chosen(path)
        if not isinstance(found, Refused):
            return found
        return NoOriginal.NO_ANSWER if found.reason is RefusalReason.NO_ANSWER else NoOriginal.UNREADABLE


async def _sha256(data: bytes) -> str:
    return await asyncio.wrap_future(begin(lambda: hashlib.sha256(data).hexdigest()))
